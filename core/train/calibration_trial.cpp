#include "core/train/calibration_trial.h"

#include <algorithm>

#include "core/eval/reliability.h"

namespace mnerva::train {
namespace {

constexpr int kFolds = 5;

std::vector<double> crossFitted(const std::vector<double>& confidences, const std::vector<bool>& right,
                                const std::vector<int>& posts) {
    std::vector<double> out(confidences.size());
    for (int fold = 0; fold < kFolds; ++fold) {
        std::vector<double> others;
        std::vector<bool> othersRight;
        for (std::size_t i = 0; i < confidences.size(); ++i) {
            if (posts[i] % kFolds == fold) continue;
            others.push_back(confidences[i]);
            othersRight.push_back(right[i]);
        }
        const models::Calibration fit = models::fitCalibration(others, othersRight);
        for (std::size_t i = 0; i < confidences.size(); ++i)
            if (posts[i] % kFolds == fold) out[i] = fit.apply(confidences[i]);
    }
    return out;
}

ConfidenceQuality qualityOf(const std::vector<double>& confidences, const std::vector<bool>& right) {
    std::vector<eval::ConfidenceSample> samples;
    double squares = 0;
    for (std::size_t i = 0; i < confidences.size(); ++i) {
        samples.push_back({confidences[i], right[i]});
        const double off = confidences[i] - (right[i] ? 1 : 0);
        squares += off * off;
    }
    return {eval::reliabilityOf(samples).ece,
            squares / static_cast<double>(std::max<std::size_t>(1, confidences.size()))};
}

}  // namespace

CalibrationTrial tryCalibration(const std::vector<double>& confidences, const std::vector<bool>& right,
                                const std::vector<int>& posts) {
    CalibrationTrial out;
    out.fit = models::fitCalibration(confidences, right);
    out.crossed = crossFitted(confidences, right, posts);
    out.before = qualityOf(confidences, right);
    out.after = qualityOf(out.crossed, right);
    out.helps = out.after.ece < out.before.ece && out.after.brier < out.before.brier;
    return out;
}

}  // namespace mnerva::train
