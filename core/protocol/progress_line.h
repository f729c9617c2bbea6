#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/progress.h"

namespace mnerva::protocol {

/// "detecting 12 of 30": how commands tell their progress on stderr to whoever reads it from a pipe, a person or the
/// window.
std::string progressLine(const Progress& progress);
/// The same read again, with or without its line end; nothing for other lines.
std::optional<Progress> progressFromLine(std::string_view line);

}  // namespace mnerva::protocol
