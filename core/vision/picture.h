#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace mnerva::vision {

/// A decoded picture: 8 bits a channel, RGB, row-major, width * height * 3 bytes.
struct Picture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgb;

    bool isEmpty() const { return width <= 0 || height <= 0; }
    /// First byte of a pixel's three.
    const std::uint8_t* at(int x, int y) const {
        return rgb.data() +
               3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x));
    }
    bool operator==(const Picture&) const = default;
};

/// A picture of one colour.
Picture filledPicture(int width, int height, std::uint8_t red, std::uint8_t green, std::uint8_t blue);

/// The part of a picture inside the rectangle, cut to the picture; empty when they do not meet.
Picture croppedPicture(const Picture& picture, int x, int y, int width, int height);

}  // namespace mnerva::vision
