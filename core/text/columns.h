#pragma once

#include <string_view>

namespace mnerva::text {

/// How many columns of a terminal a text takes: two for East Asian wide characters and emoji, none for what only
/// changes the character before, one for others (UAX 11, ambiguous ones narrow).
int terminalColumns(std::string_view text);

}  // namespace mnerva::text
