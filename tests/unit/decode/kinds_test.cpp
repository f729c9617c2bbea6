#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <map>
#include <random>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/vision/decode/picture.h"
#include "tests/support/data.h"

// What the engine makes of pictures of every kind, good and bad. The inputs of tests/golden/cases went wrong once.

using namespace mnerva;
using namespace mnerva::vision;
using namespace std::string_literals;

namespace {

const std::filesystem::path kCases = std::filesystem::path(MNERVA_SOURCE_DIR) / "tests/golden/cases";

std::string bytesOf(const std::string& name) {
    return readFile(kCases / name);
}

DecodedPicture decoded(const std::string& name) {
    return decodeWhole(bytesOf(name), name);
}

ErrorCode codeOf(const std::string& bytes) {
    try {
        decodeWhole(bytes, "a.jpg");
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::Internal;
}

double distance(const Picture& a, const Picture& b) {
    REQUIRE(a.width == b.width);
    REQUIRE(a.height == b.height);
    double sum = 0;
    for (std::size_t i = 0; i < a.rgb.size(); ++i) sum += std::abs(int{a.rgb[i]} - int{b.rgb[i]});
    return sum / static_cast<double>(a.rgb.size());
}

/// A JPEG with an EXIF block that has an orientation.
std::string withOrientation(const std::string& jpeg, int orientation) {
    const std::string exif =
        "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"s + static_cast<char>(orientation) + "\0\0\0\0\0\0"s;
    const std::size_t length = exif.size() + 2;
    return jpeg.substr(0, 2) + "\xff\xe1" + static_cast<char>(length >> 8) + static_cast<char>(length & 0xff) + exif +
           jpeg.substr(2);
}

std::string little(std::uint64_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
    return out;
}

std::string smallTiff() {
    const std::string pixels(3 * 5 * 4, '\x40');
    struct Entry {
        int tag, type, count;
        std::uint64_t value;
    };
    std::string out = "II*\0"s + little(8, 4);
    const std::vector<Entry> entries{{256, 4, 1, 5}, {257, 4, 1, 4}, {258, 3, 3, 200},
                                     {259, 3, 1, 1}, {262, 3, 1, 2}, {273, 4, 1, 220},
                                     {277, 3, 1, 3}, {278, 4, 1, 4}, {279, 4, 1, pixels.size()}};
    out += little(entries.size(), 2);
    for (const Entry& e : entries)
        out += little(static_cast<std::uint64_t>(e.tag), 2) + little(static_cast<std::uint64_t>(e.type), 2) +
               little(static_cast<std::uint64_t>(e.count), 4) + little(e.value, 4);
    out.resize(200, '\0');
    out += little(8, 2) + little(8, 2) + little(8, 2);
    out.resize(220, '\0');
    return out + pixels;
}

std::string smallBitmap() {
    const std::string rows(16 * 4, '\x30');
    return "BM" + little(54 + rows.size(), 4) + little(0, 4) + little(54, 4) + little(40, 4) + little(5, 4) +
           little(4, 4) + little(1, 2) + little(24, 2) + little(0, 4) + std::string(20, '\0') + rows;
}

/// A picture of each kind that is read.
std::map<std::string, std::string> oneOfEach() {
    return {{"JPEG", bytesOf("picture-kinds/images/e7.JPG")},
            {"progressive", bytesOf("broken-pictures/images/t3.jpg")},
            {"PNG", bytesOf("picture-kinds/images/e1.jpg")},
            {"WebP", bytesOf("picture-kinds/images/e2.jpg")},
            {"GIF", bytesOf("picture-kinds/images/e0.jpg")},
            {"TIFF", smallTiff()},
            {"BMP", smallBitmap()}};
}

}  // namespace

TEST_CASE("Kinds.EveryKindOnTheListIsDecoded") {
    for (const auto& [name, bytes] : oneOfEach()) {
        INFO(name);
        const DecodedPicture picture = decodeWhole(bytes, name);
        CHECK(picture.picture.width == picture.header.upright().width);
        CHECK(picture.picture.height == picture.header.upright().height);
    }
    CHECK(decodeWhole(smallTiff(), "a").picture == filledPicture(5, 4, 0x40, 0x40, 0x40));
    CHECK(decodeWhole(smallBitmap(), "a").picture == filledPicture(5, 4, 0x30, 0x30, 0x30));
}

TEST_CASE("Kinds.AllEightOrientationsAreSeenUpright") {
    const Picture upright = decoded("orientation/images/o1.jpg").picture;
    for (const int o : {2, 3, 6, 8}) {
        INFO("orientation " << o);
        CHECK(distance(decoded("orientation/images/o" + std::to_string(o) + ".jpg").picture, upright) < 3);
    }
    const auto inverse = [](int o) { return static_cast<Orientation>(o == 6 ? 8 : o == 8 ? 6 : o); };
    for (int o = 1; o <= 8; ++o) {
        INFO("orientation " << o);
        const std::string file = withOrientation(encodeJpeg(uprightPicture(upright, inverse(o))), o);
        CHECK(distance(decodeWhole(file, "a").picture, upright) < 3);
    }
}

TEST_CASE("Kinds.HalfAJpegIsUsedAndTold") {
    for (const char* name : {"t1.jpg", "t2.jpg", "t3.jpg"}) {
        const DecodedPicture half = decoded("broken-pictures/images/"s + name);
        CHECK(half.isDamaged);
        CHECK(half.picture.width == 320);
    }
    CHECK_FALSE(decoded("picture-kinds/images/e7.JPG").isDamaged);
}

TEST_CASE("Kinds.AJpegWithFaultsInTheMiddleIsTold") {
    std::string bytes = bytesOf("boxes-too-large/images/s000.jpg");
    for (std::size_t i = bytes.size() / 2; i < bytes.size() / 2 + 60; ++i) bytes[i] = '\x55';
    const DecodedPicture picture = decodeWhole(bytes, "a");
    CHECK_FALSE(picture.header.isCutOff);
    CHECK(picture.isDamaged);
}

TEST_CASE("Kinds.WhatCannotBeUsedSaysWhy") {
    CHECK(codeOf(bytesOf("broken-pictures/images/t0.jpg")) == ErrorCode::ImageKindUnknown);
    CHECK(codeOf(bytesOf("broken-pictures/images/t4.jpg")) == ErrorCode::ImageKindUnknown);
    CHECK(codeOf(bytesOf("picture-kinds/images/e5.jpg")) == ErrorCode::ImageKindUnknown);
    std::string badSum = bytesOf("picture-kinds/images/e1.jpg");
    badSum[45] = static_cast<char>(badSum[45] ^ 0x40);
    CHECK(codeOf(badSum) == ErrorCode::ImageUnreadable);
}

TEST_CASE("Kinds.HeaderAndPixelsThatDisagreeAreRefused") {
    // A WebP whose extended header promises another canvas than its picture has.
    const std::string webp = bytesOf("picture-kinds/images/e2.jpg");
    std::string body = "VP8X"s + little(10, 4) + std::string(4, '\0') + little(499, 3) + little(9, 3) + webp.substr(12);
    CHECK(codeOf("RIFF" + little(body.size() + 4, 4) + "WEBP" + body) == ErrorCode::ImageUnreadable);
    // A second frame header of another size.
    const std::string small = encodeJpeg(filledPicture(16, 16, 1, 2, 3));
    std::string two = small;
    const std::size_t frame = two.find("\xff\xc0");
    REQUIRE(frame != std::string::npos);
    std::string liar = two.substr(frame, 19);
    liar[6] = 9;
    two.insert(frame, liar);
    CHECK(codeOf(two) == ErrorCode::ImageUnreadable);
}

TEST_CASE("Kinds.TransparentPixelsLieOverWhite") {
    // 2 x 1, RGBA: half transparent black, wholly transparent red. By Python's zlib.
    const std::string png =
        "\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x02\x00\x00\x00\x01\x08"
        "\x06\x00\x00\x00\xf4\x22\x7f\x8a\x00\x00\x00\x0f\x49\x44\x41\x54\x78\x9c\x63\x60\x60\x60\x68\xf8\x0f"
        "\x24\x00\x06\x85\x01\x80\xb5\x21\x06\xac\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82"s;
    const Picture picture = decodeWhole(png, "a").picture;
    REQUIRE(picture.width == 2);
    CHECK(int{*picture.at(0, 0)} == 127);
    CHECK(int{*picture.at(1, 0)} == 255);
    CHECK(int{picture.at(1, 0)[1]} == 255);
}

TEST_CASE("Kinds.DecodersKeepQuiet") {
    const mnerva::test::TemporaryFolder folder;
    const auto log = folder / "stderr";
    std::fflush(stderr);
    const int kept = ::dup(2);
    REQUIRE(std::freopen(log.c_str(), "w", stderr) != nullptr);
    for (auto [name, bytes] : oneOfEach()) {
        decodePicture(bytes.substr(0, bytes.size() * 2 / 3));
        for (std::size_t i = bytes.size() / 2; i < bytes.size() / 2 + 20 && i < bytes.size(); ++i) bytes[i] = '\x13';
        decodePicture(bytes);
    }
    std::fflush(stderr);
    ::dup2(kept, 2);
    ::close(kept);
    CHECK(readFile(log).empty());
}

TEST_CASE("Kinds.MutatedHeadersNeverCrashOrTakeMemory") {
    std::mt19937 random(20261129);
    rusage before{};
    ::getrusage(RUSAGE_SELF, &before);
    int tried = 0, read = 0;
    for (const auto& [name, whole] : oneOfEach()) {
        for (int round = 0; round < 700; ++round) {
            std::string bytes = whole;
            const std::size_t head = std::min<std::size_t>(bytes.size(), round % 3 == 0 ? bytes.size() : 700);
            for (int i = 0; i < 1 + round % 6; ++i) {
                const std::size_t at = random() % head;
                constexpr std::array<unsigned, 6> kOdd{0, 1, 0x7f, 0x80, 0xfe, 0xff};
                bytes[at] = static_cast<char>(random() % 2 == 0 ? kOdd[random() % kOdd.size()] : random());
            }
            if (round % 10 == 9) bytes.resize(random() % bytes.size());
            std::string reason;
            const auto picture = decodePicture(bytes, &reason);
            if (picture) {
                CHECK(picture->rgb.size() ==
                      3u * static_cast<std::size_t>(picture->width) * static_cast<std::size_t>(picture->height));
                ++read;
            } else {
                CHECK_FALSE(reason.empty());
            }
            ++tried;
        }
    }
    rusage after{};
    ::getrusage(RUSAGE_SELF, &after);
    CHECK(tried == 4900);
    CHECK(read > 500);
    // The free 16 million pixels cost 50 MB as they are, 50 MB as a decoder's, 100 MB as coefficients.
    CHECK(after.ru_maxrss < std::max(before.ru_maxrss, 0l) + 500 * 1024);
}
