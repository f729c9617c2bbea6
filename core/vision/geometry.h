#pragma once

#include <array>
#include <vector>

namespace mnerva::vision {

/// Image transform (i) of models.md 3: shorter side to 256, centre crop 224. All in pixels.
inline constexpr int kResizeShorter = 256;
inline constexpr int kCropSide = 224;
inline constexpr int kGridSide = 7;
inline constexpr int kGridCells = 49;
inline constexpr int kCellPixels = 32;  ///< of the crop

struct Rect {
    double x = 0, y = 0, width = 0, height = 0;
};

/// Size after the shorter side was brought to 256, as torchvision computes it.
struct ResizedSize {
    int width = 0, height = 0;
};
ResizedSize resizedSize(int width, int height);

/// Left or top edge of the centre crop of a side resized to so many pixels; Python's round() takes halves to even.
int cropOffset(int resized);

/// The part of the original picture that the network sees.
Rect visibleArea(int width, int height);
/// Cell `index` (row-major, 0..48) in pixels of the original picture; may stick out by less than a pixel.
Rect cellRect(int index, int width, int height);
/// "R11" .. "R77": row, column from 1.
std::array<char, 4> cellName(int index);
/// Cells whose centre lies in a box given in pixels of the original picture.
std::vector<int> cellsInBox(const Rect& box, int width, int height);

}  // namespace mnerva::vision
