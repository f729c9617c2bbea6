#include "core/text/utf8.h"

#include <catch2/catch.hpp>

#include "core/text/graphemes.h"

using namespace mnerva::text;

namespace {

// The golden post of formats.md 3.1: a family emoji of five code points in front.
const std::string kGolden = "\U0001F469\u200D\U0001F469\u200D\U0001F467 Kevin Durant in \u591a\u4f26\u591a";

}  // namespace

TEST_CASE("GoldenPost.HasTheLengthsOfEveryUnit") {
    CHECK(graphemeCount(kGolden) == 21);
    CHECK(codePointCount(kGolden) == 25);
    CHECK(utf16Count(kGolden) == 28);
    CHECK(kGolden.size() == 44);
}
TEST_CASE("GoldenPost.PersonHasTheEdgesOfEveryUnit") {
    CHECK(byteOfCodePoint(kGolden, 6) == 19);
    CHECK(byteOfCodePoint(kGolden, 18) == 31);
    CHECK(utf16OfCodePoint(kGolden, 6) == 9);
    CHECK(utf16OfCodePoint(kGolden, 18) == 21);
    CHECK(graphemeOfCodePoint(kGolden, 6) == 2);
    CHECK(graphemeOfCodePoint(kGolden, 18) == 14);
}
TEST_CASE("GoldenPost.PlaceHasTheEdgesOfEveryUnit") {
    CHECK(byteOfCodePoint(kGolden, 22) == 35);
    CHECK(byteOfCodePoint(kGolden, 25) == 44);
    CHECK(utf16OfCodePoint(kGolden, 22) == 25);
    CHECK(utf16OfCodePoint(kGolden, 25) == 28);
    CHECK(graphemeOfCodePoint(kGolden, 22) == 18);
    CHECK(graphemeOfCodePoint(kGolden, 25) == 21);
}
TEST_CASE("GoldenPost.EdgesComeBackFromEveryUnit") {
    for (const std::size_t edge : {6u, 18u, 22u, 25u}) {
        CHECK(codePointOfByte(kGolden, byteOfCodePoint(kGolden, edge)) == edge);
        CHECK(codePointOfUtf16(kGolden, utf16OfCodePoint(kGolden, edge)) == edge);
        CHECK(codePointOfGrapheme(kGolden, graphemeOfCodePoint(kGolden, edge)) == edge);
    }
}
TEST_CASE("Position.InsideACharacterIsItsStart") {
    CHECK(codePointOfByte(kGolden, 2) == 0);
    CHECK(codePointOfUtf16(kGolden, 1) == 0);
    CHECK(graphemeOfCodePoint(kGolden, 3) == 0);
}
TEST_CASE("Position.PastTheEndIsTheEnd") {
    CHECK(byteOfCodePoint("ab", 9) == 2);
    CHECK(codePointOfByte("ab", 9) == 2);
    CHECK(utf16OfCodePoint("ab", 9) == 2);
    CHECK(codePointOfUtf16("ab", 9) == 2);
    CHECK(codePointOfGrapheme("ab", 9) == 2);
}

