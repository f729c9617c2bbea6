#include "core/eval/learning_dynamics.h"

#include <cmath>
#include <cstddef>

namespace mnerva::eval {

LearningDynamics learningDynamics(std::span<const EpochView> epochs) {
    LearningDynamics out;
    if (epochs.empty()) return out;
    const auto count = static_cast<double>(epochs.size());
    for (std::size_t i = 0; i < epochs.size(); ++i) {
        out.confidence += epochs[i].given / count;
        out.correctness += epochs[i].isRight ? 1 / count : 0;
        out.isLearnt = out.isLearnt || epochs[i].isRight;
        if (i > 0 && epochs[i - 1].isRight && !epochs[i].isRight) ++out.forgetting;
    }
    double squares = 0;
    for (const EpochView& epoch : epochs) squares += (epoch.given - out.confidence) * (epoch.given - out.confidence);
    out.variability = std::sqrt(squares / count);
    return out;
}

bool isHardToLearn(const LearningDynamics& dynamics) {
    return dynamics.confidence < kHardConfidence && dynamics.variability < kHardVariability;
}

}  // namespace mnerva::eval
