#include "core/eval/standing.h"

#include <catch2/catch.hpp>

using namespace mnerva;
using namespace mnerva::eval;

TEST_CASE("Standing.EachEntityIsJudgedBesideTheOthersOfItsPost") {
    const std::vector<Entity> gold{{"PER", 0, 1, {}}, {"LOC", 4, 4, {}}, {"ORG", 7, 8, {}}};
    const std::vector<Entity> predicted{{"PER", 0, 1, {}}, {"ORG", 4, 4, {}}, {"ORG", 8, 8, {}}, {"PER", 10, 10, {}}};
    CHECK_FALSE(standingOf(predicted[0], gold, predicted));
    CHECK(standingOf(predicted[1], gold, predicted) == ErrorKind::Type);
    CHECK(standingOf(predicted[2], gold, predicted) == ErrorKind::Boundary);
    CHECK(standingOf(predicted[3], gold, predicted) == ErrorKind::Spurious);
    CHECK(standingOf(predicted[0], {}, predicted) == ErrorKind::Spurious);
}
