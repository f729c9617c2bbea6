#include "core/vision/decode/picture.h"

#include <bit>

#include <catch2/catch.hpp>
#include <fstream>
#include <random>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/vision/decode/picture_hash.h"
#include "tests/support/data.h"

using namespace mnerva;
using namespace mnerva::vision;

namespace {

Picture gradient(int width, int height) {
    Picture out = filledPicture(width, height, 0, 0, 0);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            auto* pixel = out.rgb.data() + 3 * (y * width + x);
            pixel[0] = static_cast<std::uint8_t>(x * 255 / width);
            pixel[1] = static_cast<std::uint8_t>(y * 255 / height);
            pixel[2] = 40;
        }
    return out;
}

/// Header of a PNG that claims a size; enough for what must be refused before decoding.
std::string pngHeader(std::uint32_t width, std::uint32_t height) {
    std::string bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    for (std::uint32_t value : {width, height})
        for (int shift : {24, 16, 8, 0}) bytes += static_cast<char>(value >> shift & 0xff);
    return bytes + std::string("\x08\x02\0\0\0", 5);
}

}  // namespace

TEST_CASE("Picture.PngKeepsEveryPixelAndItsChannelOrder") {
    const Picture picture = gradient(37, 23);
    const auto back = decodePicture(encodePng(picture));
    REQUIRE(back);
    CHECK(*back == picture);
}

TEST_CASE("Picture.JpegStaysClose") {
    const Picture picture = gradient(64, 64);
    const auto back = decodePicture(encodeJpeg(picture));
    REQUIRE(back);
    CHECK(back->width == 64);
    int largest = 0;
    for (std::size_t i = 0; i < picture.rgb.size(); ++i)
        largest = std::max(largest, std::abs(picture.rgb[i] - back->rgb[i]));
    CHECK(largest < 16);
}

TEST_CASE("Picture.WrittenFilesAreReadByTheirExtension") {
    const test::TemporaryFolder folder;
    writePicture(folder / "a.png", gradient(9, 9));
    writePicture(folder / "a.jpg", gradient(9, 9));
    CHECK(readFile(folder / "a.png").substr(1, 3) == "PNG");
    CHECK(readFile(folder / "a.jpg").substr(0, 2) == "\xff\xd8");
    CHECK(loadPicture(folder / "a.png") == gradient(9, 9));
}

TEST_CASE("LoadPicture.MissingFileIsNothingAndSaysWhy") {
    std::string reason;
    CHECK_FALSE(loadPicture("/no/such/picture.jpg", &reason));
    CHECK(reason.find("picture.jpg") != std::string::npos);
}

TEST_CASE("LoadPicture.FolderIsNothing") {
    const test::TemporaryFolder folder;
    CHECK_FALSE(loadPicture(folder.path()));
}

TEST_CASE("LoadPicture.EmptyFileIsNothing") {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "empty.jpg", "");
    std::string reason;
    CHECK_FALSE(loadPicture(folder / "empty.jpg", &reason));
    CHECK(reason.find("an empty file") != std::string::npos);
}

TEST_CASE("LoadPicture.TextNamedJpgIsNothing") {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "text.jpg", "<html>404 Not Found</html>");
    CHECK_FALSE(loadPicture(folder / "text.jpg"));
}

TEST_CASE("DecodePicture.TruncatedHeaderIsNothing") {
    const std::string png = encodePng(gradient(40, 40)), jpeg = encodeJpeg(gradient(40, 40));
    for (std::size_t length : {1u, 2u, 8u, 20u}) {
        CHECK_FALSE(decodePicture(png.substr(0, length)));
        CHECK_FALSE(decodePicture(jpeg.substr(0, length)));
    }
}

TEST_CASE("DecodePicture.TruncatedDataNeverCrashes") {
    const std::string png = encodePng(gradient(40, 40)), jpeg = encodeJpeg(gradient(40, 40));
    int tried = 0;
    for (std::size_t length = 21; length < std::max(png.size(), jpeg.size()); length += 11) {
        for (const std::string* whole : {&png, &jpeg}) {
            const auto picture = decodePicture(whole->substr(0, length));
            if (picture) CHECK(picture->rgb.size() == 3u * 40 * 40);
            ++tried;
        }
    }
    CHECK(tried > 20);
}

