#include "core/formats/voc.h"

#include <catch2/catch.hpp>
#include <chrono>

#include "core/base/file.h"
#include "tests/support/data.h"

namespace {
using namespace mnerva;
using namespace mnerva::formats;

std::string object(const std::string& name, const std::string& box) {
    return "<object>\n<name>" + name + "</name><bndbox>" + box + "</bndbox></object>\n";
}
std::string edges(int left, int top, int right, int bottom) {
    return "<xmin>" + std::to_string(left) + "</xmin><ymin>" + std::to_string(top) + "</ymin><xmax>" +
           std::to_string(right) + "</xmax><ymax>" + std::to_string(bottom) + "</ymax>";
}
std::string annotation(const std::string& objects, const std::string& size = "<width>100</width><height>50</height>") {
    return "<annotation>\n<filename>a_region.jpg</filename><path>C:\\【001】\\x.jpg</path>\n<size>" + size +
           "<depth>3</depth></size>\n" + objects + "</annotation>\n";
}

struct Read {
    std::optional<BoxAnnotation> annotation;
    Findings findings;
};
Read readBytes(const std::string& bytes) {
    const mnerva::test::TemporaryFolder folder;
    writeFileAtomic(folder / "7.xml", bytes);
    Read read;
    read.annotation = readVoc(folder / "7.xml", read.findings);
    return read;
}
int lineOf(const Findings& findings, const std::string& code) {
    for (const Finding& finding : findings.list())
        if (finding.code == code) return finding.line;
    return -1;
}
}  // namespace

TEST_CASE("Voc.ReadsSizeNamesAndBoxesInPixels") {
    const Read read = readBytes(
        annotation(object("Kevin Durant", edges(5, 6, 25, 46)) + object("Kevin Durant", edges(50, 0, 100, 50))));
    REQUIRE(read.annotation);
    CHECK(read.findings.isEmpty());
    CHECK(read.annotation->pictureName == "a_region.jpg");
    CHECK(read.annotation->width == 100);
    CHECK(read.annotation->height == 50);
    REQUIRE(read.annotation->objects.size() == 2);
    const Region& region = read.annotation->objects[0].region;
    CHECK(region.origin == RegionOrigin::Xml);
    CHECK(region.label == "Kevin Durant");
    CHECK(region.left == 5);
    CHECK(region.top == 6);
    CHECK(region.right() == 25);
    CHECK(region.bottom() == 46);
    CHECK(read.annotation->objects[0].line == 4);
    CHECK(read.annotation->objects[1].line == 6);
}

TEST_CASE("Voc.NamesMayBeChineseEmojiEscapedOrWrapped") {
    const Read read = readBytes("\xEF\xBB\xBF" +
                                annotation(object("多伦多", edges(0, 0, 9, 9)) +
                                           object("\n\t👩‍👩‍👧  and\r\n&lt;3 &#x41;\n", edges(0, 0, 9, 9))));
    REQUIRE(read.annotation);
    REQUIRE(read.annotation->objects.size() == 2);
    CHECK(read.annotation->objects[0].region.label == "多伦多");
    CHECK(read.annotation->objects[1].region.label == "👩‍👩‍👧 and <3 A");
}

TEST_CASE("Voc.ABoxBeyondThePictureIsCutAndCounted") {
    const Read read = readBytes(annotation(object("a", edges(-4, 10, 130, 60)) + object("b", edges(100, 0, 120, 20))));
    REQUIRE(read.annotation);
    REQUIRE(read.annotation->objects.size() == 1);
    const Region& region = read.annotation->objects[0].region;
    CHECK(region.left == 0);
    CHECK(region.width == 100);
    CHECK(region.bottom() == 50);
    CHECK(read.findings.counts() == std::map<std::string, int>{{"box-clipped", 1}, {"box-outside", 1}});
    CHECK(lineOf(read.findings, "box-outside") == 7);
}

TEST_CASE("Voc.WhatIsNoBoxIsLeftOutAndCounted") {
    const std::string wordy = "<xmin>one</xmin><ymin>0</ymin><xmax>5</xmax><ymax>5</ymax>";
    const std::string infinite = "<xmin>inf</xmin><ymin>0</ymin><xmax>5</xmax><ymax>5</ymax>";
    const Read read = readBytes(annotation(object("a", edges(5, 5, 5, 20)) + object("b", edges(30, 5, 10, 20)) +
                                           object("c", wordy) + object("d", "<xmin>1</xmin>") + object("e", infinite) +
                                           "<object><name>f</name></object>" + object("", edges(1, 1, 2, 2))));
    REQUIRE(read.annotation);
    CHECK(read.annotation->objects.size() == 1);
    CHECK(read.findings.counts() ==
          std::map<std::string, int>{
              {"box-degenerate", 2}, {"box-invalid", 3}, {"object-without-box", 1}, {"object-without-name", 1}});
}

TEST_CASE("Voc.WithoutASizeABoxIsOnlyCutAtZero") {
    const Read read = readBytes(annotation(object("a", edges(-1, 10, 1300, 60)), "<width>0</width>"));
    REQUIRE(read.annotation);
    REQUIRE(read.annotation->objects.size() == 1);
    CHECK(read.annotation->objects[0].region.right() == 1300);
    CHECK(read.findings.count("xml-size-missing") == 1);
}

