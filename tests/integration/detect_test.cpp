#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/base/file.h"
#include "core/project/project.h"
#include "tests/integration/cli.h"

// Detectors as a script uses them. The tiny detector finds red and blue squares (tests/reference/tiny_detectors.py).

namespace {
using namespace mnerva;
using namespace mnerva::test;
using nlohmann::json;
namespace fs = std::filesystem;

const std::string kModel = std::string(MNERVA_SOURCE_DIR) + "/tests/golden/vision/tiny_v8.onnx";

/// A 24-bit BMP: the one picture form that a few lines write. Red in the upper left quarter, else gray.
std::string bitmap(int side) {
    const auto little = [](unsigned value, int bytes) {
        std::string out;
        for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
        return out;
    };
    std::string rows;
    for (int y = side - 1; y >= 0; --y) {  // from the bottom; side * 3 is a multiple of 4
        for (int x = 0; x < side; ++x)
            rows += x < side / 2 && y < side / 2 ? std::string("\0\0\xff", 3) : std::string("\x72\x72\x72");
    }
    return "BM" + little(static_cast<unsigned>(54 + rows.size()), 4) + little(0, 4) + little(54, 4) + little(40, 4) +
           little(static_cast<unsigned>(side), 4) + little(static_cast<unsigned>(side), 4) + little(1, 2) +
           little(24, 2) + little(0, 4) + little(static_cast<unsigned>(rows.size()), 4) + little(0, 16) + rows;
}

/// Three posts: one picture twice, one that is no picture.
struct DetectFixture {
    TemporaryFolder folder;
    std::string project = (folder / "p").string();
    DetectFixture() {
        fs::create_directory(folder / "images");
        writeFileAtomic(folder / "images" / "1.jpg", bitmap(128));  // told apart by content, not by name
        writeFileAtomic(folder / "images" / "2.jpg", "no picture");
        writeFileAtomic(folder / "train.txt", "IMGID:1\nA\tO\n\nIMGID:1\nB\tO\n\nIMGID:2\nC\tO\n\n");
        REQUIRE(cli({"init", project}).status == 0);
        REQUIRE(cli({"import", project, (folder / "train.txt").string(), "--images", (folder / "images").string()})
                    .status == 0);
    }
};
}  // namespace

TEST_CASE("Cli.DetectStoresBoxesWithTheirOriginAndRemembersThem") {
    const DetectFixture f;
    const json first = jsonOf({"detect", f.project, "--detector", kModel});
    CHECK(first.at("detector") == "tiny_v8");
    CHECK(first.at("pictures") == 1);
    CHECK(first.at("unusablePictures") == 1);
    CHECK(first.at("computed") == 1);
    CHECK(first.at("boxes").get<int>() > 0);
    CHECK(first.at("labels").contains("red"));
    CHECK(first.at("findingCounts") == json({{"picture-kind-unknown", 1}}));
    const json again = jsonOf({"detect", f.project, "--detector", kModel});
    CHECK(again.at("computed") == 0);  // from the cache
    CHECK(again.at("boxes") == first.at("boxes"));
    const auto opened = project::Project::open(f.project, project::OpenMode::ReadOnly, "test");
    const auto posts = opened->posts({});
    const auto regions = opened->regions(posts.at(0).id).regions;
    REQUIRE(regions.size() * 2 == first.at("boxes").get<std::size_t>());  // two posts have the picture
    CHECK(regions.front().origin == RegionOrigin::Detector);
    CHECK(regions.front().detector == "tiny_v8");
    CHECK(regions.front().fingerprint == first.at("fingerprint"));
    CHECK(regions.front().label == "red");
    CHECK(regions.front().right() <= 128);
    CHECK(opened->regions(posts.at(2).id).regions.empty());
    CHECK(cli({"check", f.project}).status == 0);
}

TEST_CASE("Cli.DetectWithOtherSettingsLooksAgain") {
    const DetectFixture f;
    jsonOf({"detect", f.project, "--detector", kModel});
    const json strict = jsonOf({"detect", f.project, "--detector", kModel, "--min-score", "1"});
    CHECK(strict.at("computed") == 1);
    CHECK(strict.at("boxes") == 0);
    const auto opened = project::Project::open(f.project, project::OpenMode::ReadOnly, "test");
    CHECK(opened->regionCount() == 0);  // what the detector found before is replaced
}

TEST_CASE("Cli.DetectWritesBoxesToAFileWhileAnotherHoldsTheLock") {
    const DetectFixture f;
    const std::string file = (f.folder / "boxes.jsonl").string();
    const auto holder = project::Project::open(f.project, project::OpenMode::ReadWrite, "the window");
    CHECK(jsonOf({"detect", f.project, "--detector", kModel}, 1).at("error").at("code") == "project-locked");
    const auto said = cli({"detect", f.project, "--detector", kModel, "--output", file, "--json"});
    REQUIRE(said.status == 0);
    const json report = json::parse(said.out);
    CHECK(said.err.find("detecting 3 of 3\n") != std::string::npos);
    CHECK(holder->regionCount() == 0);  // whoever asked stores them
    const std::string content = readFile(file);
    std::istringstream lines(content);
    int posts = 0, boxes = 0;
    for (std::string line; std::getline(lines, line); ++posts) {
        const json body = json::parse(line);
        const Post post = holder->posts({}).at(static_cast<std::size_t>(posts));
        CHECK(body.at("id") == post.externalId);
        CHECK(body.at("number") == post.id.value);
        for (const json& box : body.at("boxes")) {
            CHECK(box.at("image") == 0);
            CHECK(box.at("left").get<int>() + box.at("width").get<int>() <= 128);
            CHECK(box.at("score").get<double>() >= 0.25);
            ++boxes;
        }
    }
    CHECK(posts == 2);  // the third post's picture is none, so nothing is said about it
    CHECK(report.at("boxes") == boxes);
    CHECK(boxes > 0);
}

TEST_CASE("Cli.DetectRefusesWhatIsNoDetector") {
    const DetectFixture f;
    const json no = jsonOf({"detect", f.project, "--detector", (f.folder / "train.txt").string()}, 1);
    CHECK(no.at("error").at("code") == "format-invalid");
    CHECK(jsonOf({"detect", f.project, "--detector", "nothing.onnx"}, 1).at("error").at("code") == "file-missing");
    CHECK(jsonOf({"detect", f.project, "--split", "test"}, 1).at("error").at("code") == "split-empty");
    CHECK(cli({"detect", f.project, "--min-score", "7"}).status == 2);
}

TEST_CASE("Cli.ImportTakesBoxesOfXmlFiles") {
    const DetectFixture f;
    fs::create_directory(f.folder / "xml");
    writeFileAtomic(f.folder / "xml" / "1.xml",
                    "<annotation><size><width>128</width><height>128</height></size><object><name>A</name><bndbox>"
                    "<xmin>1</xmin><ymin>2</ymin><xmax>200</xmax><ymax>4</ymax></bndbox></object></annotation>");
    const json report = jsonOf({"import", f.project, "--xml", (f.folder / "xml").string()});
    CHECK(report.at("posts") == 2);
    CHECK(report.at("boxes") == 2);
    CHECK(report.at("boxesWithoutEntity") == 2);
    CHECK(report.at("findingCounts").at("box-clipped") == 2);
    CHECK(jsonOf({"import", f.project, "--xml", "/nowhere"}, 1).at("error").at("code") == "file-missing");
}