TEST_CASE("DecodePicture.RandomDamageNeverCrashes") {
    std::mt19937 random(5);
    const std::string whole = encodeJpeg(gradient(48, 32));
    int tried = 0;
    for (int round = 0; round < 200; ++round) {
        std::string damaged = whole;
        for (int i = 0; i < 6; ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
        const auto picture = decodePicture(damaged, nullptr, {1 << 20, 1 << 22});
        if (picture) CHECK_FALSE(picture->isEmpty());
        ++tried;
    }
    CHECK(tried == 200);
}

TEST_CASE("DecodePicture.RefusesADecompressionBombByItsHeader") {
    std::string reason;
    CHECK_FALSE(decodePicture(pngHeader(60000, 60000), &reason));
    CHECK(reason.find("60000 x 60000") != std::string::npos);
    CHECK_FALSE(decodePicture(pngHeader(0xffffffff, 0xffffffff), &reason));
    CHECK(reason.find("4294967295 x 4294967295") != std::string::npos);
}

TEST_CASE("DecodePicture.RefusesAPictureWithoutPixels") {
    std::string reason;
    CHECK_FALSE(decodePicture(pngHeader(0, 10), &reason));
    CHECK(reason == "no pixels");
}

TEST_CASE("DecodePicture.RefusesMoreBytesThanTheLimit") {
    std::string reason;
    CHECK_FALSE(decodePicture(encodePng(gradient(40, 40)), &reason, {10, 1'000'000}));
    CHECK(reason.find("10") != std::string::npos);
}

TEST_CASE("RequirePicture.NamesWhatIsWrong") {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "bad.png", "not a picture");
    const auto codeOf = [](const std::filesystem::path& path) {
        try {
            requirePicture(path);
        } catch (const Error& error) {
            return error.code();
        }
        return ErrorCode::Internal;
    };
    CHECK(codeOf(folder / "bad.png") == ErrorCode::ImageKindUnknown);
    CHECK(codeOf(folder / "none.png") == ErrorCode::FileMissing);
    CHECK(codeOf(folder.path()) == ErrorCode::FileIsDirectory);
}

TEST_CASE("EncodePicture.RefusesAnEmptyOne") {
    CHECK_THROWS_AS(encodePng({}), Error);
    CHECK_THROWS_AS(encodeJpeg({}), Error);
}

TEST_CASE("WritePicture.IntoAMissingFolderFailsCleanly") {
    const test::TemporaryFolder folder;
    CHECK_THROWS_AS(writePicture(folder / "no/such.png", gradient(4, 4)), Error);
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("PictureHash.ScalingAndRecompressingKeepsAllButFourBits") {
    std::mt19937 dice(5);
    for (int i = 0; i < 20; ++i) {
        // Clutter of rectangles: two such pictures are far apart.
        const auto scene = [&] {
            Picture out = gradient(320, 256);
            for (int box = 0; box < 12; ++box) {
                const int x = static_cast<int>(dice() % 260), y = static_cast<int>(dice() % 200);
                const auto colour = static_cast<std::uint8_t>(dice() % 256);
                for (int dy = 0; dy < 50; ++dy)
                    for (int dx = 0; dx < 50; ++dx) {
                        auto* pixel = out.rgb.data() + 3 * ((y + dy) * out.width + x + dx);
                        pixel[0] = pixel[1] = pixel[2] = colour;
                    }
            }
            return out;
        };
        const Picture picture = scene(), other = scene();
        const auto hash = pictureHash(picture);
        REQUIRE(hash);
        const auto again = decodePicture(encodeJpeg(picture, 60));
        CHECK(std::popcount(*hash ^ *pictureHash(*again)) <= 4);
        CHECK(std::popcount(*hash ^ *pictureHash(other)) > 8);
    }
    CHECK_FALSE(pictureHash(filledPicture(100, 80, 30, 30, 30)));
    CHECK_FALSE(pictureHash(Picture{}));
}
