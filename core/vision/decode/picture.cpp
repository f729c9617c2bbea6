#include "core/vision/decode/picture.h"

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

}  // namespace mnerva::vision
