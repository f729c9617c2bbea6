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
