#include "core/vision/decode/picture.h"

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/vision/bmp.h"
#include "core/vision/decode/codecs_internal.h"
#include "core/vision/gif.h"

namespace mnerva::vision {
namespace fs = std::filesystem;
namespace {

std::string reasonOf(const Error& error) {
    return error.code() == ErrorCode::ImageUnreadable && error.args().size() > 1 ? error.args()[1] : error.what();
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

DecodedPicture decodeWhole(std::string_view bytes, const fs::path& name, const PictureLimits& limits) {
    DecodedPicture out;
    out.header = readPictureHeader(bytes, name, limits);
    const PictureSize& size = out.header.stored;
    Stored stored;
    try {
        switch (out.header.kind) {
            case PictureKind::Jpeg:
                stored = decodeJpeg(bytes, size);
                break;
            case PictureKind::Png:
                stored = decodePng(bytes, size);
                break;
            case PictureKind::Gif: {
                GifPicture gif = decodeGif(bytes, name);
                stored = {std::move(gif.picture), gif.isDamaged, {}};
                break;
            }
            case PictureKind::Bmp:
                stored.picture = decodeBmp(bytes, name);
                break;
            case PictureKind::WebP:
                stored = decodeWebp(bytes, size);
                break;
            case PictureKind::Tiff:
                stored = decodeTiff(bytes, size);
                break;
        }
        if (stored.fault.empty() && (stored.picture.width != size.width || stored.picture.height != size.height))
            stored.fault = "header and pixels disagree";
        if (!stored.fault.empty()) throw Error(ErrorCode::ImageUnreadable, {name.string(), stored.fault});
        out.picture = uprightPicture(std::move(stored.picture), out.header.orientation);
    } catch (const std::bad_alloc&) {
        throw Error(ErrorCode::MemoryExhausted, {name.string()});
    }
    out.isDamaged = stored.isDamaged || out.header.isCutOff;
    return out;
}

std::optional<Picture> decodePicture(std::string_view bytes, std::string* reason, const PictureLimits& limits) {
    try {
        return decodeWhole(bytes, "picture", limits).picture;
    } catch (const Error& error) {
        if (reason) *reason = reasonOf(error);
        return std::nullopt;
    }
}

std::optional<Picture> loadPicture(const fs::path& path, std::string* reason, const PictureLimits& limits) {
    try {
        return decodeWhole(readPictureFile(path, limits), path, limits).picture;
    } catch (const Error& error) {
        if (reason) *reason = reasonOf(error);
        return std::nullopt;
    }
}

Picture requirePicture(const fs::path& path) {
    return decodeWhole(readPictureFile(path), path).picture;
}

bool isReadAnew(const PictureHeader& header) {
    return header.orientation != Orientation::Upright || header.kind == PictureKind::Gif ||
           header.kind == PictureKind::Png || header.kind == PictureKind::WebP;
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
