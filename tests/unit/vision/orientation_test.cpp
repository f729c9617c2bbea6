#include "core/vision/orientation.h"

#include <catch2/catch.hpp>

using namespace mnerva::vision;

namespace {

/// Every pixel has a colour of its own.
Picture numbered(int width, int height) {
    Picture out = filledPicture(width, height, 0, 0, 0);
    for (std::size_t i = 0; i < out.rgb.size() / 3; ++i) out.rgb[3 * i] = static_cast<std::uint8_t>(i);
    return out;
}

}  // namespace

TEST_CASE("Orientation.TurnsAsExifSays") {
    // 0 1 2
    // 3 4 5
    const Picture stored = numbered(3, 2);
    const auto reds = [](const Picture& picture) {
        std::vector<int> out;
        for (std::size_t i = 0; i < picture.rgb.size(); i += 3) out.push_back(picture.rgb[i]);
        return out;
    };
    const std::vector<std::vector<int>> wanted{{0, 1, 2, 3, 4, 5}, {2, 1, 0, 5, 4, 3}, {5, 4, 3, 2, 1, 0},
                                               {3, 4, 5, 0, 1, 2}, {0, 3, 1, 4, 2, 5}, {3, 0, 4, 1, 5, 2},
                                               {5, 2, 4, 1, 3, 0}, {2, 5, 1, 4, 0, 3}};
    for (int o = 1; o <= 8; ++o) {
        INFO("orientation " << o);
        const Picture upright = uprightPicture(stored, static_cast<Orientation>(o));
        CHECK(upright.width == (o < 5 ? 3 : 2));
        CHECK(upright.height == (o < 5 ? 2 : 3));
        CHECK(reds(upright) == wanted[static_cast<std::size_t>(o - 1)]);
    }
}

TEST_CASE("Orientation.ABoxHoldsTheSamePixelsAfterTurning") {
    const Picture stored = numbered(11, 7);
    const Box box{2, 1, 6, 4};
    std::vector<int> inside;
    for (int y = 1; y < 4; ++y)
        for (int x = 2; x < 6; ++x) inside.push_back(*stored.at(x, y));
    for (int o = 1; o <= 8; ++o) {
        INFO("orientation " << o);
        const auto orientation = static_cast<Orientation>(o);
        const Picture upright = uprightPicture(stored, orientation);
        const Box turned = uprightBox(box, {11, 7}, orientation);
        CHECK(turned.width() == (swapsSides(orientation) ? box.height() : box.width()));
        std::vector<int> found;
        for (int y = static_cast<int>(turned.top); y < static_cast<int>(turned.bottom); ++y)
            for (int x = static_cast<int>(turned.left); x < static_cast<int>(turned.right); ++x)
                found.push_back(*upright.at(x, y));
        std::sort(found.begin(), found.end());
        CHECK(found == inside);
    }
}

TEST_CASE("Orientation.AnEmptyPictureStaysEmpty") {
    CHECK(uprightPicture({}, Orientation::TurnedLeft).isEmpty());
}
