#include "core/formats/prediction_files.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "core/base/error.h"
#include "core/formats/all.h"
#include "tests/support/data.h"

using namespace mnerva;
using formats::Format;

namespace {

using Tags = std::vector<std::string>;
using Counts = std::map<std::string, int>;

const Format& kPre = *formats::find("pre");
const Format& kMtmner = *formats::find("mtmner");

formats::PredictionFile read(const std::filesystem::path& path, const Format& format) {
    return format.as<formats::PredictionKind>()->read(path);
}
formats::PredictionFile readText(const std::string& content, const Format& format) {
    const test::TemporaryFolder folder;
    { std::ofstream(folder / "p.txt", std::ios::binary) << content; }
    return read(folder / "p.txt", format);
}

}  // namespace

TEST_CASE("Pre.BlockHasTextPredictedAndGold") {
    const auto file = readText("kevin in paris\nB-PER O X\nB-PER O B-LOC\n\n", kPre);
    REQUIRE(file.blocks.size() == 1);
    CHECK(file.blocks[0].text == "kevin in paris");
    CHECK(file.blocks[0].predicted == Tags{"B-PER", "O", "X"});
    CHECK(file.blocks[0].gold == Tags{"B-PER", "O", "B-LOC"});
    CHECK(file.findings.isEmpty());
}
TEST_CASE("Pre.EmptyTextLineIsABlockStill") {
    const auto file = readText("\nO\nO\n\nb\nO\nB-PER\n\n", kPre);
    CHECK(file.blocks.size() == 2);
    CHECK(file.blocks[1].line == 5);
}
TEST_CASE("Pre.PostWithoutTagsIsABlock") {
    const auto file = readText("\n\n\n\nb\nO\nO\n\n", kPre);
    CHECK(file.blocks.size() == 2);
    CHECK(file.blocks[0].gold.empty());
}
TEST_CASE("Pre.UnequalTagListsAreLeftOut") {
    const auto file = readText("a\nO O\nO\n\nb\nO\nO\n\n", kPre);
    REQUIRE(file.blocks.size() == 1);
    CHECK(file.blocks[0].text == "b");
    CHECK(file.findings.counts() == Counts{{"tag-count-mismatch", 1}});
    CHECK(file.findings.list()[0].line == 1);
}
TEST_CASE("Pre.BlockWithAMissingLineDoesNotShiftTheNext") {
    const auto file = readText("a\nO\n\nb\nO\nB-PER\n\n", kPre);
    REQUIRE(file.blocks.size() == 1);
    CHECK(file.blocks[0].gold == Tags{"B-PER"});
    CHECK(file.findings.counts() == Counts{{"malformed-block", 1}});
}
TEST_CASE("Pre.BlockWithALineTooManyDoesNotShiftTheNext") {
    const auto file = readText("a\nO\nO\nO\n\nb\nO\nB-PER\n\n", kPre);
    REQUIRE(file.blocks.size() == 1);
    CHECK(file.blocks[0].text == "b");
}
TEST_CASE("Pre.LastBlockMayLackItsEmptyLine") {
    const auto file = readText("a\nO\nO", kPre);
    CHECK(file.blocks.size() == 1);
    CHECK(file.findings.counts() == Counts{{"missing-final-blank-line", 1}});
}
TEST_CASE("Pre.CutFileKeepsItsGoodBlocks") {
    const auto file = readText("a\nO\nO\n\nb\nO", kPre);
    CHECK(file.blocks.size() == 1);
    CHECK(file.findings.count("malformed-block") == 1);
}
TEST_CASE("Pre.CrlfAndMarkAreStripped") {
    const auto file = readText(
        "\xEF\xBB\xBF"
        "a\r\nO\r\nO\r\n\r\n",
        kPre);
    REQUIRE(file.blocks.size() == 1);
    CHECK(file.blocks[0].text == "a");
    CHECK(file.findings.counts() == Counts{{"bom", 1}, {"crlf", 1}});
}
TEST_CASE("Pre.UnknownTagsAreKeptAndFound") {
    const auto file = readText("a\nQQ\nO\n\n", kPre);
    CHECK(file.blocks.at(0).predicted == Tags{"QQ"});
    CHECK(file.findings.list().at(0).line == 2);
}
TEST_CASE("Pre.SpecialTagsAreKnown") {
    CHECK(readText("a b c d\nX [SEP] [CLS] PAD\nO O O O\n\n", kPre).findings.isEmpty());
}
TEST_CASE("Pre.InvalidUtf8IsFound") {
    CHECK(readText("a\xFF\nO\nO\n\n", kPre).findings.count("invalid-utf8") == 1);
}
TEST_CASE("Pre.EmptyFileIsFound") {
    CHECK(readText("", kPre).findings.counts() == Counts{{"empty-file", 1}});
}
TEST_CASE("Mtmner.BlockBeginsWithThePicture") {
    const auto file = readText("12.jpg\nKevin\nO\nB-PER\n\n13.jpg\nb\nO\nO\n\n", kMtmner);
    REQUIRE(file.blocks.size() == 2);
    CHECK(file.blocks[0].image == "12.jpg");
    CHECK(file.blocks[0].gold == Tags{"B-PER"});
}
TEST_CASE("Mtmner.FileOfTheOtherFormatHasOnlyFindings") {
    const auto file = readText("a\nO\nO\n\nb\nO\nO\n\n", kMtmner);
    CHECK(file.blocks.empty());
    CHECK(file.findings.count("malformed-block") == 2);
}
TEST_CASE("PredictionError.MissingAndFolder") {
    CHECK_THROWS_AS(read("/no/such", kPre), Error);
    const test::TemporaryFolder folder;
    CHECK_THROWS_AS(read(folder.path(), kPre), Error);
}
TEST_CASE("PredictionFuzz.MutatedFilesNeverFail") {
    const test::TemporaryFolder folder;
    std::uint32_t state = 3;
    const auto next = [&] { return (state = state * 1664525u + 1013904223u) >> 8; };
    for (int round = 0; round < 1500; ++round) {
        std::string content = "a b\nO B-PER\nO O\n\nc\nX\nO\n\n";
        for (std::uint32_t edits = 1 + next() % 5; edits > 0; --edits)
            content[next() % content.size()] = "\n O\xFF\r"[next() % 5];
        std::filesystem::remove(folder / "f");
        { std::ofstream(folder / "f", std::ios::binary) << content; }
        for (const auto& block : read(folder / "f", kPre).blocks) REQUIRE(block.gold.size() == block.predicted.size());
    }
}

