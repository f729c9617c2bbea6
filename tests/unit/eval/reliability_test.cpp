#include "core/eval/reliability.h"

#include <catch2/catch.hpp>
#include <limits>

using namespace mnerva::eval;

TEST_CASE("Reliability.BinsHoldCountMeanConfidenceAndShareRight") {
    const Reliability r = reliabilityOf({{0.82, true}, {0.88, false}, {0.15, false}, {1.0, true}});
    REQUIRE(r.bins.size() == 10);
    CHECK(r.count == 4);
    CHECK(r.bins[8].count == 2);
    CHECK(r.bins[8].confidence == Approx(0.85));
    CHECK(r.bins[8].right == Approx(0.5));
    CHECK(r.bins[1].count == 1);
    CHECK(r.bins[1].right == 0);
    CHECK(r.bins[9].count == 1);  // 1 belongs to the last
    CHECK(r.bins[9].to == 1);
    CHECK(r.bins[0].count == 0);
    // (2 * |.85 - .5| + |.15 - 0| + |1 - 1|) / 4
    CHECK(r.ece == Approx(0.2125));
}

TEST_CASE("Reliability.ABorderBelongsToTheUpperBin") {
    CHECK(reliabilityOf({{0.5, true}}).bins[5].count == 1);
    CHECK(reliabilityOf({{0.0, true}}).bins[0].count == 1);
}

TEST_CASE("Reliability.OfNothingIsEmptyBins") {
    const Reliability r = reliabilityOf({}, 4);
    CHECK(r.bins.size() == 4);
    CHECK(r.count == 0);
    CHECK(r.ece == 0);
}

TEST_CASE("Reliability.ComesBackFromJsonAndNothingElseDoes") {
    const Reliability r = reliabilityOf({{0.82, true}, {0.4, false}});
    const auto back = reliabilityFromJson(toJson(r));
    REQUIRE(back);
    CHECK(toJson(*back) == toJson(r));
    CHECK_FALSE(reliabilityFromJson(nullptr));
    CHECK_FALSE(reliabilityFromJson({{"ece", 0.1}, {"count", 1}, {"bins", {1, 2}}}));
    CHECK_FALSE(reliabilityFromJson({{"ece", "0.1"}}));
}

TEST_CASE("Reliability.ConfidencesThatAreNoNumbersAreLeftOut") {
    const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    const Reliability some = reliabilityOf({{0.8, true}, {nan, true}, {infinity, false}, {0.8, false}});
    CHECK(some.count == 2);
    CHECK(some.ece == Approx(0.3));
    const Reliability none = reliabilityOf({{nan, true}});
    CHECK(none.count == 0);
    CHECK(none.ece == 0);
    CHECK(reliabilityOf({}).ece == 0);
}
