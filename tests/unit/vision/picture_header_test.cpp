#include "core/vision/picture_header.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "core/vision/bmp.h"
#include "core/vision/gif.h"
#include "tests/support/data.h"

using namespace mnerva;
using namespace mnerva::vision;
using namespace std::string_literals;

namespace {

const std::filesystem::path kCases = std::filesystem::path(MNERVA_SOURCE_DIR) / "tests/golden/cases";

std::string bytesOf(const std::string& name) {
    return readFile(kCases / name);
}

std::string little(std::uint64_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
    return out;
}

/// The error of a header; its first two arguments after the path stand in `said`.
ErrorCode codeOf(const std::string& bytes, std::string* said = nullptr) {
    try {
        readPictureHeader(bytes, "a.jpg");
    } catch (const Error& error) {
        CHECK(error.args().front() == "a.jpg");
        if (said && error.args().size() > 1) *said = error.args()[1];
        return error.code();
    }
    return ErrorCode::Internal;
}

struct Entry {
    int tag, type, count;
    std::uint32_t value;
};

/// A TIFF with one directory.
std::string tiff(std::vector<Entry> entries, std::size_t pad = 4000) {
    std::string out = "II*\0"s + little(8, 4) + little(entries.size(), 2);
    for (const Entry& e : entries)
        out += little(static_cast<std::uint64_t>(e.tag), 2) + little(static_cast<std::uint64_t>(e.type), 2) +
               little(static_cast<std::uint64_t>(e.count), 4) + little(e.value, 4);
    return out + std::string(pad, '\0');
}

std::vector<Entry> greyTiff(std::uint32_t width, std::uint32_t height) {
    return {{256, 4, 1, width}, {257, 4, 1, height}, {258, 3, 1, 8},      {259, 3, 1, 1},  {262, 3, 1, 1},
            {273, 4, 1, 200},   {277, 3, 1, 1},      {278, 4, 1, height}, {279, 4, 1, 100}};
}

std::string bitmap(std::int32_t width, std::int32_t height, int depth, int packing, std::size_t data) {
    return "BM" + little(54 + data, 4) + little(0, 4) + little(54, 4) + little(40, 4) +
           little(static_cast<std::uint32_t>(width), 4) + little(static_cast<std::uint32_t>(height), 4) + little(1, 2) +
           little(static_cast<std::uint64_t>(depth), 2) + little(static_cast<std::uint64_t>(packing), 4) +
           std::string(20, '\0') + std::string(data, 'x');
}

}  // namespace

TEST_CASE("PictureHeader.ContentDecidesTheKindWhateverTheNameIs") {
    const auto kindOf = [](const std::string& name) {
        return readPictureHeader(bytesOf("picture-kinds/images/" + name), name).kind;
    };
    CHECK(kindOf("e7.JPG") == PictureKind::Jpeg);
    CHECK(kindOf("e1.jpg") == PictureKind::Png);
    CHECK(kindOf("e2.jpg") == PictureKind::WebP);
    CHECK(kindOf("e0.jpg") == PictureKind::Gif);
    CHECK(kindOf("e16.gif") == PictureKind::Gif);
    CHECK(readPictureHeader(bitmap(4, 3, 24, 0, 36), "a").kind == PictureKind::Bmp);
    CHECK(readPictureHeader(tiff(greyTiff(10, 10)), "a").kind == PictureKind::Tiff);
}

TEST_CASE("PictureHeader.SizesAreThoseOfTheFile") {
    const auto sizeOf = [](const std::string& name) { return readPictureHeader(bytesOf(name), name).stored; };
    CHECK(sizeOf("picture-kinds/images/e7.JPG") == PictureSize{240, 160});
    CHECK(sizeOf("picture-kinds/images/e1.jpg") == PictureSize{240, 160});
    CHECK(sizeOf("picture-kinds/images/e2.jpg") == PictureSize{240, 160});
    CHECK(sizeOf("picture-kinds/images/e0.jpg") == PictureSize{120, 90});
    CHECK(sizeOf("thin-picture/images/b.png") == PictureSize{2048, 1});
    CHECK(sizeOf("broken-pictures/images/t6.jpg") == PictureSize{1, 5000});
    CHECK(readPictureHeader(bitmap(4, -3, 24, 0, 36), "a").stored == PictureSize{4, 3});
}