TEST_CASE("Voc.BrokenAndForeignFilesAreFindingsWithTheirLine") {
    const Read cut = readBytes("<annotation>\n<size>\n<width>5</width");
    CHECK_FALSE(cut.annotation);
    CHECK(lineOf(cut.findings, "xml-invalid") == 3);
    const Read html = readBytes("<!DOCTYPE html>\n<html><body></body></html>");
    CHECK_FALSE(html.annotation);
    CHECK(lineOf(html.findings, "xml-foreign") == 2);
    CHECK(readBytes("IMGID:7\nRT\tO\n").findings.count("xml-invalid") == 1);
    CHECK(readBytes(std::string("\x89PNG\r\n\x1a\n\0\0", 10)).findings.count("xml-invalid") == 1);
    CHECK(readBytes(" \n").findings.count("empty-file") == 1);
    Findings findings;
    CHECK_FALSE(readVoc("/nowhere/7.xml", findings));
    CHECK(findings.count("xml-unreadable") == 1);
}

TEST_CASE("Voc.DeclaredEntitiesAreNeverExpanded") {
    const mnerva::test::TemporaryFolder folder;
    writeFileAtomic(folder / "secret.txt", "secret");
    std::string bomb = "<!DOCTYPE annotation [<!ENTITY a \"aaaaaaaaaa\">\n";
    for (char c = 'b'; c <= 'k'; ++c) {
        const std::string inner = std::string("&") + static_cast<char>(c - 1) + ";";
        bomb += std::string("<!ENTITY ") + c + " \"" + inner + inner + inner + inner + inner + inner + inner + inner +
                "\">\n";
    }
    bomb += "<!ENTITY file SYSTEM \"" + (folder / "secret.txt").string() + "\">]>\n";
    const Read read =
        readBytes(bomb + annotation(object("&k;", edges(0, 0, 9, 9)) + object("&file;", edges(0, 0, 9, 9))));
    REQUIRE(read.annotation);
    REQUIRE(read.annotation->objects.size() == 2);
    CHECK(read.annotation->objects[0].region.label == "&k;");
    CHECK(read.annotation->objects[1].region.label == "&file;");
}

TEST_CASE("Voc.TextThatIsNoUtf8IsRepairedAndUtf16IsRead") {
    const Read broken = readBytes(annotation(object("caf\xE9", edges(0, 0, 9, 9))));
    REQUIRE(broken.annotation);
    CHECK(broken.annotation->objects[0].region.label == "caf\uFFFD");
    CHECK(broken.findings.count("invalid-utf8") == 1);
    std::string wide = "\xFF\xFE";
    for (char c : std::string("<annotation><size><width>9</width><height>9</height></size></annotation>")) {
        wide += c;
        wide += '\0';
    }
    const Read utf16 = readBytes(wide);
    REQUIRE(utf16.annotation);
    CHECK(utf16.annotation->width == 9);
}

TEST_CASE("Voc.DeepNestingDoesNotEndTheStack") {
    std::string deep = "<annotation>";
    for (int i = 0; i < 300000; ++i) deep += "<a>";
    const Read read = readBytes(deep);
    CHECK_FALSE(read.annotation);
    CHECK(read.findings.count("xml-invalid") == 1);
}

TEST_CASE("Voc.WhatIsWrittenIsReadBack") {
    const mnerva::test::TemporaryFolder folder;
    BoxAnnotation written;
    written.pictureName = "<a> & \"b\".jpg";
    written.width = 640;
    written.height = 480;
    for (int i = 0; i < 3; ++i) {
        BoxObject one;
        one.region.origin = RegionOrigin::Xml;
        one.region.label = i == 0 ? "Tom & <Jerry>" : i == 1 ? "多伦多 👩‍👩‍👧" : "";
        one.region.left = i;
        one.region.width = 100 + i;
        one.region.height = 200;
        written.objects.push_back(one);
    }
    writeVoc(folder / "a.xml", written);
    Findings findings;
    const auto read = readVoc(folder / "a.xml", findings);
    REQUIRE(read);
    CHECK(findings.counts() == std::map<std::string, int>{{"object-without-name", 1}});
    CHECK(read->pictureName == written.pictureName);
    CHECK(read->width == 640);
    CHECK(read->height == 480);
    REQUIRE(read->objects.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) CHECK(read->objects[i].region.sameAs(written.objects[i].region));
    CHECK(vocText(*read) == vocText(written));
}

TEST_CASE("Voc.ManyObjectsAreRefusedInLinearTime") {
    // 15 MB once took more than half a minute: each object counted the lines before it.
    std::string many;
    for (int i = 0; i < 1600000; ++i) many += "<object/>";
    const auto start = std::chrono::steady_clock::now();
    const Read read = readBytes(annotation(many));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
    CHECK_FALSE(read.annotation);
    CHECK(read.findings.count("xml-too-large") == 1);
}

TEST_CASE("Voc.LinesOfObjectsAreThoseOfTheFile") {
    std::string objects;
    for (int i = 0; i < 200; ++i) objects += "\n" + object("a" + std::to_string(i), edges(1, 1, 9, 9));
    const Read read = readBytes(annotation(objects));
    REQUIRE(read.annotation);
    REQUIRE(read.annotation->objects.size() == 200);
    for (int i = 0; i < 200; ++i) REQUIRE(read.annotation->objects[static_cast<std::size_t>(i)].line == 5 + 3 * i);
}
