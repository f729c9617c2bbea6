#include "core/text/utf8.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/printable.h"

namespace mnerva::text {
namespace {

struct Decoded {
    char32_t codePoint = kReplacement;
    std::size_t bytes = 1;
    bool good = false;
};

/// Table 3-7 of the Unicode standard: the second byte's range depends on the first one.
Decoded decodeAt(std::string_view s, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) return {lead, 1, true};
    std::size_t need = 0;
    unsigned char low = 0x80, high = 0xBF;
    char32_t value = 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
        need = 1, value = lead & 0x1F;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        need = 2, value = lead & 0x0F;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        need = 3, value = lead & 0x07;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    } else {
        return {};
    }
    std::size_t used = 1;
    for (; used <= need; ++used) {
        if (at + used >= s.size()) return {kReplacement, used, false};
        const unsigned char next = byte(at + used);
        if (next < low || next > high) return {kReplacement, used, false};
        value = (value << 6) | (next & 0x3F);
        low = 0x80, high = 0xBF;
    }
    return {value, used, true};
}

}  // namespace

bool isValidUtf8(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        if (static_cast<unsigned char>(bytes[at]) < 0x80) {
            ++at;
            continue;
        }
        const Decoded d = decodeAt(bytes, at);
        if (!d.good) return false;
        at += d.bytes;
    }
    return true;
}

Utf8Counts countUtf8(std::string_view bytes) {
    Utf8Counts counts;
    for (std::size_t at = 0; at < bytes.size();) {
        if (static_cast<unsigned char>(bytes[at]) < 0x80) {
            ++at;
            continue;
        }
        const Decoded d = decodeAt(bytes, at);
        ++(d.good ? counts.characters : counts.broken);
        at += d.bytes;
    }
    return counts;
}

std::string repairedUtf8(std::string_view bytes, std::vector<std::size_t>* badOffsets) {
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const Decoded d = decodeAt(bytes, at);
        if (d.good) {
            out.append(bytes.substr(at, d.bytes));
        } else {
            appendCodePoint(out, kReplacement);
            if (badOffsets) badOffsets->push_back(at);
        }
        at += d.bytes;
    }
    return out;
}

char32_t nextCodePoint(std::string_view text, std::size_t& offset) {
    const Decoded d = decodeAt(text, offset);
    offset += d.bytes;
    return d.codePoint;
}

bool isWhiteSpace(char32_t codePoint) {
    if (codePoint >= 0x1C && codePoint <= 0x1F) return true;
    return u_hasBinaryProperty(static_cast<UChar32>(codePoint), UCHAR_WHITE_SPACE) != 0;
}

void appendCodePoint(std::string& out, char32_t c) {
    const auto put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

std::u32string toCodePoints(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) out += nextCodePoint(text, at);
    return out;
}

std::string fromCodePoints(std::u32string_view codePoints) {
    std::string out;
    out.reserve(codePoints.size());
    for (const char32_t c : codePoints) appendCodePoint(out, c);
    return out;
}

std::u16string toUtf16(std::string_view text) {
    std::u16string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = nextCodePoint(text, at);
        if (c < 0x10000) {
            out += static_cast<char16_t>(c);
        } else {
            out += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
            out += static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF));
        }
    }
    return out;
}

std::string fromUtf16(std::u16string_view units) {
    std::string out;
    out.reserve(units.size());
    for (std::size_t i = 0; i < units.size(); ++i) {
        const char32_t unit = units[i];
        const bool high = unit >= 0xD800 && unit <= 0xDBFF;
        const char32_t next = i + 1 < units.size() ? units[i + 1] : 0;
        if (high && next >= 0xDC00 && next <= 0xDFFF) {
            appendCodePoint(out, 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00));
            ++i;
        } else {
            appendCodePoint(out, unit);  // a lone half becomes U+FFFD
        }
    }
    return out;
}

std::size_t codePointCount(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) nextCodePoint(text, at);
    return count;
}

std::size_t utf16Count(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size();) count += nextCodePoint(text, at) < 0x10000 ? 1 : 2;
    return count;
}

std::size_t byteOfCodePoint(std::string_view text, std::size_t codePoint) {
    std::size_t at = 0;
    for (; at < text.size() && codePoint > 0; --codePoint) nextCodePoint(text, at);
    return at;
}

std::size_t codePointOfByte(std::string_view text, std::size_t byte) {
    std::size_t at = 0, count = 0;
    while (at < text.size()) {
        nextCodePoint(text, at);
        if (at > byte) break;
        ++count;
    }
    return count;
}

std::size_t utf16OfCodePoint(std::string_view text, std::size_t codePoint) {
    return utf16Count(text.substr(0, byteOfCodePoint(text, codePoint)));
}

std::size_t codePointOfUtf16(std::string_view text, std::size_t unit) {
    std::size_t units = 0, count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) {
        units += nextCodePoint(text, at) < 0x10000 ? 1 : 2;
        if (units > unit) break;
    }
    return count;
}

std::string_view firstCodePoints(std::string_view text, std::size_t count) {
    if (text.size() <= count) return text;
    return text.substr(0, byteOfCodePoint(text, count));
}

void requireUtf8Path(const std::filesystem::path& path) {
    if (!isValidUtf8(path.string())) throw Error(ErrorCode::PathEncoding, {printable(path.string())});
}

bool isAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace mnerva::text
