#include "core/vision/detect/detector.h"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/vision/detect/onnx_header.h"
#include "tests/support/data.h"
#include "tests/unit/detect/drawing.h"

namespace {
using namespace mnerva;
using namespace mnerva::vision;
using mnerva::vision::test::Canvas;
namespace fs = std::filesystem;

fs::path model(const std::string& name) {
    return fs::path(MNERVA_SOURCE_DIR) / "tests" / "golden" / "vision" / ("tiny_" + name + ".onnx");
}

/// What an Error says, or "no error".
template <class Call>
std::string saidBy(const Call& call) {
    try {
        call();
    } catch (const Error& error) {
        return std::string(errorName(error.code())) + ": " + error.what();
    }
    return "no error";
}
/// 64 x 64, gray, a red cell in column 2 of row 1 and a blue one in column 6 of row 5 (cells of 8 pixels).
Picture twoCells() {
    Canvas canvas{filledPicture(64, 64, 114, 114, 114)};
    canvas.rectangle(16, 8, 24, 16, 255, 0, 0);
    canvas.rectangle(48, 40, 56, 48, 0, 0, 255);
    return canvas.picture;
}

std::vector<std::string> withEnvironment(const char* value) {
    if (value)
        ::setenv("MNERVA_CASCADES", value, 1);
    else
        ::unsetenv("MNERVA_CASCADES");
    std::vector<std::string> folders;
    for (const fs::path& folder : cascadeFolders()) folders.push_back(folder.string());
    return folders;
}

bool hasCascades() {
    withEnvironment(nullptr);
    std::error_code failed;
    for (const fs::path& folder : cascadeFolders())
        if (fs::exists(folder / "haarcascade_frontalface_alt2.xml", failed)) return true;
    mnerva::test::skip("opencv-data is not installed");
    return false;
}
}  // namespace

TEST_CASE("Onnx.BothOutputFormsGiveTheSameBoxes") {
    const auto v8 = openOnnxDetector(model("v8"), {}, {});
    const std::vector<Detection> found = v8->detect(twoCells());
    REQUIRE(found.size() == 2);
    // Both scores are sigmoid(10) = .99995; boxes of 16 pixels stand around the cells' middles.
    for (const Detection& d : found) CHECK(d.score == Approx(0.99995).margin(1e-4));
    const Detection& red = found[0].label == "red" ? found[0] : found[1];
    const Detection& blue = found[0].label == "red" ? found[1] : found[0];
    CHECK(red.label == "red");
    CHECK(red.left == Approx(12));
    CHECK(red.top == Approx(4));
    CHECK(red.right == Approx(28));
    CHECK(red.bottom == Approx(20));
    CHECK(blue.label == "blue");
    CHECK(blue.left == Approx(44));
    CHECK(blue.top == Approx(36));
    const auto v5 = openOnnxDetector(model("v5"), {}, {});
    const std::vector<Detection> same = v5->detect(twoCells());
    REQUIRE(same.size() == 2);
    for (const Detection& d : same) CHECK(d.score == Approx(0.8 * 0.99995).margin(1e-4));  // times the objectness
    const bool redFirst = same[0].label == "class 0";
    CHECK(same[redFirst ? 0 : 1].left == Approx(12));
    CHECK(same[redFirst ? 1 : 0].label == "class 1");
    CHECK(v5->name() == "tiny_v5");
}

