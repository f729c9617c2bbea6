#include "core/text/mention_form.h"

#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <memory>

#include "core/text/folding.h"
#include "core/text/utf8.h"

namespace mnerva::text {
namespace {

constexpr char32_t kFirstHan = 0x3400, kLastHan = 0x9FFF;

/// What ICU's transliterator makes of each Han character by itself, asked once: it looks at one character at a time.
struct HanTable {
    std::vector<char32_t> simplified;
    std::map<char32_t, std::vector<char32_t>> traditional;  ///< of those that something else is simplified to

    HanTable() {
        icu::UnicodeString all;
        for (char32_t c = kFirstHan; c <= kLastHan; ++c) {
            simplified.push_back(c);
            all.append(static_cast<UChar32>(c)).append(u'\n');
        }
        UErrorCode status = U_ZERO_ERROR;
        const std::unique_ptr<icu::Transliterator> change(
            icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
        if (U_FAILURE(status) || !change) return;  // without its data characters are compared as they are
        change->transliterate(all);
        int begin = 0;
        for (std::size_t i = 0; i < simplified.size(); ++i) {
            const int end = all.indexOf(u'\n', begin);
            if (end < 0) break;
            if (all.countChar32(begin, end - begin) == 1) take(i, static_cast<char32_t>(all.char32At(begin)));
            begin = end + 1;
        }
    }
    void take(std::size_t i, char32_t becomes) {
        const char32_t from = kFirstHan + static_cast<char32_t>(i);
        if (becomes == from) return;
        simplified[i] = becomes;
        traditional[becomes].push_back(from);
    }
};

const HanTable& hanTable() {
    static const HanTable table;
    return table;
}

bool isMark(char32_t c) {
    return c == U'#' || c == U'@';
}

void addOnce(std::vector<std::u32string>& spellings, std::u32string spelling) {
    if (spelling.empty() || std::find(spellings.begin(), spellings.end(), spelling) != spellings.end()) return;
    spellings.push_back(std::move(spelling));
}

}  // namespace

char32_t simplifiedCodePoint(char32_t point) {
    return point < kFirstHan || point > kLastHan ? point : hanTable().simplified[point - kFirstHan];
}

std::vector<char32_t> variantsOf(char32_t simplified) {
    std::vector<char32_t> all{simplified};
    if (simplified < kFirstHan || simplified > kLastHan) return all;
    const auto found = hanTable().traditional.find(simplified);
    if (found != hanTable().traditional.end()) all.insert(all.end(), found->second.begin(), found->second.end());
    return all;
}

std::u32string mentionForm(std::string_view text, bool isFirst) {
    std::u32string form;
    bool begins = isFirst;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = simplifiedCodePoint(foldedCodePoint(nextCodePoint(text, at)));
        if (isWhiteSpace(c) || (begins && isMark(c))) continue;
        begins = false;
        if (c != U'_') form += c;
    }
    return form;
}

std::string mentionKey(std::string_view mention) {
    return fromCodePoints(mentionForm(mention));
}

bool isOneEdit(std::u32string_view a, std::u32string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin());
    if (left == a.end()) return b.size() != a.size();
    const auto restOfA = static_cast<std::size_t>(left - a.begin()) + (a.size() == b.size() ? 1 : 0);
    return a.substr(restOfA) == b.substr(static_cast<std::size_t>(right - b.begin()) + 1);
}

std::vector<std::u32string> spellingsOf(std::string_view mention) {
    std::u32string spaced, joined, cut;
    bool wasSmall = false, begins = true;
    for (const char32_t point : toCodePoints(mention)) {
        const char32_t c = foldedCodePoint(point);
        if (begins && (isMark(c) || isWhiteSpace(c))) continue;
        begins = false;
        if (isWhiteSpace(c) || c == U'_') {
            for (std::u32string* one : {&spaced, &cut})
                if (!one->ends_with(U' ')) *one += U' ';
            wasSmall = false;
            continue;
        }
        if (wasSmall && u_isupper(static_cast<UChar32>(point))) cut += U' ';
        wasSmall = u_islower(static_cast<UChar32>(point)) != 0;
        for (std::u32string* one : {&spaced, &joined, &cut}) *one += c;
    }
    std::vector<std::u32string> spellings;
    for (std::u32string* one : {&spaced, &joined, &cut}) {
        while (one->ends_with(U' ')) one->pop_back();
        addOnce(spellings, *one);
    }
    return spellings;
}

}  // namespace mnerva::text
