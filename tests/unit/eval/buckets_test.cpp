#include "core/eval/buckets.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "tests/unit/eval/random_posts.h"

using namespace mnerva;
using namespace mnerva::eval;
using namespace mnerva::test;

namespace {

std::vector<std::pair<double, double>> cuts(std::vector<double> values, int wanted = 4) {
    std::vector<std::pair<double, double>> out;
    for (const BucketRange& range : equalSizeCuts(std::move(values), wanted)) out.emplace_back(range.from, range.to);
    return out;
}
using Ranges = std::vector<std::pair<double, double>>;

/// Layers with all that properties are made of; posts before `training` are the training posts.
struct Scene {
    Layers layers;
    PostFacts facts;

    void add(const Tags& words, const Tags& gold, const Tags& predicted, int pictures = 0,
             const std::vector<std::pair<int, int>>& boxes = {}) {
        layers.add(words, gold, predicted);
        facts.pictures.push_back(pictures);
        for (const auto& box : boxes) facts.grounded.add(box);
        facts.grounded.endPost();
    }
    std::vector<double> values(Property property, int training = 0) const {
        const WordFactTable words(layers.texts.names);
        const ChunkLists gold = layers.chunksOfGold();
        const std::vector<Unit> units = layers.units();
        const auto middle = std::span(layers.posts).first(static_cast<std::size_t>(training));
        const TrainingIndex index(layers.texts, words, middle, gold, units);
        auto all = valuesOf(property, units, {layers.texts, words, facts, gold, index});
        std::vector<double> tested;
        for (std::size_t i = 0; i < units.size(); ++i)
            if (units[i].post >= training) tested.push_back(all[i]);
        return tested;
    }
};

}  // namespace

TEST_CASE("Buckets.ThirdsHoldEqualValuesTogether") {
    const double none = std::numeric_limits<double>::quiet_NaN();
    const std::vector<double> thirds = thirdsOf(std::vector<double>{.9, .1, none, .5, .1, .8, .6});
    REQUIRE(thirds.size() == 7);
    CHECK(std::isnan(thirds[2]));
    CHECK(thirds[1] == 0);
    CHECK(thirds[4] == 0);
    CHECK(thirds[3] == 1);
    CHECK(thirds[6] == 1);
    CHECK(thirds[0] == 2);
    CHECK(thirds[5] == 2);
    CHECK(thirdsOf(std::vector<double>{.3, .3, .3}) == std::vector<double>{0, 0, 0});
    CHECK(thirdsOf({}).empty());
}

TEST_CASE("Cuts.MakeFourBucketsOfEqualSize") {
    CHECK(cuts({1, 2, 3, 4, 5, 6, 7, 8}) == Ranges{{1, 2}, {3, 4}, {5, 6}, {7, 8}});
}
TEST_CASE("Cuts.NeverSplitEqualValuesAndShareTheRestAnew") {
    // Six ones of nine take the first bucket; three are left for three buckets.
    CHECK(cuts({1, 1, 1, 1, 1, 1, 2, 3, 4}) == Ranges{{1, 1}, {2, 2}, {3, 3}, {4, 4}});
    CHECK(cuts({1, 2, 2, 2, 2, 2, 2, 3}) == Ranges{{1, 2}, {3, 3}});
}
TEST_CASE("Cuts.AreFewerWhereThereAreFewerValues") {
    CHECK(cuts({5, 5, 5}) == Ranges{{5, 5}});
    CHECK(cuts({}).empty());
    CHECK(cuts({std::numeric_limits<double>::quiet_NaN(), 1}) == Ranges{{1, 1}});
}

TEST_CASE("Buckets.HoldEveryUnitOnceWithItsInterval") {
    const Layers layers = layersOf(entityPosts(13, 500));
    const std::vector<Unit> units = layers.units();
    std::vector<double> values;
    for (const Unit& unit : units) values.push_back(unit.last - unit.first + 1);
    const auto ranges = rangesOf(Property::SpanWords, units, values);
    const auto buckets = bucketsOf(units, values, ranges);
    int gold = 0, predicted = 0, correct = 0;
    for (const Bucket& bucket : buckets) {
        gold += bucket.prf.support;
        predicted += bucket.prf.predicted;
        correct += bucket.prf.correct;
        REQUIRE(bucket.interval);
        CHECK(bucket.interval->low <= bucket.prf.f1);
        CHECK(bucket.interval->high >= bucket.prf.f1);
        CHECK(bucket.wrongPosts.size() <= bucket.posts.size());
    }
    const Prf all = layers.score(Rule::SeqevalLenient).score.micro;
    CHECK((gold == all.support && predicted == all.predicted && correct == all.correct));
}

TEST_CASE("Buckets.AValueBetweenTwoRangesBelongsToTheUpperOne") {
    const std::vector<Unit> units{{0, 0, 0, 1, 1}, {1, 0, 0, -1, 1}, {2, 0, 0, 1, -1}};
    const auto buckets = bucketsOf(units, std::vector<double>{1, 2, 9}, std::vector<BucketRange>{{1, 1}, {3, 5}});
    CHECK(buckets[0].posts == std::vector<int>{0});
    CHECK(buckets[1].posts == std::vector<int>{1, 2});
    CHECK(buckets[1].wrongPosts == std::vector<int>{1, 2});
}

