#include "core/eval/schema.h"

#include <algorithm>
#include <cstdint>

namespace mnerva::eval {
namespace {

constexpr int kLeastPercent = 1;

int wordsInCommon(const Chunk& a, const Chunk& b) {
    return std::min(a.last, b.last) - std::max(a.first, b.first) + 1;
}

bool overlapsEnough(const Chunk& gold, const Chunk& predicted) {
    const int common = wordsInCommon(gold, predicted);
    return common > 0 && 100 * common >= kLeastPercent * (gold.last - gold.first + 1);
}

bool sameBorders(const Chunk& a, const Chunk& b) {
    return a.first == b.first && a.last == b.last;
}

void countPair(SchemaCounts& counts, const Chunk& gold, const Chunk& predicted, Schema schema) {
    const bool sameType = gold.type == predicted.type, same = sameBorders(gold, predicted);
    switch (schema) {
        case Schema::Strict:
            ++(same && sameType ? counts.correct : counts.incorrect);
            break;
        case Schema::Exact:
            ++(same ? counts.correct : counts.incorrect);
            break;
        case Schema::Partial:
            ++(same ? counts.correct : counts.partial);
            break;
        case Schema::Type:
            ++(sameType ? counts.correct : counts.incorrect);
            break;
    }
}

/// The order of nervaluate: each prediction takes the first gold entity that is left and overlaps enough.
std::vector<int> partnersInOrder(std::span<const Chunk> gold, std::span<const Chunk> predicted) {
    std::vector<int> partners(predicted.size(), -1);
    std::size_t low = 0;
    std::vector<bool> isTaken(gold.size());
    for (std::size_t p = 0; p < predicted.size(); ++p) {
        while (low < gold.size() && gold[low].last < predicted[p].first) ++low;
        for (std::size_t g = low; g < gold.size() && gold[g].first <= predicted[p].last; ++g) {
            if (isTaken[g] || !overlapsEnough(gold[g], predicted[p])) continue;
            isTaken[g] = true;
            partners[p] = static_cast<int>(g);
            break;
        }
    }
    return partners;
}

/// One possible pair. In text order each edge shares an end with the one before or neither end with any before.
struct Edge {
    int gold = 0, predicted = 0;
    std::int64_t weight = 0;
};

std::vector<Edge> edgesOf(std::span<const Chunk> gold, std::span<const Chunk> predicted) {
    std::vector<Edge> edges;
    for (std::size_t g = 0, p = 0; g < gold.size() && p < predicted.size();) {
        const Chunk &a = gold[g], &b = predicted[p];
        if (overlapsEnough(a, b))
            edges.push_back({static_cast<int>(g), static_cast<int>(p),
                             (static_cast<std::int64_t>(wordsInCommon(a, b)) << 40) +
                                 (static_cast<std::int64_t>(a.type == b.type) << 20) + 1});
        if (a.last < b.last)
            ++g;
        else
            ++p;
    }
    return edges;
}

}  // namespace

SchemaCounts& operator+=(SchemaCounts& sum, const SchemaCounts& other) {
    sum.correct += other.correct;
    sum.incorrect += other.incorrect;
    sum.partial += other.partial;
    sum.missed += other.missed;
    sum.spurious += other.spurious;
    return sum;
}

std::vector<int> partnersByOverlap(std::span<const Chunk> gold, std::span<const Chunk> predicted) {
    const std::vector<Edge> edges = edgesOf(gold, predicted);
    std::vector<std::int64_t> best(edges.size() + 1, 0);
    std::vector<std::size_t> before(edges.size(), 0);  // edges that can be chosen beside this one end here
    for (std::size_t k = 0; k < edges.size(); ++k) {
        std::size_t free = k;
        while (free > 0 && (edges[free - 1].gold == edges[k].gold || edges[free - 1].predicted == edges[k].predicted))
            --free;
        before[k] = free;
        best[k + 1] = std::max(best[k], best[free] + edges[k].weight);
    }
    std::vector<int> partners(predicted.size(), -1);
    for (std::size_t k = edges.size(); k > 0;) {
        if (best[k] == best[k - 1]) {
            --k;
            continue;
        }
        partners[static_cast<std::size_t>(edges[k - 1].predicted)] = edges[k - 1].gold;
        k = before[k - 1];
    }
    return partners;
}

SchemaCounts countSchema(std::span<const Chunk> gold, std::span<const Chunk> predicted, SchemaRule rule) {
    SchemaCounts counts;
    if (gold.empty() || predicted.empty()) {
        counts.missed = static_cast<int>(gold.size());
        counts.spurious = static_cast<int>(predicted.size());
        return counts;
    }
    if (std::equal(gold.begin(), gold.end(), predicted.begin(), predicted.end())) {
        counts.correct = static_cast<int>(gold.size());
        return counts;
    }
    const std::vector<int> partners =
        rule.pairing == Pairing::LibraryOrder ? partnersInOrder(gold, predicted) : partnersByOverlap(gold, predicted);
    int paired = 0;
    for (std::size_t p = 0; p < predicted.size(); ++p) {
        if (partners[p] < 0) {
            ++counts.spurious;
            continue;
        }
        ++paired;
        countPair(counts, gold[static_cast<std::size_t>(partners[p])], predicted[p], rule.schema);
    }
    counts.missed = static_cast<int>(gold.size()) - paired;
    return counts;
}

}  // namespace mnerva::eval
