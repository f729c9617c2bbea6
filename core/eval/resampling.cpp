#include "core/eval/resampling.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <random>

#include "core/base/check.h"
#include "core/base/error.h"

namespace mnerva::eval {
namespace {

using Engine = std::mt19937_64;

/// Sums of two layers; one layer alone leaves the second at zero.
struct Sums {
    double gold = 0, predicted = 0, correct = 0, gold2 = 0, predicted2 = 0, correct2 = 0;

    void add(const Sums& other, double times) {
        gold += times * other.gold;
        predicted += times * other.predicted;
        correct += times * other.correct;
        gold2 += times * other.gold2;
        predicted2 += times * other.predicted2;
        correct2 += times * other.correct2;
    }
    static double f1(double gold, double predicted, double correct) {
        return gold + predicted > 0 ? 2 * correct / (gold + predicted) : 0;
    }
    double first() const { return f1(gold, predicted, correct); }
    double second() const { return f1(gold2, predicted2, correct2); }
    auto operator<=>(const Sums&) const = default;
};

/// Posts that are alike, and how many of them there are.
struct Kind {
    Sums sums;
    int posts = 0;
};

Sums sumsOf(const PostCounts& a, const PostCounts& b) {
    return {double(a.gold), double(a.predicted), a.correct, double(b.gold), double(b.predicted), b.correct};
}

/// The largest kinds first, so that few draws are left soon.
std::vector<Kind> kindsOf(std::span<const PostCounts> first, std::span<const PostCounts> second) {
    std::map<Sums, int> counted;
    for (std::size_t i = 0; i < first.size(); ++i)
        ++counted[sumsOf(first[i], second.empty() ? PostCounts{} : second[i])];
    std::vector<Kind> kinds;
    for (const auto& [sums, posts] : counted) kinds.push_back({sums, posts});
    std::stable_sort(kinds.begin(), kinds.end(), [](const Kind& a, const Kind& b) { return a.posts > b.posts; });
    return kinds;
}

/// In [0, 1).
double uniform(Engine& random) {
    return static_cast<double>(random() >> 11) * 0x1.0p-53;
}

/// What Stirling's formula lacks of log(k!).
double stirlingTail(double k) {
    static constexpr double kSmall[] = {0.0810614667953272,  0.0413406959554092, 0.0276779256849983, 0.0207906721037650,
                                        0.0166446911898211,  0.0138761288230707, 0.0118967099458917, 0.0104112652619720,
                                        0.00925546218271273, 0.00833056343336287};
    if (k < 10) return kSmall[static_cast<int>(k)];
    const double square = (k + 1) * (k + 1);
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1);
}

/// Few successes expected: the distribution function is inverted by adding up from 0.
int binomialByInversion(int n, double p, Engine& random) {
    const double odds = p / (1 - p), step = (n + 1) * odds;
    double u = uniform(random), chance = std::exp(n * std::log1p(-p));
    int k = 0;
    for (; u > chance && k < n; ++k) {
        u -= chance;
        chance *= step / (k + 1) - odds;
    }
    return k;
}

/// Many: transformed rejection (BTRS; Hormann 1993, "The generation of binomial random variates"), 10 n p >= 100.
int binomialByRejection(int n, double p, Engine& random) {
    const double q = 1 - p, deviation = std::sqrt(n * p * q), b = 1.15 + 2.53 * deviation;
    const double a = -0.0873 + 0.0248 * b + 0.01 * p, centre = n * p + 0.5, sure = 0.92 - 4.2 / b;
    const double odds = p / q, alpha = (2.83 + 5.1 / b) * deviation, mode = std::floor((n + 1) * p);
    for (;;) {
        const double u = uniform(random) - 0.5, us = 0.5 - std::abs(u);
        double v = uniform(random);
        const double k = std::floor((2 * a / us + b) * u + centre);
        if (us >= 0.07 && v <= sure) return static_cast<int>(k);
        if (k < 0 || k > n) continue;
        v = std::log(v * alpha / (a / (us * us) + b));
        const double bound = (mode + 0.5) * std::log((mode + 1) / (odds * (n - mode + 1))) +
                             (n + 1) * std::log((n - mode + 1) / (n - k + 1)) +
                             (k + 0.5) * std::log(odds * (n - k + 1) / (k + 1)) + stirlingTail(mode) +
                             stirlingTail(n - mode) - stirlingTail(k) - stirlingTail(n - k);
        if (v <= bound) return static_cast<int>(k);
    }
}

/// Successes of n tries; the library's own distribution sets itself up anew for each n, which takes most of the time.
int binomial(int n, double p, Engine& random) {
    if (n <= 0 || p <= 0) return 0;
    if (p >= 1) return n;
    if (p > 0.5) return n - binomial(n, 1 - p, random);
    return n * p < 10 ? binomialByInversion(n, p, random) : binomialByRejection(n, p, random);
}

/// Draws as many posts as there are, with replacement: how often each kind comes is multinomial.
Sums resampled(const std::vector<Kind>& kinds, int posts, Engine& random) {
    Sums sums;
    int draws = posts, left = posts;
    for (const Kind& kind : kinds) {
        if (draws == 0) break;
        int times = draws;
        if (kind.posts < left) times = binomial(draws, static_cast<double>(kind.posts) / left, random);
        sums.add(kind.sums, times);
        draws -= times;
        left -= kind.posts;
    }
    return sums;
}

/// Of sorted values, between the two nearest as numpy does.
double percentile(const std::vector<double>& sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto low = static_cast<std::size_t>(place);
    const std::size_t high = std::min(low + 1, sorted.size() - 1);
    return sorted[low] + (place - std::floor(place)) * (sorted[high] - sorted[low]);
}

Interval intervalOf(std::vector<double> values, double level) {
    std::sort(values.begin(), values.end());
    return {percentile(values, (1 - level) / 2), percentile(values, (1 + level) / 2)};
}

/// Heads of `coins` fair coins.
int heads(int coins, Engine& random) {
    int count = 0;
    for (; coins >= 64; coins -= 64) count += std::popcount(random());
    if (coins > 0) count += std::popcount(random() >> (64 - coins));
    return count;
}

/// Share of swaps whose difference is at least the one observed, in the way that is never 0.
double randomisationP(const std::vector<Kind>& kinds, const Sums& all, const ResamplingOptions& options,
                      const std::stop_token& stop) {
    Engine random(options.seed + 1);
    constexpr double kSame = 1e-12;
    const double observed = std::abs(all.first() - all.second());
    int asFar = 0;
    for (int i = 0; i < options.swaps; ++i) {
        if (i % 256 == 0 && stop.stop_requested()) throw Cancelled{};
        Sums swapped = all;
        for (const Kind& kind : kinds) {
            const Sums& s = kind.sums;
            if (s.gold == s.gold2 && s.predicted == s.predicted2 && s.correct == s.correct2) continue;
            const int times = heads(kind.posts, random);
            const Sums change{s.gold2 - s.gold, s.predicted2 - s.predicted, s.correct2 - s.correct,
                              s.gold - s.gold2, s.predicted - s.predicted2, s.correct - s.correct2};
            swapped.add(change, times);
        }
        asFar += std::abs(swapped.first() - swapped.second()) >= observed - kSame;
    }
    return (asFar + 1.0) / (options.swaps + 1.0);
}

}  // namespace

