#pragma once

#include <span>

namespace mnerva::eval {

/// What one epoch said of an item (a word, an entity, a post).
struct EpochView {
    double given = 0;      ///< probability of what it was given, 0..1
    bool isRight = false;  ///< what was predicted is what was given
};

/// How an item was learnt, of the predictions of every epoch (error-analysis.md 5): what is hard or wrongly labelled
/// lies in the corner of low confidence and low variability.
struct LearningDynamics {
    double confidence = 0;   ///< mean probability of what was given
    double variability = 0;  ///< its standard deviation over the epochs (of the population)
    double correctness = 0;  ///< share of the epochs that were right
    int forgetting = 0;      ///< how often a right epoch was followed by a wrong one
    bool isLearnt = false;   ///< at least one epoch was right
};

/// Epochs in their order; all zero for none.
LearningDynamics learningDynamics(std::span<const EpochView> epochs);

/// The corner of what is hard or wrongly labelled: its probability is low on the mean, and stays so. A variability of
/// 0.5 is the largest there can be, that of what is learnt in half of the epochs; what a model learns late still
/// varies.
inline constexpr double kHardConfidence = 0.5, kHardVariability = 0.25;
bool isHardToLearn(const LearningDynamics& dynamics);

}  // namespace mnerva::eval
