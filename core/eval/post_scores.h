#pragma once

#include <span>
#include <vector>

#include "core/domain/entity.h"

namespace mnerva::eval {

// Which posts to look at first (explanation.md 5): each score is higher for a post that is worth more.

/// 1 - p(best path), of its logarithm.
double leastConfidence(double logBestPath);
/// -(1/n) log p(best path), n words (Shen et al. 2018): long posts are not preferred for their length. 0 without words.
double normalisedLogProbability(double logBestPath, int words);
/// Mean over the words of the entropy (in nats) of their class probabilities [words, classes]. 0 without words.
double tokenEntropy(std::span<const float> probabilities, int classes);
/// 1 - (p(best path) - p(second best)), of their logarithms.
double pathMargin(double logBestPath, double logSecondPath);
/// Disagreement of layers: the mean over all spans that any of them has of the entropy (in bits) of the share of layers
/// that have it: 0 where all agree, 1 where each span is in half of them. 0 without spans.
double voteEntropy(const std::vector<std::vector<Entity>>& layers);

}  // namespace mnerva::eval