TEST_CASE("PictureHeader.AnotherKindIsNamed") {
    const auto said = [](const std::string& bytes) {
        std::string kind;
        CHECK(codeOf(bytes, &kind) == ErrorCode::ImageKindUnknown);
        return kind;
    };
    CHECK(said(bytesOf("picture-kinds/images/e5.jpg")) == "AVIF");
    CHECK(said(bytesOf("picture-kinds/images/e11.jpg")) == "JPEG 2000");
    CHECK(said(bytesOf("picture-kinds/images/e13.jpg")) == "ICO");
    CHECK(said(bytesOf("broken-pictures/images/t4.jpg")) == "HTML");
    CHECK(said("") == "an empty file");
    CHECK(said("\0\0\0\x18"
               "ftypheic\0\0\0\0mif1heic"s) == "HEIC");
    CHECK(said(std::string(128, '\0') + "DICM" + std::string(200, '\0')) == "DICOM");
    CHECK(said("NITF02.10" + std::string(400, ' ')) == "NITF");
    CHECK(said("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>") == "SVG");
    CHECK(said("P6\n100 100\n255\n") == "PNM");
    CHECK(said("%PDF-1.7") == "PDF");
    CHECK(said("BM is how this text begins, and more of it follows") == "text");
    CHECK(said("\x93\xf4\1\2\3zzz"s) == "no known kind of picture");
    CHECK(said(bitmap(4, 3, 8, 1, 36)) == "a BMP with run-length coding");
    CHECK(said("RIFF"s + little(30, 4) + "WEBPVP8X" + little(10, 4) + "\2\0\0\0"s + std::string(8, '\0')) ==
          "an animated WebP");
}

TEST_CASE("PictureHeader.ATiffOfAnotherFormThanThePlainOnesIsAnotherKind") {
    const std::vector<Entry> plain = greyTiff(10, 10);
    REQUIRE_NOTHROW(readPictureHeader(tiff(plain), "a"));
    const auto with = [&](Entry entry) {
        std::vector<Entry> entries = plain;
        std::erase_if(entries, [&](const Entry& e) { return e.tag == entry.tag; });
        entries.push_back(entry);
        return codeOf(tiff(entries));
    };
    CHECK(with({258, 3, 1, 16}) == ErrorCode::ImageKindUnknown);       // deep
    CHECK(with({259, 3, 1, 7}) == ErrorCode::ImageKindUnknown);        // JPEG inside
    CHECK(with({262, 3, 1, 5}) == ErrorCode::ImageKindUnknown);        // CMYK
    CHECK(with({322, 3, 1, 64}) == ErrorCode::ImageKindUnknown);       // tiles
    CHECK(with({274, 3, 1, 6}) == ErrorCode::ImageKindUnknown);        // turned
    CHECK(with({279, 4, 1, 1u << 30}) == ErrorCode::ImageUnreadable);  // a strip that is not in the file
    CHECK(with({278, 4, 1, 1}) == ErrorCode::ImageUnreadable);         // ten strips, one place
}

TEST_CASE("PictureHeader.TooLargeIsSaidBeforeAnythingIsDecoded") {
    std::string said;
    CHECK(codeOf(tiff(greyTiff(12000, 12000), 262144), &said) == ErrorCode::ImageTooLarge);  // 256 KB for 144 million
    CHECK(said == "12000 x 12000");
    CHECK(codeOf("GIF89a"s + little(65535, 2) + little(65535, 2), &said) == ErrorCode::ImageTooLarge);
    CHECK(codeOf(tiff(greyTiff(0, 10))) == ErrorCode::ImageUnreadable);
    const PictureLimits small{100};
    CHECK_THROWS_AS(readPictureHeader(bytesOf("picture-kinds/images/e7.JPG"), "a", small), Error);
    // A plain picture may be as large as any: its file vouches for it.
    CHECK_NOTHROW(readPictureHeader(tiff(greyTiff(12000, 12000), 4'000'000), "a"));
}

TEST_CASE("PictureHeader.OrientationComesFromExif") {
    for (const int o : {1, 2, 3, 6, 8}) {
        const PictureHeader header =
            readPictureHeader(bytesOf("orientation/images/o" + std::to_string(o) + ".jpg"), "a");
        CHECK(static_cast<int>(header.orientation) == o);
        CHECK(header.upright() == PictureSize{300, 400});
    }
    CHECK(readPictureHeader(bytesOf("picture-kinds/images/e7.JPG"), "a").orientation == Orientation::Upright);
}

TEST_CASE("PictureHeader.ACutJpegIsToldFromAWholeOne") {
    const auto isCut = [](const std::string& name) { return readPictureHeader(bytesOf(name), name).isCutOff; };
    CHECK(isCut("broken-pictures/images/t1.jpg"));
    CHECK(isCut("broken-pictures/images/t2.jpg"));
    CHECK(isCut("broken-pictures/images/t3.jpg"));
    CHECK_FALSE(isCut("broken-pictures/images/t5.jpg"));
    CHECK_FALSE(isCut("orientation/images/o6.jpg"));
}

TEST_CASE("PictureHeader.OtherKindsThatAreCutOffCannotBeRead") {
    for (const char* name : {"picture-kinds/images/e1.jpg", "picture-kinds/images/e2.jpg"}) {
        const std::string whole = bytesOf(name);
        CHECK(codeOf(whole.substr(0, whole.size() - 20)) == ErrorCode::ImageUnreadable);
    }
    CHECK(codeOf(bitmap(40, 30, 24, 0, 36)) == ErrorCode::ImageUnreadable);
}

