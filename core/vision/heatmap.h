#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace mnerva::vision {

enum class HeatColours { Blue, Viridis };

struct HeatOptions {
    HeatColours colours = HeatColours::Blue;
    double threshold = 0.0;  ///< cells under it are not drawn
    double maxAlpha = 0.75;
    bool smooth = false;  ///< bilinear between cell centres instead of flat cells
};

/// Colour of a weight in 0..1 (already divided by the shown maximum): 0xAARRGGBB, alpha grows with the weight.
std::uint32_t heatColour(double weight, const HeatOptions& options);

/// Blends 49 weights over an RGB picture (8 bits a channel, row-major, width*height*3) in place, mapped by geometry.h.
/// `maximum` is the weight drawn darkest (0: the largest of the 49).
void blendHeat(std::span<std::uint8_t> rgb, int width, int height, std::span<const float> cells, double maximum,
               const HeatOptions& options);

}  // namespace mnerva::vision
