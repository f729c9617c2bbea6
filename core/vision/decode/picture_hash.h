#pragma once

#include <cstdint>
#include <optional>

#include "core/vision/picture.h"

namespace mnerva::vision {

/// 64 bits that stay (but for a few) when a picture is scaled, recompressed or slightly toned: signs of the 8 x 8
/// lowest frequencies of its 32 x 32 grey version against their median ("pHash"). Nothing for a picture without
/// contrast.
std::optional<std::uint64_t> pictureHash(const Picture& picture);

}  // namespace mnerva::vision
