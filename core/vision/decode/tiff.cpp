#include <tiffio.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "core/vision/decode/codecs_internal.h"

namespace mnerva::vision {
namespace {

/// A file in memory, as libtiff asks for it.
struct Memory {
    std::string_view bytes;
    std::uint64_t at = 0;

    static tmsize_t read(thandle_t handle, void* to, tmsize_t count) {
        auto& memory = *static_cast<Memory*>(handle);
        if (count <= 0 || memory.at >= memory.bytes.size()) return 0;
        const auto taken = std::min<std::uint64_t>(static_cast<std::uint64_t>(count), memory.bytes.size() - memory.at);
        std::memcpy(to, memory.bytes.data() + memory.at, static_cast<std::size_t>(taken));
        memory.at += taken;
        return static_cast<tmsize_t>(taken);
    }
    static tmsize_t write(thandle_t, void*, tmsize_t) { return 0; }
    static toff_t seek(thandle_t handle, toff_t offset, int whence) {
        auto& memory = *static_cast<Memory*>(handle);
        memory.at = whence == SEEK_SET ? offset : (whence == SEEK_CUR ? memory.at : memory.bytes.size()) + offset;
        return memory.at;
    }
    static int close(thandle_t) { return 0; }
    static toff_t size(thandle_t handle) { return static_cast<Memory*>(handle)->bytes.size(); }
};

}  // namespace

Stored decodeTiff(std::string_view bytes, const PictureSize& wanted) {
    // For the whole program: nobody else reads TIFF, and what it complains of is told in our words.
    static const bool quiet = [] {
        TIFFSetErrorHandler(nullptr);
        TIFFSetWarningHandler(nullptr);
        return true;
    }();
    static_cast<void>(quiet);
    Memory memory{bytes};
    const auto close = [](TIFF* tiff) { TIFFClose(tiff); };
    const std::unique_ptr<TIFF, decltype(close)> tiff(
        TIFFClientOpen("picture", "rm", &memory, Memory::read, Memory::write, Memory::seek, Memory::close, Memory::size,
                       nullptr, nullptr),
        close);
    std::uint32_t width = 0, height = 0;
    if (!tiff || TIFFGetField(tiff.get(), TIFFTAG_IMAGEWIDTH, &width) != 1 ||
        TIFFGetField(tiff.get(), TIFFTAG_IMAGELENGTH, &height) != 1)
        return {{}, false, "no directory"};
    if (width != wanted.width || height != wanted.height) return {{}, false, "header and pixels disagree"};
    std::vector<std::uint32_t> pixels(std::size_t{width} * height);
    if (TIFFReadRGBAImageOriented(tiff.get(), width, height, pixels.data(), ORIENTATION_TOPLEFT, 1) != 1)
        return {{}, false, "faults in the data"};
    Stored out;
    out.picture.width = static_cast<int>(width);
    out.picture.height = static_cast<int>(height);
    out.picture.rgb.reserve(3 * pixels.size());
    for (const std::uint32_t pixel : pixels)
        for (const std::uint32_t channel : {TIFFGetR(pixel), TIFFGetG(pixel), TIFFGetB(pixel)})
            out.picture.rgb.push_back(static_cast<std::uint8_t>(channel));
    return out;
}

}  // namespace mnerva::vision
