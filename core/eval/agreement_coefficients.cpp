#include <algorithm>
#include <map>

#include "core/base/check.h"
#include "core/eval/agreement.h"

namespace mnerva::eval {
namespace {

double squared(double value) {
    return value * value;
}

/// A unit, or the gap between two.
struct Segment {
    std::int64_t begin = 0, end = 0;  ///< words [begin, end)
    bool isUnit = false;
    double length() const { return static_cast<double>(end - begin); }
};

std::vector<Segment> segmentsOf(const std::vector<Stretch>& units, std::int64_t length) {
    std::vector<Segment> out;
    std::int64_t at = 0;
    for (const Stretch& unit : units) {
        MNERVA_CHECK(unit.first >= at && unit.last >= unit.first && unit.last < length);
        if (unit.first > at) out.push_back({at, unit.first, false});
        out.push_back({unit.first, unit.last + 1, true});
        at = unit.last + 1;
    }
    if (at < length) out.push_back({at, length, false});
    return out;
}

/// How far two segments that share words differ: two units by their ends, a unit in a gap by its length.
double distance(const Segment& a, const Segment& b) {
    if (a.isUnit && b.isUnit)
        return squared(static_cast<double>(a.begin - b.begin)) + squared(static_cast<double>(a.end - b.end));
    const Segment &unit = a.isUnit ? a : b, &gap = a.isUnit ? b : a;
    const bool inside = unit.isUnit && gap.begin <= unit.begin && unit.end <= gap.end;
    return inside ? squared(unit.length()) : 0;
}

double pairDisagreement(const std::vector<Segment>& a, const std::vector<Segment>& b) {
    double sum = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        sum += distance(a[i], b[j]);
        const std::int64_t endOfA = a[i].end, endOfB = b[j].end;
        i += endOfA <= endOfB ? 1 : 0;
        j += endOfB <= endOfA ? 1 : 0;
    }
    return sum;
}

/// Sum over all units of all coders of what each contributes to the disagreement that chance gives.
double chanceSum(const std::map<std::int64_t, std::int64_t>& lengths, const std::map<std::int64_t, std::int64_t>& gaps,
                 double units) {
    double sum = 0;
    for (const auto& [length, count] : lengths) {
        const auto l = static_cast<double>(length);
        double free = 0;
        for (auto gap = gaps.lower_bound(length); gap != gaps.end(); ++gap)
            free += static_cast<double>(gap->second) * static_cast<double>(gap->first - length + 1);
        sum += static_cast<double>(count) * ((units - 1) / 3 * (2 * l * l * l - 3 * l * l + l) + l * l * free);
    }
    return sum;
}

}  // namespace

std::optional<double> cohensKappa(std::span<const int> a, std::span<const int> b) {
    MNERVA_CHECK(a.size() == b.size());
    std::map<int, std::pair<double, double>> counts;
    double same = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ++counts[a[i]].first;
        ++counts[b[i]].second;
        same += a[i] == b[i] ? 1 : 0;
    }
    if (counts.size() < 2) return std::nullopt;
    const auto units = static_cast<double>(a.size());
    double chance = 0;
    for (const auto& [category, of] : counts) chance += of.first * of.second / (units * units);
    return (same / units - chance) / (1 - chance);
}

std::optional<double> krippendorffAlpha(const std::vector<std::vector<int>>& coders) {
    if (coders.empty()) return std::nullopt;
    std::map<int, double> totals;  // of each category over units that can be paired
    double observed = 0, all = 0;
    for (std::size_t unit = 0; unit < coders.front().size(); ++unit) {
        std::map<int, double> of;
        double codings = 0;
        for (const std::vector<int>& coder : coders) {
            MNERVA_CHECK(coder.size() == coders.front().size());
            if (coder[unit] < 0) continue;
            ++of[coder[unit]];
            ++codings;
        }
        if (codings < 2) continue;
        all += codings;
        for (const auto& [category, count] : of) {
            totals[category] += count;
            observed += count * (codings - count) / (codings - 1);
        }
    }
    if (totals.size() < 2) return std::nullopt;
    double expected = 0;
    for (const auto& [category, count] : totals) expected += count * (all - count);
    return 1 - observed * (all - 1) / expected;
}

std::optional<double> UnitisedDisagreement::alpha() const {
    if (expected == 0) return std::nullopt;
    return 1 - observed / expected;
}

UnitisedDisagreement unitisedDisagreement(const std::vector<std::vector<Stretch>>& coders, std::int64_t length) {
    MNERVA_CHECK(coders.size() >= 2 && length >= 0);
    std::vector<std::vector<Segment>> segments;
    std::map<std::int64_t, std::int64_t> lengths, gaps;  // how many of each length
    double units = 0, inside = 0;
    for (const std::vector<Stretch>& coder : coders) {
        segments.push_back(segmentsOf(coder, length));
        for (const Segment& segment : segments.back()) {
            ++(segment.isUnit ? lengths : gaps)[segment.end - segment.begin];
            units += segment.isUnit ? 1 : 0;
            inside += segment.isUnit ? segment.length() * (segment.length() - 1) : 0;
        }
    }
    UnitisedDisagreement out;
    if (units == 0) return out;
    const auto count = static_cast<double>(coders.size()), words = static_cast<double>(length);
    for (std::size_t a = 0; a < segments.size(); ++a)
        for (std::size_t b = a + 1; b < segments.size(); ++b)
            out.observed += 2 * pairDisagreement(segments[a], segments[b]);
    out.observed /= count * (count - 1) * words * words;
    const double places = count * words * (count * words - 1) - inside;
    out.expected = places > 0 ? 2 / words * chanceSum(lengths, gaps, units) / places : 0;
    return out;
}

}  // namespace mnerva::eval
