#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mnerva::text {

/// A traditional character as the simplified one, as ICU has it; any other code point as it is. One gives one.
char32_t simplifiedCodePoint(char32_t point);

/// All characters that are simplified to this one, itself first.
std::vector<char32_t> variantsOf(char32_t simplified);

/// A piece of a mention as equal mentions are compared: folded (foldedCodePoint), simplified, without white space and
/// "_". The "#" and "@" that it begins with count for `isFirst` false alone: a hashtag or a handle begins with them.
std::u32string mentionForm(std::string_view text, bool isFirst = true);

/// The same for a whole mention, as UTF-8: mentions of one form are equal, whatever their case, width, spaces, hashtag
/// and script.
std::string mentionKey(std::string_view mention);

/// Shortest form of which another one may differ by an edit: below, too many words are one letter apart.
inline constexpr std::size_t kShortestNear = 5;

/// Whether one code point was put in, left out or is another one; equal forms are not one edit apart.
bool isOneEdit(std::u32string_view a, std::u32string_view b);

/// The ways in which a mention is written in running text, folded: with its spaces, without, and a hashtag cut where a
/// capital follows a small letter.
std::vector<std::u32string> spellingsOf(std::string_view mention);

}  // namespace mnerva::text
