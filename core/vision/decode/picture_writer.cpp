#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/vision/decode/picture.h"

namespace mnerva::vision {
namespace fs = std::filesystem;
namespace {

std::string encoded(const Picture& picture, const std::string& extension, const std::vector<int>& options) {
    if (picture.isEmpty()) throw Error(ErrorCode::Internal, {"an empty picture cannot be written"});
    const cv::Mat rgb(picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.rgb.data()));
    cv::Mat bgr;
    cv::cvtColor(rgb, bgr, cv::COLOR_RGB2BGR);
    std::vector<std::uint8_t> bytes;
    try {
        if (!cv::imencode(extension, bgr, bytes, options)) throw Error(ErrorCode::Internal, {"encoding " + extension});
    } catch (const cv::Exception& failure) {
        throw Error(ErrorCode::Internal, {failure.err});
    }
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::string encodePng(const Picture& picture) {
    return encoded(picture, ".png", {cv::IMWRITE_PNG_COMPRESSION, 3});
}

std::string encodeJpeg(const Picture& picture, int quality) {
    return encoded(picture, ".jpg", {cv::IMWRITE_JPEG_QUALITY, quality});
}

void writePicture(const fs::path& path, const Picture& picture) {
    writeFileAtomic(path, path.extension() == ".png" ? encodePng(picture) : encodeJpeg(picture));
}

}  // namespace mnerva::vision
