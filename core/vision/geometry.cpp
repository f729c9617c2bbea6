#include "core/vision/geometry.h"

#include <cmath>

namespace mnerva::vision {

int cropOffset(int resized) {
    return static_cast<int>(std::nearbyint((resized - kCropSide) / 2.0));
}

ResizedSize resizedSize(int width, int height) {
    if (width <= 0 || height <= 0) return {};
    // torchvision: int(size * long / short), in floating point and cut.
    if (width <= height)
        return {kResizeShorter, static_cast<int>(static_cast<double>(kResizeShorter) * height / width)};
    return {static_cast<int>(static_cast<double>(kResizeShorter) * width / height), kResizeShorter};
}

Rect visibleArea(int width, int height) {
    const ResizedSize size = resizedSize(width, height);
    if (size.width == 0) return {};
    const double perColumn = static_cast<double>(width) / size.width,
                 perRow = static_cast<double>(height) / size.height;
    return {cropOffset(size.width) * perColumn, cropOffset(size.height) * perRow, kCropSide * perColumn,
            kCropSide * perRow};
}

Rect cellRect(int index, int width, int height) {
    if (index < 0 || index >= kGridCells) return {};
    const Rect area = visibleArea(width, height);
    const double cellWidth = area.width / kGridSide, cellHeight = area.height / kGridSide;
    return {area.x + (index % kGridSide) * cellWidth, area.y + (index / kGridSide) * cellHeight, cellWidth, cellHeight};
}

std::array<char, 4> cellName(int index) {
    if (index < 0 || index >= kGridCells) return {'R', '?', '?', '\0'};
    return {'R', static_cast<char>('1' + index / kGridSide), static_cast<char>('1' + index % kGridSide), '\0'};
}

std::vector<int> cellsInBox(const Rect& box, int width, int height) {
    std::vector<int> cells;
    for (int index = 0; index < kGridCells; ++index) {
        const Rect cell = cellRect(index, width, height);
        const double x = cell.x + cell.width / 2, y = cell.y + cell.height / 2;
        if (cell.width > 0 && box.x < x && x < box.x + box.width && box.y < y && y < box.y + box.height)
            cells.push_back(index);
    }
    return cells;
}

}  // namespace mnerva::vision
