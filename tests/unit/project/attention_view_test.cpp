#include "core/project/attention_view.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

using namespace mnerva;
using namespace mnerva::project;

namespace {

constexpr int kWords = 2;

FloatArray tensor(std::vector<int> shape, auto value) {
    FloatArray t;
    t.shape = shape;
    for (int a = 0; a < shape[0]; ++a)
        for (int b = 0; b < shape[1]; ++b)
            for (int c = 0; c < shape[2]; ++c) t.values.push_back(float(value(a, b, c)));
    return t;
}

/// Two layers, two heads, two words, one crop of four rows: 53 regions. Layer 1 (the last) of head h gives word w
/// weight .5 on cell 10 w + h, .25 on crop row w, the rest spread evenly.
protocol::PredictResult answer() {
    protocol::PredictResult result;
    result.relevance = {0.8, 0.4};
    const double rest = 0.25 / 51;
    const auto last = [rest](int h, int w, int r) { return r == 10 * w + h ? 0.5 : r == 49 + w ? 0.25 : rest; };
    result.textToImage = {tensor({2, kWords, 53}, [](int, int, int) { return 1.0 / 53; }),
                          tensor({2, kWords, 53}, last)};
    // Regions choose among [CLS], the words, [SEP]: region r gives [CLS] .1, word 0 .6 (r even) or .2, [SEP] the rest.
    result.imageToText = {tensor({2, 53, kWords + 2}, [](int, int r, int k) {
        const double first = r % 2 == 0 ? 0.6 : 0.2, second = 0.2;
        return k == 0 ? 0.1 : k == 1 ? first : k == 2 ? second : 0.7 - first;
    })};
    return result;
}

bool near(double a, double b) {
    return std::abs(a - b) < 1e-6;
}

Answer shared(protocol::PredictResult result) {
    return std::make_shared<const protocol::PredictResult>(std::move(result));
}

}  // namespace

TEST_CASE("AttentionView.AChoiceIsFittedToWhatARunHas") {
    protocol::PredictResult result = answer();
    AttentionChoice choice;
    choice.layer = 0;
    choice.head = 1;
    choice.threshold = 0.3;
    CHECK(fittedChoice(result, choice) == choice);
    choice.layer = 5;  // of a run with six layers
    choice.head = 7;   // and eight heads
    CHECK(fittedChoice(result, choice).layer == -1);
    CHECK(fittedChoice(result, choice).head == -1);
    CHECK_FALSE(selectAttention(shared(result), kWords, fittedChoice(result, choice)).isEmpty());
    choice.direction = AttentionDirection::ImageToText;
    result.imageToText.clear();
    CHECK(fittedChoice(result, choice).direction == AttentionDirection::TextToImage);
    CHECK_FALSE(selectAttention(shared(result), kWords, fittedChoice(result, choice)).isEmpty());
    result.textToImage.clear();
    CHECK(fittedChoice(result, choice).direction == AttentionDirection::ImageToText);  // as wanted: none has maps
    CHECK_FALSE(hasMaps(result, AttentionDirection::ImageToText));
}

TEST_CASE("AttentionView.MeanOfHeadsIsTheMean") {
    const AttentionMap map = selectAttention(shared(answer()), kWords, {});
    CHECK(map.words == kWords);
    CHECK(map.regions == 53);
    CHECK(near(map.at(0, 0), (0.5 + 0.25 / 51) / 2));
    CHECK(near(map.at(0, 1), (0.5 + 0.25 / 51) / 2));
    CHECK(near(map.at(1, 10), (0.5 + 0.25 / 51) / 2));
}

TEST_CASE("AttentionView.OneHeadIsThatHead") {
    AttentionChoice choice;
    choice.head = 1;
    const AttentionMap map = selectAttention(shared(answer()), kWords, choice);
    CHECK(near(map.at(0, 1), 0.5));
    CHECK(near(map.at(0, 0), 0.25 / 51));
}

TEST_CASE("AttentionView.TheLastLayerIsMeantUnlessAnotherIsChosen") {
    AttentionChoice choice;
    choice.layer = 0;
    CHECK(near(selectAttention(shared(answer()), kWords, choice).at(0, 0), 1.0 / 53));
    choice.layer = 7;
    CHECK(selectAttention(shared(answer()), kWords, choice).isEmpty());
}

