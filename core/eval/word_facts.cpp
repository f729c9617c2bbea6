#include "core/eval/word_facts.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "core/text/utf8.h"

namespace mnerva::eval {
namespace {

bool isLetterOf(UChar32 c, UScriptCode script) {
    UErrorCode failed = U_ZERO_ERROR;
    return uscript_getScript(c, &failed) == script && U_SUCCESS(failed);
}

bool isPictogram(UChar32 c) {
    // Digits and # count as emoji for Unicode, as they can be the base of one.
    return c > 0xFF && (u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) != 0 ||
                        u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR) != 0);
}

bool isHash(char32_t c) {
    return c == U'#' || c == U'＃';
}
bool isAt(char32_t c) {
    return c == U'@' || c == U'＠';
}

}  // namespace

WordFacts wordFactsOf(std::string_view word, NameTable& folded) {
    WordFacts facts;
    facts.isLower = facts.isUpper = true;
    std::string lower;
    char32_t first = 0;
    for (std::size_t at = 0; at < word.size();) {
        const char32_t point = text::nextCodePoint(word, at);
        const auto c = static_cast<UChar32>(point);
        const UChar32 small = u_tolower(c);
        if (facts.codePoints++ == 0) first = point;
        text::appendCodePoint(lower, static_cast<char32_t>(small));
        facts.isLower &= small == c;
        facts.isUpper &= u_toupper(c) == c;
        if (facts.codePoints == 1) facts.startsUpper = small != c;
        facts.isEmoji |= isPictogram(c);
        if (!u_isalpha(c)) continue;
        const bool latin = isLetterOf(c, USCRIPT_LATIN), han = isLetterOf(c, USCRIPT_HAN);
        facts.hasLatin |= latin;
        facts.hasHan |= han;
        facts.hasOtherLetter |= !latin && !han;
    }
    facts.isHashtag = isHash(first);
    facts.isMention = isAt(first);
    facts.isHashSign = facts.isHashtag && facts.codePoints == 1;
    facts.isAtSign = facts.isMention && facts.codePoints == 1;
    facts.folded = folded.idOf(lower);
    return facts;
}

WordFactTable::WordFactTable(const NameTable& words) {
    m_facts.reserve(static_cast<std::size_t>(words.size()));
    for (int word = 0; word < words.size(); ++word) m_facts.push_back(wordFactsOf(words.name(word), m_folded));
}

}  // namespace mnerva::eval
