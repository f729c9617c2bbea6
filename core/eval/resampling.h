#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/eval/score.h"

namespace mnerva::eval {

struct ResamplingOptions {
    int resamples = 1000;    ///< of the posts, for intervals
    int swaps = 10000;       ///< of approximate randomisation
    double level = 0.95;     ///< share of the resamples that an interval holds
    std::uint64_t seed = 1;  ///< equal seeds give equal figures
};

struct Interval {
    double low = 0, high = 0;
};

/// Micro F1 of counts added up: 2 correct / (gold + predicted), 0 of nothing.
double f1Of(std::span<const PostCounts> counts);

/// Percentile interval of micro F1 under resampling of posts with replacement (error-analysis.md 4). Nothing without
/// posts. Posts with equal counts are drawn together, which is the same draw and takes time by kinds of posts, not by
/// posts. Throws Cancelled.
std::optional<Interval> bootstrapF1(std::span<const PostCounts> counts, const ResamplingOptions& options = {},
                                    const std::stop_token& stop = {});

/// Two layers over the same posts.
struct Comparison {
    double first = 0, second = 0;  ///< micro F1
    double difference = 0;         ///< first - second
    Interval interval;             ///< of the difference: paired bootstrap
    double pBootstrap = 1;         ///< two-sided: twice the smaller share of resamples at or beyond 0
    double pRandomisation = 1;     ///< two-sided approximate randomisation, (k + 1) / (swaps + 1)
    int posts = 0;
    ResamplingOptions options;
};
/// `first` and `second` hold the counts of the same posts in the same order. Throws Cancelled.
Comparison compareF1(std::span<const PostCounts> first, std::span<const PostCounts> second,
                     const ResamplingOptions& options = {}, const std::stop_token& stop = {});

/// Several seeds of one system.
struct MeanSd {
    double mean = 0;
    std::optional<double> sd;  ///< of the sample (n - 1); nothing for one value
    int count = 0;
};
MeanSd meanSd(std::span<const double> values);

}  // namespace mnerva::eval