TEST_CASE("PredictionWriter.BlocksReadBackAsTheyWere") {
    const test::TemporaryFolder folder;
    const std::vector<formats::PredictionBlock> blocks{{0, "1.jpg", "Kevin flies", {"B-PER", "O"}, {"O", "O"}},
                                                       {0, "2.jpg", "", {}, {}},
                                                       {0, "3.jpg", "two\nlines", {"O", "X"}, {"B-LOC", "I-LOC"}}};
    for (const Format* format : {&kPre, &kMtmner}) {
        formats::writePredictions(folder / "out.txt", blocks, *format);
        const formats::PredictionFile file = read(folder / "out.txt", *format);
        CHECK(file.findings.isEmpty());
        REQUIRE(file.blocks.size() == blocks.size());
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            CHECK(file.blocks[i].predicted == blocks[i].predicted);
            CHECK(file.blocks[i].gold == blocks[i].gold);
            if (format == &kMtmner) CHECK(file.blocks[i].image == blocks[i].image);
        }
        CHECK(file.blocks[2].text == "two lines");
    }
}

namespace {

const std::string kPreText = "a b\nB-PER O\nO O\n\nc\nO\nB-LOC\n\nd\nO\nO\n\n";
const std::string kMtmnerText = "1.jpg\na b\nB-PER O\nO O\n\n2.jpg\nc\nO\nB-LOC\n\n3.jpg\nd\nO\nO\n\n";

struct TextFile {
    test::TemporaryFolder folder;
    std::filesystem::path path = folder / "p.txt";
    explicit TextFile(const std::string& content) { std::ofstream(path, std::ios::binary) << content; }
};

}  // namespace

TEST_CASE("PredictionFormat.IsRecognisedFromTheBlocks") {
    CHECK(formats::recognisePredictions(TextFile(kPreText).path) == &kPre);
    CHECK(formats::recognisePredictions(TextFile(kMtmnerText).path) == &kMtmner);
    // A bad block among good ones changes nothing.
    CHECK(formats::recognisePredictions(TextFile("odd\n\n" + kPreText).path) == &kPre);
    for (const char* other : {"", "\n\n", "hello\n", "IMGID:1\na\tO\nb\tO\n\nIMGID:2\nc\tO\nd\tO\n\n", "{\"a\": 1}\n"})
        CHECK_FALSE(formats::recognisePredictions(TextFile(other).path));
}
TEST_CASE("PredictionFormat.AFileOfTheOtherFormatIsRefusedNamingBoth") {
    const auto refused = [](const std::string& content, const Format& format) {
        try {
            formats::readFittingPredictions(TextFile(content).path, &format);
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::FormatInvalid);
            return error.args().at(1) + " | " + error.args().at(2);
        }
        return std::string("read");
    };
    CHECK(refused(kPreText, kPre) == "read");
    CHECK(refused(kMtmnerText, kMtmner) == "read");
    const std::string pre = refused(kPreText, kMtmner), other = refused(kMtmnerText, kPre);
    CHECK(pre.find("format pre") < pre.find("| mtmner"));
    CHECK(other.find("format mtmner") < other.find("| pre"));
    CHECK(refused("hello\n", kPre).find("0 good blocks") == 0);
}
