#include "core/vision/decode/picture.h"

#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/vision/decode/header_size.h"

namespace mnerva::vision {
namespace fs = std::filesystem;
namespace {

std::nullopt_t refuse(std::string* reason, std::string why) {
    if (reason) *reason = std::move(why);
    return std::nullopt;
}

Picture fromBgr(const cv::Mat& bgr) {
    Picture out = filledPicture(bgr.cols, bgr.rows, 0, 0, 0);
    cv::Mat target(bgr.rows, bgr.cols, CV_8UC3, out.rgb.data());
    cv::cvtColor(bgr, target, cv::COLOR_BGR2RGB);
    return out;
}

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

std::optional<PictureSize> sizeFromHeader(std::string_view bytes) {
    return headerSize(bytes);
}

std::optional<Picture> decodePicture(std::string_view bytes, std::string* reason, const DecodeLimits& limits) {
    if (bytes.empty()) return refuse(reason, "empty file");
    if (bytes.size() > limits.bytes) return refuse(reason, "file larger than the limit");
    if (const auto size = headerSize(bytes)) {
        if (size->width <= 0 || size->height <= 0) return refuse(reason, "no pixels");
        if (size->width > limits.pixels / size->height) return refuse(reason, "more pixels than the limit");
    }
    // The decoders print their complaints on stderr; the caller reports in its own way.
    static const auto quiet = cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    static_cast<void>(quiet);
    try {
        const cv::Mat input(1, static_cast<int>(bytes.size()), CV_8UC1, const_cast<char*>(bytes.data()));
        const cv::Mat bgr = cv::imdecode(input, cv::IMREAD_COLOR | cv::IMREAD_IGNORE_ORIENTATION);
        if (bgr.empty()) return refuse(reason, "not a picture this program can decode");
        if (bgr.cols > limits.pixels / bgr.rows) return refuse(reason, "more pixels than the limit");
        return fromBgr(bgr);
    } catch (const cv::Exception& failure) {
        return refuse(reason, failure.err);
    } catch (const std::bad_alloc&) {
        return refuse(reason, "not enough memory");
    }
}

std::optional<Picture> loadPicture(const fs::path& path, std::string* reason, const DecodeLimits& limits) {
    try {
        std::error_code failed;
        const auto size = fs::file_size(path, failed);
        if (!failed && size > limits.bytes) return refuse(reason, "file larger than the limit");
        return decodePicture(readFile(path), reason, limits);
    } catch (const Error& error) {
        return refuse(reason, error.what());
    }
}

Picture requirePicture(const fs::path& path) {
    auto picture = decodePicture(readFile(path));
    if (!picture) throw Error(ErrorCode::ImageUnreadable, {path.string()});
    return std::move(*picture);
}

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