TEST_CASE("Onnx.BoxesComeBackFromTheLetterboxInPixelsOfThePicture") {
    const auto detector = openOnnxDetector(model("v8"), {}, {});
    // 256 x 128 shrinks to 64 x 32 with 16 grey rows above. Cell (row 3, column 2) of the input is rows 32..64 here.
    Canvas canvas{filledPicture(256, 128, 114, 114, 114)};
    canvas.rectangle(64, 32, 96, 64, 255, 0, 0);
    const auto found = detector->detect(canvas.picture);
    REQUIRE(found.size() == 1);
    CHECK(found[0].left == Approx(48));
    CHECK(found[0].right == Approx(112));
    CHECK(found[0].top == Approx(16));
    CHECK(found[0].bottom == Approx(80));
    // A small picture is enlarged, and a box beyond its edge is cut.
    Canvas small{filledPicture(16, 32, 114, 114, 114)};
    small.rectangle(0, 0, 4, 4, 0, 0, 255);
    const auto corner = detector->detect(small.picture);
    REQUIRE_FALSE(corner.empty());
    CHECK(corner[0].label == "blue");
    CHECK(corner[0].left == 0);
    CHECK(corner[0].top == 0);
    CHECK(corner[0].right <= 16);
}

TEST_CASE("Onnx.AHigherMinimumLeavesLessSureBoxesOut") {
    DetectorOptions options;
    options.minScore = 0.9;
    CHECK(openOnnxDetector(model("v5"), {}, options)->detect(twoCells()).empty());  // .8 there
    CHECK(openOnnxDetector(model("v8"), {}, options)->detect(twoCells()).size() == 2);
    options.most = 1;
    CHECK(openOnnxDetector(model("v8"), {}, options)->detect(twoCells()).size() == 1);
    CHECK(openOnnxDetector(model("v8"), {}, options)->detect({}).empty());
}

TEST_CASE("Onnx.NamesComeFromAFileAndMustBeAsManyAsTheClasses") {
    const mnerva::test::TemporaryFolder folder;
    writeFileAtomic(folder / "good.txt", "\xEF\xBB\xBFrot\r\nblau \xE7\x8B\x97\r\n\n");
    writeFileAtomic(folder / "three.txt", "a\nb\nc\n");
    writeFileAtomic(folder / "none.txt", "\n\n");
    const auto detector = openOnnxDetector(model("v8"), folder / "good.txt", {});
    std::vector<std::string> labels;
    for (const Detection& d : detector->detect(twoCells())) labels.push_back(d.label);
    std::sort(labels.begin(), labels.end());
    CHECK(labels == std::vector<std::string>{"blau 狗", "rot"});
    const std::string three = saidBy([&] { openOnnxDetector(model("v8"), folder / "three.txt", {}); });
    CHECK_THAT(three, Catch::Contains("format-invalid"));
    CHECK_THAT(three, Catch::Contains("1 x 6 x 64"));
    CHECK_THAT(three, Catch::Contains("3 classes"));
    CHECK_THAT(saidBy([&] { openOnnxDetector(model("v8"), folder / "none.txt", {}); }), Catch::Contains("no names"));
    CHECK_THAT(saidBy([&] { openOnnxDetector(model("v8"), folder / "absent.txt", {}); }),
               Catch::Contains("file-missing"));
}

TEST_CASE("Onnx.AFileThatIsNoDetectorIsRefusedWithWhatWasFoundAndWanted") {
    const mnerva::test::TemporaryFolder folder;
    const std::string good = readFile(model("v8"));
    writeFileAtomic(folder / "text.onnx", "IMGID:1\nKevin\tB-PER\n");
    writeFileAtomic(folder / "empty.onnx", "");
    writeFileAtomic(folder / "cut.onnx", good.substr(0, good.size() / 2));
    for (const char* name : {"text.onnx", "empty.onnx", "cut.onnx"}) {
        const std::string said = saidBy([&] { openOnnxDetector(folder / name, {}, {}); });
        CHECK_THAT(said, Catch::Contains("format-invalid"));
        CHECK_THAT(said, Catch::Contains("no ONNX model"));
    }
    CHECK_THAT(saidBy([&] { openOnnxDetector(folder / "absent.onnx", {}, {}); }), Catch::Contains("file-missing"));
    const std::string classifier = saidBy([] { openOnnxDetector(model("classifier"), {}, {}); });
    CHECK_THAT(classifier, Catch::Contains("an output of 1 x 3"));
    CHECK_THAT(classifier, Catch::Contains("1 x boxes x (5 + classes)"));
    CHECK_THAT(saidBy([] { openOnnxDetector(model("gray"), {}, {}); }), Catch::Contains("an input of 1 x 1 x 28 x 28"));
}

