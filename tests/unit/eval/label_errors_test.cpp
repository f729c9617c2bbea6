#include "core/eval/label_errors.h"

#include <catch2/catch.hpp>

#include "core/eval/learning_dynamics.h"
#include "core/eval/post_scores.h"
#include "tests/unit/eval/golden.h"

using namespace mnerva;
using namespace mnerva::eval;
using mnerva::eval::test::goldenJson;
using mnerva::eval::test::requireClose;
using nlohmann::json;

namespace {

GivenWords wordsOf(const json& body) {
    return {body.at("classes").get<int>(), body.at("probabilities").get<std::vector<float>>(),
            body.at("given").get<std::vector<int>>()};
}

const json& goldenCases() {
    static const json golden = goldenJson("label_errors.json");
    return golden.at("cases");
}

}  // namespace

TEST_CASE("LabelErrors.ScoresOfWordsAndPostsAreCleanlabs") {
    for (const json& body : goldenCases()) {
        const GivenWords words = wordsOf(body);
        std::vector<double> five;
        std::size_t posts = 0;
        for (std::size_t w = 0; w < words.size(); ++w) {
            const double own = selfConfidence(words.of(w), words.given[w]);
            requireClose("self-confidence", own, body.at("selfConfidence").at(w).get<double>());
            requireClose("margin", normalisedMargin(words.of(w), words.given[w]),
                         body.at("normalisedMargin").at(w).get<double>());
            five.push_back(own);
            if (five.size() < 5 && w + 1 < words.size()) continue;
            requireClose("softmin", softminScore(five), body.at("softminOfFive").at(posts++).get<double>());
            five.clear();
        }
        CHECK(posts == body.at("softminOfFive").size());
    }
}

TEST_CASE("LabelErrors.TheConfidentJointIsCleanlabs") {
    for (const json& body : goldenCases()) {
        const ConfidentJoint joint = confidentJoint(wordsOf(body));
        CHECK(json(joint.counts) == body.at("counts"));
        CHECK(json(joint.estimated) == body.at("estimated"));
        for (std::size_t k = 0; k < joint.thresholds.size(); ++k) {
            const json& wanted = body.at("thresholds").at(k);
            if (wanted.is_null())
                CHECK(std::isinf(joint.thresholds[k]));
            else
                requireClose("threshold", joint.thresholds[k], wanted.get<double>());
        }
    }
}

TEST_CASE("LabelErrors.TheListIsCleanlabsInItsOrder") {
    int errors = 0;
    for (const json& body : goldenCases()) {
        CHECK(json(likelyErrors(wordsOf(body))) == body.at("errors"));
        errors += static_cast<int>(body.at("errors").size());
    }
    CHECK(errors > 100);
}

TEST_CASE("LabelErrors.SoftminIsThatOfTheDesign") {
    requireClose("two words", softminScore(std::vector<double>{0.9, 0.6}), 0.600741787, 1e-9);
    requireClose("three words", softminScore(std::vector<double>{0, 0.8, 0.8}), 1.80056e-7, 1e-12);
    CHECK(softminScore({}) == 1);
}

TEST_CASE("LabelErrors.WordsOfOneClassHaveNoErrors") {
    CHECK(likelyErrors({1, {1, 1, 1}, {0, 0, 0}}).empty());
    CHECK(likelyErrors({3, {}, {}}).empty());
}

TEST_CASE("LabelErrors.EqualProbabilitiesAccuseNobody") {
    CHECK(likelyErrors({2, {0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f}, {0, 1, 1}}).empty());
}

TEST_CASE("LearningDynamics.AreThoseOfTheReference") {
    const json file = goldenJson("label_errors.json");  // outlives the loop
    REQUIRE_FALSE(file.at("dynamics").empty());
    for (const json& body : file.at("dynamics")) {
        std::vector<EpochView> epochs;
        for (std::size_t i = 0; i < body.at("given").size(); ++i)
            epochs.push_back({body["given"][i].get<double>(), body["right"][i].get<bool>()});
        const LearningDynamics out = learningDynamics(epochs);
        requireClose("confidence", out.confidence, body.at("confidence").get<double>());
        requireClose("variability", out.variability, body.at("variability").get<double>());
        requireClose("correctness", out.correctness, body.at("correctness").get<double>());
        CHECK(out.forgetting == body.at("forgetting").get<int>());
    }
}

TEST_CASE("LearningDynamics.TheCornerIsLowAndSteady") {
    const auto of = [](std::vector<double> given) {
        std::vector<EpochView> epochs;
        for (const double p : given) epochs.push_back({p, p > 0.5});
        return isHardToLearn(learningDynamics(epochs));
    };
    CHECK(of({0.1, 0.1, 0.2, 0.1}));
    CHECK_FALSE(of({0, 0, 1, 1}));     // learnt halfway: variability 0.5
    CHECK_FALSE(of({0.6, 0.6, 0.7}));  // steady and likely
    CHECK_FALSE(of({0, 0, 0, 0.9}));   // learnt in the end: 0.39
    CHECK(of({0.49, 0.49}));
    CHECK_FALSE(of({0.5, 0.5}));
}

TEST_CASE("LearningDynamics.WhatWasNeverRightIsNotLearnt") {
    CHECK_FALSE(learningDynamics(std::vector<EpochView>{{0.1, false}, {0.2, false}}).isLearnt);
    CHECK(learningDynamics(std::vector<EpochView>{{0.1, false}, {0.6, true}, {0.2, false}}).isLearnt);
    CHECK(learningDynamics({}).confidence == 0);
}

TEST_CASE("PostScores.TokenEntropyIsScipys") {
    for (const json& body : goldenCases()) {
        const GivenWords words = wordsOf(body);
        // Rows sum to 1 only as far as float32 goes, and scipy scales them.
        requireClose("entropy", tokenEntropy(words.probabilities, words.classes), body.at("tokenEntropy").get<double>(),
                     1e-6);
    }
}

TEST_CASE("PostScores.APathIsLessSureTheLessLikelyItIs") {
    requireClose("least confidence", leastConfidence(std::log(0.3)), 0.7);
    requireClose("normalised", normalisedLogProbability(std::log(0.25), 2), std::log(2.0));
    CHECK(normalisedLogProbability(-1, 0) == 0);
    requireClose("margin", pathMargin(std::log(0.6), std::log(0.3)), 0.7);
}

TEST_CASE("PostScores.VoteEntropyIsOneWhereHalfOfTheLayersHaveASpan") {
    const std::vector<Entity> anna{{"PER", 0, 1, {}}}, both{{"PER", 0, 1, {}}, {"LOC", 3, 3, {}}};
    CHECK(voteEntropy({anna, anna}) == 0);
    CHECK(voteEntropy({{}, {}}) == 0);
    CHECK(voteEntropy({}) == 0);
    requireClose("one of two", voteEntropy({anna, {}}), 1);
    requireClose("shared and half", voteEntropy({anna, both}), 0.5);
    const double third = -(std::log2(1 / 3.0) / 3 + std::log2(2 / 3.0) * 2 / 3);
    requireClose("half, third, all", (1 + third + 0) / 3,
                 goldenJson("label_errors.json")["voteEntropy"]["half, third and all of the layers"].get<double>());
    requireClose("third", voteEntropy({anna, {}, {}}), third);
}
