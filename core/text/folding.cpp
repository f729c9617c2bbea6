#include "core/text/folding.h"

#include <unicode/uchar.h>

#include "core/text/utf8.h"

namespace mnerva::text {
namespace {

constexpr char32_t kFirstNotAscii = 0x80;
constexpr char32_t kFirstWide = 0xFF01, kLastWide = 0xFF5E, kWideToNarrow = 0xFF01 - 0x21, kWideSpace = 0x3000;

struct Range {
    char32_t first, last;
};
constexpr Range kUnspaced[] = {{0x2E80, 0x2FDF}, {0x3005, 0x3007}, {0x3021, 0x3029},   {0x3031, 0x312F},
                               {0x31A0, 0x31BF}, {0x31F0, 0x31FF}, {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
                               {0xF900, 0xFAFF}, {0xFF66, 0xFF9F}, {0x1B000, 0x1B16F}, {0x20000, 0x3FFFD}};

}  // namespace

char32_t foldedCodePoint(char32_t point) {
    if (point < kFirstNotAscii) return point >= U'A' && point <= U'Z' ? point + (U'a' - U'A') : point;
    if (point == kWideSpace) return U' ';
    if (point >= kFirstWide && point <= kLastWide) return foldedCodePoint(point - kWideToNarrow);
    return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(point), U_FOLD_CASE_DEFAULT));
}

std::string folded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) appendCodePoint(out, foldedCodePoint(nextCodePoint(text, at)));
    return out;
}

bool isFoldedTo(std::string_view text, std::string_view wanted) {
    std::size_t at = 0, wantedAt = 0;
    while (at < text.size() && wantedAt < wanted.size())
        if (foldedCodePoint(nextCodePoint(text, at)) != nextCodePoint(wanted, wantedAt)) return false;
    return at == text.size() && wantedAt == wanted.size();
}

bool isUnspaced(char32_t point) {
    if (point < kUnspaced[0].first) return false;
    for (const Range& range : kUnspaced)
        if (point <= range.last) return point >= range.first;
    return false;
}

}  // namespace mnerva::text
