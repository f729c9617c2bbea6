#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <random>

#include "core/base/file.h"
#include "tests/integration/cli.h"
#include "tests/integration/engine_talk.h"

using namespace mnerva;
using namespace mnerva::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// One small trained run, made once for all tests of this file.
struct TrainedRun : SampleProject {
    std::string runFolder = run("small").string();

    TrainedRun() : SampleProject(40, 5, /*crops=*/false) { cliDone(tinyTraining(project, "small", "1")); }
};

const TrainedRun& trained() {
    static const TrainedRun once;
    return once;
}

std::string picture() {
    return fs::directory_iterator(trained().data + "/images")->path().string();
}

json loadMessage(int id) {
    return {{"id", id}, {"type", "load"}, {"runFolder", trained().runFolder}};
}

}  // namespace

TEST_CASE("Serve.HelloTellsItsVersion") {
    EngineTalk talk(kProgram);
    const json answer = talk.greet();
    CHECK(answer["result"]["version"] == protocol::kProtocolVersion);
    CHECK(answer["result"]["devices"].is_array());
}

TEST_CASE("Serve.AnotherProtocolVersionIsAClearError") {
    EngineTalk talk(kProgram);
    const json answer = talk.ask({{"id", 1}, {"type", "hello"}, {"version", 999}});
    CHECK(codeOf(answer) == "engine-version");
    CHECK(answer["error"]["args"] == json::array({"999", std::to_string(protocol::kProtocolVersion)}));
}

TEST_CASE("Serve.UnknownTypesAreRefusedAndItGoesOn") {
    EngineTalk talk(kProgram);
    talk.greet();
    CHECK(codeOf(talk.ask({{"id", 2}, {"type", "teleport"}})) == "protocol-invalid");
    CHECK(talk.ask({{"id", 3}, {"type", "unload"}}).contains("result"));
}

TEST_CASE("Serve.ABrokenFrameIsAnsweredUnderZeroAndItGoesOn") {
    EngineTalk talk(kProgram);
    talk.greet();
    talk.sendBytes(std::string("\x03\0\0\0\xff\xff\xff", 7));
    CHECK(codeOf(talk.endOf(0)) == "protocol-invalid");
    CHECK(talk.ask({{"id", 3}, {"type", "unload"}}).contains("result"));
}

TEST_CASE("Serve.ATooLargeFrameEndsItWithAnAnswer") {
    EngineTalk talk(kProgram);
    talk.greet();
    talk.sendBytes("\xff\xff\xff\xff");
    CHECK(codeOf(talk.endOf(0)) == "protocol-too-large");
    CHECK(talk.wait() == 1);
}

TEST_CASE("Serve.RandomBytesNeverCrashIt") {
    std::mt19937 random(17);
    for (int round = 0; round < 3; ++round) {
        EngineTalk talk(kProgram);
        talk.greet();
        std::string noise(4000, '\0');
        for (char& c : noise) c = static_cast<char>(random());
        noise[3] = 0;  // a length that is believed
        noise[2] = 0;
        talk.sendBytes(noise);
        talk.closeInput();
        const int status = talk.wait();
        CHECK((status == 0 || status == 1));
    }
}

TEST_CASE("Serve.ItEndsWhenItsInputCloses") {
    EngineTalk talk(kProgram);
    talk.closeInput();
    CHECK(talk.wait() == 0);
}

TEST_CASE("Serve.QuitIsAnsweredThenItEnds") {
    EngineTalk talk(kProgram);
    talk.greet();
    CHECK(talk.ask({{"id", 2}, {"type", "quit"}}).contains("result"));
    CHECK(talk.wait() == 0);
}

TEST_CASE("Serve.LoadOfAMissingRunFolderNamesIt") {
    EngineTalk talk(kProgram);
    talk.greet();
    const json answer = talk.ask({{"id", 2}, {"type", "load"}, {"runFolder", "/no/such/run"}});
    REQUIRE(answer.contains("error"));
    CHECK(codeOf(answer) != "internal");
    CHECK(answer["error"]["args"].dump().find("/no/such/run") != std::string::npos);
}

TEST_CASE("Serve.LoadOnADeviceThatIsNotThereSaysWhatIs") {
    EngineTalk talk(kProgram);
    talk.greet();
    json message = loadMessage(2);
    message["device"] = "cuda:7";
    const json answer = talk.ask(message);
    CHECK(codeOf(answer) == "device-missing");
}

TEST_CASE("Serve.PredictBeforeLoadIsRefused") {
    EngineTalk talk(kProgram);
    talk.greet();
    CHECK(codeOf(talk.ask({{"id", 2}, {"type", "predict"}, {"words", {"a"}}})) == "protocol-invalid");
}

