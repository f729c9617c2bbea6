#include <cstdlib>

#include "core/vision/decode/picture.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

// Whole pictures through the decoders that the engine uses. Large ones are refused here, for speed alone.
void run(std::string_view input) {
    vision::PictureLimits limits;
    limits.pixels = limits.freePixels = 1 << 16;
    fuzz::read([&] {
        const vision::DecodedPicture whole = vision::decodeWhole(input, "x.jpg", limits);
        const vision::PictureSize size = whole.header.upright();
        if (whole.picture.width != size.width || whole.picture.height != size.height) std::abort();
        if (whole.picture.rgb.size() != static_cast<std::size_t>(3 * size.width * size.height)) std::abort();
    });
}

const fuzz::Known kKnown("picture", run);

}  // namespace