TEST_CASE("Onnx.AnswersThatAreNoScoresAreRefused") {
    CHECK_THAT(saidBy([] { openOnnxDetector(model("nan"), {}, {}); }), Catch::Contains("not finite"));
    CHECK_THAT(saidBy([] { openOnnxDetector(model("logits"), {}, {}); }),
               Catch::Contains("scores lie between 0 and 1"));
}

TEST_CASE("Onnx.DamagedFilesEndInAnErrorAndNothingElse") {
    const mnerva::test::TemporaryFolder folder;
    const std::string good = readFile(model("v8"));
    int refused = 0, tried = 0;
    for (std::size_t at = 0; at < good.size(); at += 97) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0x5a);
        writeFileAtomic(folder / "bad.onnx", bad);
        ++tried;
        try {
            openOnnxDetector(folder / "bad.onnx", {}, {})->detect(twoCells());
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::FormatInvalid);
            ++refused;
        }
    }
    CHECK(tried > 50);
    CHECK(refused > 0);
}

TEST_CASE("Onnx.TheFingerprintFollowsTheFileAndTheNames") {
    const mnerva::test::TemporaryFolder folder;
    writeFileAtomic(folder / "names.txt", "a\nb\n");
    const auto one = openOnnxDetector(model("v8"), {}, {}), again = openOnnxDetector(model("v8"), {}, {});
    const auto named = openOnnxDetector(model("v8"), folder / "names.txt", {});
    const auto other = openOnnxDetector(model("v5"), {}, {});
    CHECK(one->fingerprint() == again->fingerprint());
    CHECK(one->fingerprint() != named->fingerprint());
    CHECK(one->fingerprint() != other->fingerprint());
    DetectorOptions options;
    options.minScore = 0.5;
    CHECK(openOnnxDetector(model("v8"), {}, options)->settings() != one->settings());
}

TEST_CASE("OnnxHeader.SaysShapesAndNotes") {
    const OnnxHeader header = readOnnxHeader(readFile(model("v8")), "v8");
    REQUIRE(header.inputs.size() == 1);
    CHECK(header.inputs[0].name == "images");
    CHECK(header.inputs[0].shape == std::vector<std::int64_t>{1, 3, 64, 64});
    REQUIRE(header.outputs.size() == 1);
    CHECK(header.outputs[0].shape == std::vector<std::int64_t>{1, 6, 64});
    CHECK(header.notes.at("names") == "{0: 'red', 1: 'blue'}");
    CHECK(shapeText({1, -1, 3}) == "1 x ? x 3");
}

TEST_CASE("OnnxHeader.ReadsTheNamesThatPythonWrites") {
    CHECK(namesOfNote("{0: 'person', 1: \"driver's seat\", 2: 'it\\'s'}") ==
          std::vector<std::string>{"person", "driver's seat", "it's"});
    CHECK(namesOfNote("['a', 'b']") == std::vector<std::string>{"a", "b"});
    CHECK(namesOfNote("person").empty());
    CHECK(namesOfNote("{0: 'per").empty());
    CHECK(namesOfNote("").empty());
}

TEST_CASE("Detector.OfOverlappingBoxesOfOneLabelTheSurerStays") {
    const std::vector<Detection> found{
        {0, 0, 10, 10, "a", .5}, {1, 0, 11, 10, "a", .9}, {0, 0, 10, 10, "b", .6}, {8, 0, 18, 10, "a", .4}};
    const auto kept = withoutDoubles(found, 0.5, 10);
    REQUIRE(kept.size() == 3);
    CHECK(kept[0].score == .9);
    CHECK(kept[1].label == "b");
    CHECK(kept[2].left == 8);  // overlaps by 3 of 17
    CHECK(withoutDoubles(found, 0.1, 10).size() == 2);
    CHECK(withoutDoubles(found, 0.5, 1).size() == 1);
}

