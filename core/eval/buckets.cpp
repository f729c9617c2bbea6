#include "core/eval/buckets.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mnerva::eval {
namespace {

std::vector<double> sortedNumbers(std::vector<double> values) {
    std::erase_if(values, [](double value) { return std::isnan(value); });
    std::sort(values.begin(), values.end());
    return values;
}

std::size_t placeOf(double value, std::span<const BucketRange> ranges) {
    const auto found = std::find_if(ranges.begin(), ranges.end(), [&](const BucketRange& r) { return value <= r.to; });
    return found == ranges.end() ? ranges.size() - 1 : static_cast<std::size_t>(found - ranges.begin());
}

void addUnit(Bucket& bucket, const Unit& unit) {
    if (bucket.posts.empty() || bucket.posts.back() != unit.post) {
        bucket.posts.push_back(unit.post);
        bucket.counts.emplace_back();
    }
    PostCounts& counts = bucket.counts.back();
    counts.gold += unit.gold != Unit::kNone;
    counts.predicted += unit.predicted != Unit::kNone;
    counts.correct += unit.isRight();
    if (!unit.isRight() && (bucket.wrongPosts.empty() || bucket.wrongPosts.back() != unit.post))
        bucket.wrongPosts.push_back(unit.post);
}

std::string numberText(double value, bool isWhole) {
    return isWhole ? fmt::format("{:.0f}", value) : fmt::format("{:.2f}", value);
}

}  // namespace

std::vector<BucketRange> equalSizeCuts(std::vector<double> values, int wanted) {
    values = sortedNumbers(std::move(values));
    std::vector<BucketRange> ranges;
    std::size_t left = values.size();
    int bucketsLeft = wanted;
    for (std::size_t begin = 0; begin < values.size();) {
        const auto share = static_cast<std::size_t>(
            std::ceil(static_cast<double>(left) / static_cast<double>(std::max(1, bucketsLeft))));
        std::size_t end = std::min(values.size(), begin + share);
        while (end < values.size() && values[end] == values[end - 1]) ++end;
        ranges.push_back({values[begin], values[end - 1]});
        left -= end - begin;
        begin = end;
        --bucketsLeft;
    }
    return ranges;
}

std::vector<BucketRange> oneBucketAValue(std::vector<double> values) {
    values = sortedNumbers(std::move(values));
    values.erase(std::unique(values.begin(), values.end()), values.end());
    std::vector<BucketRange> ranges;
    for (const double value : values) ranges.push_back({value, value});
    return ranges;
}

std::vector<Bucket> bucketsOf(std::span<const Unit> units, std::span<const double> values,
                              std::span<const BucketRange> ranges, const ResamplingOptions& options,
                              const std::stop_token& stop) {
    std::vector<Bucket> buckets(ranges.size());
    for (std::size_t i = 0; i < ranges.size(); ++i) buckets[i].range = ranges[i];
    if (ranges.empty()) return buckets;
    for (std::size_t i = 0; i < units.size(); ++i)
        if (!std::isnan(values[i])) addUnit(buckets[placeOf(values[i], ranges)], units[i]);
    for (Bucket& bucket : buckets) {
        PostCounts sum;
        for (const PostCounts& one : bucket.counts) {
            sum.gold += one.gold;
            sum.predicted += one.predicted;
            sum.correct += one.correct;
        }
        bucket.prf = prfOf(sum.gold, sum.predicted, static_cast<int>(sum.correct));
        bucket.interval = bootstrapF1(bucket.counts, options, stop);
    }
    return buckets;
}

std::vector<BucketRange> rangesOf(Property property, std::span<const Unit> units, std::span<const double> values) {
    std::vector<double> taken;
    const bool ofPosts = isOfPost(property);
    for (std::size_t i = 0; i < units.size(); ++i) {
        const bool isSamePost = ofPosts && i > 0 && units[i - 1].post == units[i].post;
        if (ofPosts ? !isSamePost : units[i].gold != Unit::kNone) taken.push_back(values[i]);
    }
    if (std::all_of(taken.begin(), taken.end(), [](double value) { return std::isnan(value); }))
        taken.assign(values.begin(), values.end());
    const bool isCategory = property == Property::Type || !categoriesOf(property).empty();
    if (isCategory) return oneBucketAValue(std::vector<double>(values.begin(), values.end()));
    return equalSizeCuts(std::move(taken));
}

std::string bucketName(Property property, const BucketRange& range, const NameTable& types) {
    const auto number = static_cast<std::size_t>(std::max(0.0, range.from));
    if (property == Property::Type) return types.name(static_cast<int>(number));
    const auto categories = categoriesOf(property);
    if (number < categories.size()) return std::string(categories[number]);
    const bool isWhole = range.from == std::floor(range.from) && range.to == std::floor(range.to) &&
                         property != Property::Position && property != Property::Consistency &&
                         property != Property::EntityShare && property != Property::FrequencyRank;
    if (range.from == range.to) return numberText(range.from, isWhole);
    return numberText(range.from, isWhole) + "–" + numberText(range.to, isWhole);
}

Comparison compareBuckets(const Bucket& first, const Bucket& second, const ResamplingOptions& options,
                          const std::stop_token& stop) {
    std::vector<PostCounts> a, b;
    for (std::size_t i = 0, j = 0; i < first.posts.size() || j < second.posts.size();) {
        const bool takeA = j == second.posts.size() || (i < first.posts.size() && first.posts[i] <= second.posts[j]);
        const bool takeB = i == first.posts.size() || (j < second.posts.size() && second.posts[j] <= first.posts[i]);
        a.push_back(takeA ? first.counts[i] : PostCounts{second.counts[j].gold, 0, 0});
        b.push_back(takeB ? second.counts[j] : PostCounts{first.counts[i].gold, 0, 0});
        i += takeA;
        j += takeB;
    }
    return compareF1(a, b, options, stop);
}

}  // namespace mnerva::eval
