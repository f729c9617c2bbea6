#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/protocol/detection_lines.h"
#include "core/protocol/prediction_lines.h"
#include "core/protocol/progress_line.h"

using namespace mnerva;
using namespace mnerva::protocol;

namespace {

template <class Call>
std::string placeOf(const Call& call) {
    try {
        call();
    } catch (const Error& error) {
        return std::string(errorName(error.code())) + " " + (error.args().size() > 1 ? error.args().at(1) : "");
    }
    return "no error";
}

}  // namespace

TEST_CASE("PredictionLine.IsReadAsItWasWritten") {
    const PredictionLine line{
        "t \xe5\xa4\x9a", PostId{7}, {{"PER", 0, 1, 0.25}, {"LOC", 3, 3, 1.0}}, {"B-PER", "I-PER", "X", "B-LOC"}};
    const auto read = readPredictionLines(lineOf(line), "f");
    REQUIRE(read.size() == 1);
    CHECK(read[0].id == line.id);
    CHECK(read[0].number == line.number);
    CHECK(read[0].entities == line.entities);
    CHECK(read[0].entities[0].confidence == 0.25);
    CHECK(read[0].tags == line.tags);
}

TEST_CASE("PredictionLine.SaysWhereEntitiesAreOnlyForARunThatKnows") {
    PredictionLine line{"1", PostId{4}, {{"PER", 0, 1, 0.5}}, {"B-PER", "I-PER"}};
    CHECK_FALSE(readPredictionLines(lineOf(line), "f").at(0).boxes);
    line.boxes.emplace();
    REQUIRE(readPredictionLines(lineOf(line), "f").at(0).boxes);
    CHECK(readPredictionLines(lineOf(line), "f").at(0).boxes->empty());
    line.boxes->push_back({0, 1, 5, 6, 70, 80});
    CHECK(readPredictionLines(lineOf(line), "f").at(0).boxes == line.boxes);
    for (const char* odd : {"4", "[4]", R"([{"first": 0}])", R"([{"first": 0.5, "last": 1, "left": 0, "top": 0,
             "width": 1, "height": 1}])"})
        CHECK(placeOf([&] {
                  readPredictionLines(std::string(R"({"number": 4, "entities": [], "boxes": )") + odd + "}", "f");
              }) == "line-invalid 1");
}

TEST_CASE("PredictionLine.OlderAndOddTagsAreAsGoodAsNone") {
    const auto read = readPredictionLines(
        "{\"post\":7,\"entities\":[],\"tags\":[\"O\",\"X\"]}\n"
        "{\"post\":8,\"entities\":[]}\n\n"
        "{\"post\":9,\"entities\":[],\"tags\":[1]}",
        "f");
    REQUIRE(read.size() == 3);
    CHECK(read[0].number == PostId{7});
    CHECK(read[0].tags == std::vector<std::string>{"O", "X"});
    CHECK(read[1].tags.empty());
    CHECK(read[2].tags.empty());
}

TEST_CASE("PredictionLine.TheLineThatCannotBeReadIsNamed") {
    const auto read = [](const char* content) { return placeOf([&] { readPredictionLines(content, "f"); }); };
    CHECK(read("{\"post\": 3, \"entities\": []}\nodd\n") == "line-invalid 2");
    CHECK(read("\n\n{\"number\": 1e22, \"entities\": []}") == "line-invalid 3");
    CHECK(read("{\"number\": 1, \"entities\": [{\"type\": \"PER\", \"first\": 0}]}") == "line-invalid 1");
    CHECK(read("[]") == "line-invalid 1");
    CHECK(read("") == "no error");
}

TEST_CASE("TestLine.IsReadAsItWasWritten") {
    const auto read =
        readTestLines("\n" + lineOf(TestLine{"a", -1, {"O", "B-PER"}, 0}) + "{\"index\": 4, \"tags\": []}", "f");
    REQUIRE(read.size() == 2);
    CHECK(read[0].id == "a");
    CHECK(read[0].tags == std::vector<std::string>{"O", "B-PER"});
    CHECK(read[0].line == 2);
    CHECK(read[1].index == 4);  // as 0.1.0 wrote it
    CHECK_FALSE(read[1].boxes);
    TestLine grounded{"b", -1, {"B-PER"}, 0, {{{0, 0, 3, 4, 5, 6}}}};
    CHECK(readTestLines(lineOf(grounded), "f").at(0).boxes == grounded.boxes);
    grounded.boxes->clear();  // nothing is shown, which is not the same as nothing said
    CHECK(readTestLines(lineOf(grounded), "f").at(0).boxes == grounded.boxes);
}

TEST_CASE("DetectionReport.IsReadAsItWasWritten") {
    DetectionReport report{"faces", "f1", {{"minScore", 0.25}}, 4, 3, 1, 2, 5, {{"face", 5}}, 0.5, {}, {}};
    report.findings = {{"picture-missing", "a.jpg", 0, "no picture folder"}};
    report.findingCounts = {{"picture-missing", 1}};
    const DetectionReport read = detectionReportFromJson(toJson(report));
    CHECK(read.detector == "faces");
    CHECK(read.settings == report.settings);
    CHECK(read.pictures == 3);
    CHECK(read.unusablePictures == 1);
    CHECK(read.labels == report.labels);
    CHECK(read.findings.at(0).file == "a.jpg");
    CHECK(placeOf([] { detectionReportFromJson({{"detector", 3}}); }).starts_with("protocol-invalid"));
}

TEST_CASE("DetectionLine.IsReadAsItWasWritten") {
    DetectionReport report;
    report.detector = "faces";
    report.fingerprint = "f1";
    Region region;
    region.image = 1;
    region.left = 3;
    region.width = region.height = 10;
    region.label = "face";
    region.score = 0.5;
    const auto read = readDetectionLines(
        lineOf(DetectionLine{"a", PostId{7}, {region}}) + "{\"post\":8,\"boxes\":[]}\n", "f", report);
    REQUIRE(read.size() == 2);
    CHECK(read[0].number == PostId{7});
    CHECK(read[0].regions.at(0).left == 3);
    CHECK(read[0].regions.at(0).score == 0.5);
    CHECK(read[0].regions.at(0).detector == "faces");
    CHECK(read[1].number == PostId{8});  // as 0.1.0 wrote it
    const auto line = [&](const std::string& box) {
        return placeOf([&] { readDetectionLines("{\"number\":1,\"boxes\":[" + box + "]}", "f", report); });
    };
    CHECK(line(R"({"image":0,"left":0,"top":0,"width":0,"height":1,"label":"","score":1})") == "line-invalid 1");
    CHECK(line(R"({"image":0})") == "line-invalid 1");
}

TEST_CASE("ProgressLine.IsReadAsItWasWritten") {
    const auto read = progressFromLine(progressLine({"looking at", 12, 48}) + "\r\n");
    REQUIRE(read);
    CHECK(read->stage == "looking at");
    CHECK(read->done == 12);
    CHECK(read->total == 48);
}

TEST_CASE("ProgressLine.OtherLinesAreNone") {
    for (const char* line : {"", "warning: 3 odd files", "1 of 0", "1 of 2", "x of 2", "reading 1 of ", " of 3",
                             "reading 99999999999999999999 of 3"}) {
        INFO(line);
        CHECK_FALSE(progressFromLine(line));
    }
    CHECK(progressFromLine("reading 9 of 3")->done == 3);  // never more than all
}