double f1Of(std::span<const PostCounts> counts) {
    Sums sums;
    for (const PostCounts& one : counts) sums.add(sumsOf(one, {}), 1);
    return sums.first();
}

std::optional<Interval> bootstrapF1(std::span<const PostCounts> counts, const ResamplingOptions& options,
                                    const std::stop_token& stop) {
    if (counts.empty() || options.resamples < 1) return std::nullopt;
    const std::vector<Kind> kinds = kindsOf(counts, {});
    Engine random(options.seed);
    std::vector<double> values;
    values.reserve(static_cast<std::size_t>(options.resamples));
    for (int i = 0; i < options.resamples; ++i) {
        if (i % 64 == 0 && stop.stop_requested()) throw Cancelled{};
        values.push_back(resampled(kinds, static_cast<int>(counts.size()), random).first());
    }
    return intervalOf(std::move(values), options.level);
}

Comparison compareF1(std::span<const PostCounts> first, std::span<const PostCounts> second,
                     const ResamplingOptions& options, const std::stop_token& stop) {
    MNERVA_CHECK(first.size() == second.size());
    Comparison out;
    out.options = options;
    out.posts = static_cast<int>(first.size());
    out.first = f1Of(first);
    out.second = f1Of(second);
    out.difference = out.first - out.second;
    if (first.empty() || options.resamples < 1) return out;
    const std::vector<Kind> kinds = kindsOf(first, second);
    Engine random(options.seed);
    std::vector<double> differences;
    differences.reserve(static_cast<std::size_t>(options.resamples));
    int below = 0, above = 0;
    for (int i = 0; i < options.resamples; ++i) {
        if (i % 64 == 0 && stop.stop_requested()) throw Cancelled{};
        const Sums sums = resampled(kinds, out.posts, random);
        differences.push_back(sums.first() - sums.second());
        below += differences.back() <= 0;
        above += differences.back() >= 0;
    }
    out.pBootstrap = std::min(1.0, 2.0 * (std::min(below, above) + 1) / (options.resamples + 1));
    out.interval = intervalOf(std::move(differences), options.level);
    Sums all;
    for (const Kind& kind : kinds) all.add(kind.sums, kind.posts);
    out.pRandomisation = randomisationP(kinds, all, options, stop);
    return out;
}

MeanSd meanSd(std::span<const double> values) {
    MeanSd out;
    out.count = static_cast<int>(values.size());
    if (values.empty()) return out;
    for (const double value : values) out.mean += value / out.count;
    if (out.count < 2) return out;
    double squares = 0;
    for (const double value : values) squares += (value - out.mean) * (value - out.mean);
    out.sd = std::sqrt(squares / (out.count - 1));
    return out;
}

}  // namespace mnerva::eval
