#include "core/base/printable.h"

#include <array>
#include <cstdint>
#include <cstdio>

namespace mnerva {
namespace {

/// Bytes of the well-formed UTF-8 sequence that starts `text`; 0 where it is none. The code point goes to `point`.
std::size_t sequenceAt(std::string_view text, std::uint32_t& point) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) {
        point = first;
        return 1;
    }
    const std::size_t size = first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (size == 0 || first >= 0xF5 || text.size() < size) return 0;
    point = first & (0x7Fu >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
        point = point << 6 | (byte(i) & 0x3Fu);
    }
    static constexpr std::array<std::uint32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
    const bool valid = point >= kSmallest[size] && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
    return valid ? size : 0;
}

bool isHarmful(std::uint32_t point) {
    const bool control = point < 0x20 || (point >= 0x7F && point < 0xA0);
    const bool direction = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) ||
                           point == 0x200E || point == 0x200F || point == 0x2028 || point == 0x2029;
    return control || direction;
}

}  // namespace

std::string printable(std::string_view text, bool keepsLines) {
    std::string out;
    out.reserve(text.size());
    std::array<char, 16> escaped{};
    while (!text.empty()) {
        std::uint32_t point = 0;
        const std::size_t size = sequenceAt(text, point);
        const bool kept = keepsLines && size == 1 && (point == '\n' || point == '\t');
        if (size > 0 && (kept || !isHarmful(point))) {
            out += text.substr(0, size);
        } else {
            if (size > 1)
                std::snprintf(escaped.data(), escaped.size(), "\\u%04X", static_cast<unsigned>(point));
            else
                std::snprintf(escaped.data(), escaped.size(), "\\x%02X", static_cast<unsigned char>(text[0]));
            out += escaped.data();
        }
        text.remove_prefix(size > 0 ? size : 1);
    }
    return out;
}

std::string excerpt(std::string_view text, std::size_t longest) {
    if (text.size() <= longest) return printable(text);
    // Not in the middle of a character.
    std::size_t end = longest;
    while (end > 0 && longest - end < 3 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return printable(text.substr(0, end)) + "...";
}

}  // namespace mnerva