TEST_CASE("AttentionView.OfSeveralPicturesTheChosenOneIsCutOut") {
    protocol::PredictResult result;
    result.pictureOf = {0, 2};
    result.relevance = {0.9, 0.1, 0.5, 0.3};
    // Region r of picture p weighs 1000 p + r, so that each weight says where it is from.
    result.textToImage = {tensor({1, kWords, 106}, [](int, int, int r) { return r < 53 ? r : 1000 + r - 53; })};
    result.imageToText = {tensor({1, 106, kWords + 2}, [](int, int r, int) { return r < 53 ? r : 1000 + r - 53; })};
    AttentionChoice choice;
    for (const auto direction : {AttentionDirection::TextToImage, AttentionDirection::ImageToText}) {
        choice.direction = direction;
        for (int picture = 0; picture < 2; ++picture) {
            choice.picture = picture;
            const AttentionMap map = selectAttention(shared(result), kWords, choice);
            CHECK(map.regions == 53);
            CHECK(map.crops == 1);
            CHECK(map.at(1, 7) == 1000.0f * float(picture) + 7);
            CHECK(map.at(0, 52) == 1000.0f * float(picture) + 52);
        }
    }
    CHECK(near(selectAttention(shared(result), kWords, {}).uniform(AttentionDirection::TextToImage, false), 1.0 / 106));
    const auto relevance = relevanceOf(result, 1);
    CHECK(std::vector<double>(relevance.begin(), relevance.end()) == std::vector<double>{0.5, 0.3});
    result.pictureOf = {0, 1, 2};  // 106 columns are not three pictures
    CHECK(selectAttention(shared(result), kWords, {}).isEmpty());
}

TEST_CASE("AttentionView.AnEntityHasItsPlaceFromAnyOfItsWords") {
    protocol::PredictResult result;
    result.entities = {{"PER", 0, 1, 0.9}, {"LOC", 3, 3, 0.8}};
    result.regions = {0, 2, -1};
    result.groundings = {{1, {0.2f, 0.5f, 0.1f, 0.2f}}, {-1, {0.1f, 0.1f, 0.1f, 0.7f}}};
    for (int word : {0, 1}) {
        const EntityPlace place = placeOfEntity(result, word);
        CHECK(place.entity == 0);
        CHECK(place.shown);
        CHECK(place.regions.at(0).region == 2);
        CHECK(place.regions.at(0).chosen);
        CHECK_FALSE(place.regions.at(1).chosen);
        CHECK(near(place.notShown, 0.2));
    }
    CHECK(placeOfEntity(result, 2).entity == -1);
    const EntityPlace hidden = placeOfEntity(result, 3);
    CHECK_FALSE(hidden.shown);
    CHECK(std::none_of(hidden.regions.begin(), hidden.regions.end(), [](const auto& r) { return r.chosen; }));
    result.groundings.clear();
    CHECK(placeOfEntity(result, 0).entity == -1);
}

TEST_CASE("AttentionView.RenormalisedRowsSumToOneOverTheCells") {
    AttentionChoice choice;
    choice.renormalised = true;
    const AttentionMap map = selectAttention(shared(answer()), kWords, choice);
    CHECK(map.regions == 49);
    for (int word = 0; word < kWords; ++word) {
        double sum = 0;
        for (const float weight : map.cells(word)) sum += weight;
        CHECK(near(sum, 1));
    }
}

TEST_CASE("AttentionView.RawRowsSumToOneOverAllRegions") {
    const AttentionMap map = selectAttention(shared(answer()), kWords, {});
    double sum = 0;
    for (int region = 0; region < map.regions; ++region) sum += map.at(1, region);
    CHECK(near(sum, 1));
}

TEST_CASE("AttentionView.ImageToTextIsTransposedWithoutTheSpecials") {
    AttentionChoice choice;
    choice.direction = AttentionDirection::ImageToText;
    const AttentionMap map = selectAttention(shared(answer()), kWords, choice);
    CHECK(map.words == kWords);
    CHECK(map.regions == 53);
    CHECK(near(map.at(0, 0), 0.6));
    CHECK(near(map.at(0, 1), 0.2));
    CHECK(near(map.at(1, 52), 0.2));
}

TEST_CASE("AttentionView.ImageToTextRenormalisesOverTheWords") {
    AttentionChoice choice;
    choice.direction = AttentionDirection::ImageToText;
    choice.renormalised = true;
    const AttentionMap map = selectAttention(shared(answer()), kWords, choice);
    CHECK(near(map.at(0, 0), 0.75));
    CHECK(near(map.at(1, 0), 0.25));
    CHECK(near(map.at(0, 1), 0.5));
}

TEST_CASE("AttentionView.CropsAreFoundFromTheRelevance") {
    const AttentionMap map = selectAttention(shared(answer()), kWords, {});
    CHECK(map.crops == 1);
    CHECK(map.rowsPerCrop == 4);
    CHECK(map.regionName(49) == std::string("c1·1"));
    CHECK(map.regionName(52) == std::string("c1·4"));
}

TEST_CASE("AttentionView.CellsAreNamedRowByRow") {
    AttentionMap map;
    CHECK(map.regionName(0) == std::string("R11"));
    CHECK(map.regionName(8) == std::string("R22"));
    CHECK(map.regionName(48) == std::string("R77"));
}

TEST_CASE("AttentionView.UniformIsTheShareWithoutAnyChoice") {
    const AttentionMap map = selectAttention(shared(answer()), kWords, {});
    CHECK(near(map.uniform(AttentionDirection::TextToImage, false), 1.0 / 53));
    CHECK(near(map.uniform(AttentionDirection::ImageToText, false), 0.25));
    CHECK(near(map.uniform(AttentionDirection::ImageToText, true), 0.5));
}

