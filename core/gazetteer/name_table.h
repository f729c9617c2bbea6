#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/gazetteer/atoms.h"
#include "core/gazetteer/hash_table.h"

namespace mnerva::gazetteer {

/// Words of a post that a source says are a name, both ends included.
struct Candidate {
    int first = 0, last = 0;
    std::uint32_t order = 0;  ///< between those of one source: the earlier one counts
    std::uint16_t source = 0, label = 0;
};

/// Names of many lists, and where a post holds them: each beginning of a name, in atoms, is one digest in one table, so
/// a post costs a look-up an atom, however many names there are. Bytes a name, not its text, are kept: about 40.
class NameTable {
public:
    /// How names of a source are matched.
    struct Rule {
        bool caseSensitive = false, withMarks = false;
        int leastLength = 1;
    };
    enum class Added { Yes, TooShort, NoLetters, Full };

    explicit NameTable(std::vector<Rule> rules) : m_rules(std::move(rules)) {}
    Added add(std::uint16_t source, std::string_view name, std::uint16_t label);
    /// Every place, in words joined by line feeds, that is a name of some source, also those inside of others.
    void find(std::string_view joinedWords, JoinRule join, std::vector<Candidate>& found);
    bool isEmpty() const { return m_entries.empty(); }

private:
    struct Entry {
        std::uint64_t exact = 0;
        std::uint32_t next = HashTable::kNothing;
        std::uint16_t source = 0, label = 0;
    };
    void put(HashTable& table, std::uint64_t folded, std::uint64_t exact, std::uint16_t source, std::uint16_t label);
    void take(std::uint32_t entry, std::uint64_t exact, int first, int last, std::vector<Candidate>& found) const;
    void findMarked(std::string_view joinedWords, std::vector<Candidate>& found) const;

    std::vector<Rule> m_rules;
    AtomReader m_reader;
    HashTable m_beginnings, m_marked;
    std::vector<Entry> m_entries;
};

}  // namespace mnerva::gazetteer
