#include "core/eval/map_measures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <random>

#include "core/base/check.h"

namespace mnerva::eval {
namespace {

constexpr std::array<std::size_t, 4> kSteps{1, 2, 5, 10};

bool contains(std::span<const int> cells, int cell) {
    return std::find(cells.begin(), cells.end(), cell) != cells.end();
}

bool isFlat(std::span<const float> map) {
    return map.empty() || std::all_of(map.begin(), map.end(), [&](float value) { return value == map.front(); });
}

/// Ranks from 1, equal values have the mean of theirs.
std::vector<double> ranksOf(std::span<const float> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
        for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = static_cast<double>(begin + end + 1) / 2;
        begin = end;
    }
    return ranks;
}

/// The value at a share of a sorted list.
double percentile(const std::vector<double>& sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

std::vector<int> hottestFirst(std::span<const float> map) {
    std::vector<int> order(map.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](int a, int b) { return map[static_cast<std::size_t>(a)] > map[static_cast<std::size_t>(b)]; });
    return order;
}

double areaUnder(std::span<const double> heights) {
    if (heights.size() < 2) return 0;
    double sum = -(heights.front() + heights.back()) / 2;
    for (const double height : heights) sum += height;
    return sum / static_cast<double>(heights.size() - 1);
}

double meanLoss(double full, std::span<const double> left) {
    double sum = 0;
    int count = 0;
    for (const std::size_t k : kSteps) {
        if (k >= left.size()) continue;
        sum += full - left[k];
        ++count;
    }
    return count > 0 ? sum / count : 0;
}

std::optional<Pointing> pointingOf(std::span<const float> map, std::span<const int> inside,
                                   std::span<const int> touched) {
    if (inside.empty() || isFlat(map)) return std::nullopt;
    const std::vector<int> order = hottestFirst(map);
    Pointing out;
    out.isInside = contains(inside, order.front());
    out.touches = contains(touched, order.front());
    double positive = 0, within = 0;
    for (std::size_t cell = 0; cell < map.size(); ++cell) {
        const double value = std::max(0.0F, map[cell]);
        positive += value;
        if (contains(inside, static_cast<int>(cell))) within += value;
    }
    out.mass = positive > 0 ? within / positive : 0;
    const std::size_t most = std::min(inside.size(), order.size());
    const auto found = std::count_if(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most),
                                     [&](int cell) { return contains(inside, cell); });
    out.rank = static_cast<double>(found) / static_cast<double>(most);
    return out;
}

double giniOf(std::span<const float> map) {
    std::vector<double> sorted;
    for (const float value : map) sorted.push_back(std::abs(static_cast<double>(value)));
    std::sort(sorted.begin(), sorted.end());
    double sum = 0, weighted = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        sum += sorted[i];
        weighted += static_cast<double>(i + 1) * sorted[i];
    }
    const auto n = static_cast<double>(sorted.size());
    return sum > 0 ? 2 * weighted / (n * sum) - (n + 1) / n : 0;
}

double entropyOf(std::span<const float> map) {
    double sum = 0, entropy = 0;
    for (const float value : map) sum += std::abs(static_cast<double>(value));
    if (map.size() < 2 || !(sum > 0)) return 1;
    for (const float value : map) {
        const double share = std::abs(static_cast<double>(value)) / sum;
        if (share > 0) entropy -= share * std::log(share);
    }
    return entropy / std::log(static_cast<double>(map.size()));
}

std::optional<double> spearman(std::span<const float> a, std::span<const float> b) {
    MNERVA_CHECK(a.size() == b.size());
    if (isFlat(a) || isFlat(b)) return std::nullopt;
    const std::vector<double> first = ranksOf(a), second = ranksOf(b);
    const double mean = static_cast<double>(a.size() + 1) / 2;
    double both = 0, ofFirst = 0, ofSecond = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        both += (first[i] - mean) * (second[i] - mean);
        ofFirst += (first[i] - mean) * (first[i] - mean);
        ofSecond += (second[i] - mean) * (second[i] - mean);
    }
    return both / std::sqrt(ofFirst * ofSecond);
}

std::optional<MeanInterval> bootstrapMean(std::span<const double> values, const ResamplingOptions& options) {
    if (values.empty()) return std::nullopt;
    const auto n = static_cast<double>(values.size());
    MeanInterval out;
    out.count = static_cast<int>(values.size());
    out.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    std::mt19937_64 random(options.seed);
    std::vector<double> means;
    for (int resample = 0; resample < options.resamples; ++resample) {
        double sum = 0;
        for (std::size_t i = 0; i < values.size(); ++i) sum += values[random() % values.size()];
        means.push_back(sum / n);
    }
    std::sort(means.begin(), means.end());
    const double beyond = (1 - options.level) / 2;
    out.low = means.empty() ? out.mean : percentile(means, beyond);
    out.high = means.empty() ? out.mean : percentile(means, 1 - beyond);
    return out;
}

std::vector<std::vector<int>> randomOrders(int cells, int count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<int> order(static_cast<std::size_t>(std::max(0, cells)));
    std::iota(order.begin(), order.end(), 0);
    std::vector<std::vector<int>> out;
    for (int i = 0; i < count; ++i) {
        for (std::size_t left = order.size(); left > 1; --left) std::swap(order[left - 1], order[random() % left]);
        out.push_back(order);
    }
    return out;
}

}  // namespace mnerva::eval