TEST_CASE("AttentionView.HottestCellsAreOverTheThresholdHeaviestFirst") {
    AttentionChoice choice;
    choice.head = 0;
    const AttentionMap map = selectAttention(shared(answer()), kWords, choice);
    CHECK(map.hottestCells(1, 0.08, 3) == std::vector<int>{10});
    CHECK(map.hottestCells(1, 0.9, 3).empty());
    CHECK(map.hottestCells(1, 0.0, 3).size() == std::size_t(3));
    CHECK(map.hottestCells(1, 0.0, 3).front() == 10);
}

TEST_CASE("AttentionView.ARegionLightsItsWords") {
    AttentionChoice choice;
    choice.head = 0;
    const auto words = selectAttention(shared(answer()), kWords, choice).wordsOf(10);
    CHECK(words.size() == std::size_t(kWords));
    CHECK(words[1] > 0.4);
    CHECK(words[0] < 0.01);
    CHECK(AttentionMap().wordsOf(3).empty());
    CHECK(AttentionMap().cells(0).empty());
}

TEST_CASE("AttentionView.ShapesThatDoNotFitGiveNoMap") {
    CHECK(selectAttention(shared(answer()), 3, {}).isEmpty());
    CHECK(selectAttention({}, 2, {}).isEmpty());
    protocol::PredictResult small = answer();
    small.textToImage = {tensor({1, kWords, 20}, [](int, int, int) { return 0.05; })};
    CHECK(selectAttention(shared(small), kWords, {}).isEmpty());
    protocol::PredictResult cut = answer();
    cut.textToImage.back().values.pop_back();
    CHECK(selectAttention(shared(cut), kWords, {}).isEmpty());
}

TEST_CASE("AttentionView.NumbersThatAreNotFiniteWeighNothing") {
    protocol::PredictResult odd = answer();
    odd.textToImage.back().values[3] = std::nanf("");
    AttentionChoice choice;
    choice.head = 0;
    CHECK(selectAttention(shared(odd), kWords, choice).at(0, 3) == 0.0f);
}

TEST_CASE("AttentionView.AWordWithoutWeightsStaysDark") {
    protocol::PredictResult cut = answer();  // words beyond the encoder's positions have zero rows
    std::fill(cut.textToImage.back().values.begin(), cut.textToImage.back().values.begin() + 53, 0.f);
    AttentionChoice choice;
    choice.head = 0;
    choice.renormalised = true;
    const AttentionMap map = selectAttention(shared(cut), kWords, choice);
    CHECK(map.maximumOf(0) == 0.0f);
    CHECK(map.maximumOf(1) > 0);
}

TEST_CASE("AttentionView.TheScaleIsOneForAllWordsOrEachWordsOwn") {
    protocol::PredictResult result = answer();
    for (int region = 0; region < 53; ++region) result.textToImage.back().values[std::size_t(region)] *= 0.5f;
    AttentionChoice choice;
    choice.head = 0;
    const AttentionMap map = selectAttention(shared(result), kWords, choice);
    CHECK(near(shownMaximum(map, 0, choice), 0.5));
    choice.sameScale = false;
    CHECK(near(shownMaximum(map, 0, choice), 0.25));
    choice.threshold = 0.9;  // nothing reaches it: the scale still ends somewhere
    CHECK(near(shownMaximum(map, 0, choice), 0.9));
}

TEST_CASE("AttentionView.LayersAndHeadsAreCounted") {
    CHECK(attentionLayers(answer(), AttentionDirection::TextToImage) == 2);
    CHECK(attentionLayers(answer(), AttentionDirection::ImageToText) == 1);
    CHECK(attentionHeads(answer(), AttentionDirection::TextToImage, -1) == 2);
    CHECK(attentionHeads({}, AttentionDirection::TextToImage, -1) == 0);
}

TEST_CASE("AttentionView.OneHeadIsSeenWhereItLies") {
    const auto result = std::make_shared<protocol::PredictResult>(answer());
    AttentionChoice choice;
    choice.head = 1;
    const AttentionMap words = selectAttention(result, kWords, choice);
    result->textToImage.back().values[53 * kWords + 5] = 0.125F;  // head 1, word 0, region 5
    CHECK(words.at(0, 5) == 0.125F);
    choice.direction = AttentionDirection::ImageToText;
    const AttentionMap regions = selectAttention(result, kWords, choice);
    result->imageToText.back().values[(53 + 5) * (kWords + 2) + 1 + 1] = 0.375F;  // head 1, region 5, word 1
    CHECK(regions.at(1, 5) == 0.375F);
}

TEST_CASE("AttentionView.AMapKeepsItsAnswer") {
    AttentionChoice choice;
    choice.head = 0;
    auto result = shared(answer());
    const std::weak_ptr<const protocol::PredictResult> watched = result;
    AttentionMap map = selectAttention(result, kWords, choice);
    result.reset();
    CHECK_FALSE(watched.expired());
    CHECK(map.at(1, 10) == Approx(0.5));
    map = {};
    CHECK(watched.expired());
}
