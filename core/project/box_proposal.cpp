#include "core/project/box_proposal.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/project/cell_maps.h"
#include "core/vision/geometry.h"

namespace mnerva::project {
namespace {

using vision::kGridSide;

vision::Rect cellOf(const PictureSize& size) {
    return vision::cellRect(0, size.width, size.height);
}

/// The cells that hang together with `start` and are at least as hot as `least`.
std::vector<int> patchAround(std::span<const float> cells, int start, float least) {
    std::array<bool, vision::kGridCells> seen{};
    std::vector<int> patch{start};
    seen[static_cast<std::size_t>(start)] = true;
    for (std::size_t i = 0; i < patch.size(); ++i) {
        const int row = patch[i] / kGridSide, column = patch[i] % kGridSide;
        for (const auto& [down, right] : {std::pair{-1, 0}, {1, 0}, {0, -1}, {0, 1}}) {
            const int r = row + down, c = column + right;
            if (r < 0 || c < 0 || r >= kGridSide || c >= kGridSide) continue;
            const auto next = static_cast<std::size_t>(r * kGridSide + c);
            if (seen[next] || !(cells[next] >= least)) continue;
            seen[next] = true;
            patch.push_back(static_cast<int>(next));
        }
    }
    return patch;
}

}  // namespace

std::optional<BoxPlace> placeOfHeat(std::span<const float> cells, int image, const PictureSize& size) {
    if (cells.size() != static_cast<std::size_t>(vision::kGridCells) || isEven(cells) || size.width <= 0 ||
        size.height <= 0)
        return std::nullopt;
    const std::vector<int> hottest = hottestCells(cells, 0, 1);
    if (hottest.empty()) return std::nullopt;
    const int start = hottest.front();
    BoxPlace place{image, static_cast<double>(size.width), static_cast<double>(size.height), 0, 0};
    for (const int cell : patchAround(cells, start, cells[static_cast<std::size_t>(start)] / 2)) {
        const vision::Rect rect = vision::cellRect(cell, size.width, size.height);
        place.left = std::min(place.left, std::max(0.0, rect.x));
        place.top = std::min(place.top, std::max(0.0, rect.y));
        place.right = std::max(place.right, std::min<double>(size.width, rect.x + rect.width));
        place.bottom = std::max(place.bottom, std::min<double>(size.height, rect.y + rect.height));
    }
    return place;
}

std::optional<BoxPlace> placeOfFound(const PostRegions& regions, int image, const std::string& words) {
    const Region* best = nullptr;
    for (const Region& region : regions.regions) {  // best first
        if (region.image != image) continue;
        if (!words.empty() && region.label == words) return placeOf(region);
        const bool isTaken = region.origin == RegionOrigin::Human ||
                             std::any_of(regions.links.begin(), regions.links.end(),
                                         [&](const RegionLink& link) { return link.region == region.id; });
        if (!best && !isTaken) best = &region;
    }
    return best ? std::optional(placeOf(*best)) : std::nullopt;
}

BoxPlace placeOfMiddle(int image, const PictureSize& size) {
    const vision::Rect cell = cellOf(size);
    const double wide = std::min<double>(size.width, 3 * cell.width),
                 high = std::min<double>(size.height, 3 * cell.height);
    const double left = (size.width - wide) / 2, top = (size.height - high) / 2;
    return {image, left, top, left + wide, top + high};
}

BoxPlace movedBy(const BoxPlace& place, double right, double down, const PictureSize& size) {
    const double wide = place.width(), high = place.height();
    BoxPlace moved = place;
    moved.left = std::clamp(place.left + right, 0.0, std::max(0.0, size.width - wide));
    moved.top = std::clamp(place.top + down, 0.0, std::max(0.0, size.height - high));
    moved.right = moved.left + wide;
    moved.bottom = moved.top + high;
    return moved;
}

BoxPlace movedByCells(const BoxPlace& place, int right, int down, const PictureSize& size) {
    const vision::Rect cell = cellOf(size);
    return movedBy(place, right * cell.width, down * cell.height, size);
}

BoxPlace sizedByCells(const BoxPlace& place, int right, int down, const PictureSize& size) {
    const vision::Rect cell = cellOf(size);
    BoxPlace sized = place;
    const auto edge = [](double from, double now, double step, int by, double most) {
        if (by == 0) return now;
        return std::min(std::max(now + by * step, std::min(now, from + step / 2)), std::max(most, now));
    };
    sized.right = edge(place.left, place.right, cell.width, right, size.width);
    sized.bottom = edge(place.top, place.bottom, cell.height, down, size.height);
    return sized;
}

}  // namespace mnerva::project
