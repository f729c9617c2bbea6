#pragma once

#include <vector>

#include "core/models/calibration.h"

namespace mnerva::train {

/// How far confidences are off: the calibration error and the Brier score (mean square of what they lack to 0 or 1).
struct ConfidenceQuality {
    double ece = 0, brier = 0;
};

/// A calibration and what it does to entities that it was not made from.
struct CalibrationTrial {
    models::Calibration fit;      ///< from all
    std::vector<double> crossed;  ///< each confidence by a fit on the other four fifths of the posts
    ConfidenceQuality before, after;
    /// Both measures got better. Either alone can be bought at the price of the other, and a fit that harms entities it
    /// has not seen harms those that people will see.
    bool helps = false;
};

/// `posts` says of which post each entity is: a post is never on both sides of a fit. All are equally long.
CalibrationTrial tryCalibration(const std::vector<double>& confidences, const std::vector<bool>& right,
                                const std::vector<int>& posts);

}  // namespace mnerva::train
