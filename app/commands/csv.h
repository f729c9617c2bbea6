#pragma once

#include <string>
#include <vector>

namespace mnerva::app {

/// Rows of cells as CSV (RFC 4180): cells with a comma, a quote or a line end are quoted, quotes doubled; lines end
/// with a line feed.
std::string csvText(const std::vector<std::vector<std::string>>& rows);

}  // namespace mnerva::app
