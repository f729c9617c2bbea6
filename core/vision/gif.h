#pragma once

#include <filesystem>
#include <string_view>

#include "core/vision/picture.h"

namespace mnerva::vision {

/// The first frame of a GIF on its screen; what is transparent or not covered is white.
struct GifPicture {
    Picture picture;
    bool isDamaged = false;  ///< the data ended early: what is missing is white
};

/// Decodes a GIF whose header readPictureHeader() has accepted. Ours, because neither Qt nor OpenCV can be relied on to
/// read it, and both must see the same. Errors: ImageUnreadable naming `name`.
GifPicture decodeGif(std::string_view bytes, const std::filesystem::path& name);

}  // namespace mnerva::vision
