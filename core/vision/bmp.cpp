#include "core/vision/bmp.h"

#include <cstdint>

#include "core/base/error.h"

namespace mnerva::vision {
namespace {

std::uint32_t little(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count && at + i < bytes.size(); ++i)
        value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return value;
}

/// The colour table of a picture of 1, 4 or 8 bits a pixel: blue, green, red and, in newer files, a byte that means
/// nothing.
struct Table {
    std::string_view bytes;
    std::size_t begin = 0, end = 0, step = 4;

    std::uint8_t channel(std::size_t index, std::size_t c) const {
        const std::size_t at = begin + index * step + c;
        return at < end && at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : std::uint8_t{0};
    }
};

}  // namespace

Picture decodeBmp(std::string_view bytes, const std::filesystem::path& name) {
    const std::size_t pixels = little(bytes, 10, 4), head = little(bytes, 14, 4);
    const bool isOld = head == 12;
    const auto width = static_cast<std::int32_t>(isOld ? little(bytes, 18, 2) : little(bytes, 18, 4));
    const auto signedHeight = static_cast<std::int32_t>(isOld ? little(bytes, 20, 2) : little(bytes, 22, 4));
    const std::size_t depth = little(bytes, isOld ? 24 : 28, 2);
    const bool fromTop = signedHeight < 0;
    const std::int64_t height = fromTop ? -std::int64_t{signedHeight} : signedHeight;
    const std::size_t row = (static_cast<std::size_t>(width) * depth + 31) / 32 * 4;
    if (width <= 0 || height <= 0 || depth == 0 || pixels > bytes.size() ||
        (bytes.size() - pixels) / row < static_cast<std::size_t>(height))
        throw Error(ErrorCode::ImageUnreadable, {name.string(), "cut off"});
    const Table table{bytes, 14 + head, pixels, isOld ? std::size_t{3} : std::size_t{4}};
    Picture out = filledPicture(width, static_cast<int>(height), 0, 0, 0);
    std::uint8_t* to = out.rgb.data();
    for (std::int64_t y = 0; y < height; ++y) {
        const std::size_t from = pixels + row * static_cast<std::size_t>(fromTop ? y : height - 1 - y);
        for (std::size_t x = 0; x < static_cast<std::size_t>(width); ++x, to += 3) {
            if (depth >= 24) {
                for (std::size_t c = 0; c < 3; ++c)
                    to[c] = static_cast<std::uint8_t>(bytes[from + x * (depth / 8) + 2 - c]);
                continue;
            }
            const auto byte = static_cast<unsigned char>(bytes[from + x * depth / 8]);
            const std::size_t shift = 8 - depth - x * depth % 8;
            const std::size_t index = static_cast<std::size_t>(byte >> shift) & ((std::size_t{1} << depth) - 1);
            for (std::size_t c = 0; c < 3; ++c) to[c] = table.channel(index, 2 - c);
        }
    }
    return out;
}

}  // namespace mnerva::vision
