#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/gazetteer/definition.h"
#include "core/gazetteer/name_table.h"
#include "core/gazetteer/pattern.h"

namespace mnerva::gazetteer {

/// What a source says that another one says of the same words with another label; the first of both counts.
struct Clash {
    std::uint16_t source = 0, label = 0, otherSource = 0, otherLabel = 0;
    auto operator<=>(const Clash&) const = default;
};

/// What a post holds by all sources.
struct PostFinds {
    std::vector<Candidate> kept;                       ///< disjoint, in the order of the words
    std::vector<std::pair<Clash, Candidate>> clashes;  ///< about words that were kept
    std::vector<std::uint32_t> owner;                  ///< of each word: the place in what was kept first; scratch
};

/// Of what overlaps the longest counts (words), then the higher priority, then the earlier source, then the earlier
/// place, then the earlier line of its list. `candidates` are put into another order.
void resolve(const std::vector<Source>& sources, std::vector<Candidate>& candidates, PostFinds& out);

/// The word lists and rules of a project made ready. Not thread-safe.
class Gazetteer {
public:
    /// Patterns are ready then; names of lists come by addName().
    explicit Gazetteer(Definition definition);

    /// One name of a list, with a label of its own or that of the list; no label at all: nothing is added.
    enum class Added { Yes, TooShort, NoLetters, NoLabel, Full };
    Added addName(std::size_t source, std::string_view name, std::string_view label);

    /// What words joined by line feeds hold. Valid until the next call.
    const PostFinds& find(std::string_view joinedWords, JoinRule join);
    /// Finds of each source before the longest were chosen, so far.
    const std::vector<std::int64_t>& seen() const { return m_seen; }
    /// Nothing for a list.
    const PatternLosses* losses(std::size_t source) const;

    const Definition& definition() const { return m_definition; }
    const std::string& label(std::uint16_t index) const { return m_labels[index]; }

private:
    std::uint16_t labelIndex(std::string_view label);

    Definition m_definition;
    std::vector<std::string> m_labels;
    std::map<std::string, std::uint16_t, std::less<>> m_labelPlaces;
    NameTable m_names;
    std::vector<std::pair<std::size_t, CompiledPattern>> m_patterns;
    PatternText m_text;
    std::vector<Candidate> m_candidates;
    std::vector<std::int64_t> m_seen;
    PostFinds m_found;
};

}  // namespace mnerva::gazetteer
