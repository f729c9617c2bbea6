#include "core/eval/label_errors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/check.h"
#include "core/eval/index_internal.h"

namespace mnerva::eval {
namespace {

// cleanlab's: two probabilities within it count as equal, and no threshold lies below twice that.
constexpr double kAlike = 1e-6;
constexpr double kLeastThreshold = 2 * kAlike;

using Row = std::vector<std::int64_t>;

/// Rounds numbers so that their sum stays what it was: the remainder goes to those that rounding moved furthest.
Row roundedKeepingSum(const std::vector<double>& numbers) {
    std::vector<double> rounded;
    for (const double number : numbers) rounded.push_back(std::nearbyint(number));
    const double wanted = std::nearbyint(std::accumulate(numbers.begin(), numbers.end(), 0.0));
    for (double sum = std::accumulate(rounded.begin(), rounded.end(), 0.0); std::abs(sum - wanted) > kAlike;
         sum = std::accumulate(rounded.begin(), rounded.end(), 0.0)) {
        const double missing = std::nearbyint(wanted - sum), step = missing < 0 ? -1 : 1;
        std::vector<std::size_t> order(numbers.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return numbers[a] - rounded[a] < numbers[b] - rounded[b];
        });
        if (step > 0) std::reverse(order.begin(), order.end());
        const auto changes = std::min(numbers.size(), static_cast<std::size_t>(std::abs(missing)));
        for (std::size_t i = 0; i < changes; ++i) rounded[order[i]] += step;
    }
    Row out;
    for (const double number : rounded) out.push_back(static_cast<std::int64_t>(number));
    return out;
}

std::vector<std::int64_t> countsOf(const GivenWords& words) {
    std::vector<std::int64_t> counts(at(words.classes));
    for (const int given : words.given) ++counts[at(given)];
    return counts;
}

std::vector<double> thresholdsOf(const GivenWords& words, const std::vector<std::int64_t>& counts) {
    std::vector<double> sums(at(words.classes));
    for (std::size_t w = 0; w < words.size(); ++w)
        sums[at(words.given[w])] += static_cast<double>(words.of(w)[at(words.given[w])]);
    for (std::size_t j = 0; j < sums.size(); ++j)
        sums[j] = counts[j] == 0 ? std::numeric_limits<double>::infinity()
                                 : std::max(kLeastThreshold, sums[j] / static_cast<double>(counts[j]));
    return sums;
}

/// The class that a word surely is of; -1 where one cannot be sure of any.
int confidentClass(std::span<const float> row, const std::vector<double>& thresholds) {
    int sure = 0, first = -1;
    for (std::size_t j = 0; j < row.size(); ++j) {
        if (!(static_cast<double>(row[j]) >= thresholds[j] - kAlike)) continue;
        ++sure;
        if (first < 0) first = static_cast<int>(j);
    }
    return sure <= 1 ? first : static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin());
}

/// Every row k sums to the words given k afterwards.
std::vector<Row> calibrated(const std::vector<Row>& counts, const std::vector<std::int64_t>& given) {
    std::vector<std::vector<double>> scaled;
    double all = 0;
    for (std::size_t k = 0; k < counts.size(); ++k) {
        const auto sum = static_cast<double>(std::accumulate(counts[k].begin(), counts[k].end(), std::int64_t{0}));
        scaled.emplace_back();
        for (const std::int64_t count : counts[k]) {
            scaled.back().push_back(static_cast<double>(count) / sum * static_cast<double>(given[k]));
            all += scaled.back().back();
        }
    }
    const auto words = static_cast<double>(std::accumulate(given.begin(), given.end(), std::int64_t{0}));
    std::vector<Row> out;
    for (std::vector<double>& row : scaled) {
        for (double& number : row) number = all == 0 ? 0 : number / all * words;
        out.push_back(roundedKeepingSum(row));
    }
    return out;
}

