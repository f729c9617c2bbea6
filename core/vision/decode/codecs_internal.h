#pragma once

#include <string>
#include <string_view>

#include "core/vision/orientation.h"
#include "core/vision/picture.h"

namespace mnerva::vision {

/// Pixels as they are stored, or why there are none.
struct Stored {
    Picture picture;
    bool isDamaged = false;  ///< the decoder made some of the pixels up
    std::string fault;       ///< not empty: no picture
};

// Straight to the libraries: OpenCV lets them print on standard error, prints itself, and hides from us that half a
// picture was made up. `wanted` is what our own reading of the header says; another size is a fault.
Stored decodeJpeg(std::string_view bytes, const PictureSize& wanted);
/// Transparent pixels are laid over white.
Stored decodePng(std::string_view bytes, const PictureSize& wanted);
Stored decodeWebp(std::string_view bytes, const PictureSize& wanted);
Stored decodeTiff(std::string_view bytes, const PictureSize& wanted);

/// One channel of a pixel laid over white.
inline std::uint8_t overWhite(unsigned channel, unsigned alpha) {
    return static_cast<std::uint8_t>((channel * alpha + 255 * (255 - alpha) + 127) / 255);
}

}  // namespace mnerva::vision
