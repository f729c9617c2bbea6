#include "core/eval/post_scores.h"

#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "core/base/check.h"

namespace mnerva::eval {
namespace {

/// -p log p; 0 for p = 0.
double surprise(double p) {
    return p > 0 ? -p * std::log(p) : 0;
}

}  // namespace

double leastConfidence(double logBestPath) {
    return -std::expm1(logBestPath);
}

double normalisedLogProbability(double logBestPath, int words) {
    return words > 0 ? -logBestPath / words : 0;
}

double tokenEntropy(std::span<const float> probabilities, int classes) {
    MNERVA_CHECK(classes > 0 && probabilities.size() % static_cast<std::size_t>(classes) == 0);
    if (probabilities.empty()) return 0;
    double sum = 0;
    for (const float p : probabilities) sum += surprise(static_cast<double>(p));
    return sum * classes / static_cast<double>(probabilities.size());
}

double pathMargin(double logBestPath, double logSecondPath) {
    return 1 - (std::exp(logBestPath) - std::exp(logSecondPath));
}

double voteEntropy(const std::vector<std::vector<Entity>>& layers) {
    using Span = std::tuple<int, int, std::string>;
    std::map<Span, int> votes;
    for (const std::vector<Entity>& layer : layers) {
        std::set<Span> own;  // a layer has one vote for a span
        for (const Entity& entity : layer) own.emplace(entity.first, entity.last, entity.type);
        for (const Span& span : own) ++votes[span];
    }
    if (votes.empty()) return 0;
    double sum = 0;
    for (const auto& [span, count] : votes) {
        const double share = static_cast<double>(count) / static_cast<double>(layers.size());
        sum += (surprise(share) + surprise(1 - share)) / std::log(2.0);
    }
    return sum / static_cast<double>(votes.size());
}

}  // namespace mnerva::eval
