#include "core/project/cell_maps.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/json.h"

using namespace mnerva;
using namespace mnerva::project;

namespace {

/// Three words; word w gives cell c the weight (w + 1) * c / 100, and a crop after the cells weighs 9.
AttentionMap threeWords() {
    auto result = std::make_shared<protocol::PredictResult>();
    result->relevance = {1, 1};
    FloatArray tensor;
    tensor.shape = {1, 3, 50};
    for (int word = 0; word < 3; ++word)
        for (int region = 0; region < 50; ++region)
            tensor.values.push_back(region == 49 ? 9.0F : float((word + 1) * region) / 100);
    result->textToImage = {tensor};
    AttentionChoice choice;
    choice.head = 0;
    return selectAttention(result, 3, choice);
}

std::vector<Entity> entities() {
    return {{"PER", 0, 1, 0.9}, {"LOC", 3, 3, 0.8}};
}

}  // namespace

TEST_CASE("CellMaps.AnEntityHasOneMapTheMeanOfItsWords") {
    const AttentionMap map = threeWords();
    const auto cells = meanCells(map, {1, 2});
    REQUIRE(cells.size() == std::size_t(49));
    CHECK(cells[10] == Approx(0.25));  // of .2 and .3
    CHECK(meanCells(map, {1, 1}) == map.cells(1));
    CHECK(meanCells(map, {2, 3}).empty());
    CHECK(meanCells(map, {-1, 1}).empty());
    CHECK(meanCells(map, {2, 1}).empty());
    CHECK(meanCells({}, {0, 0}).empty());
}

TEST_CASE("CellMaps.TheScaleOfThePictureIsThatOfItsCells") {
    CHECK(largestCell(threeWords()) == Approx(1.44));  // not the 9 of the crop
    CHECK(largestCell({}) == 0);
}

TEST_CASE("CellMaps.AnEntityIsFoundFromAnyOfItsWords") {
    CHECK(entityAt(entities(), 1, 4)->type == "PER");
    CHECK(entityAt(entities(), 3, 4)->type == "LOC");
    CHECK_FALSE(entityAt(entities(), 2, 4));
    CHECK_FALSE(entityAt(entities(), 3, 3));  // it does not lie within three words
}

TEST_CASE("CellMaps.ADifferenceNeedsTwoWholeMaps") {
    std::vector<float> a(49, 0.5F), b(49, 0.2F);
    b[7] = 0.9F;
    CHECK(cellDifference(a, b)[0] == Approx(0.3));
    CHECK(cellDifference(a, b)[7] == Approx(-0.4));
    b.pop_back();
    CHECK(cellDifference(a, b).empty());
    CHECK(cellDifference({}, {}).empty());
}

TEST_CASE("CellMaps.HottestAreThoseForTheTarget") {
    std::vector<float> cells(49, 0.0F);
    cells[3] = 0.4F;
    cells[5] = 0.9F;
    cells[8] = -2.0F;
    cells[9] = std::numeric_limits<float>::quiet_NaN();
    CHECK(hottestCells(cells, 0, 3) == std::vector<int>{5, 3});
    CHECK(hottestCells(cells, 0.5, 3) == std::vector<int>{5});
    CHECK(hottestCells(cells, 0, 1) == std::vector<int>{5});
    CHECK(hottestCells({}, 0, 3).empty());
}

TEST_CASE("CellMaps.AnEvenMapPointsNowhere") {
    std::vector<float> cells(49, 0.02F);
    CHECK(isEven(cells));
    cells[7] = 0.031F;  // half as much again as the mean
    CHECK_FALSE(isEven(cells));
    cells[7] = 0.029F;
    CHECK(isEven(cells));
    CHECK_FALSE(isEven(std::vector<float>(49, 0.0F)));
    CHECK_FALSE(isEven({}));
    cells[3] = std::numeric_limits<float>::quiet_NaN();
    CHECK_FALSE(isEven(cells));
}

TEST_CASE("Spearman.IsThatOfScipy") {  // tests/reference/spearman_golden.py
    const auto golden = readJson(std::filesystem::path(MNERVA_SOURCE_DIR) / "tests" / "golden" / "spearman.json");
    REQUIRE(golden.at("cases").size() >= 20);
    for (const auto& one : golden.at("cases")) {
        const auto a = one.at("a").get<std::vector<float>>(), b = one.at("b").get<std::vector<float>>();
        const auto rho = spearman(a, b);
        REQUIRE(rho);
        CHECK(*rho == Approx(one.at("rho").get<double>()).margin(1e-9));
    }
}

TEST_CASE("Spearman.HasNoAnswerWhereThereIsNoOrder") {
    const std::vector<float> up{1, 2, 3}, flat{2, 2, 2}, odd{1, std::numeric_limits<float>::quiet_NaN(), 3}, one{1};
    CHECK(spearman(up, up).value() == Approx(1));
    CHECK_FALSE(spearman(up, flat));
    CHECK_FALSE(spearman(up, odd));
    CHECK_FALSE(spearman(one, one));
    CHECK_FALSE(spearman(up, one));
    CHECK_FALSE(spearman({}, {}));
}

TEST_CASE("EntityChanges.EqualWordsAreOneRowWhateverTheType") {
    const std::vector<Entity> before{{"PER", 0, 1, 0.9}, {"LOC", 3, 3, 0.8}, {"ORG", 5, 5, 0.6}};
    const std::vector<Entity> after{{"PER", 0, 1, 0.4}, {"MISC", 3, 3, 0.7}, {"ORG", 5, 6, 0.5}};
    const auto changes = entityChanges(before, after);
    REQUIRE(changes.size() == std::size_t(4));
    CHECK(changes[0].change().value() == Approx(-0.5));
    CHECK(changes[1].before->type == "LOC");
    CHECK(changes[1].after->type == "MISC");
    CHECK_FALSE(changes[1].change());
    CHECK_FALSE(changes[2].after);
    CHECK_FALSE(changes[3].before);
    CHECK(changes[3].entity.last == 6);
    CHECK(entityChanges({}, {}).empty());
}
