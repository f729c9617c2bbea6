#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/domain/finding.h"
#include "core/vision/orientation.h"

namespace mnerva::vision {

/// The kinds of pictures that are read, by the window and by the engine alike; a file's content decides, never its
/// name. BMP: without run-length coding. WebP: not animated. GIF: its first frame. TIFF: 8 bits grey, palette or RGB in
/// strips, packed by nothing, LZW, Deflate or PackBits, stored upright; its first page.
enum class PictureKind { Jpeg, Png, Bmp, WebP, Gif, Tiff };
std::string_view kindName(PictureKind kind);
/// "JPEG, PNG, BMP, WebP, GIF, TIFF": for sentences.
const std::string& kindsRead();
/// Extensions that pictures have, lower case with their dot, the usual ones first.
const std::vector<std::string>& pictureExtensions();

/// What is refused before anything is decoded: files and pictures so large that a small file could eat the memory.
struct PictureLimits {
    std::uintmax_t bytes = std::uintmax_t{256} << 20;
    std::int64_t pixels = 178'956'970;     ///< Pillow's limit for a decompression bomb
    std::int64_t side = 65'535;            ///< the longest a JPEG can say
    std::int64_t freePixels = 16'777'216;  ///< a picture may have that many, however small its file is,
    std::int64_t pixelsPerByte = 64;       ///< and so many more for each byte of the file
};

/// What a picture's file says of itself, read by our own code without decoding.
struct PictureHeader {
    PictureKind kind = PictureKind::Jpeg;
    PictureSize stored;  ///< within the limits, at least 1 x 1
    Orientation orientation = Orientation::Upright;
    bool isCutOff = false;  ///< the end of the file is not there; a part of the picture can be decoded all the same

    PictureSize upright() const { return uprightSize(stored, orientation); }
};

/// Reads the header of a picture of which `bytes` are the whole file; `name` (a path) only names it in errors.
/// Errors: ImageKindUnknown (what it is instead, as far as it can be told), ImageTooLarge, FileTooLarge,
/// ImageUnreadable (a second argument says why, for logs).
PictureHeader readPictureHeader(std::string_view bytes, const std::filesystem::path& name,
                                const PictureLimits& limits = {});

/// The same of a file, of which no more is read than needed; isCutOff is not looked at. Errors: also those of
/// readPictureFile.
PictureHeader peekPictureHeader(const std::filesystem::path& path, const PictureLimits& limits = {});

/// readFile() with the limit of pictures. Errors: FileMissing, FileIsDirectory, FileNotPlain, FileUnreadable,
/// FileTooLarge.
std::string readPictureFile(const std::filesystem::path& path, const PictureLimits& limits = {});

/// Why a picture is not used, as a finding: picture-missing (its file is not there), picture-kind-unknown,
/// picture-too-large, picture-outside, picture-unreadable.
Finding pictureFinding(const Error& error, const std::string& path);

}  // namespace mnerva::vision
