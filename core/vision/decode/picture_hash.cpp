#include "core/vision/decode/picture_hash.h"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>

namespace mnerva::vision {
namespace {

constexpr int kSide = 32, kLow = 8;
constexpr double kLeastContrast = 3;  // standard deviation of the grey values, 0..255

}  // namespace

std::optional<std::uint64_t> pictureHash(const Picture& picture) {
    if (picture.isEmpty()) return std::nullopt;
    const cv::Mat rgb(picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.rgb.data()));
    cv::Mat small, grey, values, frequencies;
    cv::resize(rgb, small, {kSide, kSide}, 0, 0, cv::INTER_AREA);
    cv::cvtColor(small, grey, cv::COLOR_RGB2GRAY);
    cv::Scalar mean, deviation;
    cv::meanStdDev(grey, mean, deviation);
    if (deviation[0] < kLeastContrast) return std::nullopt;
    grey.convertTo(values, CV_32F);
    cv::dct(values, frequencies);
    // The first value is the mean brightness, which says nothing of the picture: it counts as its neighbour.
    frequencies.at<float>(0, 0) = frequencies.at<float>(0, 1);
    std::array<float, kLow * kLow> low{};
    for (int row = 0; row < kLow; ++row)
        for (int column = 0; column < kLow; ++column)
            low[static_cast<std::size_t>(row * kLow + column)] = frequencies.at<float>(row, column);
    std::array<float, kLow* kLow> sorted = low;
    std::nth_element(sorted.begin(), sorted.begin() + sorted.size() / 2, sorted.end());
    const float median = sorted[sorted.size() / 2];
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < low.size(); ++i) hash |= std::uint64_t{low[i] > median} << i;
    return hash;
}

}  // namespace mnerva::vision
