#pragma once

#include <optional>
#include <span>
#include <vector>

namespace mnerva::vision {

/// A box in pixels of a picture; right and bottom are where the next pixel would begin.
struct Box {
    double left = 0, top = 0, right = 0, bottom = 0;
    double width() const { return right - left; }
    double height() const { return bottom - top; }
    bool operator==(const Box&) const = default;
};

/// Smallest side of a box that still shows something, in pixels.
inline constexpr double kSmallestBoxSide = 1;

/// The part of a box inside a picture of this size; nothing when less than a pixel is left of a side, or when a number
/// is not finite.
std::optional<Box> clippedBox(const Box& box, double width, double height);

/// Area shared over area covered, 0..1; 0 for boxes without area.
double intersectionOverUnion(const Box& a, const Box& b);

/// IoU from which a region counts as the one that is meant.
inline constexpr double kCoveringIoU = 0.5;

/// How well each candidate is one of the gold boxes (models.md 4.7): its largest IoU with any of them, zero below
/// kCoveringIoU, brought to sum 1. All zero when no candidate covers a gold box.
std::vector<float> regionLabels(std::span<const Box> gold, std::span<const Box> candidates);

}  // namespace mnerva::vision
