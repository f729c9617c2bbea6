#include "core/domain/palette.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace mnerva {
namespace {

struct Shades {
    std::uint32_t light, dark;
    std::uint32_t of(bool isDark) const { return isDark ? dark : light; }
};

struct FixedType {
    std::string_view type;
    Shades colour;
};

// look.md; the dark ones share one lightness (CIE L* of about 70), so no type shouts louder than another.
constexpr std::array kFixedTypes{
    FixedType{"PER", {0x0072b2, 0x5fb3e8}}, FixedType{"LOC", {0x009e73, 0x3fbf96}},
    FixedType{"ORG", {0xd55e00, 0xf0955a}}, FixedType{"MISC", {0xb5548a, 0xdf92bd}},
    FixedType{"GPE", {0x3f8fc4, 0x7fb9de}},
};

constexpr std::array<Shades, kMistakeColours> kMistakes{{{0xb8860b, 0xe0b84a},
                                                         {0x6a3fb5, 0xa78bf0},
                                                         {0x6b4226, 0xc49a7a},
                                                         {0x48566a, 0x7c8ba1},
                                                         {0xa9b4c2, 0xd3dae3},
                                                         {0x7a8c2e, 0xb5c76a}}};

constexpr double kDarkLightness = 70;  // CIE L* of the colours for dark grounds

/// Red, green and blue, 0..1.
using Rgb = std::array<double, 3>;

Rgb partsOf(std::uint32_t colour) {
    const auto part = [&](int shift) { return static_cast<double>((colour >> shift) & 0xff) / 255; };
    return {part(16), part(8), part(0)};
}

std::uint32_t colourOf(const Rgb& parts) {
    std::uint32_t colour = 0;
    for (const double part : parts)
        colour = (colour << 8) | static_cast<std::uint32_t>(std::lround(std::clamp(part, 0.0, 1.0) * 255));
    return colour;
}

/// Hue, saturation and lightness, each 0..1.
Rgb ofHsl(double hue, double saturation, double lightness) {
    const double reach = saturation * std::min(lightness, 1 - lightness);
    const auto part = [&](double offset) {
        const double k = std::fmod(offset + hue * 12, 12.0);
        return lightness - reach * std::max(-1.0, std::min({k - 3, 9 - k, 1.0}));
    };
    return {part(0), part(8), part(4)};
}

/// CIE L*a*b* of a colour, to measure how far apart two look.
std::array<double, 3> labOf(const Rgb& colour) {
    const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    const double r = linear(colour[0]), g = linear(colour[1]), b = linear(colour[2]);
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116.0; };
    const double x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
    const double y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const double z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double distance(const Rgb& a, const Rgb& b) {
    const auto p = labOf(a), q = labOf(b);
    return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

}  // namespace

std::optional<std::uint32_t> fixedTypeColour(std::string_view type, bool isDark) {
    for (const FixedType& fixed : kFixedTypes)
        if (fixed.type == type) return fixed.colour.of(isDark);
    return std::nullopt;
}

int placeAmongOthers(std::string_view type, const LabelSet& labels) {
    int place = 0;
    for (const std::string& known : labels.types) {
        if (known == type) break;
        place += !fixedTypeColour(known, false);
    }
    return place;
}

/// Hues by the golden angle, each the first that keeps its distance.
std::uint32_t generatedTypeColour(int place, bool isDark) {
    constexpr double kLeastDistance = 18, kGoldenAngle = 0.381966, kSaturation = 0.55;
    std::vector<Rgb> taken;
    for (const FixedType& fixed : kFixedTypes) taken.push_back(partsOf(fixed.colour.of(isDark)));
    double hue = 0.13, wanted = kLeastDistance;
    const std::array<double, 3> lightness = isDark ? std::array{0.68, 0.60, 0.78} : std::array{0.38, 0.30, 0.48};
    for (int made = 0, tries = 0;; ++tries) {
        const Rgb candidate = ofHsl(hue, kSaturation, lightness[static_cast<std::size_t>(tries % 3)]);
        hue = std::fmod(hue + kGoldenAngle, 1.0);
        const bool isApart =
            std::all_of(taken.begin(), taken.end(), [&](const Rgb& c) { return distance(c, candidate) >= wanted; });
        if (tries % 90 == 89) wanted *= 0.8;  // a project with very many types: closer, but still the best there is
        if (!isApart) continue;
        if (made++ == place) return colourOf(candidate);
        taken.push_back(candidate);
    }
}

std::uint32_t typeColour(std::string_view type, const LabelSet& labels, bool isDark) {
    if (const auto chosen = chosenTypeColour(std::string(type), labels, isDark)) return *chosen;
    if (const auto fixed = fixedTypeColour(type, isDark)) return *fixed;
    return generatedTypeColour(placeAmongOthers(type, labels), isDark);
}

std::uint32_t mistakeColour(int kind, bool isDark) {
    return kMistakes[static_cast<std::size_t>(std::max(kind, 0)) % kMistakes.size()].of(isDark);
}

std::string colourText(std::uint32_t colour) {
    return fmt::format("#{:06x}", colour & 0xffffff);
}

std::optional<std::uint32_t> colourOfText(std::string_view text) {
    std::uint32_t colour = 0;
    if (text.size() != 7 || text[0] != '#') return std::nullopt;
    const auto [end, failed] = std::from_chars(text.data() + 1, text.data() + text.size(), colour, 16);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return colour;
}

std::optional<std::uint32_t> chosenTypeColour(const std::string& type, const LabelSet& labels, bool isDark) {
    const auto colour = colourOfText(labels.noteOf(type).colour);
    if (!colour || !isDark) return colour;
    Rgb parts = partsOf(*colour);
    // Towards white until it is as light as the others on a dark ground.
    for (int step = 0; step < 20 && labOf(parts)[0] < kDarkLightness; ++step)
        for (double& part : parts) part += (1 - part) * 0.1;
    return colourOf(parts);
}

}  // namespace mnerva
