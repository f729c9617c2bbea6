#include "core/eval/errors.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace mnerva::eval {
namespace {

constexpr std::array<std::pair<ErrorKind, std::string_view>, 5> kKindNames{{
    {ErrorKind::Boundary, "boundary"},
    {ErrorKind::Type, "type"},
    {ErrorKind::BoundaryAndType, "boundary-and-type"},
    {ErrorKind::Missed, "missed"},
    {ErrorKind::Spurious, "spurious"},
}};

/// A possible pairing of one gold and one predicted entity that overlap; `rank` orders equal < same borders < same type
/// < other.
struct Candidate {
    int rank = 0;
    int commonWords = 0;
    std::size_t gold = 0, predicted = 0;
};

int rankOf(const Entity& gold, const Entity& predicted) {
    if (gold.sameAs(predicted)) return 0;
    if (gold.first == predicted.first && gold.last == predicted.last) return 1;
    return gold.type == predicted.type ? 2 : 3;
}

std::vector<Candidate> candidatesOf(std::span<const Entity> gold, std::span<const Entity> predicted) {
    std::vector<Candidate> candidates;
    for (std::size_t g = 0; g < gold.size(); ++g)
        for (std::size_t p = 0; p < predicted.size(); ++p) {
            if (!gold[g].overlaps(predicted[p].first, predicted[p].last)) continue;
            const int common =
                std::min(gold[g].last, predicted[p].last) - std::max(gold[g].first, predicted[p].first) + 1;
            candidates.push_back({rankOf(gold[g], predicted[p]), common, g, p});
        }
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return std::tuple(a.rank, -a.commonWords, a.gold, a.predicted) <
               std::tuple(b.rank, -b.commonWords, b.gold, b.predicted);
    });
    return candidates;
}

int firstWordOf(const Difference& d) {
    return d.gold && d.predicted ? std::min(d.gold->first, d.predicted->first)
                                 : (d.gold ? d.gold->first : d.predicted->first);
}

}  // namespace

std::string_view errorKindName(ErrorKind kind) {
    for (const auto& [value, name] : kKindNames)
        if (value == kind) return name;
    return kKindNames[0].second;
}

std::vector<Difference> differences(std::span<const Entity> gold, std::span<const Entity> predicted) {
    static constexpr std::array kKindOfRank{ErrorKind::Type, ErrorKind::Type, ErrorKind::Boundary,
                                            ErrorKind::BoundaryAndType};
    std::vector<bool> goldUsed(gold.size()), predictedUsed(predicted.size());
    std::vector<Difference> found;
    for (const Candidate& c : candidatesOf(gold, predicted)) {
        if (goldUsed[c.gold] || predictedUsed[c.predicted]) continue;
        goldUsed[c.gold] = predictedUsed[c.predicted] = true;
        if (c.rank > 0)
            found.push_back({kKindOfRank[static_cast<std::size_t>(c.rank)], gold[c.gold], predicted[c.predicted]});
    }
    for (std::size_t g = 0; g < gold.size(); ++g)
        if (!goldUsed[g]) found.push_back({ErrorKind::Missed, gold[g], {}});
    for (std::size_t p = 0; p < predicted.size(); ++p)
        if (!predictedUsed[p]) found.push_back({ErrorKind::Spurious, {}, predicted[p]});
    std::stable_sort(found.begin(), found.end(),
                     [](const Difference& a, const Difference& b) { return firstWordOf(a) < firstWordOf(b); });
    return found;
}

std::map<ErrorKind, int> countKinds(std::span<const Difference> all) {
    std::map<ErrorKind, int> counts;
    for (const auto& [kind, name] : kKindNames) counts[kind] = 0;
    for (const Difference& d : all) ++counts[d.kind];
    return counts;
}

}  // namespace mnerva::eval
