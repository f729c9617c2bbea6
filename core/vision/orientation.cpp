#include "core/vision/orientation.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace mnerva::vision {

bool swapsSides(Orientation orientation) {
    return orientation == Orientation::Transposed || orientation == Orientation::TurnedLeft ||
           orientation == Orientation::TransposedAcross || orientation == Orientation::TurnedRight;
}

PictureSize uprightSize(const PictureSize& stored, Orientation orientation) {
    return swapsSides(orientation) ? PictureSize{stored.height, stored.width} : stored;
}

Box uprightBox(const Box& box, const PictureSize& stored, Orientation orientation) {
    const auto width = static_cast<double>(stored.width), height = static_cast<double>(stored.height);
    switch (orientation) {
        case Orientation::Upright:
            return box;
        case Orientation::MirroredSideways:
            return {width - box.right, box.top, width - box.left, box.bottom};
        case Orientation::UpsideDown:
            return {width - box.right, height - box.bottom, width - box.left, height - box.top};
        case Orientation::MirroredUpDown:
            return {box.left, height - box.bottom, box.right, height - box.top};
        case Orientation::Transposed:
            return {box.top, box.left, box.bottom, box.right};
        case Orientation::TurnedLeft:
            return {height - box.bottom, box.left, height - box.top, box.right};
        case Orientation::TransposedAcross:
            return {height - box.bottom, width - box.right, height - box.top, width - box.left};
        case Orientation::TurnedRight:
            return {box.top, width - box.right, box.bottom, width - box.left};
    }
    return box;
}

Picture uprightPicture(Picture stored, Orientation orientation) {
    if (orientation == Orientation::Upright || stored.isEmpty()) return stored;
    const PictureSize size = uprightSize({stored.width, stored.height}, orientation);
    Picture out;
    out.width = static_cast<int>(size.width);
    out.height = static_cast<int>(size.height);
    out.rgb.resize(stored.rgb.size());
    // Where the upright pixel (x, y) is stored: start + x * right + y * down, in pixels of the stored rows.
    const std::ptrdiff_t width = stored.width, height = stored.height;
    std::ptrdiff_t start = 0, right = 1, down = width;
    switch (orientation) {
        case Orientation::Upright:
            break;
        case Orientation::MirroredSideways:
            start = width - 1, right = -1, down = width;
            break;
        case Orientation::UpsideDown:
            start = width * height - 1, right = -1, down = -width;
            break;
        case Orientation::MirroredUpDown:
            start = width * (height - 1), right = 1, down = -width;
            break;
        case Orientation::Transposed:
            start = 0, right = width, down = 1;
            break;
        case Orientation::TurnedLeft:
            start = width * (height - 1), right = -width, down = 1;
            break;
        case Orientation::TransposedAcross:
            start = width * height - 1, right = -width, down = -1;
            break;
        case Orientation::TurnedRight:
            start = width - 1, right = width, down = -1;
            break;
    }
    std::uint8_t* to = out.rgb.data();
    for (int y = 0; y < out.height; ++y) {
        const std::uint8_t* from = stored.rgb.data() + 3 * (start + y * down);
        for (int x = 0; x < out.width; ++x, from += 3 * right, to += 3) std::memcpy(to, from, 3);
    }
    return out;
}

}  // namespace mnerva::vision
