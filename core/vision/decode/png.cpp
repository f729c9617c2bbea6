#include <png.h>

#include <array>
#include <csetjmp>
#include <cstring>

#include "core/vision/decode/codecs_internal.h"

namespace mnerva::vision {
namespace {

constexpr png_alloc_size_t kMostOfAChunk = 16u << 20;
constexpr int kMostChunksKept = 64;

/// All that lives over a longjmp stands outside of the function that sets it.
struct Work {
    png_structp png = nullptr;
    png_infop info = nullptr;
    std::string_view bytes;
    std::size_t at = 0;
    std::vector<std::uint8_t> pixels;
    std::vector<png_bytep> rows;
    std::size_t channels = 3;
    std::array<char, 128> fault{};
};

void say(Work& work, const char* why) {
    std::strncpy(work.fault.data(), why, work.fault.size() - 1);
}

[[noreturn]] void giveUp(png_structp png, png_const_charp why) {
    say(*static_cast<Work*>(png_get_error_ptr(png)), why);
    png_longjmp(png, 1);
}

void keepQuiet(png_structp, png_const_charp) {}

void readBytes(png_structp png, png_bytep to, std::size_t count) {
    auto& work = *static_cast<Work*>(png_get_io_ptr(png));
    if (count > work.bytes.size() - work.at) png_error(png, "cut off");
    std::memcpy(to, work.bytes.data() + work.at, count);
    work.at += count;
}

bool decodeInto(Work& work, const PictureSize& wanted) {
    if (setjmp(png_jmpbuf(work.png)) != 0) return false;
    png_set_user_limits(work.png, 1u << 20, 1u << 20);  // ours are lower, and held before
    png_set_chunk_malloc_max(work.png, kMostOfAChunk);
    png_set_chunk_cache_max(work.png, kMostChunksKept);
    png_set_read_fn(work.png, &work, readBytes);
    png_read_info(work.png, work.info);
    const auto width = static_cast<std::size_t>(png_get_image_width(work.png, work.info));
    const auto height = static_cast<std::size_t>(png_get_image_height(work.png, work.info));
    if (width != static_cast<std::size_t>(wanted.width) || height != static_cast<std::size_t>(wanted.height)) {
        say(work, "header and pixels disagree");
        return false;
    }
    png_set_expand(work.png);    // palettes, greys below 8 bits, one transparent colour
    png_set_strip_16(work.png);  // as Pillow does
    png_set_gray_to_rgb(work.png);
    png_set_interlace_handling(work.png);
    png_read_update_info(work.png, work.info);
    work.channels = png_get_channels(work.png, work.info);
    if (work.channels != 3 && work.channels != 4) {
        say(work, "pixels of an unknown form");
        return false;
    }
    work.pixels.resize(width * height * work.channels);
    work.rows.resize(height);
    for (std::size_t y = 0; y < height; ++y) work.rows[y] = work.pixels.data() + y * width * work.channels;
    png_read_image(work.png, work.rows.data());
    png_read_end(work.png, nullptr);
    return true;
}

}  // namespace

Stored decodePng(std::string_view bytes, const PictureSize& wanted) {
    Work work;
    work.bytes = bytes;
    work.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &work, giveUp, keepQuiet);
    if (work.png != nullptr) work.info = png_create_info_struct(work.png);
    if (work.info == nullptr) {
        png_destroy_read_struct(&work.png, nullptr, nullptr);
        return {{}, false, "not enough memory"};
    }
    bool done = false;
    try {
        done = decodeInto(work, wanted);
    } catch (...) {
        png_destroy_read_struct(&work.png, &work.info, nullptr);
        throw;
    }
    png_destroy_read_struct(&work.png, &work.info, nullptr);
    if (!done) return {{}, false, work.fault.data()};
    Stored out;
    out.picture.width = static_cast<int>(wanted.width);
    out.picture.height = static_cast<int>(wanted.height);
    if (work.channels == 3) {
        out.picture.rgb = std::move(work.pixels);
        return out;
    }
    out.picture.rgb.resize(work.pixels.size() / 4 * 3);
    const std::uint8_t* from = work.pixels.data();
    for (std::size_t i = 0; i < out.picture.rgb.size(); i += 3, from += 4)
        for (std::size_t c = 0; c < 3; ++c) out.picture.rgb[i + c] = overWhite(from[c], from[3]);
    return out;
}

}  // namespace mnerva::vision
