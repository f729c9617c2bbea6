#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/vision/network_input.h"
#include "core/vision/picture.h"
#include "core/vision/picture_header.h"

namespace mnerva::vision {

/// A decoded picture, upright, and what was odd about it.
struct DecodedPicture {
    Picture picture;
    PictureHeader header;
    bool isDamaged = false;  ///< only a part of it was there (or a decoder complained): the rest is made up
};

/// Decodes a picture (JPEG, PNG, BMP, WebP, GIF, TIFF: see PictureKind) to upright RGB over white: turned as its EXIF
/// orientation says, transparent pixels laid over white (as the window shows them). Its content decides which decoder
/// sees it, and no decoder is asked that was not meant. Errors: those of readPictureHeader; ImageUnreadable for what
/// cannot be decoded or has other pixels than its header says; MemoryExhausted.
DecodedPicture decodeWhole(std::string_view bytes, const std::filesystem::path& name, const PictureLimits& limits = {});

/// The same where a picture that cannot be used is no failure: nothing for it, and `reason` (if given) says why in a
/// few English words for a log.
std::optional<Picture> loadPicture(const std::filesystem::path& path, std::string* reason = nullptr,
                                   const PictureLimits& limits = {});
std::optional<Picture> decodePicture(std::string_view bytes, std::string* reason = nullptr,
                                     const PictureLimits& limits = {});

/// As decodeWhole() of a file. Errors: those of readPictureFile and decodeWhole.
Picture requirePicture(const std::filesystem::path& path);

/// Whether decoding gives other pixels than it did before version 0.2 (orientation and transparency were left out then,
/// GIF could not be read): what was kept of such a picture is not to be used any more.
bool isReadAnew(const PictureHeader& header);

/// File content of a picture; `quality` 1..100. Throws Error(Internal) for an empty picture.
std::string encodePng(const Picture& picture);
std::string encodeJpeg(const Picture& picture, int quality = 95);

/// Encodes by the extension (.png, else JPEG) and writes atomically: FileUnwritable, DiskFull.
void writePicture(const std::filesystem::path& path, const Picture& picture);

}  // namespace mnerva::vision
