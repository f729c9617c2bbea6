#include <webp/decode.h>

#include <algorithm>
#include <memory>

#include "core/vision/decode/codecs_internal.h"

namespace mnerva::vision {

Stored decodeWebp(std::string_view bytes, const PictureSize& wanted) {
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    WebPBitstreamFeatures features{};
    if (WebPGetFeatures(data, bytes.size(), &features) != VP8_STATUS_OK) return {{}, false, "no WebP picture"};
    // Asked before decoding: the canvas may be another than the header says.
    if (features.width != wanted.width || features.height != wanted.height)
        return {{}, false, "header and pixels disagree"};
    int width = 0, height = 0;
    const auto release = [](std::uint8_t* pixels) { WebPFree(pixels); };
    const bool isOpaque = features.has_alpha == 0;
    const std::unique_ptr<std::uint8_t, decltype(release)> pixels(
        isOpaque ? WebPDecodeRGB(data, bytes.size(), &width, &height)
                 : WebPDecodeRGBA(data, bytes.size(), &width, &height),
        release);
    if (!pixels) return {{}, false, "faults in the data"};
    Stored out;
    out.picture = filledPicture(width, height, 0, 0, 0);
    std::vector<std::uint8_t>& rgb = out.picture.rgb;
    if (isOpaque) {
        std::copy_n(pixels.get(), rgb.size(), rgb.begin());
        return out;
    }
    const std::uint8_t* from = pixels.get();
    for (std::size_t i = 0; i < rgb.size(); i += 3, from += 4)
        for (std::size_t c = 0; c < 3; ++c) rgb[i + c] = overWhite(from[c], from[3]);
    return out;
}

}  // namespace mnerva::vision