TEST_CASE("Serve.PredictGivesTagsMarginalsAndAttention") {
    EngineTalk talk(kProgram);
    talk.greet();
    const json loaded = talk.ask(loadMessage(2));
    REQUIRE(loaded.contains("result"));
    CHECK(loaded["result"]["system"] == "mpcfn");
    CHECK(loaded["result"]["tagNames"].size() > 3);
    CHECK_FALSE(talk.progress().empty());

    protocol::PredictRequest request{{{"look", "at", "Jordan", "😂", "today"}, picture(), {}, {}}, true, true};
    json message = protocol::toJson(request);
    message.update({{"id", 3}, {"type", "predict"}});
    const json answer = talk.ask(message);
    REQUIRE(answer.contains("result"));
    const protocol::PredictResult result = protocol::predictResultFromJson(answer["result"]);
    CHECK(result.tags.size() == 5);
    CHECK(result.marginals.shape == std::vector<int>{5, static_cast<int>(result.tagNames.size())});
    REQUIRE_FALSE(result.textToImage.empty());
    const FloatArray& attention = result.textToImage.back();
    REQUIRE(attention.shape.size() == 3);
    CHECK(attention.shape[1] == 5);
    CHECK(attention.shape[2] >= 49);
    float sum = 0;
    for (int cell = 0; cell < attention.shape[2]; ++cell) sum += attention.at({0, 2, cell});
    CHECK(sum == Approx(1).epsilon(1e-4));
    REQUIRE_FALSE(result.relevance.empty());
    CHECK(result.relevance[0] > 0);
    CHECK(answer["result"]["hasPicture"] == true);
}

TEST_CASE("Serve.PictureBytesGiveWhatItsPathGives") {
    EngineTalk talk(kProgram);
    talk.greet();
    talk.ask(loadMessage(2));
    const auto predict = [&](int id, const protocol::PredictRequest& request) {
        json message = protocol::toJson(request);
        message.update({{"id", id}, {"type", "predict"}});
        return protocol::predictResultFromJson(talk.ask(message).at("result"));
    };
    const std::string path = picture();
    const auto byPath = predict(3, {{{"Paris", "photo"}, path, {}, {}}, true, false});
    const auto byBytes = predict(4, {{{"Paris", "photo"}, {}, readFile(path), {}}, true, false});
    CHECK(byPath.marginals.values == byBytes.marginals.values);
    CHECK(byPath.relevance == byBytes.relevance);
}

TEST_CASE("Serve.AMissingPictureIsAFindingNotAnError") {
    EngineTalk talk(kProgram);
    talk.greet();
    talk.ask(loadMessage(2));
    json message =
        protocol::toJson(protocol::PredictRequest{{{"a", "b"}, "/no/picture.jpg", {}, {"/no/crop.png"}}, false, true});
    message.update({{"id", 3}, {"type", "predict"}});
    const json answer = talk.ask(message);
    REQUIRE(answer.contains("result"));
    CHECK(answer["result"]["hasPicture"] == false);
    CHECK(answer["result"]["findings"].size() >= 1);
}

TEST_CASE("Serve.EveryAnswerSaysThatAPictureCannotBeReadNotOnlyTheFirst") {
    const TemporaryFolder folder;
    writeFileAtomic(folder / "broken.jpg", "no picture at all");
    EngineTalk talk(kProgram);
    talk.greet();
    talk.ask(loadMessage(2));
    const auto askAbout = [&](int id, const std::string& path) {
        json message = protocol::toJson(protocol::PredictRequest{{{"a", "b"}, path, {}, {}}, false, false});
        message.update({{"id", id}, {"type", "predict"}});
        const json answer = talk.ask(message);
        REQUIRE(answer.contains("result"));
        return protocol::predictResultFromJson(answer["result"]);
    };
    for (int round = 0; round < 3; ++round) {
        INFO("round " << round);
        const auto unreadable = askAbout(10 + round, (folder / "broken.jpg").string());
        CHECK_FALSE(unreadable.hasPicture);
        REQUIRE(unreadable.findings.size() == 1);
        CHECK(unreadable.findings[0].code == "picture-kind-unknown");
        CHECK(unreadable.findings[0].file == (folder / "broken.jpg").string());
        const auto missing = askAbout(20 + round, (folder / "gone.jpg").string());
        REQUIRE(missing.findings.size() == 1);
        CHECK(missing.findings[0].code == "picture-missing");
        const auto fine = askAbout(30 + round, picture());  // and a good one is not blamed
        CHECK(fine.hasPicture);
        CHECK(fine.findings.empty());
    }
}

TEST_CASE("Serve.APostWithoutWordsIsAnsweredEmpty") {
    EngineTalk talk(kProgram);
    talk.greet();
    talk.ask(loadMessage(2));
    const json answer = talk.ask({{"id", 3}, {"type", "predict"}, {"words", json::array()}});
    REQUIRE(answer.contains("result"));
    CHECK(answer["result"]["tags"].empty());
}

