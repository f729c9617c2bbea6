#pragma once

#include <cstdint>

#include "core/vision/boxes.h"
#include "core/vision/picture.h"

namespace mnerva::vision {

/// Width and height in pixels.
struct PictureSize {
    std::int64_t width = 0, height = 0;
    bool operator==(const PictureSize&) const = default;
};

/// How a picture's stored rows lie, by the numbers of EXIF: what has to be done to see it upright. The whole program
/// works with upright pixels (window, model, detectors, figures, stored boxes); stored ones are met only where a file
/// is read.
enum class Orientation {
    Upright = 1,
    MirroredSideways = 2,  ///< left and right are exchanged
    UpsideDown = 3,        ///< turned by 180 degrees
    MirroredUpDown = 4,    ///< top and bottom are exchanged
    Transposed = 5,        ///< mirrored at the diagonal from the top left
    TurnedLeft = 6,        ///< lies on its left side: a quarter turn clockwise sets it upright
    TransposedAcross = 7,  ///< mirrored at the diagonal from the top right
    TurnedRight = 8,       ///< lies on its right side: a quarter turn counter-clockwise sets it upright
};

/// True where the upright picture's width is the stored height.
bool swapsSides(Orientation orientation);

PictureSize uprightSize(const PictureSize& stored, Orientation orientation);

/// A box in stored pixels as a box in upright ones. `stored` is the size of the stored picture.
Box uprightBox(const Box& box, const PictureSize& stored, Orientation orientation);

/// Moves every pixel of a stored picture to its upright place.
Picture uprightPicture(Picture stored, Orientation orientation);

}  // namespace mnerva::vision
