#include "core/text/look_alike.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "core/text/utf8.h"

namespace mnerva::text {
namespace {

bool isInvisible(char32_t codePoint) {
    const auto c = static_cast<UChar32>(codePoint);
    if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || isWhiteSpace(codePoint)) return true;
    switch (u_charType(c)) {
        case U_CONTROL_CHAR:
        case U_FORMAT_CHAR:
        case U_SPACE_SEPARATOR:
        case U_LINE_SEPARATOR:
        case U_PARAGRAPH_SEPARATOR:
            return true;
        default:
            return codePoint == 0x2800;  // the blank of Braille
    }
}

}  // namespace

std::string lookAlikeKey(std::string_view name) {
    std::u32string seen;
    for (const char32_t codePoint : toCodePoints(name))
        if (!isInvisible(codePoint)) seen += codePoint;
    const std::string visible = fromCodePoints(seen);
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* folder = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status)) return visible;
    std::string key;
    folder->normalize(icu::UnicodeString::fromUTF8(visible), status).toUTF8String(key);
    return U_FAILURE(status) ? visible : key;
}

std::optional<char32_t> firstInvisible(std::string_view text) {
    for (const char32_t codePoint : toCodePoints(text))
        if (isInvisible(codePoint)) return codePoint;
    return std::nullopt;
}

}  // namespace mnerva::text