TEST_CASE("Serve.EveryRequestEndsOnceThoughOthersAreCancelled") {
    EngineTalk talk(kProgram);
    talk.greet();
    talk.send(loadMessage(2));
    for (int id = 3; id < 13; ++id) talk.send({{"id", id}, {"type", "predict"}, {"words", {"London", "calling"}}});
    for (int id = 5; id < 13; id += 2) talk.send({{"id", 100 + id}, {"type", "cancel"}, {"target", id}});
    talk.send({{"id", 200}, {"type", "hello"}, {"version", protocol::kProtocolVersion}});
    std::map<std::int64_t, int> ends;
    std::size_t count = 0;
    while (count < 1 + 10 + 4 + 1) {
        const auto message = talk.receive();
        REQUIRE(message);
        if (message->contains("progress")) continue;
        ++ends[message->at("id").get<std::int64_t>()];
        ++count;
    }
    for (const auto& [id, times] : ends) {
        INFO(id);
        CHECK(times == 1);
    }
    CHECK(ends.size() == 16);
}

TEST_CASE("Serve.UnloadForgetsTheModel") {
    EngineTalk talk(kProgram);
    talk.greet();
    talk.ask(loadMessage(2));
    CHECK(talk.ask({{"id", 3}, {"type", "unload"}}).contains("result"));
    CHECK(codeOf(talk.ask({{"id", 4}, {"type", "predict"}, {"words", {"a"}}})) == "protocol-invalid");
}

TEST_CASE("Serve.DetectFindsBoxesInAFileAndInBytes") {
    const TemporaryFolder folder;
    const std::string model = std::string(MNERVA_SOURCE_DIR) + "/tests/golden/vision/tiny_v8.onnx";
    // An 8 x 8 bitmap, red all over: two headers, then rows of blue, green, red.
    const auto number = [](std::uint32_t value, int width) {
        std::string out;
        for (int i = 0; i < width; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
        return out;
    };
    std::string bytes = "BM" + number(54 + 192, 4) + number(0, 4) + number(54, 4) + number(40, 4) + number(8, 4) +
                        number(8, 4) + number(1, 2) + number(24, 2) + std::string(24, '\0');
    for (int i = 0; i < 64; ++i) bytes += std::string("\0\0\xff", 3);
    writeFileAtomic(folder / "red.bmp", bytes);
    EngineTalk talk(kProgram);
    talk.greet();
    protocol::DetectRequest request;
    request.detector = model;
    request.imagePath = (folder / "red.bmp").string();
    json message = toJson(request);
    message.update({{"id", 2}, {"type", "detect"}});
    const json answer = talk.ask(message);
    INFO(answer.dump());
    const protocol::DetectResult found = protocol::detectResultFromJson(answer.at("result"));
    CHECK(found.detector == "tiny_v8");
    CHECK(found.fingerprint.size() == 64);
    CHECK(found.width == 8);
    REQUIRE_FALSE(found.boxes.empty());
    CHECK(found.boxes[0].label == "red");
    CHECK(found.boxes[0].left + found.boxes[0].width <= 8);
    CHECK_FALSE(talk.progress().empty());

    protocol::DetectRequest sent;
    sent.detector = model;
    sent.imageBytes = bytes;
    message = toJson(sent);
    message.update({{"id", 3}, {"type", "detect"}});
    CHECK(protocol::detectResultFromJson(talk.ask(message).at("result")).boxes.size() == found.boxes.size());

    message = {{"id", 4}, {"type", "detect"}, {"detector", model}, {"imagePath", "/nowhere.jpg"}};
    CHECK(codeOf(talk.ask(message)) == "file-missing");
    writeFileAtomic(folder / "words.jpg", "no picture at all");
    message["imagePath"] = (folder / "words.jpg").string();
    CHECK(codeOf(talk.ask(message)) == "image-kind-unknown");
    message = {{"id", 5}, {"type", "detect"}, {"detector", "/nowhere.onnx"}, {"imagePath", request.imagePath}};
    CHECK(codeOf(talk.ask(message)) == "file-missing");
    CHECK(codeOf(talk.ask({{"id", 6}, {"type", "detect"}})) == "protocol-invalid");
    message = {{"id", 7}, {"type", "detect"}, {"detector", model}, {"imagePath", request.imagePath}, {"minScore", 7}};
    CHECK(codeOf(talk.ask(message)) == "option-invalid");
    CHECK(talk.ask({{"id", 8}, {"type", "unload"}}).contains("result"));
}

TEST_CASE("Serve.AQueuedDetectCanBeCancelled") {
    EngineTalk talk(kProgram);
    talk.greet();
    const std::string model = std::string(MNERVA_SOURCE_DIR) + "/tests/golden/vision/tiny_v8.onnx";
    // The load before it keeps the worker busy while the cancel comes in; whichever is first, there is one clean end.
    talk.send(loadMessage(10));
    talk.send({{"id", 11}, {"type", "detect"}, {"detector", model}, {"imagePath", picture()}});
    talk.send({{"id", 12}, {"type", "cancel"}, {"target", 11}});
    const json end = talk.endOf(11);
    CHECK(end.contains("cancelled"));
}
