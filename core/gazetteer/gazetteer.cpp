#include "core/gazetteer/gazetteer.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "core/base/check.h"
#include "core/base/error.h"

namespace mnerva::gazetteer {
namespace {

constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kMostLabels = std::numeric_limits<std::uint16_t>::max();

std::vector<NameTable::Rule> rulesOf(const Definition& definition) {
    std::vector<NameTable::Rule> rules;
    for (const Source& source : definition.sources)
        rules.push_back({source.caseSensitive, source.withMarks, source.leastLength});
    return rules;
}

bool isOfSameWords(const Candidate& a, const Candidate& b) {
    return a.first == b.first && a.last == b.last;
}

}  // namespace

void resolve(const std::vector<Source>& sources, std::vector<Candidate>& candidates, PostFinds& out) {
    out.kept.clear();
    out.clashes.clear();
    const auto rank = [&](const Candidate& c) {
        return std::tuple(c.first - c.last, -sources[c.source].priority, c.source, c.first, c.order);
    };
    std::sort(candidates.begin(), candidates.end(),
              [&](const Candidate& a, const Candidate& b) { return rank(a) < rank(b); });
    int words = 0;
    for (const Candidate& candidate : candidates) words = std::max(words, candidate.last + 1);
    out.owner.assign(static_cast<std::size_t>(words), kNobody);
    for (const Candidate& candidate : candidates) {
        const auto begin = out.owner.begin() + candidate.first, end = out.owner.begin() + candidate.last + 1;
        const auto taken = std::find_if(begin, end, [](std::uint32_t owner) { return owner != kNobody; });
        if (taken == end) {
            std::fill(begin, end, static_cast<std::uint32_t>(out.kept.size()));
            out.kept.push_back(candidate);
            continue;
        }
        const Candidate& inTheWay = out.kept[*taken];
        if (isOfSameWords(inTheWay, candidate) && inTheWay.label != candidate.label)
            out.clashes.emplace_back(Clash{inTheWay.source, inTheWay.label, candidate.source, candidate.label},
                                     inTheWay);
    }
    std::sort(out.kept.begin(), out.kept.end(),
              [](const Candidate& a, const Candidate& b) { return a.first < b.first; });
}

Gazetteer::Gazetteer(Definition definition)
    : m_definition(std::move(definition)), m_names(rulesOf(m_definition)), m_seen(m_definition.sources.size()) {
    for (std::size_t i = 0; i < m_definition.sources.size(); ++i) {
        const Source& source = m_definition.sources[i];
        if (!source.isList() && source.isEnabled) m_patterns.emplace_back(i, CompiledPattern(source));
    }
}

std::uint16_t Gazetteer::labelIndex(std::string_view label) {
    if (const auto found = m_labelPlaces.find(label); found != m_labelPlaces.end()) return found->second;
    if (m_labels.size() >= kMostLabels)
        throw Error(ErrorCode::BoundExceeded, {"word list", "labels", std::to_string(kMostLabels)});
    m_labels.emplace_back(label);
    return m_labelPlaces[m_labels.back()] = static_cast<std::uint16_t>(m_labels.size() - 1);
}

Gazetteer::Added Gazetteer::addName(std::size_t source, std::string_view name, std::string_view label) {
    if (label.empty()) label = m_definition.sources[source].label;
    if (label.empty()) return Added::NoLabel;
    switch (m_names.add(static_cast<std::uint16_t>(source), name, labelIndex(label))) {
        case NameTable::Added::Yes:
            return Added::Yes;
        case NameTable::Added::TooShort:
            return Added::TooShort;
        case NameTable::Added::NoLetters:
            return Added::NoLetters;
        case NameTable::Added::Full:
            break;
    }
    return Added::Full;
}

const PostFinds& Gazetteer::find(std::string_view joinedWords, JoinRule join) {
    m_candidates.clear();
    m_names.find(joinedWords, join, m_candidates);
    if (!m_patterns.empty()) {
        m_text.set(joinedWords, join == JoinRule::Space);
        for (auto& [source, pattern] : m_patterns) {
            const auto label = labelIndex(m_definition.sources[source].label);
            pattern.find(m_text, [&, at = static_cast<std::uint16_t>(source)](PatternMatch match) {
                m_candidates.push_back({match.first, match.last, 0, at, label});
            });
        }
    }
    for (const Candidate& one : m_candidates) ++m_seen[one.source];
    resolve(m_definition.sources, m_candidates, m_found);
    return m_found;
}

const PatternLosses* Gazetteer::losses(std::size_t source) const {
    for (const auto& [index, pattern] : m_patterns)
        if (index == source) return &pattern.losses();
    return nullptr;
}

}  // namespace mnerva::gazetteer
