#pragma once

#include <string>
#include <string_view>

namespace mnerva {

/// A text that came from a file as it may be shown on a terminal or in a log: control characters (C0 but tab and line
/// feed where `keepsLines`, DEL, C1), bidirectional overrides and bytes that are no UTF-8 stand as \x1B or \u202E, so
/// that nothing moves the cursor, changes colours or turns a line around.
std::string printable(std::string_view text, bool keepsLines = false);

}  // namespace mnerva
