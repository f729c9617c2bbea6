#include "core/eval/errors.h"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>

namespace mnerva::eval {
namespace {

constexpr std::array<std::pair<ErrorKind, std::string_view>, kErrorKinds> kKindNames{{
    {ErrorKind::Boundary, "boundary"},
    {ErrorKind::Type, "type"},
    {ErrorKind::BoundaryAndType, "boundary-and-type"},
    {ErrorKind::Missed, "missed"},
    {ErrorKind::Spurious, "spurious"},
}};

/// What a pairing means by its rank: equal < same borders < same type < other.
constexpr std::array<std::optional<ErrorKind>, 4> kKindOfRank{std::nullopt, ErrorKind::Type, ErrorKind::Boundary,
                                                              ErrorKind::BoundaryAndType};

int rankOf(const Mention& reference, const Mention& other) {
    if (reference.first == other.first && reference.last == other.last) return reference.type == other.type ? 0 : 1;
    return reference.type == other.type ? 2 : 3;
}

/// Numbers for the types of two sides; few types, so they are looked for one by one.
class TypeNumbers {
public:
    std::vector<Mention> mentions(std::span<const Entity> entities) {
        std::vector<Mention> out;
        out.reserve(entities.size());
        for (const Entity& e : entities) out.push_back({e.first, e.last, numberOf(e.type)});
        return out;
    }

private:
    int numberOf(std::string_view type) {
        const auto found = std::find(m_types.begin(), m_types.end(), type);
        if (found != m_types.end()) return static_cast<int>(found - m_types.begin());
        m_types.push_back(type);
        return static_cast<int>(m_types.size()) - 1;
    }
    std::vector<std::string_view> m_types;
};

}  // namespace

std::string_view errorKindName(ErrorKind kind) {
    for (const auto& [value, name] : kKindNames)
        if (value == kind) return name;
    return kKindNames[0].second;
}

std::optional<ErrorKind> errorKindFromName(std::string_view name) {
    for (const auto& [value, known] : kKindNames)
        if (known == name) return value;
    return std::nullopt;
}

void Matcher::findCandidates(std::span<const Mention> reference, std::span<const Mention> other) {
    m_candidates.clear();
    const bool isDisjoint = std::adjacent_find(other.begin(), other.end(), [](const Mention& a, const Mention& b) {
                                return b.first <= a.last;
                            }) == other.end();
    for (std::size_t r = 0; r < reference.size(); ++r) {
        const Mention& wanted = reference[r];
        // Thousands of entities in one post must not be compared each with each.
        const auto begin = isDisjoint ? std::partition_point(other.begin(), other.end(),
                                                             [&](const Mention& m) { return m.last < wanted.first; })
                                      : other.begin();
        for (auto o = begin; o != other.end() && !(isDisjoint && o->first > wanted.last); ++o) {
            const int common = std::min(wanted.last, o->last) - std::max(wanted.first, o->first) + 1;
            if (common > 0)
                m_candidates.push_back(
                    {rankOf(wanted, *o), common, static_cast<int>(r), static_cast<int>(o - other.begin())});
        }
    }
    std::sort(m_candidates.begin(), m_candidates.end(), [](const Candidate& a, const Candidate& b) {
        return std::tuple(a.rank, -a.commonWords, a.reference, a.other) <
               std::tuple(b.rank, -b.commonWords, b.reference, b.other);
    });
}

std::span<const Match> Matcher::match(std::span<const Mention> reference, std::span<const Mention> other) {
    m_matches.clear();
    // Most posts of most systems: nothing to look for.
    if (std::equal(reference.begin(), reference.end(), other.begin(), other.end())) {
        for (int i = 0; i < static_cast<int>(reference.size()); ++i) m_matches.push_back({i, i, {}});
    } else {
        findCandidates(reference, other);
        m_referenceUsed.assign(reference.size(), 0);
        m_otherUsed.assign(other.size(), 0);
        for (const Candidate& c : m_candidates) {
            char& r = m_referenceUsed[static_cast<std::size_t>(c.reference)];
            char& o = m_otherUsed[static_cast<std::size_t>(c.other)];
            if (r || o) continue;
            r = o = 1;
            m_matches.push_back({c.reference, c.other, kKindOfRank[static_cast<std::size_t>(c.rank)]});
        }
        for (std::size_t r = 0; r < reference.size(); ++r)
            if (!m_referenceUsed[r]) m_matches.push_back({static_cast<int>(r), -1, ErrorKind::Missed});
        for (std::size_t o = 0; o < other.size(); ++o)
            if (!m_otherUsed[o]) m_matches.push_back({-1, static_cast<int>(o), ErrorKind::Spurious});
    }
    const auto firstWord = [&](const Match& m) {
        if (m.reference < 0) return other[static_cast<std::size_t>(m.other)].first;
        const int first = reference[static_cast<std::size_t>(m.reference)].first;
        return m.other < 0 ? first : std::min(first, other[static_cast<std::size_t>(m.other)].first);
    };
    std::sort(m_matches.begin(), m_matches.end(), [&](const Match& a, const Match& b) {
        return std::tuple(firstWord(a), a.reference < 0, a.reference, a.other) <
               std::tuple(firstWord(b), b.reference < 0, b.reference, b.other);
    });
    return m_matches;
}

std::vector<Match> matches(std::span<const Entity> reference, std::span<const Entity> other) {
    TypeNumbers numbers;
    const std::vector<Mention> left = numbers.mentions(reference), right = numbers.mentions(other);
    Matcher matcher;
    const std::span<const Match> found = matcher.match(left, right);
    return {found.begin(), found.end()};
}

std::vector<Difference> differences(std::span<const Entity> gold, std::span<const Entity> predicted) {
    std::vector<Difference> found;
    for (const Match& match : matches(gold, predicted)) {
        if (!match.error) continue;
        Difference& difference = found.emplace_back();
        difference.kind = *match.error;
        if (match.reference >= 0) difference.gold = gold[static_cast<std::size_t>(match.reference)];
        if (match.other >= 0) difference.predicted = predicted[static_cast<std::size_t>(match.other)];
    }
    return found;
}

std::map<ErrorKind, int> countKinds(std::span<const Difference> all) {
    std::map<ErrorKind, int> counts;
    for (const auto& [kind, name] : kKindNames) counts[kind] = 0;
    for (const Difference& d : all) ++counts[d.kind];
    return counts;
}

}  // namespace mnerva::eval