TEST_CASE("Utf8.WellFormedTextIsValid") {
    CHECK(isValidUtf8(""));
    CHECK(isValidUtf8("plain"));
    CHECK(isValidUtf8(kGolden));
    CHECK(isValidUtf8("\xF4\x8F\xBF\xBF"));
}
TEST_CASE("Utf8.OverlongFormsAreInvalid") {
    CHECK_FALSE(isValidUtf8("\xC0\x80"));
    CHECK_FALSE(isValidUtf8("\xC1\xBF"));
    CHECK_FALSE(isValidUtf8("\xE0\x80\x80"));
    CHECK_FALSE(isValidUtf8("\xF0\x80\x80\x80"));
}
TEST_CASE("Utf8.SurrogatesAreInvalid") {
    CHECK_FALSE(isValidUtf8("\xED\xA0\x80"));
}
TEST_CASE("Utf8.BeyondTheLastCodePointIsInvalid") {
    CHECK_FALSE(isValidUtf8("\xF4\x90\x80\x80"));
    CHECK_FALSE(isValidUtf8("\xF5\x80\x80\x80"));
}
TEST_CASE("Utf8.CutCharacterIsInvalid") {
    CHECK_FALSE(isValidUtf8("a\xE4\xB8"));
}
TEST_CASE("Repair.EachBrokenPieceIsOneReplacement") {
    std::vector<std::size_t> bad;
    CHECK(repairedUtf8("a\xFF"
                       "b\xE4\xB8"
                       "c",
                       &bad) ==
          "a\uFFFD"
          "b\uFFFD"
          "c");
    CHECK(bad == std::vector<std::size_t>{1, 3});
}
TEST_CASE("Repair.SurrogateIsThreeReplacements") {
    CHECK(repairedUtf8("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");
}
TEST_CASE("Repair.LeavesGoodTextAlone") {
    std::vector<std::size_t> bad;
    CHECK(repairedUtf8(kGolden, &bad) == kGolden);
    CHECK(bad.empty());
}
TEST_CASE("Repair.AlwaysGivesValidText") {
    std::uint32_t state = 1;
    for (int round = 0; round < 3000; ++round) {
        std::string bytes;
        for (int i = 0; i < 16; ++i) {
            state = state * 1664525u + 1013904223u;
            bytes += static_cast<char>(state >> 24);
        }
        REQUIRE(isValidUtf8(repairedUtf8(bytes)));
        REQUIRE(codePointCount(bytes) == codePointCount(repairedUtf8(bytes)));
    }
}

TEST_CASE("CodePoints.GoBothWays") {
    CHECK(fromCodePoints(toCodePoints(kGolden)) == kGolden);
    CHECK(fromUtf16(toUtf16(kGolden)) == kGolden);
    CHECK(toCodePoints("a\u4e2d\U0001F600") == std::u32string{U'a', 0x4E2D, 0x1F600});
}
TEST_CASE("CodePoints.LoneSurrogateBecomesAReplacement") {
    CHECK(fromUtf16(std::u16string{u'a', 0xD800, u'b'}) ==
          "a\uFFFD"
          "b");
    CHECK(fromUtf16(std::u16string{0xDC00}) == "\uFFFD");
}
TEST_CASE("CodePoints.OutOfRangeBecomesAReplacement") {
    std::string out;
    appendCodePoint(out, 0x110000);
    CHECK(out == "\uFFFD");
}
TEST_CASE("Cut.NeverHalvesACharacter") {
    CHECK(firstCodePoints("\u4e2d\u56fd\u4eba", 2) == "\u4e2d\u56fd");
    CHECK(firstCodePoints("ab", 9) == "ab");
    CHECK(firstCodePoints("ab", 0).empty());
}
TEST_CASE("Cut.ByGraphemesKeepsAnEmojiWhole") {
    CHECK(firstGraphemes(kGolden, 1) == kGolden.substr(0, 18));
    CHECK(firstGraphemes(kGolden, 99) == kGolden);
}
TEST_CASE("Graphemes.CombiningAccentBelongsToItsLetter") {
    CHECK(graphemeBorders("e\u0301x") == std::vector<std::size_t>{0, 2, 3});
}
TEST_CASE("Graphemes.VariationSelectorBelongsToItsEmoji") {
    CHECK(graphemeCount("\u2764\uFE0F") == 1);
}
TEST_CASE("Graphemes.CarriageReturnAndLineFeedAreOne") {
    CHECK(graphemeCount("\r\n") == 1);
}
TEST_CASE("Graphemes.LoneSelectorIsOne") {
    CHECK(graphemeCount("\uFE0F") == 1);
}
TEST_CASE("Graphemes.EmptyTextHasOneBorder") {
    CHECK(graphemeBorders("") == std::vector<std::size_t>{0});
    CHECK(graphemeCount("") == 0);
}
TEST_CASE("Graphemes.FlagIsOne") {
    CHECK(graphemeCount("\U0001F1E8\U0001F1F3") == 1);
}
