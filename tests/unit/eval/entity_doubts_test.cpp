#include "core/eval/entity_doubts.h"

#include <catch2/catch.hpp>

#include "tests/unit/eval/golden.h"

using namespace mnerva;
using namespace mnerva::eval;
using mnerva::eval::test::requireClose;

namespace {

const std::vector<std::string> kClasses{"O", "B-PER", "I-PER", "B-LOC", "I-LOC"};

/// Words whose class `best` has probability `p`; the others share the rest.
std::vector<float> rows(const std::vector<std::pair<int, float>>& words) {
    std::vector<float> out;
    for (const auto& [best, p] : words)
        for (int j = 0; j < 5; ++j) out.push_back(j == best ? p : (1 - p) / 4);
    return out;
}

EntityDoubt onlyDoubt(const std::vector<Entity>& given, const std::vector<float>& probabilities) {
    const auto found = entityDoubts(given, kClasses, probabilities);
    REQUIRE(found.size() == 1);
    return found.front();
}

}  // namespace

TEST_CASE("EntityDoubts.WhatTheSystemSaysTooIsNotDoubted") {
    CHECK(entityDoubts(std::vector<Entity>{{"PER", 0, 1, {}}}, kClasses, rows({{1, .6f}, {2, .9f}, {0, .7f}})).empty());
    CHECK(entityDoubts({}, kClasses, {}).empty());
}

TEST_CASE("EntityDoubts.AnotherTypeIsAWrongType") {
    const EntityDoubt doubt = onlyDoubt({{"PER", 0, 1, {}}}, rows({{3, .8f}, {4, .6f}, {0, .9f}}));
    CHECK(doubt.reason == DoubtReason::WrongType);
    CHECK(doubt.suggested == Entity{"LOC", 0, 1, {}});
    requireClose("score", doubt.score, 0.05, 1e-6);  // the first word is the less likely PER
    requireClose("support", doubt.support, 0.6, 1e-6);
}

TEST_CASE("EntityDoubts.AnEntityThatGoesOnHasAWrongEdge") {
    const EntityDoubt doubt = onlyDoubt({{"PER", 0, 0, {}}}, rows({{1, .9f}, {2, .92f}, {0, .9f}}));
    CHECK(doubt.reason == DoubtReason::WrongEdge);
    CHECK(doubt.suggested == Entity{"PER", 0, 1, {}});
    requireClose("score", doubt.score, 0.02, 1e-6);  // that the second word is O
}

TEST_CASE("EntityDoubts.ARunThatIsHardlyOIsMissing") {
    // No class is half as likely, yet O is less likely than all others together.
    const EntityDoubt doubt = onlyDoubt({}, {.9f, .1f, 0, 0, 0, .45f, .3f, .05f, .2f, 0, .9f, .1f, 0, 0, 0});
    CHECK(doubt.reason == DoubtReason::Missing);
    CHECK_FALSE(doubt.given);
    CHECK(doubt.suggested == Entity{"PER", 1, 1, {}});
    requireClose("score", doubt.score, 0.45, 1e-6);
    CHECK(entityDoubts({}, kClasses, std::vector<float>{.5f, .3f, 0, .2f, 0}).empty());
}

TEST_CASE("EntityDoubts.AnEntityWhereTheSystemSeesNoneIsSpurious") {
    const EntityDoubt doubt = onlyDoubt({{"LOC", 1, 1, {}}}, rows({{0, .9f}, {0, .8f}}));
    CHECK(doubt.reason == DoubtReason::Spurious);
    CHECK_FALSE(doubt.suggested);
    requireClose("score", doubt.score, 0.05, 1e-6);
}

TEST_CASE("EntityDoubts.ATypeThatTheSystemDoesNotKnowHasNoProbability") {
    const EntityDoubt doubt = onlyDoubt({{"GPE", 0, 0, {}}}, rows({{3, .8f}}));
    CHECK(doubt.reason == DoubtReason::WrongType);
    CHECK(doubt.score == 0);
    CHECK(givenClasses(std::vector<Entity>{{"GPE", 0, 0, {}}}, kClasses, 2) == std::vector<int>{-1, 0});
}
