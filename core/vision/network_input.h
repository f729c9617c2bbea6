#pragma once

#include <array>
#include <vector>

#include "core/vision/picture.h"

namespace mnerva::vision {

/// The 224 x 224 picture of transform (i): shorter side to 256 by Pillow's antialiased bilinear filter (equal byte for
/// byte to Pillow 9.4.0 to 13.0.0 and to torchvision 0.29.2 on Pillow's pictures, the versions that were tried, given
/// equal decoded pixels), then the centre crop. Only the crop is computed, so an extreme aspect ratio costs nothing.
/// Empty for an empty picture.
Picture networkCrop(const Picture& picture);

/// Mean and deviation of ImageNet, red, green, blue (models.md 3 (i)).
inline constexpr std::array<float, 3> kPixelMean{0.485f, 0.456f, 0.406f};
inline constexpr std::array<float, 3> kPixelDeviation{0.229f, 0.224f, 0.225f};

/// networkCrop as [3, 224, 224], row-major, scaled to 0..1 and normalised by the ImageNet mean and deviation of
/// models.md 3 (i). All zero (the mean colour) for an empty picture.
std::vector<float> toNetworkInput(const Picture& picture);

/// Area average to fit into side x side, for thumbnails and tests; never enlarges.
Picture shrunkToFit(const Picture& picture, int side);

}  // namespace mnerva::vision
