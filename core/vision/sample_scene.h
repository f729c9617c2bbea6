#pragma once

#include <cstdint>
#include <optional>

#include "core/vision/picture.h"

namespace mnerva::vision {

/// What a generated picture shows: a person stands for PER, mountains for LOC, a sign for ORG.
enum class SampleObject { Person, Mountains, Sign };

struct PixelBox {
    int x = 0, y = 0, width = 0, height = 0;
    bool operator==(const PixelBox&) const = default;
};

/// Everything a generated picture is drawn from. The shorter side is 256, so transform (i) keeps every pixel of the
/// middle 224; the object (64 to 96 pixels) lies wholly inside it.
struct SampleScene {
    int width = 256, height = 256;
    std::optional<SampleObject> object;  ///< absent: clutter only
    PixelBox box;                        ///< of the object, pixels of the picture
    std::uint64_t seed = 0;              ///< of colours and clutter
};

/// A scene with the object at a random place; some are portrait or landscape.
SampleScene sampleScene(std::optional<SampleObject> object, std::uint64_t seed);

/// Draws it: plain ground, twelve small squares of clutter, then the object. Equal scenes give equal pixels.
Picture drawScene(const SampleScene& scene);

}  // namespace mnerva::vision
