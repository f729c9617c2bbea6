#include <cstdlib>

#include "core/vision/picture_header.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

// Most pictures are only looked at: their sizes go into the plan of a cut, the layout of a page, a stored box.
void run(std::string_view input) {
    fuzz::read([&] {
        const vision::PictureLimits limits;
        const vision::PictureHeader header = vision::readPictureHeader(input, "x.jpg", limits);
        const vision::PictureSize upright = header.upright();
        for (const vision::PictureSize& size : {header.stored, upright}) {
            if (size.width < 1 || size.height < 1 || size.width > limits.side || size.height > limits.side)
                std::abort();
            if (size.width * size.height > limits.pixels) std::abort();
        }
        const vision::PictureHeader peeked = vision::peekPictureHeader(fuzz::fileWith(input), limits);
        if (peeked.stored != header.stored || peeked.kind != header.kind || peeked.orientation != header.orientation)
            std::abort();
    });
}

const fuzz::Known kKnown("picture_header", run);

}  // namespace