TEST_CASE("PictureHeader.APipeIsRefusedAtOnce") {
    const mnerva::test::TemporaryFolder folder;
    const auto pipe = folder / "p.jpg";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    for (const auto& read : {std::function<void()>([&] { readPictureFile(pipe); }),
                             std::function<void()>([&] { peekPictureHeader(pipe); })}) {
        try {
            read();
            FAIL("a pipe was read");
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::FileNotPlain);
            CHECK(pictureFinding(error, pipe.string()).code == "picture-unreadable");
        }
    }
}

TEST_CASE("PictureFinding.MissingIsSaidOfWhatIsNotThereAlone") {
    const auto codeOfFinding = [](ErrorCode code) { return pictureFinding(Error(code, {"p", "why", "x"}), "p").code; };
    CHECK(codeOfFinding(ErrorCode::FileMissing) == "picture-missing");
    CHECK(codeOfFinding(ErrorCode::FileUnreadable) == "picture-unreadable");
    CHECK(codeOfFinding(ErrorCode::FileIsDirectory) == "picture-unreadable");
    CHECK(codeOfFinding(ErrorCode::ImageKindUnknown) == "picture-kind-unknown");
    CHECK(codeOfFinding(ErrorCode::ImageTooLarge) == "picture-too-large");
    CHECK(codeOfFinding(ErrorCode::FileTooLarge) == "picture-too-large");
    CHECK(codeOfFinding(ErrorCode::ImageOutside) == "picture-outside");
}

TEST_CASE("Bmp.EveryDepthIsReadFromTheBottomOrTheTop") {
    const auto depths = [](int depth, const std::string& table, const std::string& rows, std::int32_t height) {
        return "BM" + little(0, 4) + little(0, 4) + little(54 + table.size(), 4) + little(40, 4) + little(2, 4) +
               little(static_cast<std::uint32_t>(height), 4) + little(1, 2) +
               little(static_cast<std::uint64_t>(depth), 2) + std::string(24, '\0') + table + rows;
    };
    // Left red, right blue; one row.
    Picture wanted = filledPicture(2, 1, 255, 0, 0);
    wanted.rgb[3] = 0;
    wanted.rgb[5] = 255;
    const std::string table = "\0\0\xff\0\xff\0\0\0"s;
    CHECK(decodeBmp(depths(24, "", "\0\0\xff\xff\0\0\0\0"s, 1), "a") == wanted);
    CHECK(decodeBmp(depths(32, "", "\0\0\xff\0\xff\0\0\x7f"s, 1), "a") == wanted);
    CHECK(decodeBmp(depths(8, table, "\0\1\0\0"s, 1), "a") == wanted);
    CHECK(decodeBmp(depths(4, table, "\1\0\0\0"s, 1), "a") == wanted);
    CHECK(decodeBmp(depths(1, table, "\x40\0\0\0"s, 1), "a") == wanted);
    const std::string two = "\0\1\0\0\1\0\0\0"s;
    const Picture up = decodeBmp(depths(8, table, two, 2), "a"), down = decodeBmp(depths(8, table, two, -2), "a");
    CHECK(int{*up.at(0, 0)} == 0);
    CHECK(int{*down.at(0, 0)} == 255);
    // A colour that the table lacks is black.
    CHECK(decodeBmp(depths(8, table, "\7\7\0\0"s, 1), "a") == filledPicture(2, 1, 0, 0, 0));
}

TEST_CASE("Gif.TheFirstFrameLiesOnWhite") {
    // A 3 x 2 screen; a frame of 2 x 1 at (1, 1): red, then the transparent colour.
    const std::string gif = "GIF89a"s + little(3, 2) + little(2, 2) + "\x80\0\0"s + "\xff\0\0\0\xff\0"s +
                            "\x21\xf9\4\1\0\0\1\0"s + "\x2c"s + little(1, 2) + little(1, 2) + little(2, 2) +
                            little(1, 2) + "\0"s + "\2\2\x44\x0a\0;"s;
    const GifPicture read = decodeGif(gif, "a.gif");
    CHECK_FALSE(read.isDamaged);
    REQUIRE(read.picture.width == 3);
    Picture wanted = filledPicture(3, 2, 255, 255, 255);
    wanted.rgb[3 * 4 + 1] = wanted.rgb[3 * 4 + 2] = 0;
    CHECK(read.picture == wanted);
}

TEST_CASE("Gif.WhatIsMissingIsWhiteAndTold") {
    const std::string whole = bytesOf("picture-kinds/images/e0.jpg");
    const GifPicture read = decodeGif(whole, "a"), half = decodeGif(whole.substr(0, whole.size() / 2), "a");
    CHECK_FALSE(read.isDamaged);
    CHECK(half.isDamaged);
    CHECK(half.picture.rgb.back() == 255);
    CHECK(half.picture != read.picture);
    CHECK_THROWS_AS(decodeGif(whole.substr(0, 14), "a"), Error);
    CHECK_THROWS_AS(decodeGif("GIF89a", "a"), Error);
}
