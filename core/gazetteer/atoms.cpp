#include "core/gazetteer/atoms.h"

#include <unicode/uchar.h>

#include <array>

#include "core/text/folding.h"
#include "core/text/mention_form.h"
#include "core/text/utf8.h"

namespace mnerva::gazetteer {
namespace {

enum class Kind : std::uint8_t { Space, Letter, Single };

constexpr std::uint64_t kStart = 14695981039346656037ULL, kPrime = 1099511628211ULL;  // FNV-1a
constexpr char32_t kFirstNotAscii = 0x80, kLeftQuote = 0x2018, kRightQuote = 0x2019;

std::uint64_t further(std::uint64_t digest, char32_t point) {
    return (digest ^ point) * kPrime;
}

constexpr std::array<Kind, kFirstNotAscii> asciiKinds() {
    std::array<Kind, kFirstNotAscii> kinds{};
    for (char32_t c = 0; c < kFirstNotAscii; ++c) {
        const bool letter = (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
        const bool space = c == U' ' || (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x1F);
        kinds[c] = letter ? Kind::Letter : space ? Kind::Space : Kind::Single;
    }
    return kinds;
}

Kind kindOf(char32_t c) {
    static constexpr auto kAscii = asciiKinds();
    if (c < kFirstNotAscii) return kAscii[c];
    if (text::isUnspaced(c)) return Kind::Single;
    if (text::isWhiteSpace(c)) return Kind::Space;
    const bool isMark = (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
    return isMark || u_isalnum(static_cast<UChar32>(c)) ? Kind::Letter : Kind::Single;
}

char32_t foldedPoint(char32_t c) {
    if (c == kLeftQuote || c == kRightQuote) return U'\'';
    c = text::foldedCodePoint(c);
    return c < kFirstNotAscii ? c : text::simplifiedCodePoint(c);
}

bool isMarkPoint(char32_t c) {
    return c == U'#' || c == U'@' || c == 0xFF03 || c == 0xFF20;
}

}  // namespace

const std::vector<Atom>& AtomReader::ofWords(std::string_view joinedWords, JoinRule join) {
    read(joinedWords, true, join);
    return m_atoms;
}

const std::vector<Atom>& AtomReader::ofName(std::string_view name) {
    read(name, false, JoinRule::Space);
    return m_atoms;
}

void AtomReader::read(std::string_view text, bool isWords, JoinRule join) {
    m_atoms.clear();
    int word = 0;
    bool isFirst = true;     // of its word
    bool isOpen = false;     // the last atom goes on with a letter
    int oneLetterWord = -1;  // the last word that was one letter
    const auto endWord = [&] {
        if (!isFirst) m_atoms.back().endsWord = true;
        ++word;
        isFirst = true;
        isOpen = false;
    };
    for (std::size_t at = 0; at < text.size();) {
        if (isWords && text[at] == '\n') {
            endWord();
            ++at;
            continue;
        }
        const char32_t point = text::nextCodePoint(text, at);
        const Kind kind = kindOf(point);
        if (kind == Kind::Space) {
            isOpen = false;
            continue;
        }
        const bool isWholeWord = isWords && isFirst && (at == text.size() || text[at] == '\n');
        const bool isOneLetter = isWholeWord && kind == Kind::Letter && join == JoinRule::Nothing;
        const bool joins = isOneLetter && oneLetterWord == word - 1 && !m_atoms.empty();
        if (isOneLetter) oneLetterWord = word;
        if (kind == Kind::Single || !(isOpen || joins)) m_atoms.push_back({kStart, kStart, word, word, isFirst, false});
        Atom& atom = m_atoms.back();
        atom.folded = further(atom.folded, foldedPoint(point));
        atom.exact = further(atom.exact, point);
        atom.lastWord = word;
        isFirst = false;
        isOpen = kind == Kind::Letter;
    }
    endWord();
}

MarkDigest markDigest(std::string_view text) {
    MarkDigest digest{kStart, kStart}, end = digest;
    bool hasBegun = false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = text::nextCodePoint(text, at);
        const bool isMark = isMarkPoint(point);
        if (isMark && !hasBegun) continue;
        if (point == U'_' || kindOf(point) == Kind::Space) continue;
        hasBegun = true;
        digest.folded = further(digest.folded, foldedPoint(point));
        digest.exact = further(digest.exact, point);
        if (!isMark) end = digest;  // marks behind it do not count
    }
    if (!hasBegun) return {};
    return {joinedDigest(kNoDigest, end.folded), joinedDigest(kNoDigest, end.exact)};
}

bool beginsWithMark(std::string_view word, bool& isAll) {
    if (word.empty()) return false;
    const char first = word.front();
    if (first != '#' && first != '@' && first != '\xEF') return false;
    std::size_t at = 0;
    if (!isMarkPoint(text::nextCodePoint(word, at))) return false;
    isAll = at == word.size();
    return true;
}

bool hasLetters(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = text::nextCodePoint(text, at);
        if (kindOf(point) == Kind::Letter || text::isUnspaced(point)) return true;
    }
    return false;
}

}  // namespace mnerva::gazetteer
