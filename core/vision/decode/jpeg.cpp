#include <array>
#include <csetjmp>
#include <cstdio>

// After <cstdio>, which it needs.
#include <jpeglib.h>

#include "core/vision/decode/codecs_internal.h"

namespace mnerva::vision {
namespace {

/// A progressive picture is kept as coefficients: 6 bytes a pixel of the largest picture we take, and some tables.
constexpr long kMostMemory = 1200l << 20;

struct Trouble {
    jpeg_error_mgr base{};
    std::jmp_buf jump{};
    std::array<char, JMSG_LENGTH_MAX> text{};
};

[[noreturn]] void giveUp(j_common_ptr info) {
    auto* trouble = reinterpret_cast<Trouble*>(info->err);
    info->err->format_message(info, trouble->text.data());
    std::longjmp(trouble->jump, 1);
}

void count(j_common_ptr info, int level) {
    if (level < 0) ++info->err->num_warnings;
}

void keepQuiet(j_common_ptr) {}

/// All that lives over a longjmp stands outside of the function that sets it.
struct Work {
    jpeg_decompress_struct info{};
    Trouble trouble;
    Picture picture;
    bool isOtherSize = false;
};

void rowFromCmyk(const JSAMPLE* from, std::uint8_t* to, int width, bool isInverted) {
    for (int x = 0; x < width; ++x, from += 4, to += 3) {
        const unsigned black = isInverted ? from[3] : 255u - from[3];
        for (int c = 0; c < 3; ++c) {
            const unsigned ink = isInverted ? from[c] : 255u - from[c];
            to[c] = static_cast<std::uint8_t>((ink * black + 127) / 255);
        }
    }
}

bool decodeInto(Work& work, std::string_view bytes, const PictureSize& wanted) {
    jpeg_decompress_struct& info = work.info;
    info.err = jpeg_std_error(&work.trouble.base);
    work.trouble.base.error_exit = giveUp;
    work.trouble.base.emit_message = count;
    work.trouble.base.output_message = keepQuiet;
    if (setjmp(work.trouble.jump) != 0) return false;
    jpeg_create_decompress(&info);
    info.mem->max_memory_to_use = kMostMemory;
    jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<unsigned long>(bytes.size()));
    jpeg_read_header(&info, TRUE);
    if (info.image_width != wanted.width || info.image_height != wanted.height) {
        work.isOtherSize = true;
        return false;
    }
    const bool isCmyk = info.num_components == 4;
    info.out_color_space = isCmyk ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(&info);
    const auto width = static_cast<std::size_t>(info.output_width);
    JSAMPARRAY buffer =
        isCmyk ? (*info.mem->alloc_sarray)(reinterpret_cast<j_common_ptr>(&info), JPOOL_IMAGE, info.output_width * 4, 1)
               : nullptr;
    while (info.output_scanline < info.output_height) {
        std::uint8_t* to = work.picture.rgb.data() + info.output_scanline * width * 3;
        JSAMPROW row = isCmyk ? buffer[0] : to;
        if (jpeg_read_scanlines(&info, &row, 1) != 1) return false;
        if (isCmyk) rowFromCmyk(row, to, static_cast<int>(width), info.saw_Adobe_marker != 0);
    }
    jpeg_finish_decompress(&info);
    return true;
}

}  // namespace

Stored decodeJpeg(std::string_view bytes, const PictureSize& wanted) {
    Work work;
    work.picture = filledPicture(static_cast<int>(wanted.width), static_cast<int>(wanted.height), 0, 0, 0);
    const bool done = decodeInto(work, bytes, wanted);
    const bool isDamaged = work.trouble.base.num_warnings > 0;
    jpeg_destroy_decompress(&work.info);
    if (work.isOtherSize) return {{}, false, "header and pixels disagree"};
    if (!done) return {{}, false, work.trouble.text[0] != 0 ? work.trouble.text.data() : "no pixels"};
    return {std::move(work.picture), isDamaged, {}};
}

}  // namespace mnerva::vision
