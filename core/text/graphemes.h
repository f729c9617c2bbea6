#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace mnerva::text {

/// Where grapheme clusters (what a person sees as one character) begin, as code points, then the length of the text:
/// "e" + U+0301 + "x" gives 0, 2, 3. Empty text gives 0 alone. Rules of ICU's root locale.
std::vector<std::size_t> graphemeBorders(std::string_view text);

std::size_t graphemeCount(std::string_view text);

// Positions; one inside a cluster gives the cluster's start, one past the end gives the end.
std::size_t codePointOfGrapheme(std::string_view text, std::size_t grapheme);
std::size_t graphemeOfCodePoint(std::string_view text, std::size_t codePoint);

/// The first `count` clusters, for previews that must not cut an emoji in two.
std::string_view firstGraphemes(std::string_view text, std::size_t count);

}  // namespace mnerva::text