TEST_CASE("Buckets.OfTwoLayersAreComparedOverThePostsOfBoth") {
    const std::vector<Unit> a{{0, 0, 0, 1, 1}, {1, 0, 0, 1, 1}}, b{{1, 0, 0, 1, -1}, {2, 0, 0, -1, 1}};
    const std::vector<BucketRange> one{{1, 1}};
    const auto first = bucketsOf(a, std::vector<double>{1, 1}, one),
               second = bucketsOf(b, std::vector<double>{1, 1}, one);
    const Comparison compared = compareBuckets(first[0], second[0]);
    CHECK(compared.posts == 3);
    CHECK(compared.first == 1);
    CHECK(compared.second == 0);
}

TEST_CASE("Properties.OfTheSpanAreReadFromItsWords") {
    Scene scene;
    scene.add({"RT", "@", "KDTrey5", "visits", "New", "York", "🔥", "#Toronto", "多伦多", "iPhone", "NBA"},
              {"O", "O", "B-PER", "O", "B-LOC", "I-LOC", "O", "B-LOC", "B-LOC", "B-MISC", "B-ORG"},
              {"O", "O", "B-PER", "O", "B-LOC", "I-LOC", "O", "B-LOC", "B-LOC", "B-MISC", "B-ORG"}, 2, {{4, 5}});
    using V = std::vector<double>;
    CHECK(scene.values(Property::SpanWords) == V{1, 2, 1, 1, 1, 1});
    CHECK(scene.values(Property::SpanCharacters) == V{7, 7, 8, 3, 6, 3});
    CHECK(scene.values(Property::Mention) == V{1, 0, 0, 0, 0, 0});
    CHECK(scene.values(Property::Hashtag) == V{0, 0, 1, 0, 0, 0});
    CHECK(scene.values(Property::EmojiNear) == V{0, 1, 1, 1, 0, 0});
    CHECK(scene.values(Property::Capitalisation) == V{2, 2, 3, 0, 3, 1});
    CHECK(scene.values(Property::Script) == V{0, 0, 0, 1, 0, 0});
    CHECK(scene.values(Property::Grounded) == V{0, 1, 0, 0, 0, 0});
    CHECK(scene.values(Property::Pictures) == V(6, 2));
    CHECK(scene.values(Property::HasPicture) == V(6, 1));
    CHECK(scene.values(Property::PostWords) == V(6, 11));
    CHECK(scene.values(Property::EntityShare)[0] == Approx(7.0 / 11));
    CHECK(scene.values(Property::Position)[1] == Approx(0.4));
}

TEST_CASE("Properties.ConsistencyCountsEveryOccurrenceInTraining") {
    Scene scene;
    scene.add({"Paris", "is", "nice"}, {"B-LOC", "O", "O"}, {"O", "O", "O"});
    scene.add({"paris", "Hilton"}, {"B-PER", "I-PER"}, {"O", "O"});
    scene.add({"PARIS", "paris"}, {"B-LOC", "O"}, {"O", "O"});
    scene.add({"in", "Paris", "Rome"}, {"O", "B-LOC", "B-LOC"}, {"O", "B-PER", "O"});
    // Four times in training, two of them as exactly LOC; inside Paris Hilton and unlabelled count against it.
    CHECK(scene.values(Property::Consistency, 3) == std::vector<double>{0.5, 0});
    CHECK(scene.values(Property::TrainingFrequency, 3) == std::vector<double>{2, 0});
    CHECK(scene.values(Property::SeenWithOtherType, 3) == std::vector<double>{1, 0});
    CHECK(scene.values(Property::UnseenWords, 3) == std::vector<double>{2, 2});
    // "paris" is the most frequent word; "in" and "Rome" come after all the four that training has.
    CHECK(scene.values(Property::FrequencyRank, 3)[0] == Approx((5 + 1 + 5) / 3.0));
}

TEST_CASE("Properties.ThatNeedTrainingAreUnknownWithoutIt") {
    Scene scene;
    scene.add({"Paris"}, {"B-LOC"}, {"O"});
    for (const Property property : allProperties()) {
        INFO(propertyName(property));
        const auto values = scene.values(property);
        REQUIRE(values.size() == 1);
        CHECK(std::isnan(values[0]) == (needsTraining(property) || isOfRun(property)));
        CHECK(propertyFromName(propertyName(property)) == property);
    }
}

TEST_CASE("Properties.BucketsAreNamedByTheirValues") {
    NameTable types;
    types.idOf("PER");
    CHECK(bucketName(Property::SpanWords, {2, 2}, types) == "2");
    CHECK(bucketName(Property::SpanWords, {3, 7}, types) == "3–7");
    CHECK(bucketName(Property::Consistency, {0.5, 1}, types) == "0.50–1.00");
    CHECK(bucketName(Property::Type, {0, 0}, types) == "PER");
    CHECK(bucketName(Property::HasPicture, {1, 1}, types) == "yes");
}
