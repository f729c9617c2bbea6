#include "core/vision/boxes.h"

#include <algorithm>
#include <cmath>

namespace mnerva::vision {

std::optional<Box> clippedBox(const Box& box, double width, double height) {
    for (double edge : {box.left, box.top, box.right, box.bottom})
        if (!std::isfinite(edge)) return std::nullopt;
    const Box inside{std::max(box.left, 0.0), std::max(box.top, 0.0), std::min(box.right, width),
                     std::min(box.bottom, height)};
    if (inside.width() < kSmallestBoxSide || inside.height() < kSmallestBoxSide) return std::nullopt;
    return inside;
}

double intersectionOverUnion(const Box& a, const Box& b) {
    const auto area = [](const Box& box) { return std::max(0.0, box.width()) * std::max(0.0, box.height()); };
    const Box common{std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
                     std::min(a.bottom, b.bottom)};
    const double shared = area(common), covered = area(a) + area(b) - shared;
    return covered > 0 ? shared / covered : 0;
}

std::vector<float> regionLabels(std::span<const Box> gold, std::span<const Box> candidates) {
    std::vector<double> best(candidates.size(), 0.0);
    double sum = 0;
    for (std::size_t j = 0; j < candidates.size(); ++j) {
        for (const Box& box : gold) best[j] = std::max(best[j], intersectionOverUnion(box, candidates[j]));
        if (best[j] < kCoveringIoU) best[j] = 0;
        sum += best[j];
    }
    std::vector<float> labels(candidates.size(), 0.0f);
    for (std::size_t j = 0; sum > 0 && j < best.size(); ++j) labels[j] = static_cast<float>(best[j] / sum);
    return labels;
}

}  // namespace mnerva::vision
