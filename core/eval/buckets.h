#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/eval/properties.h"
#include "core/eval/resampling.h"

namespace mnerva::eval {

/// Where buckets end: a value belongs to the first one whose `to` is not less, and to the last one where none is.
struct BucketRange {
    double from = 0, to = 0;  ///< least and greatest value that made it
};
/// Cuts values into `wanted` buckets of equal size: sorted, equal values never split, the remaining ones shared anew
/// after each cut (error-analysis.md 3). Fewer where there are fewer different values; NaN is left out.
std::vector<BucketRange> equalSizeCuts(std::vector<double> values, int wanted = 4);
/// One bucket a value: for categories.
std::vector<BucketRange> oneBucketAValue(std::vector<double> values);

/// How good a layer is on the units of a bucket.
struct Bucket {
    BucketRange range;
    Prf prf;  ///< micro: support is n, the gold entities in the bucket
    std::optional<Interval> interval;
    std::vector<int> posts;          ///< with a unit in the bucket, each once
    std::vector<int> wrongPosts;     ///< with a wrong unit
    std::vector<PostCounts> counts;  ///< of each of `posts`
};
/// Values beside units; those without a value are in no bucket. Throws Cancelled.
std::vector<Bucket> bucketsOf(std::span<const Unit> units, std::span<const double> values,
                              std::span<const BucketRange> ranges, const ResamplingOptions& options = {},
                              const std::stop_token& stop = {});

/// The ranges that are the same for all layers: cut by the values of gold entities, for properties of posts by the
/// posts; by all units where there is no gold entity.
std::vector<BucketRange> rangesOf(Property property, std::span<const Unit> units, std::span<const double> values);

/// "2", "3–7", "0.50–1.00", the category in English, or the type's name.
std::string bucketName(Property property, const BucketRange& range, const NameTable& types);

/// Of two layers in the same bucket: posts that either has there, with the counts of both.
Comparison compareBuckets(const Bucket& first, const Bucket& second, const ResamplingOptions& options = {},
                          const std::stop_token& stop = {});

}  // namespace mnerva::eval
