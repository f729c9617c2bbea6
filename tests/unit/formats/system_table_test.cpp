#include <catch2/catch.hpp>
#include <fstream>

#include "core/formats/all.h"
#include "core/formats/prediction_files.h"
#include "tests/support/data.h"
#include "tests/support/errors.h"

using namespace mnerva;

namespace {

using Tags = std::vector<std::string>;

const formats::Format& kSystems = *formats::find("systems");

formats::PredictionFile readText(const std::string& content) {
    const test::TemporaryFolder folder;
    { std::ofstream(folder / "t.json", std::ios::binary) << content; }
    return kSystems.as<formats::PredictionKind>()->read(folder / "t.json");
}

}  // namespace

TEST_CASE("SystemTable.EachPostHasGoldAndTheTagsOfEverySystem") {
    const auto file = readText(R"({"7.jpg": ["7.jpg", "多 🔥", "B-LOC O", "B-LOC O", "O B-ORG", "O O"]})");
    REQUIRE(file.blocks.size() == 1);
    CHECK(file.blocks[0].image == "7.jpg");
    CHECK(file.blocks[0].text == "多 🔥");
    CHECK(file.blocks[0].gold == Tags{"B-LOC", "O"});
    CHECK(file.blocks[0].predicted == Tags{"B-LOC", "O"});
    CHECK(file.blocks[0].systems == std::vector<Tags>{{"B-LOC", "O"}, {"O", "B-ORG"}, {"O", "O"}});
    CHECK(file.findings.isEmpty());
}
TEST_CASE("SystemTable.OddPostsAreLeftOutAndTold") {
    const auto file = readText(R"({"1": ["1.jpg", "a", "O"], "2": ["2.jpg", "a b", "O O", "O"], "3": 7,
                                   "4": ["4.jpg", "a", "O", "Q"]})");
    CHECK(file.blocks.size() == 1);
    CHECK(file.findings.counts() ==
          std::map<std::string, int>{{"malformed-block", 2}, {"tag-count-mismatch", 1}, {"unknown-tag", 1}});
}
TEST_CASE("SystemTable.AnEmptyTableAndWhatIsNoneAreTold") {
    CHECK(readText("{}").findings.count("empty-file") == 1);
    CHECK(test::errorOf([] { readText(""); }) == "format-invalid");
    CHECK(test::errorOf([] { readText("[1]"); }) == "format-invalid");
    CHECK(test::errorOf([] { readText("{\"a\": ["); }) == "format-invalid");
}
TEST_CASE("SystemTable.IsRecognisedAndOtherPredictionsAreStill") {
    const test::TemporaryFolder folder;
    { std::ofstream(folder / "t") << R"({"1.jpg": ["1.jpg", "a", "O", "B-PER"]})"; }
    { std::ofstream(folder / "p") << "a\nO\nO\n\n"; }
    REQUIRE(formats::recognisePredictions(folder / "t"));
    CHECK(formats::recognisePredictions(folder / "t")->name == "systems");
    REQUIRE(formats::recognisePredictions(folder / "p"));
    CHECK(formats::recognisePredictions(folder / "p")->name == "pre");
    CHECK_FALSE(kSystems.isWritten());
}
