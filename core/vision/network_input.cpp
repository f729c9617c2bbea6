#include "core/vision/network_input.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/vision/geometry.h"

namespace mnerva::vision {
namespace {

constexpr int kPrecisionBits = 32 - 8 - 2;  // as Pillow's Resample.c, so that results agree to the last bit

/// Weights of the input pixels [first, first + weights) that make one output pixel.
struct Tap {
    int first = 0;
    std::vector<int> weights;
};

double triangle(double x) {
    return std::max(0.0, 1.0 - std::abs(x));
}

/// Taps of output pixels [from, from + count) when `inSize` pixels become `outSize`.
std::vector<Tap> bilinearTaps(int inSize, int outSize, int from, int count) {
    const double scale = static_cast<double>(inSize) / outSize;
    const double filterScale = std::max(1.0, scale);
    std::vector<Tap> taps;
    taps.reserve(static_cast<std::size_t>(count));
    for (int i = from; i < from + count; ++i) {
        const double centre = (i + 0.5) * scale;
        Tap tap;
        tap.first = std::max(0, static_cast<int>(centre - filterScale + 0.5));
        const int end = std::min(inSize, static_cast<int>(centre + filterScale + 0.5));
        std::vector<double> weights;
        double sum = 0;
        for (int x = tap.first; x < end; ++x) {
            weights.push_back(triangle((x - centre + 0.5) / filterScale));
            sum += weights.back();
        }
        for (double weight : weights)
            tap.weights.push_back(static_cast<int>(0.5 + weight / (sum != 0 ? sum : 1) * (1 << kPrecisionBits)));
        taps.push_back(std::move(tap));
    }
    return taps;
}

std::uint8_t rounded(int sum) {
    return static_cast<std::uint8_t>(std::clamp(sum >> kPrecisionBits, 0, 255));
}

/// One pixel from pixels `stride` bytes apart.
void filterPixel(const std::uint8_t* from, std::size_t stride, const Tap& tap, std::uint8_t* to) {
    int red = 1 << (kPrecisionBits - 1), green = red, blue = red;
    for (int weight : tap.weights) {
        red += from[0] * weight;
        green += from[1] * weight;
        blue += from[2] * weight;
        from += stride;
    }
    to[0] = rounded(red);
    to[1] = rounded(green);
    to[2] = rounded(blue);
}

}  // namespace

Picture networkCrop(const Picture& picture) {
    if (picture.isEmpty()) return {};
    const ResizedSize size = resizedSize(picture.width, picture.height);
    const auto columns = bilinearTaps(picture.width, size.width, cropOffset(size.width), kCropSide);
    const auto rows = bilinearTaps(picture.height, size.height, cropOffset(size.height), kCropSide);
    const int firstRow = rows.front().first;
    const int rowCount = rows.back().first + static_cast<int>(rows.back().weights.size()) - firstRow;

    Picture wide = filledPicture(kCropSide, rowCount, 0, 0, 0);  // columns filtered, rows still as in the original
    for (int y = 0; y < rowCount; ++y)
        for (int x = 0; x < kCropSide; ++x) {
            const Tap& tap = columns[static_cast<std::size_t>(x)];
            filterPixel(picture.at(tap.first, firstRow + y), 3, tap, wide.rgb.data() + 3 * (y * kCropSide + x));
        }
    Picture out = filledPicture(kCropSide, kCropSide, 0, 0, 0);
    for (int y = 0; y < kCropSide; ++y)
        for (int x = 0; x < kCropSide; ++x) {
            const Tap& tap = rows[static_cast<std::size_t>(y)];
            filterPixel(wide.at(x, tap.first - firstRow), 3 * kCropSide, tap, out.rgb.data() + 3 * (y * kCropSide + x));
        }
    return out;
}

std::vector<float> toNetworkInput(const Picture& picture) {
    constexpr std::size_t kPlane = kCropSide * kCropSide;
    std::vector<float> out(3 * kPlane, 0.0f);
    const Picture crop = networkCrop(picture);
    if (crop.isEmpty()) return out;
    for (std::size_t channel = 0; channel < 3; ++channel)
        for (std::size_t i = 0; i < kPlane; ++i)
            out[channel * kPlane + i] = (static_cast<float>(crop.rgb[3 * i + channel]) / 255.0f - kPixelMean[channel]) /
                                        kPixelDeviation[channel];
    return out;
}

Picture shrunkToFit(const Picture& picture, int side) {
    if (picture.isEmpty() || side < 1) return {};
    const double scale = static_cast<double>(side) / std::max(picture.width, picture.height);
    if (scale >= 1) return picture;
    Picture out = filledPicture(std::max(1, static_cast<int>(std::lround(picture.width * scale))),
                                std::max(1, static_cast<int>(std::lround(picture.height * scale))), 0, 0, 0);
    // OpenCV only reads the source; its Mat has no const form.
    const cv::Mat source(picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.rgb.data()));
    cv::Mat target(out.height, out.width, CV_8UC3, out.rgb.data());
    cv::resize(source, target, target.size(), 0, 0, cv::INTER_AREA);
    return out;
}

}  // namespace mnerva::vision
