#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/vision/network_input.h"
#include "core/vision/picture.h"

namespace mnerva::vision {

/// What is refused: files and pictures so large that a small file could eat the memory.
struct DecodeLimits {
    std::uintmax_t bytes = std::uintmax_t{256} << 20;
    std::int64_t pixels = 178'956'970;  ///< Pillow's limit for a decompression bomb
};

/// Decodes JPEG, PNG, BMP, WebP, TIFF to RGB as Pillow's convert("RGB") does: alpha is dropped, the EXIF rotation is
/// not applied (published features and boxes are in file pixels). Nothing when it cannot: missing, a folder, truncated
/// beyond use, foreign, too large; then `reason` (if given) says why in a few English words for a log.
std::optional<Picture> loadPicture(const std::filesystem::path& path, std::string* reason = nullptr,
                                   const DecodeLimits& limits = {});
std::optional<Picture> decodePicture(std::string_view bytes, std::string* reason = nullptr,
                                     const DecodeLimits& limits = {});

/// As loadPicture, for callers that cannot go on without: throws Error(FileMissing | FileIsDirectory |
/// ImageUnreadable).
Picture requirePicture(const std::filesystem::path& path);

/// Width and height from the header of a JPEG, PNG, BMP, GIF or WebP file, without decoding.
struct PictureSize {
    std::int64_t width = 0, height = 0;
};
std::optional<PictureSize> sizeFromHeader(std::string_view bytes);

/// File content of a picture; `quality` 1..100. Throws Error(Internal) for an empty picture.
std::string encodePng(const Picture& picture);
std::string encodeJpeg(const Picture& picture, int quality = 95);

/// Encodes by the extension (.png, else JPEG) and writes atomically: FileUnwritable, DiskFull.
void writePicture(const std::filesystem::path& path, const Picture& picture);

}  // namespace mnerva::vision
