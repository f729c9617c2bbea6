#include "core/train/calibration_trial.h"

#include <catch2/catch.hpp>
#include <random>

using namespace mnerva::train;

namespace {

struct Sample {
    std::vector<double> confidences;
    std::vector<bool> right;
    std::vector<int> posts;
};

/// Entities that are right as often as `truth` makes of their confidence.
template <class Truth>
Sample sampleOf(int count, unsigned seed, Truth&& truth) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> uniform(0, 1);
    Sample out;
    for (int i = 0; i < count; ++i) {
        const double confidence = 0.05 + 0.9 * uniform(random);
        out.confidences.push_back(confidence);
        out.right.push_back(uniform(random) < truth(confidence));
        out.posts.push_back(i / 2);
    }
    return out;
}

}  // namespace

TEST_CASE("CalibrationTrial.ConfidencesThatPromiseTooMuchAreHelped") {
    const Sample s = sampleOf(400, 1, [](double confidence) { return confidence * confidence; });
    const CalibrationTrial trial = tryCalibration(s.confidences, s.right, s.posts);
    CHECK(trial.helps);
    CHECK(trial.after.ece < trial.before.ece);
    CHECK(trial.after.brier < trial.before.brier);
}

TEST_CASE("CalibrationTrial.WhatDoesNotImproveBothMeasuresOnUnseenEntitiesIsNotKept") {
    int kept = 0;
    for (unsigned seed = 0; seed < 40; ++seed) {
        const Sample s = sampleOf(40, seed, [](double confidence) { return confidence; });  // nothing to mend
        const CalibrationTrial trial = tryCalibration(s.confidences, s.right, s.posts);
        CHECK(trial.helps == (trial.after.ece < trial.before.ece && trial.after.brier < trial.before.brier));
        kept += trial.helps ? 1 : 0;
    }
    CHECK(kept < 20);
}

TEST_CASE("CalibrationTrial.AnEntityIsJudgedByFitsThatHaveNotSeenItsPost") {
    Sample s = sampleOf(200, 3, [](double confidence) { return confidence; });
    const CalibrationTrial before = tryCalibration(s.confidences, s.right, s.posts);
    s.right[0] = !s.right[0];  // of post 0
    const CalibrationTrial after = tryCalibration(s.confidences, s.right, s.posts);
    for (std::size_t i = 0; i < s.posts.size(); ++i)
        if (s.posts[i] % 5 == 0) CHECK(after.crossed[i] == before.crossed[i]);
    CHECK(after.crossed[2] != before.crossed[2]);
}
