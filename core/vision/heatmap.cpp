#include "core/vision/heatmap.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/vision/geometry.h"

namespace mnerva::vision {
namespace {

struct Colour {
    double red = 0, green = 0, blue = 0;
};

// Points of matplotlib's magma, inferno and viridis (public domain) and of ColorBrewer's RdBu, joined by straight
// lines; light to dark blue.
constexpr std::array<Colour, 9> kMagma{{{0, 0, 4},
                                        {28, 16, 68},
                                        {79, 18, 123},
                                        {129, 37, 129},
                                        {181, 54, 122},
                                        {229, 80, 100},
                                        {251, 135, 97},
                                        {254, 194, 135},
                                        {252, 253, 191}}};
constexpr std::array<Colour, 9> kInferno{{{0, 0, 4},
                                          {31, 12, 72},
                                          {85, 15, 109},
                                          {136, 34, 106},
                                          {186, 54, 85},
                                          {227, 89, 51},
                                          {249, 140, 10},
                                          {249, 201, 50},
                                          {252, 255, 164}}};
constexpr std::array<Colour, 7> kDiverging{{{33, 102, 172},
                                            {103, 169, 207},
                                            {209, 229, 240},
                                            {255, 255, 255},
                                            {253, 219, 199},
                                            {239, 138, 98},
                                            {178, 24, 43}}};
constexpr std::array<Colour, 3> kBlues{{{198, 219, 239}, {66, 146, 198}, {8, 48, 107}}};
constexpr std::array<Colour, 8> kViridis{{{68, 1, 84},
                                          {70, 50, 127},
                                          {54, 92, 141},
                                          {39, 127, 142},
                                          {31, 161, 135},
                                          {74, 194, 109},
                                          {159, 218, 58},
                                          {253, 231, 37}}};

template <std::size_t N>
Colour between(const std::array<Colour, N>& points, double where) {
    const double place = where * (N - 1);
    const auto index = std::min<std::size_t>(static_cast<std::size_t>(place), N - 2);
    const double part = place - static_cast<double>(index);
    const Colour &a = points[index], &b = points[index + 1];
    return {a.red + part * (b.red - a.red), a.green + part * (b.green - a.green), a.blue + part * (b.blue - a.blue)};
}

std::uint32_t packed(double alpha, const Colour& colour) {
    const auto byte = [](double value) {
        return static_cast<std::uint32_t>(std::lround(std::clamp(value, 0.0, 255.0)));
    };
    return byte(alpha * 255) << 24 | byte(colour.red) << 16 | byte(colour.green) << 8 | byte(colour.blue);
}

/// Alpha and colour both grow with the weight: by their product a weight of a half would hardly be seen.
constexpr double kAlphaPower = 0.6;

Colour colourOf(double weight, HeatColours colours) {
    switch (colours) {
        case HeatColours::Magma:
            return between(kMagma, std::max(0.0, weight));
        case HeatColours::Inferno:
            return between(kInferno, std::max(0.0, weight));
        case HeatColours::Viridis:
            return between(kViridis, std::max(0.0, weight));
        case HeatColours::Blue:
            return between(kBlues, std::max(0.0, weight));
        case HeatColours::Diverging:
            return between(kDiverging, (weight + 1) / 2);
    }
    return {};
}

double finite(double weight) {
    return std::isfinite(weight) ? weight : 0.0;
}

/// Weight at a place of the 7x7 grid measured in cells from its corner: flat, or bilinear between cell centres.
double weightAt(std::span<const float> cells, double column, double row, bool smooth) {
    const auto cell = [&](int r, int c) {
        r = std::clamp(r, 0, kGridSide - 1);
        c = std::clamp(c, 0, kGridSide - 1);
        return finite(cells[static_cast<std::size_t>(kGridSide * r + c)]);
    };
    if (!smooth) return cell(static_cast<int>(std::floor(row)), static_cast<int>(std::floor(column)));
    const double r = std::floor(row - 0.5), c = std::floor(column - 0.5);
    const double dr = row - 0.5 - r, dc = column - 0.5 - c;
    const int r0 = static_cast<int>(r), c0 = static_cast<int>(c);
    return (1 - dr) * ((1 - dc) * cell(r0, c0) + dc * cell(r0, c0 + 1)) +
           dr * ((1 - dc) * cell(r0 + 1, c0) + dc * cell(r0 + 1, c0 + 1));
}

void blendPixel(std::uint8_t* pixel, std::uint32_t argb) {
    const double alpha = (argb >> 24) / 255.0;
    for (int channel = 0; channel < 3; ++channel) {
        const double over = (argb >> (16 - 8 * channel)) & 255u;
        pixel[channel] = static_cast<std::uint8_t>(std::lround((1 - alpha) * pixel[channel] + alpha * over));
    }
}

}  // namespace

std::uint32_t heatColour(double weight, const HeatOptions& options) {
    const double shown = std::clamp(finite(weight), -1.0, 1.0);
    const double strength = options.colours == HeatColours::Diverging ? std::abs(shown) : std::max(0.0, shown);
    return packed(std::clamp(options.maxAlpha, 0.0, 1.0) * std::pow(strength, kAlphaPower),
                  colourOf(shown, options.colours));
}

std::uint32_t heatInk(double weight, HeatColours colours) {
    return packed(1, colourOf(std::clamp(finite(weight), -1.0, 1.0), colours));
}

bool isHeatDrawn(double weight, const HeatOptions& options) {
    const double strength = options.colours == HeatColours::Diverging ? std::abs(finite(weight)) : finite(weight);
    return strength > 0 && strength >= options.threshold;
}

double heatMaximum(std::span<const float> cells, HeatColours colours) {
    double maximum = 0;
    for (const float cell : cells)
        maximum = std::max(maximum, colours == HeatColours::Diverging ? std::abs(finite(cell)) : finite(cell));
    return maximum;
}

std::vector<std::uint32_t> heatImage(std::span<const float> cells, double maximum, const HeatOptions& options,
                                     int side) {
    const auto size = static_cast<std::size_t>(std::max(0, side));
    std::vector<std::uint32_t> pixels(size * size, 0);
    if (cells.size() < kGridCells) return pixels;
    if (maximum <= 0) maximum = heatMaximum(cells.first(kGridCells), options.colours);
    if (maximum <= 0) return pixels;
    for (std::size_t y = 0; y < size; ++y)
        for (std::size_t x = 0; x < size; ++x) {
            const double column = (static_cast<double>(x) + 0.5) / side * kGridSide;
            const double row = (static_cast<double>(y) + 0.5) / side * kGridSide;
            const double weight = weightAt(cells, column, row, options.smooth);
            if (isHeatDrawn(weight, options)) pixels[y * size + x] = heatColour(weight / maximum, options);
        }
    return pixels;
}

void blendHeat(std::span<std::uint8_t> rgb, int width, int height, std::span<const float> cells, double maximum,
               const HeatOptions& options) {
    const Rect area = visibleArea(width, height);
    if (area.width <= 0 || cells.size() < kGridCells) return;
    if (rgb.size() < static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3) return;
    if (maximum <= 0) maximum = heatMaximum(cells.first(kGridCells), options.colours);
    if (maximum <= 0) return;
    const int left = std::max(0, static_cast<int>(std::ceil(area.x - 0.5)));
    const int top = std::max(0, static_cast<int>(std::ceil(area.y - 0.5)));
    for (int y = top; y < height && y + 0.5 < area.y + area.height; ++y)
        for (int x = left; x < width && x + 0.5 < area.x + area.width; ++x) {
            const double column = (x + 0.5 - area.x) / area.width * kGridSide;
            const double row = (y + 0.5 - area.y) / area.height * kGridSide;
            const double weight = weightAt(cells, column, row, options.smooth);
            if (!isHeatDrawn(weight, options)) continue;
            const auto pixel =
                (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 3;
            blendPixel(rgb.data() + pixel, heatColour(weight / maximum, options));
        }
}

}  // namespace mnerva::vision
