#include "core/vision/picture.h"

#include <algorithm>

namespace mnerva::vision {

Picture filledPicture(int width, int height, std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
    Picture out{width, height, {}};
    if (out.isEmpty()) return {};
    out.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    for (std::size_t i = 0; i < out.rgb.size(); i += 3) {
        out.rgb[i] = red;
        out.rgb[i + 1] = green;
        out.rgb[i + 2] = blue;
    }
    return out;
}

Picture croppedPicture(const Picture& picture, int x, int y, int width, int height) {
    const int left = std::max(0, x), top = std::max(0, y);
    const int right = std::min(picture.width, x + width), bottom = std::min(picture.height, y + height);
    if (left >= right || top >= bottom) return {};
    Picture out{right - left, bottom - top, {}};
    out.rgb.reserve(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height) * 3);
    for (int row = top; row < bottom; ++row) {
        const std::uint8_t* from = picture.at(left, row);
        out.rgb.insert(out.rgb.end(), from, from + 3 * out.width);
    }
    return out;
}

}  // namespace mnerva::vision
