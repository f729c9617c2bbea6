#include "core/text/tag_reading.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <algorithm>
#include <utility>

#include "core/text/utf8.h"

namespace mnerva::text {
namespace {

bool isIgnorable(char32_t c) {
    const auto point = static_cast<UChar32>(c);
    const auto type = u_charType(point);
    return type == U_FORMAT_CHAR || type == U_CONTROL_CHAR ||
           u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

bool isDash(char32_t c) {
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D;
}

/// Compatibility forms as the plain characters: full-width letters, no-break spaces.
std::string composed(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2* nfkc = unorm2_getNFKCInstance(&status);
    if (U_FAILURE(status)) return std::string(text);
    const std::u16string from = toUtf16(text);
    std::u16string to(from.size() * 4 + 16, u'\0');
    for (int round = 0; round < 2; ++round) {
        status = U_ZERO_ERROR;
        const std::int32_t size = unorm2_normalize(nfkc, from.data(), static_cast<std::int32_t>(from.size()), to.data(),
                                                   static_cast<std::int32_t>(to.size()), &status);
        to.resize(static_cast<std::size_t>(std::max(size, 0)));
        if (status != U_BUFFER_OVERFLOW_ERROR) break;
    }
    return U_FAILURE(status) ? std::string(text) : fromUtf16(to);
}

std::string visible(std::string_view text) {
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = nextCodePoint(text, at);
        if (isWhiteSpace(c))
            kept += ' ';  // before the invisible ones: a tab is a control character too
        else if (!isIgnorable(c))
            appendCodePoint(kept, c);
    }
    return kept;
}

std::string_view trimmed(std::string_view s) {
    while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
    return s;
}

constexpr std::string_view kPrefixes = "BIESMLUW";

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// "B- PER", "b-PER", "B_PER" and "B–PER" as "B-PER"; everything else as it is.
std::string joined(std::string_view tag) {
    if (tag.size() < 2 || kPrefixes.find(upper(tag[0])) == kPrefixes.npos) return std::string(tag);
    std::size_t at = 1;
    while (at < tag.size() && tag[at] == ' ') ++at;
    if (at == tag.size()) return std::string(tag);
    const char32_t dash = nextCodePoint(tag, at);
    if (!isDash(dash) && dash != '_') return std::string(tag);
    const std::string_view type = trimmed(tag.substr(at));
    return std::string{upper(tag[0]), '-'} + std::string(type);
}

}  // namespace

CleanTag cleanedTag(std::string_view raw) {
    const std::string_view spaced = trimmed(raw);
    CleanTag tag;
    std::string text(spaced);
    const bool isPlain = isAscii(spaced) && std::none_of(spaced.begin(), spaced.end(), [](char c) {
                             return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
                         });
    if (!isPlain) text = std::string(trimmed(visible(composed(spaced))));
    text = joined(text);
    if (text == "o" || text == "0" || text == "-" || text == "_" || (text.size() > 1 && text.size() < 4 && isDash([&] {
                                                                         std::size_t at = 0;
                                                                         const char32_t c = nextCodePoint(text, at);
                                                                         return at == text.size() ? c : U'x';
                                                                     }())))
        text = "O";
    tag.isChanged = text != spaced;
    if (text.size() > 2 && text[1] == '-' && (text[0] == 'L' || text[0] == 'U' || text[0] == 'W')) {
        text[0] = text[0] == 'L' ? 'E' : 'S';
        tag.isBilou = true;
    }
    tag.text = std::move(text);
    return tag;
}

void SchemeEvidence::add(std::span<const std::string> tags) {
    std::string_view previous;
    for (const std::string& tag : tags) {
        const std::string_view before = std::exchange(previous, tag);
        if (tag.size() < 3 || tag[1] != '-') continue;
        const bool isSame = before.size() > 2 && before[1] == '-' && before.substr(2) == previous.substr(2);
        switch (tag[0]) {
            case 'I':
                ++inside;
                insideOpens += isOrphan(before, tag);
                break;
            case 'M':
                ++middle;
                break;
            case 'E':
            case 'S':
                ++ends;
                break;
            case 'B':
                ++(isSame ? beginAfterSame : beginElsewhere);
                break;
            default:
                break;
        }
    }
}

void SchemeEvidence::merge(const SchemeEvidence& other) {
    inside += other.inside;
    middle += other.middle;
    ends += other.ends;
    insideOpens += other.insideOpens;
    beginAfterSame += other.beginAfterSame;
    beginElsewhere += other.beginElsewhere;
    isBilou = isBilou || other.isBilou;
}

TagScheme SchemeEvidence::scheme() const {
    if (isBilou) return TagScheme::Bioes;
    if (middle == 0 && ends == 0) return insideOpens > 0 && beginElsewhere == 0 ? TagScheme::Iob1 : TagScheme::Bio;
    return inside > 0 && middle == 0 ? TagScheme::Bioes : TagScheme::Bmes;
}

}  // namespace mnerva::text
