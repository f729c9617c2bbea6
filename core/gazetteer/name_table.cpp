#include "core/gazetteer/name_table.h"

#include <algorithm>

#include "core/text/utf8.h"

namespace mnerva::gazetteer {
namespace {

int lengthOf(std::string_view name) {
    int length = 0;
    for (std::size_t at = 0; at < name.size();) length += !text::isWhiteSpace(text::nextCodePoint(name, at));
    return length;
}

}  // namespace

NameTable::Added NameTable::add(std::uint16_t source, std::string_view name, std::uint16_t label) {
    const Rule& rule = m_rules[source];
    if (!hasLetters(name)) return Added::NoLetters;
    if (lengthOf(name) < rule.leastLength) return Added::TooShort;
    if (m_entries.size() + 2 >= HashTable::kNothing) return Added::Full;
    const std::vector<Atom>& atoms = m_reader.ofName(name);
    std::uint64_t folded = kNoDigest, exact = kNoDigest;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
        folded = joinedDigest(folded, atoms[i].folded);
        exact = joinedDigest(exact, atoms[i].exact);
        if (i + 1 < atoms.size())
            m_beginnings.at(folded);
        else
            put(m_beginnings, folded, exact, source, label);
    }
    if (!rule.withMarks) return Added::Yes;
    const MarkDigest marked = markDigest(name);
    if (marked.folded != 0) put(m_marked, marked.folded, marked.exact, source, label);
    return Added::Yes;
}

void NameTable::put(HashTable& table, std::uint64_t folded, std::uint64_t exact, std::uint16_t source,
                    std::uint16_t label) {
    std::uint32_t& head = table.at(folded);
    const bool caseSensitive = m_rules[source].caseSensitive;
    for (std::uint32_t at = head; at != HashTable::kNothing; at = m_entries[at].next) {
        const Entry& one = m_entries[at];
        if (one.source == source && one.label == label && (!caseSensitive || one.exact == exact)) return;
    }
    m_entries.push_back({exact, head, source, label});
    head = static_cast<std::uint32_t>(m_entries.size() - 1);
}

void NameTable::take(std::uint32_t entry, std::uint64_t exact, int first, int last,
                     std::vector<Candidate>& found) const {
    for (; entry != HashTable::kNothing; entry = m_entries[entry].next) {
        const Entry& one = m_entries[entry];
        if (!m_rules[one.source].caseSensitive || one.exact == exact)
            found.push_back({first, last, entry, one.source, one.label});
    }
}

void NameTable::find(std::string_view joinedWords, JoinRule join, std::vector<Candidate>& found) {
    if (m_entries.empty()) return;
    const std::vector<Atom>& atoms = m_reader.ofWords(joinedWords, join);
    for (std::size_t begin = 0; begin < atoms.size(); ++begin) {
        if (!atoms[begin].startsWord) continue;
        std::uint64_t folded = kNoDigest, exact = kNoDigest;
        for (std::size_t i = begin; i < atoms.size(); ++i) {
            folded = joinedDigest(folded, atoms[i].folded);
            const std::uint32_t* entry = m_beginnings.find(folded);
            if (!entry) break;
            exact = joinedDigest(exact, atoms[i].exact);
            if (atoms[i].endsWord) take(*entry, exact, atoms[begin].firstWord, atoms[i].lastWord, found);
        }
    }
    if (!m_marked.isEmpty()) findMarked(joinedWords, found);
}

void NameTable::findMarked(std::string_view joinedWords, std::vector<Candidate>& found) const {
    bool isBehindMark = false;
    int word = 0;
    for (std::size_t begin = 0; begin <= joinedWords.size(); ++word) {
        const std::size_t end = std::min(joinedWords.find('\n', begin), joinedWords.size());
        const std::string_view one = joinedWords.substr(begin, end - begin);
        begin = end + 1;
        bool isAll = false;
        const bool isMarked = beginsWithMark(one, isAll);
        if ((isMarked && !isAll) || (isBehindMark && !isMarked)) {
            const MarkDigest digest = markDigest(one);
            const std::uint32_t* entry = digest.folded == 0 ? nullptr : m_marked.find(digest.folded);
            if (entry) take(*entry, digest.exact, word, word, found);
        }
        isBehindMark = isMarked && isAll;
    }
}

}  // namespace mnerva::gazetteer
