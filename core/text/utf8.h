#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mnerva::text {

/// The mark that stands for bytes that are no text.
inline constexpr char32_t kReplacement = 0xFFFD;

/// True for well-formed UTF-8 (no surrogates, no overlong forms, nothing above U+10FFFF).
bool isValidUtf8(std::string_view bytes);

/// Characters of more than one byte, and pieces that are no character.
struct Utf8Counts {
    std::size_t characters = 0, broken = 0;
};
Utf8Counts countUtf8(std::string_view bytes);

/// Well-formed text: each maximal piece of a broken sequence becomes one U+FFFD (as the Unicode standard and browsers
/// do). `badOffsets`, when given, gets the byte offset in `bytes` of each such piece.
std::string repairedUtf8(std::string_view bytes, std::vector<std::size_t>* badOffsets = nullptr);

/// Reads the code point at byte `offset` and moves `offset` behind it. A broken piece reads as U+FFFD.
/// Precondition: offset < text.size().
char32_t nextCodePoint(std::string_view text, std::size_t& offset);

/// White space of Unicode and the four separators U+001C to U+001F, as Python's str.isspace has it.
bool isWhiteSpace(char32_t codePoint);

void appendCodePoint(std::string& out, char32_t codePoint);

std::u32string toCodePoints(std::string_view text);
std::string fromCodePoints(std::u32string_view codePoints);
std::u16string toUtf16(std::string_view text);
std::string fromUtf16(std::u16string_view units);

std::size_t codePointCount(std::string_view text);
std::size_t utf16Count(std::string_view text);

// Positions. Ends of the text are legal; a position past the end gives the end; one inside a character gives its start.
std::size_t byteOfCodePoint(std::string_view text, std::size_t codePoint);
std::size_t codePointOfByte(std::string_view text, std::size_t byte);
std::size_t utf16OfCodePoint(std::string_view text, std::size_t codePoint);
std::size_t codePointOfUtf16(std::string_view text, std::size_t unit);

/// The first `count` code points, never half a character.
std::string_view firstCodePoints(std::string_view text, std::size_t count);

/// Refuses a path that is no UTF-8: it could be neither stored nor shown nor opened again. Errors: PathEncoding.
void requireUtf8Path(const std::filesystem::path& path);

/// Every byte is below 0x80; true for nothing.
bool isAscii(std::string_view text);

}  // namespace mnerva::text
