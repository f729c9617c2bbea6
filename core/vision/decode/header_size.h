#pragma once

#include <optional>
#include <string_view>

#include "core/vision/decode/picture.h"

namespace mnerva::vision {

/// Reads the size a picture's header claims, so that a bomb is refused before anything is allocated.
std::optional<PictureSize> headerSize(std::string_view bytes);

}  // namespace mnerva::vision