/// How many words given k are to be taken for j, [k][j]; one right word of each class is left.
std::vector<Row> errorsToExpect(const std::vector<Row>& estimated) {
    const std::size_t classes = estimated.size();
    // By true class j: what the rounding keeps are the sums over given classes.
    std::vector<std::vector<double>> byTrue(classes, std::vector<double>(classes));
    for (std::size_t k = 0; k < classes; ++k) {
        const double right = static_cast<double>(estimated[k][k]), kept = std::max(right, 1.0);
        const auto kinds = static_cast<double>(
            std::count_if(estimated[k].begin(), estimated[k].end(), [](std::int64_t n) { return n != 0; }));
        const double less = (kept - right) / std::max(kinds - 1, 1.0);
        for (std::size_t j = 0; j < classes; ++j)
            byTrue[j][k] = j == k ? kept : std::max(0.0, static_cast<double>(estimated[k][j]) - less);
    }
    std::vector<Row> out(classes, Row(classes));
    for (std::size_t j = 0; j < classes; ++j) {
        const Row rounded = roundedKeepingSum(byTrue[j]);
        for (std::size_t k = 0; k < classes; ++k) out[k][j] = rounded[k];
    }
    return out;
}

/// The given class is the most likely one, or as good as that.
bool isLikelyRight(std::span<const float> row, int given) {
    for (std::size_t j = 0; j < row.size(); ++j) {
        const double own = static_cast<double>(row[at(given)]) + kAlike, other = static_cast<double>(row[j]);
        if (static_cast<int>(j) != given && (other > own || (other == own && static_cast<int>(j) < given)))
            return false;
    }
    return true;
}

void requireFitting(const GivenWords& words) {
    MNERVA_CHECK(words.classes > 0 && words.probabilities.size() == words.size() * at(words.classes));
    for (const int given : words.given) MNERVA_CHECK(given >= 0 && given < words.classes);
}

}  // namespace

double selfConfidence(std::span<const float> probabilities, int given) {
    return static_cast<double>(probabilities[at(given)]);
}

double normalisedMargin(std::span<const float> probabilities, int given) {
    double other = -std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j < probabilities.size(); ++j)
        if (static_cast<int>(j) != given) other = std::max(other, static_cast<double>(probabilities[j]));
    if (probabilities.size() < 2) other = 0;
    return (static_cast<double>(probabilities[at(given)]) - other + 1) / 2;
}

double softminScore(std::span<const double> scores, double temperature) {
    if (scores.empty()) return 1;
    const double least = *std::min_element(scores.begin(), scores.end());
    double weights = 0, sum = 0;
    for (const double score : scores) {
        const double weight = std::exp((least - score) / temperature);
        weights += weight;
        sum += weight * score;
    }
    return sum / weights;
}

ConfidentJoint confidentJoint(const GivenWords& words) {
    requireFitting(words);
    const std::vector<std::int64_t> given = countsOf(words);
    ConfidentJoint out;
    out.thresholds = thresholdsOf(words, given);
    out.counts.assign(at(words.classes), Row(at(words.classes)));
    for (std::size_t w = 0; w < words.size(); ++w)
        if (const int sure = confidentClass(words.of(w), out.thresholds); sure >= 0)
            ++out.counts[at(words.given[w])][at(sure)];
    for (std::size_t k = 0; k < out.counts.size(); ++k) out.counts[k][k] = std::max<std::int64_t>(1, out.counts[k][k]);
    out.estimated = calibrated(out.counts, given);
    return out;
}

std::vector<std::size_t> likelyErrors(const GivenWords& words) {
    const std::vector<Row> expected = errorsToExpect(confidentJoint(words).estimated);
    std::vector<std::vector<std::size_t>> members(at(words.classes));
    for (std::size_t w = 0; w < words.size(); ++w) members[at(words.given[w])].push_back(w);
    std::vector<bool> taken(words.size());
    for (std::size_t k = 0; k < members.size(); ++k)
        for (std::size_t j = 0; j < members.size() && members[k].size() > 1; ++j) {
            if (j == k || expected[k][j] <= 0) continue;
            const auto margin = [&](std::size_t w) {
                return static_cast<double>(words.of(w)[j]) - static_cast<double>(words.of(w)[k]);
            };
            std::vector<std::size_t> order = members[k];
            std::stable_sort(order.begin(), order.end(),
                             [&](std::size_t a, std::size_t b) { return margin(a) > margin(b); });
            const auto count = std::min(order.size(), static_cast<std::size_t>(expected[k][j]));
            for (std::size_t i = 0; i < count; ++i) taken[order[i]] = true;
        }
    std::vector<std::size_t> out;
    for (std::size_t w = 0; w < words.size(); ++w)
        if (taken[w] && !isLikelyRight(words.of(w), words.given[w])) out.push_back(w);
    std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) {
        return selfConfidence(words.of(a), words.given[a]) < selfConfidence(words.of(b), words.given[b]);
    });
    return out;
}

}  // namespace mnerva::eval
