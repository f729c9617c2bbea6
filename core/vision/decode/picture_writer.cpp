#include <png.h>

#include <csetjmp>
#include <cstdio>
#include <cstdlib>

// After <cstdio>, which it needs.
#include <jpeglib.h>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/vision/decode/picture.h"

namespace mnerva::vision {
namespace fs = std::filesystem;
namespace {

struct Failure {
    jpeg_error_mgr base{};
    std::jmp_buf jump{};
    char text[JMSG_LENGTH_MAX] = "";
};

[[noreturn]] void stopWriting(j_common_ptr info) {
    auto* failure = reinterpret_cast<Failure*>(info->err);
    info->err->format_message(info, failure->text);
    std::longjmp(failure->jump, 1);
}

/// All that lives over a longjmp stands outside of the function that sets it.
struct Writing {
    jpeg_compress_struct info{};
    Failure failure;
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
};

bool compressInto(Writing& work, const Picture& picture, int quality) {
    jpeg_compress_struct& info = work.info;
    info.err = jpeg_std_error(&work.failure.base);
    work.failure.base.error_exit = stopWriting;
    if (setjmp(work.failure.jump) != 0) return false;
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &work.bytes, &work.size);
    info.image_width = static_cast<JDIMENSION>(picture.width);
    info.image_height = static_cast<JDIMENSION>(picture.height);
    info.input_components = 3;
    info.in_color_space = JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < info.image_height) {
        JSAMPROW row =
            const_cast<JSAMPROW>(picture.rgb.data() + std::size_t{info.next_scanline} * info.image_width * 3);
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    return true;
}

void refuseEmpty(const Picture& picture) {
    if (picture.isEmpty()) throw Error(ErrorCode::Internal, {"an empty picture cannot be written"});
}

}  // namespace

std::string encodePng(const Picture& picture) {
    refuseEmpty(picture);
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(picture.width);
    image.height = static_cast<png_uint_32>(picture.height);
    image.format = PNG_FORMAT_RGB;
    image.flags = PNG_IMAGE_FLAG_FAST;
    std::string bytes(PNG_IMAGE_PNG_SIZE_MAX(image), '\0');
    png_alloc_size_t size = bytes.size();
    if (png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.rgb.data(), 0, nullptr) == 0)
        throw Error(ErrorCode::Internal, {std::string("PNG: ") + image.message});
    bytes.resize(size);
    return bytes;
}

std::string encodeJpeg(const Picture& picture, int quality) {
    refuseEmpty(picture);
    Writing work;
    const bool isDone = compressInto(work, picture, quality);
    jpeg_destroy_compress(&work.info);
    std::string bytes(reinterpret_cast<const char*>(work.bytes), isDone ? work.size : 0);
    std::free(work.bytes);
    if (!isDone) throw Error(ErrorCode::Internal, {std::string("JPEG: ") + work.failure.text});
    return bytes;
}

void writePicture(const fs::path& path, const Picture& picture) {
    writeFileAtomic(path, path.extension() == ".png" ? encodePng(picture) : encodeJpeg(picture));
}

}  // namespace mnerva::vision
