#include "core/eval/map_measures.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "tests/unit/eval/golden.h"

using namespace mnerva::eval;
using mnerva::eval::test::requireClose;

TEST_CASE("MapMeasures.HottestCellsComeFirstAndEqualOnesInTheirOrder") {
    CHECK(hottestFirst(std::vector<float>{0.5F, -1, 2, 0.5F}) == std::vector<int>{2, 0, 3, 1});
    CHECK(hottestFirst({}).empty());
}

TEST_CASE("MapMeasures.TheAreaIsTheMeanHeight") {
    requireClose("line", areaUnder(std::vector<double>{0, 1, 2}), 1);
    requireClose("step", areaUnder(std::vector<double>{-4, 0, 0, 0, 0}), -0.5);
    requireClose("nothing", areaUnder(std::vector<double>{7}), 0);
}

TEST_CASE("MapMeasures.LossIsTheMeanOverOneTwoFiveAndTenCells") {
    const std::vector<double> left{5, 4, 3, 0, 0, 2, 0, 0, 0, 0, 1};
    requireClose("all four", meanLoss(5, left), (1 + 2 + 3 + 4) / 4.0);
    requireClose("two of them", meanLoss(5, std::vector<double>{5, 4, 3}), 1.5);
}

TEST_CASE("MapMeasures.PointingKnowsCentresAndEdges") {
    const std::vector<float> map{0, 4, 1, -2, 3};
    const std::vector<int> inside{2, 4}, touched{1, 2, 4};
    const auto found = pointingOf(map, inside, touched);
    REQUIRE(found);
    CHECK_FALSE(found->isInside);
    CHECK(found->touches);
    requireClose("mass", found->mass, 4.0 / 8.0);
    requireClose("rank", found->rank, 0.5);
    CHECK_FALSE(pointingOf(map, {}, touched));
    CHECK_FALSE(pointingOf(std::vector<float>(5, 0.25F), inside, touched));
}

TEST_CASE("MapMeasures.SharpMapsHaveAHighGiniAndALowEntropy") {
    const std::vector<float> even(4, -0.5F), sharp{0, 0, 3, 0};
    requireClose("gini of even", giniOf(even), 0, 1e-12);
    requireClose("gini of sharp", giniOf(sharp), 0.75);
    requireClose("entropy of even", entropyOf(even), 1);
    requireClose("entropy of sharp", entropyOf(sharp), 0, 1e-12);
    requireClose("entropy of halves", entropyOf(std::vector<float>{1, -1, 0, 0}), 0.5);
}

TEST_CASE("MapMeasures.RankCorrelationSharesRanksOfEqualValues") {
    const std::vector<float> a{1, 2, 3, 4}, tied{1, 2, 2, 3};
    requireClose("same", *spearman(a, a), 1);
    requireClose("reverse", *spearman(a, std::vector<float>{8, 6, 4, 2}), -1);
    requireClose("tied", *spearman(a, tied), 4.5 / std::sqrt(5.0 * 4.5));  // ranks 1, 2.5, 2.5, 4
    CHECK_FALSE(spearman(a, std::vector<float>(4, 1)));
}

TEST_CASE("MapMeasures.TheIntervalHoldsTheMeanAndNarrowsWithPosts") {
    std::vector<double> few, many;
    for (int i = 0; i < 10; ++i) few.push_back(i % 2);
    for (int i = 0; i < 1000; ++i) many.push_back(i % 2);
    const auto a = bootstrapMean(few), b = bootstrapMean(many);
    REQUIRE(a);
    REQUIRE(b);
    requireClose("mean", a->mean, 0.5);
    CHECK(a->low < 0.5);
    CHECK(a->high > 0.5);
    CHECK(a->count == 10);
    // The deviation of a mean of n coins is 0.5 / sqrt(n), an interval of 95 % 3.92 of them.
    requireClose("width", b->high - b->low, 3.92 * 0.5 / std::sqrt(1000.0), 0.01);
    CHECK_FALSE(bootstrapMean({}));
    CHECK(bootstrapMean(few)->low == a->low);
}

TEST_CASE("MapMeasures.RandomOrdersHoldEachCellOnce") {
    const auto orders = randomOrders(49, 10, 1);
    REQUIRE(orders.size() == 10);
    for (const auto& order : orders) CHECK(std::set<int>(order.begin(), order.end()).size() == 49);
    CHECK(orders[0] != orders[1]);
    CHECK(randomOrders(49, 10, 1) == orders);
    CHECK(randomOrders(49, 10, 2) != orders);
}
