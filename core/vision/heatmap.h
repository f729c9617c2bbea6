#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace mnerva::vision {

/// Sequential maps from 0 to the maximum; Diverging: from -maximum to maximum, blue below 0, red above.
enum class HeatColours { Magma, Inferno, Viridis, Blue, Diverging };

struct HeatOptions {
    HeatColours colours = HeatColours::Magma;
    double threshold = 0.0;  ///< cells under it (by their absolute value) are not drawn
    double maxAlpha = 0.65;
    bool smooth = false;  ///< bilinear between cell centres instead of flat cells
};

/// Colour of a weight that was divided by the shown maximum, so in 0..1 (-1..1 of a diverging map): 0xAARRGGBB. Alpha
/// grows with the weight, so that a picture is seen under it.
std::uint32_t heatColour(double weight, const HeatOptions& options);

/// The same where no picture lies under it (legends, small maps): alpha is full.
std::uint32_t heatInk(double weight, HeatColours colours);

/// Whether a weight is drawn at all: over 0 and not under the threshold, by its absolute value in a diverging map.
bool isHeatDrawn(double weight, const HeatOptions& options);

/// What `maximum` = 0 stands for: the largest of the weights, by absolute value in a diverging map. 0 for none.
double heatMaximum(std::span<const float> cells, HeatColours colours);

/// The heat of 49 cells alone, side x side pixels of heatColour() row by row, for the part of the picture that the
/// network sees.
std::vector<std::uint32_t> heatImage(std::span<const float> cells, double maximum, const HeatOptions& options,
                                     int side);

/// Blends 49 weights over an RGB picture (8 bits a channel, row-major, width*height*3) in place, mapped by geometry.h.
/// `maximum` is the weight drawn darkest (0: the largest of the 49).
void blendHeat(std::span<std::uint8_t> rgb, int width, int height, std::span<const float> cells, double maximum,
               const HeatOptions& options);

}  // namespace mnerva::vision
