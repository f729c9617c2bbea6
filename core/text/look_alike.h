#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mnerva::text {

/// What a name looks like to somebody who glances at it: two names with one key differ by letter case, by full and half
/// width, or by characters nobody sees. Unicode's NFKC_Casefold, and without what is left of white space and controls.
std::string lookAlikeKey(std::string_view name);

/// The first character of a text that shows nothing: white space, controls, and what Unicode lets a font ignore.
std::optional<char32_t> firstInvisible(std::string_view text);

}  // namespace mnerva::text
