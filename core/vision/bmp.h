#pragma once

#include <filesystem>
#include <string_view>

#include "core/vision/picture.h"

namespace mnerva::vision {

/// Decodes a BMP of the forms that readPictureHeader() lets pass. Ours, so that window and engine see the same of what
/// the format leaves open: the fourth byte of a pixel is no transparency, a colour that the table lacks is black.
/// Errors: ImageUnreadable naming `name`.
Picture decodeBmp(std::string_view bytes, const std::filesystem::path& name);

}  // namespace mnerva::vision
