#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/vision/picture.h"

namespace mnerva::vision::test {

struct Canvas {
    Picture picture;

    void set(int x, int y, int red, int green, int blue) {
        if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) return;
        auto* pixel = const_cast<std::uint8_t*>(picture.at(x, y));
        pixel[0] = static_cast<std::uint8_t>(red);
        pixel[1] = static_cast<std::uint8_t>(green);
        pixel[2] = static_cast<std::uint8_t>(blue);
    }
    void rectangle(int left, int top, int right, int bottom, int red, int green, int blue) {
        for (int y = top; y < bottom; ++y)
            for (int x = left; x < right; ++x) set(x, y, red, green, blue);
    }
    /// A filled ellipse, or only its upper half.
    void ellipse(double cx, double cy, double rx, double ry, int grey, bool upperHalf = false) {
        for (int y = static_cast<int>(cy - ry); y <= (upperHalf ? cy : cy + ry); ++y)
            for (int x = static_cast<int>(cx - rx); x <= cx + rx; ++x)
                if (std::pow((x - cx) / rx, 2) + std::pow((y - cy) / ry, 2) <= 1) set(x, y, grey, grey, grey);
    }
    /// Three box blurs, nearly a Gaussian one.
    void blur(int radius) {
        for (int pass = 0; pass < 3; ++pass) {
            blurOnce(radius, 1, 0);
            blurOnce(radius, 0, 1);
        }
    }

private:
    void blurOnce(int radius, int dx, int dy) {
        const Picture before = picture;
        for (int y = 0; y < picture.height; ++y)
            for (int x = 0; x < picture.width; ++x) {
                int sum = 0;
                for (int k = -radius; k <= radius; ++k)
                    sum += before.at(std::clamp(x + k * dx, 0, picture.width - 1),
                                     std::clamp(y + k * dy, 0, picture.height - 1))[0];
                const int grey = sum / (2 * radius + 1);
                set(x, y, grey, grey, grey);
            }
    }
};

/// A face from the front, `size` pixels wide, its middle at (cx, cy).
inline void drawFace(Canvas& canvas, int cx, int cy, double size) {
    canvas.ellipse(cx, cy, .5 * size, .65 * size, 205);
    canvas.ellipse(cx, cy - .45 * size, .52 * size, .3 * size, 70, true);
    for (int side : {-1, 1}) {
        const double x = cx + side * .2 * size;
        canvas.ellipse(x, cy - .12 * size, .14 * size, .09 * size, 150);
        canvas.ellipse(x, cy - .2 * size, .14 * size, .035 * size, 80);
        canvas.ellipse(x, cy - .1 * size, .08 * size, .045 * size, 60);
    }
    canvas.ellipse(cx, cy + .1 * size, .07 * size, .2 * size, 225);
    canvas.ellipse(cx, cy + .18 * size, .1 * size, .03 * size, 140);
    canvas.ellipse(cx, cy + .36 * size, .19 * size, .06 * size, 100);
}

}  // namespace mnerva::vision::test
