#include "core/eval/grounding.h"

#include <catch2/catch.hpp>

using namespace mnerva::eval;

namespace {

GroundingScore scoreOf(const std::vector<GoldGrounding>& gold, const std::vector<PredictedGrounding>& predicted) {
    GroundingScorer scorer;
    scorer.add(gold, predicted);
    return scorer.score();
}

}  // namespace

TEST_CASE("Grounding.ARegionIsRightWhenItCoversTheEntity") {
    const std::vector<GoldGrounding> gold{{{"PER", 0, 1}, true, {0, 2}}};
    CHECK(scoreOf(gold, {{{"PER", 0, 1}, 2}}).gmner.f1 == 1.0);
    CHECK(scoreOf(gold, {{{"PER", 0, 1}, 1}}).gmner.f1 == 0.0);
    CHECK(scoreOf(gold, {{{"PER", 0, 1}, -1}}).gmner.f1 == 0.0);
    CHECK(scoreOf(gold, {{{"PER", 0, 1}, 1}}).mner.f1 == 1.0);
}

TEST_CASE("Grounding.AnEntityThatIsNotShownWantsNoRegion") {
    const std::vector<GoldGrounding> gold{{{"PER", 0, 0}, false, {}}};
    CHECK(scoreOf(gold, {{{"PER", 0, 0}, -1}}).gmner.f1 == 1.0);
    CHECK(scoreOf(gold, {{{"PER", 0, 0}, 0}}).gmner.f1 == 0.0);
}

TEST_CASE("Grounding.AShownEntityThatNoRegionCoversIsNeverRight") {
    const std::vector<GoldGrounding> gold{{{"PER", 0, 0}, true, {}}};
    for (int region : {-1, 0, 1}) CHECK(scoreOf(gold, {{{"PER", 0, 0}, region}}).gmner.correct == 0);
}

TEST_CASE("Grounding.TheThreeScoresTellTypeAndRegionApart") {
    const std::vector<GoldGrounding> gold{
        {{"PER", 0, 0}, true, {1}}, {{"LOC", 2, 3}, false, {}}, {{"ORG", 5, 5}, true, {0}}};
    const GroundingScore score = scoreOf(gold, {{{"LOC", 0, 0}, 1},    // region right, type wrong
                                                {{"LOC", 2, 3}, 0},    // type right, region wrong
                                                {{"ORG", 5, 5}, 0},    // both
                                                {{"ORG", 5, 6}, 0}});  // another span
    CHECK(score.mner.correct == 2);
    CHECK(score.eeg.correct == 2);
    CHECK(score.gmner.correct == 1);
    CHECK(score.gmner.precision == Approx(1.0 / 4));
    CHECK(score.gmner.recall == Approx(1.0 / 3));
    CHECK(score.gmner.f1 == Approx(2.0 / 7));
}

TEST_CASE("Grounding.OfNothingIsZero") {
    CHECK(GroundingScorer().score().gmner.f1 == 0.0);
    CHECK(scoreOf({}, {}).eeg.precision == 0.0);
}

TEST_CASE("Grounding.RegionsAreTheSameFromHalfOfWhatTheyCoverOn") {
    const auto box = [](int left, int width) { return mnerva::EntityBox{0, 0, left, 0, width, 10}; };
    CHECK(mnerva::sameRegion(box(0, 10), box(0, 10)));
    CHECK(mnerva::sameRegion(box(0, 10), box(0, 20)));  // 100 of 200
    CHECK_FALSE(mnerva::sameRegion(box(0, 10), box(0, 21)));
    CHECK_FALSE(mnerva::sameRegion(box(0, 10), box(10, 10)));
    CHECK_FALSE(mnerva::sameRegion(box(0, 0), box(0, 0)));
    constexpr int kFar = 2147483647;
    CHECK(mnerva::sameRegion({0, 0, 0, 0, kFar, kFar}, {0, 0, 0, 0, kFar, kFar}));
    CHECK_FALSE(mnerva::sameRegion({0, 0, 0, 0, kFar, kFar}, {0, 0, kFar, kFar, kFar, kFar}));
}

TEST_CASE("Grounding.EachBoxThatIsSaidHasToBeOneOfGold") {
    using Boxes = std::vector<mnerva::EntityBox>;
    const Boxes gold{{0, 1, 0, 0, 10, 10}, {0, 1, 50, 0, 10, 10}, {3, 3, 90, 0, 10, 10}};
    CHECK(isRegionRight(gold, Boxes{{0, 1, 50, 1, 10, 10}}, 0, 1));
    CHECK(isRegionRight(gold, gold, 0, 1));
    CHECK_FALSE(isRegionRight(gold, Boxes{{0, 1, 0, 0, 10, 10}, {0, 1, 90, 0, 10, 10}}, 0, 1));
    CHECK_FALSE(isRegionRight(gold, Boxes{{0, 1, 90, 0, 10, 10}}, 0, 1));  // the box of another entity
    CHECK_FALSE(isRegionRight(gold, Boxes{}, 0, 1));
    CHECK(isRegionRight(gold, Boxes{}, 2, 2));
    CHECK_FALSE(isRegionRight(gold, Boxes{{2, 2, 0, 0, 10, 10}}, 2, 2));
}

TEST_CASE("Grounding.VerdictsAreOfTheSameWords") {
    const std::vector<Chunk> gold{{0, 1, 1}, {3, 3, 2}}, predicted{{0, 1, 2}, {2, 3, 2}};
    const std::vector<mnerva::EntityBox> boxes{{0, 1, 0, 0, 10, 10}};
    const auto verdicts = groundingVerdicts(gold, boxes, predicted, boxes);
    REQUIRE(verdicts.size() == 2);
    CHECK(verdicts[0].isRegion);
    CHECK_FALSE(verdicts[0].isType);
    CHECK_FALSE(verdicts[1].isRegion);
    CHECK_FALSE(verdicts[1].isType);
}
