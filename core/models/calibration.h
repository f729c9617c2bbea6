#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

namespace mnerva::models {

/// Turns the confidence that the CRF gives an entity into the probability that the entity is right: a straight line
/// through the log-odds (Platt scaling; slope is 1 / temperature). Two numbers, because a project may have no more than
/// some dozens of validation entities: isotonic regression would learn those by heart and make ties, and a list sorted
/// by confidence should keep its order.
struct Calibration {
    double slope = 1, offset = 0;
    double apply(double confidence) const;
};

/// Entities below which no calibration is made.
inline constexpr int kLeastCalibrated = 20;

/// Most probable line for predicted entities of posts that the model was not trained on, with a weak pull towards the
/// identity; the slope is positive. `right` is as long as `confidences`.
Calibration fitCalibration(const std::vector<double>& confidences, const std::vector<bool>& right);

/// calibration.json of a run folder. Nothing where there is none, where it is not understood, or where the fit was not
/// kept (it would not have helped).
std::optional<Calibration> readCalibration(const std::filesystem::path& runFolder);
inline constexpr const char* kCalibrationFile = "calibration.json";

}  // namespace mnerva::models
