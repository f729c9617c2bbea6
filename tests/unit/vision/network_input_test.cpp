#include "core/vision/network_input.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "core/base/file.h"
#include "core/vision/geometry.h"

using namespace mnerva::vision;

namespace {

/// The picture of tests/reference/image_transform.py.
Picture formulaPicture(int width, int height) {
    Picture out = filledPicture(width, height, 0, 0, 0);
    std::size_t at = 0;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < 3; ++c)
                out.rgb[at++] = static_cast<std::uint8_t>((x * 7 + y * 13 + c * 50 + (x * y) % 31 * 3) % 256);
    return out;
}

void paint(Picture& picture, const Rect& cell, std::uint8_t value) {
    for (int y = static_cast<int>(cell.y); y < static_cast<int>(cell.y + cell.height); ++y)
        for (int x = static_cast<int>(cell.x); x < static_cast<int>(cell.x + cell.width); ++x)
            for (int c = 0; c < 3; ++c) picture.rgb[static_cast<std::size_t>(3 * (y * picture.width + x) + c)] = value;
}

}  // namespace

TEST_CASE("NetworkCrop.EqualsPillowByteForByte") {
    // Of the versions that tests/reference/image_transform.py names, and of equal decoded pixels.
    std::ifstream golden(std::string(MNERVA_SOURCE_DIR) + "/tests/golden/vision/image_transform.txt");
    REQUIRE(golden);
    int rows = 0;
    for (std::string line; std::getline(golden, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream fields(line);
        int width = 0, height = 0, resizedWidth = 0, resizedHeight = 0;
        std::string digest;
        fields >> width >> height >> resizedWidth >> resizedHeight >> digest;
        INFO(line);
        CHECK(resizedSize(width, height).width == resizedWidth);
        CHECK(resizedSize(width, height).height == resizedHeight);
        const Picture crop = networkCrop(formulaPicture(width, height));
        CHECK(mnerva::sha256({reinterpret_cast<const char*>(crop.rgb.data()), crop.rgb.size()}) == digest);
        ++rows;
    }
    CHECK(rows == 13);
}

TEST_CASE("NetworkCrop.OfA256PictureIsItsMiddleUntouched") {
    const Picture picture = formulaPicture(256, 256);
    CHECK(networkCrop(picture) == croppedPicture(picture, 16, 16, 224, 224));
}

TEST_CASE("NetworkCrop.OfNothingIsEmpty") {
    CHECK(networkCrop({}).isEmpty());
    CHECK(networkCrop(Picture{0, 12, {}}).isEmpty());
}

TEST_CASE("NetworkCrop.ExtremeAspectCostsNoMemory") {
    // Resized whole it would be 256 x 15,360,000.
    const Picture crop = networkCrop(filledPicture(1, 60000, 9, 8, 7));
    CHECK(crop.width == 224);
    CHECK(crop.height == 224);
    CHECK(crop.at(100, 100)[0] == 9);
}

TEST_CASE("NetworkInput.NormalisesByImageNetMeanAndDeviation") {
    const auto input = toNetworkInput(filledPicture(300, 300, 255, 0, 128));
    REQUIRE(input.size() == 3u * 224 * 224);
    CHECK(input[0] == Approx((1.0 - 0.485) / 0.229).epsilon(1e-6));
    CHECK(input[224 * 224 + 5] == Approx((0.0 - 0.456) / 0.224).epsilon(1e-6));
    CHECK(input[2 * 224 * 224 + 77] == Approx((128.0 / 255 - 0.406) / 0.225).epsilon(1e-6));
}

TEST_CASE("NetworkInput.OfNothingIsTheMeanColour") {
    const auto input = toNetworkInput({});
    REQUIRE(input.size() == 3u * 224 * 224);
    CHECK(std::all_of(input.begin(), input.end(), [](float v) { return v == 0.0f; }));
}

TEST_CASE("NetworkInput.KeepsGridOrderRowByRow", "[invariant-7]") {
    // Invariant 7 up to the network: a white cell (r, c) is the 32 x 32 block at row 32(r-1), column 32(c-1).
    for (int index : {0, 3, 7, 31, 48}) {
        Picture picture = filledPicture(256, 256, 0, 0, 0);
        paint(picture, cellRect(index, 256, 256), 255);
        const auto input = toNetworkInput(picture);
        for (int cell = 0; cell < kGridCells; ++cell) {
            const int x = 32 * (cell % 7) + 16, y = 32 * (cell / 7) + 16;
            CHECK((input[static_cast<std::size_t>(224 * y + x)] > 0) == (cell == index));
        }
    }
}

TEST_CASE("CroppedPicture.IsCutToThePicture") {
    const Picture picture = formulaPicture(10, 8);
    const Picture corner = croppedPicture(picture, -3, -2, 5, 4);
    CHECK(corner.width == 2);
    CHECK(corner.height == 2);
    CHECK(corner.at(1, 1)[1] == picture.at(1, 1)[1]);
    CHECK(croppedPicture(picture, 10, 0, 4, 4).isEmpty());
    CHECK(croppedPicture(picture, 0, 0, 0, 4).isEmpty());
}

TEST_CASE("ShrunkToFit.KeepsTheAspectAndNeverEnlarges") {
    const Picture small = shrunkToFit(formulaPicture(400, 200), 64);
    CHECK(small.width == 64);
    CHECK(small.height == 32);
    CHECK(shrunkToFit(formulaPicture(20, 10), 64).width == 20);
    CHECK(shrunkToFit(formulaPicture(5000, 1), 100).height == 1);
    CHECK(shrunkToFit({}, 64).isEmpty());
}