TEST_CASE("Detector.OptionsOutOfRangeAreRefused") {
    DetectorOptions options;
    options.minScore = 1.5;
    CHECK_THAT(saidBy([&] { openDetector("faces", {}, options); }), Catch::Contains("option-invalid"));
    options = {};
    options.most = 0;
    CHECK_THAT(saidBy([&] { openDetector("faces", {}, options); }), Catch::Contains("option-invalid"));
}

TEST_CASE("Faces.ADrawnFaceIsFoundWhereItIs") {
    if (!hasCascades()) return;
    const auto detector = openDetector("faces", {}, {});
    CHECK(detector->name() == "faces");
    for (double size : {100.0, 180.0}) {
        Canvas canvas{filledPicture(500, 400, 150, 150, 150)};
        mnerva::vision::test::drawFace(canvas, 320, 200, size);
        canvas.blur(static_cast<int>(size / 60));
        const auto found = detector->detect(canvas.picture);
        INFO(size);
        REQUIRE(found.size() == 1);
        const Detection& face = found[0];
        CHECK(face.label == "face");
        CHECK(face.score >= 0.5);
        CHECK(face.score < 1);
        CHECK((face.left + face.right) / 2 == Approx(320).margin(size / 6));
        CHECK((face.top + face.bottom) / 2 == Approx(200).margin(size / 4));
        CHECK(face.right - face.left > size * .6);
        CHECK(face.right - face.left < size * 1.4);
    }
    CHECK(detector->detect(filledPicture(300, 300, 150, 150, 150)).empty());
    CHECK(detector->detect({}).empty());
    CHECK(detector->detect(filledPicture(1, 3, 0, 0, 0)).empty());
}

TEST_CASE("Faces.BoxesOfALargePictureAreInItsOwnPixels") {
    if (!hasCascades()) return;
    Canvas canvas{filledPicture(2400, 600, 150, 150, 150)};
    mnerva::vision::test::drawFace(canvas, 1900, 300, 300);
    canvas.blur(5);
    const auto found = openDetector("faces", {}, {})->detect(canvas.picture);
    REQUIRE(found.size() == 1);
    CHECK((found[0].left + found[0].right) / 2 == Approx(1900).margin(50));
    CHECK(found[0].right - found[0].left > 180);
}

TEST_CASE("Faces.APictureOfAnyShapeCanBeLookedAt") {
    if (!hasCascades()) return;
    const auto detector = openFaceDetector({});
    for (const auto& [width, height] : std::vector<std::pair<int, int>>{
             {2048, 1}, {2049, 1}, {1, 2048}, {1, 1}, {3000, 30}, {23, 23}, {24, 24}, {30, 5000}}) {
        INFO(width << " x " << height);
        CHECK(detector->detect(filledPicture(width, height, 90, 90, 90)).empty());
    }
}

TEST_CASE("Faces.WithoutTheCascadesTheErrorNamesTheWayOut") {
    const mnerva::test::TemporaryFolder folder;
    const std::string path = folder.path().string();
    CHECK(withEnvironment(path.c_str()) == std::vector<std::string>{path});
    const std::string missing = saidBy([] { openDetector("faces", {}, {}); });
    CHECK_THAT(missing, Catch::Contains(path));
    CHECK_THAT(missing, Catch::Contains("opencv-data"));
    CHECK_THAT(missing, Catch::Contains("MNERVA_CASCADES"));
    writeFileAtomic(folder / "haarcascade_frontalface_alt2.xml", "<opencv_storage></opencv_storage>");
    writeFileAtomic(folder / "haarcascade_profileface.xml", "no xml");
    CHECK_THAT(saidBy([] { openDetector("faces", {}, {}); }), Catch::Contains("no cascade"));
    withEnvironment(nullptr);
}
