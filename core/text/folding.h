#pragma once

#include <string>
#include <string_view>

namespace mnerva::text {

/// One code point as searches compare it: Unicode's simple case folding, full width as half width (U+FF01 to U+FF5E and
/// the wide space). One code point gives one, so positions stay.
char32_t foldedCodePoint(char32_t point);

/// foldedCodePoint() for each code point of a text; broken pieces become U+FFFD.
std::string folded(std::string_view text);

/// Whether `text` folded is `folded`, without making it.
bool isFoldedTo(std::string_view text, std::string_view folded);

/// Characters of scripts that put no spaces between words: Han, kana, bopomofo.
bool isUnspaced(char32_t point);

}  // namespace mnerva::text
