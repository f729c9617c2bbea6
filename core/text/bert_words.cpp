#include "core/text/bert_words.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/error.h"
#include "core/text/utf8.h"

namespace mnerva::text {
namespace {

/// What a character is to the tokenizer; bits.
enum Trait : unsigned char {
    kDrop = 1,         // cleaned away
    kWhite = 2,        // white space
    kIdeograph = 4,    // stands alone
    kPunctuation = 8,  // stands alone, found after normalising
    kMark = 16,        // an accent that `lowerCase` strips
    kCased = 32,       // lowering or decomposing may change it, or it takes part in canonical reordering
};

struct CharacterRange {
    char32_t first, last;
};

/// "Chinese characters" of BERT: the ideograph blocks, without kana, hangul and the later extensions.
constexpr std::array<CharacterRange, 8> kIdeographs{{{0x4E00, 0x9FFF},
                                                     {0x3400, 0x4DBF},
                                                     {0x20000, 0x2A6DF},
                                                     {0x2A700, 0x2B73F},
                                                     {0x2B740, 0x2B81F},
                                                     {0x2B920, 0x2CEAF},
                                                     {0xF900, 0xFAFF},
                                                     {0x2F800, 0x2FA1F}}};

bool isIdeograph(char32_t c) {
    return std::any_of(kIdeographs.begin(), kIdeographs.end(),
                       [c](const CharacterRange& r) { return c >= r.first && c <= r.last; });
}

/// General category as of Unicode 8, as a mask; 0 for characters that came later. The table holds the few characters
/// that changed their category since.
std::uint32_t categoryInUnicode8(char32_t c) {
    UVersionInfo age{};
    u_charAge(static_cast<UChar32>(c), age);
    if (age[0] == 0 || age[0] > 8) return 0;
    switch (c) {
        case 0x166D:
        case 0x111C9:
            return U_GC_PO_MASK;
        case 0x1734:
            return U_GC_MN_MASK;
        case 0x1885:
        case 0x1886:
            return U_GC_LO_MASK;
        case 0xA9BD:
            return U_GC_MC_MASK;
        default:
            return U_MASK(u_charType(static_cast<UChar32>(c)));
    }
}

const icu::Normalizer2& nfd() {
    static const icu::Normalizer2& instance = []() -> const icu::Normalizer2& {
        UErrorCode status = U_ZERO_ERROR;
        const icu::Normalizer2* made = icu::Normalizer2::getNFDInstance(status);
        if (U_FAILURE(status)) throw Error(ErrorCode::Internal, {std::string("ICU: ") + u_errorName(status)});
        return *made;
    }();
    return instance;
}

unsigned char computeTraits(char32_t c) {
    const auto code = static_cast<UChar32>(c);
    if (c == '\t' || c == '\n' || c == '\r') return kWhite;
    const std::uint32_t category = categoryInUnicode8(c);
    if (c == 0 || c == kReplacement) return kDrop;
    if (category & (U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CO_MASK | U_GC_CS_MASK)) return kDrop;
    if (u_hasBinaryProperty(code, UCHAR_WHITE_SPACE)) return kWhite;
    unsigned char traits = 0;
    if (isIdeograph(c)) traits |= kIdeograph;
    const bool asciiSign = c < 0x80 && u_isgraph(code) && !u_isalnum(code);
    if (asciiSign || (category & U_GC_P_MASK)) traits |= kPunctuation;
    if (category & U_GC_MN_MASK) traits |= kMark;
    if (!nfd().isInert(code) || u_tolower(code) != code) traits |= kCased;
    return traits;
}

unsigned char traitsOf(char32_t c) {
    static const std::vector<unsigned char> basicPlane = [] {
        std::vector<unsigned char> table(0x10000);
        for (char32_t i = 0; i < 0x10000; ++i) table[i] = computeTraits(i);
        return table;
    }();
    return c < 0x10000 ? basicPlane[c] : computeTraits(c);
}

/// Ends the open word, if there is one.
void endWord(std::string& out) {
    if (!out.empty() && out.back() != ' ') out += ' ';
}

void appendAlone(std::string& out, char32_t c) {
    endWord(out);
    appendCodePoint(out, c);
    out += ' ';
}

/// NFD with the marks left out, then lower case, one character at a time as the library does (so no final sigma).
std::u32string withoutAccents(const std::u32string& text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString decomposed =
        nfd().normalize(icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()),
                                                      static_cast<std::int32_t>(text.size())),
                        status);
    std::u32string plain;
    for (std::int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
        const UChar32 c = decomposed.char32At(i);
        if (!(traitsOf(static_cast<char32_t>(c)) & kMark)) plain += static_cast<char32_t>(u_tolower(c));
    }
    return plain;
}

/// The classes of ASCII with lowered letters: 0 dropped, ' ' white space, 1 + character for punctuation (high bit),
/// else itself.
struct AsciiEntry {
    unsigned char traits = 0;
    char lower = 0;
};
const std::array<AsciiEntry, 128>& asciiTable() {
    static const std::array<AsciiEntry, 128> table = [] {
        std::array<AsciiEntry, 128> made{};
        for (char32_t c = 0; c < 128; ++c)
            made[c] = {traitsOf(c), static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c)};
        return made;
    }();
    return table;
}

void splitAscii(std::string_view text, bool lowerCase, std::string& out) {
    const auto& table = asciiTable();
    for (const char c : text) {
        const AsciiEntry& entry = table[static_cast<unsigned char>(c)];
        if (!(entry.traits & (kDrop | kWhite | kPunctuation))) {
            out += lowerCase ? entry.lower : c;
        } else if (entry.traits & kPunctuation) {
            endWord(out);
            out += c;
            out += ' ';
        } else if (entry.traits & kWhite) {
            endWord(out);
        }
    }
    endWord(out);
}

}  // namespace

void BertWords::split(std::string_view text, std::string& out) const {
    out.clear();
    if (isAscii(text)) return splitAscii(text, m_lowerCase, out);
    std::u32string clean;
    clean.reserve(text.size());
    bool changes = false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = nextCodePoint(text, at);
        const unsigned char traits = traitsOf(c);
        if (traits & kDrop) continue;
        changes |= (traits & (kMark | kCased)) != 0;
        if (traits & kIdeograph) clean += U' ';
        clean += traits & kWhite ? U' ' : c;
        if (traits & kIdeograph) clean += U' ';
    }
    if (m_lowerCase && changes) clean = withoutAccents(clean);
    for (const char32_t c : clean) {
        const unsigned char traits = traitsOf(c);
        if (traits & kWhite)
            endWord(out);
        else if (traits & kPunctuation)
            appendAlone(out, c);
        else
            appendCodePoint(out, c);
    }
    endWord(out);
}

}  // namespace mnerva::text
