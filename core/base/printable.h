#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mnerva {

/// A text that came from a file as it may be shown on a terminal or in a log: control characters (C0 but tab and line
/// feed where `keepsLines`, DEL, C1), bidirectional overrides and bytes that are no UTF-8 stand as \x1B or \u202E, so
/// that nothing moves the cursor, changes colours or turns a line around.
std::string printable(std::string_view text, bool keepsLines = false);

/// The start of printable(text), "..." behind it where there is more: what an error shows of a value that a file made
/// as long as it liked.
std::string excerpt(std::string_view text, std::size_t longest = 80);

}  // namespace mnerva
