#include "core/protocol/messages.h"

#include <catch2/catch.hpp>
#include <limits>

using namespace mnerva;
using namespace mnerva::protocol;
using nlohmann::json;

namespace {

/// The detail of the ProtocolInvalid that `use` throws; "" if it throws nothing.
template <class Use>
std::string refusal(Use use) {
    try {
        use();
    } catch (const Error& error) {
        REQUIRE(error.code() == ErrorCode::ProtocolInvalid);
        return error.args().at(0);
    }
    return {};
}

FloatArray tensor(std::vector<int> shape) {
    FloatArray out{std::move(shape), {}};
    std::size_t count = 1;
    for (int side : out.shape) count *= static_cast<std::size_t>(side);
    for (std::size_t i = 0; i < count; ++i) out.values.push_back(static_cast<float>(i) * 0.5f);
    return out;
}

PredictResult fullResult() {
    PredictResult result;
    result.tags = {"B-PER", "O"};
    result.entities = {{"PER", 0, 0, 0.75}};
    result.pictureOf = {0, 2};
    result.relevance = {0.9, 0.0};
    result.levelGates = {{0.25, 0.25, 0.25, 0.25}, {0.1, 0.2, 0.3, 0.4}};
    result.visualGate = {0.5, 0.25};
    result.regions = {0, 1};
    result.groundings = {{1, {0.125f, 0.5f, 0.375f}}};
    result.cropRegions = {1, 0};
    result.textToImage = {tensor({2, 2, 61})};
    result.imageToText = {tensor({2, 61, 4})};
    result.marginals = tensor({2, 3});
    result.tagNames = {"O", "B-PER", "I-PER"};
    return result;
}

}  // namespace

TEST_CASE("Tensor.KeepsShapeAndValuesExactly") {
    FloatArray value{{2, 3}, {1.0f, -0.0f, 3e-38f, 1e30f, 0.1f, -7.5f}};
    const FloatArray back = tensorFromJson(toJson(value));
    CHECK(back.shape == value.shape);
    CHECK(back.values == value.values);
}

TEST_CASE("Tensor.NotFiniteValuesSurvive") {
    const FloatArray back =
        tensorFromJson(toJson(FloatArray{{2}, {std::numeric_limits<float>::infinity(), std::nanf("")}}));
    CHECK(std::isinf(back.values[0]));
    CHECK(std::isnan(back.values[1]));
}

TEST_CASE("Tensor.IndexIsRowMajor") {
    const FloatArray value = tensor({2, 3, 4});
    CHECK(value.at({1, 2, 3}) == value.values[23]);
    CHECK(value.at({0, 1, 0}) == value.values[4]);
}

TEST_CASE("Tensor.IndexOutsideThrows") {
    const FloatArray value = tensor({2, 3});
    CHECK_THROWS_AS(value.at({2, 0}), Error);
    CHECK_THROWS_AS(value.at({0, -1}), Error);
    CHECK_THROWS_AS(value.at({0}), Error);
    CHECK_THROWS_AS(value.at({0, 0, 0}), Error);
}

TEST_CASE("Tensor.NoneTravelsAsNone") {
    const FloatArray back = tensorFromJson(toJson(FloatArray{}));
    CHECK(back.shape.empty());
    CHECK(back.values.empty());
}

TEST_CASE("Tensor.RefusesBytesThatDoNotFitTheShape") {
    json value = toJson(tensor({2, 3}));
    value["shape"] = {2, 4};
    CHECK(refusal([&] { tensorFromJson(value); }).find("tensor.bytes") == 0);
}

TEST_CASE("Tensor.RefusesNegativeAndOverflowingShapes") {
    json value = toJson(tensor({2, 3}));
    value["shape"] = {-2, -3};
    CHECK_FALSE(refusal([&] { tensorFromJson(value); }).empty());
    value["shape"] = {2147483647, 2147483647, 2147483647, 2147483647};
    CHECK_FALSE(refusal([&] { tensorFromJson(value); }).empty());
}

TEST_CASE("Tensor.RefusesAnotherNumberType") {
    json value = toJson(tensor({2}));
    value["dtype"] = "f16";
    CHECK(refusal([&] { tensorFromJson(value); }) == "tensor.dtype is f16, wanted f32");
}

TEST_CASE("LoadRequest.GoesThereAndBack") {
    const LoadRequest back = loadRequestFromJson(toJson(LoadRequest{"runs/m1", "cuda:0", "bf16"}));
    CHECK(back.runFolder == "runs/m1");
    CHECK(back.device == "cuda:0");
    CHECK(back.dtype == "bf16");
}

TEST_CASE("LoadRequest.DeviceIsOptionalTheRunFolderNot") {
    CHECK(loadRequestFromJson({{"runFolder", "x"}}).device == "cpu");
    CHECK(refusal([] { loadRequestFromJson(json::object()); }) == "load.runFolder is missing, wanted text");
}

TEST_CASE("PredictRequest.GoesThereAndBack") {
    PostInput post{{"Zoë", "😂", "长"}, "a/b.jpg", std::string("\xff\xd8\0x", 4), {"c.png"}};
    post.seconds = 1.5;
    post.morePictures = {{"d.jpg", {}, {}, {}}, {"e.jpg", "bytes", {"f.png"}, 2.5}};
    post.oddPictures = {{"picture-outside", "g.jpg", 0, "leads out"}};
    const PredictRequest back = predictRequestFromJson(toJson(PredictRequest{post, true, true}));
    CHECK(back.post.words == post.words);
    CHECK(back.post.imagePath == post.imagePath);
    CHECK(back.post.imageBytes == post.imageBytes);
    CHECK(back.post.cropPaths == post.cropPaths);
    CHECK(back.post.seconds == 1.5);
    CHECK(back.wantMarginals);
    CHECK(back.wantAttention);
    REQUIRE(back.post.morePictures.size() == 2);
    CHECK(back.post.morePictures[0].path == "d.jpg");
    CHECK_FALSE(back.post.morePictures[0].seconds);
    CHECK(back.post.morePictures[1].bytes == "bytes");
    CHECK(back.post.morePictures[1].cropPaths == std::vector<std::string>{"f.png"});
    CHECK(back.post.morePictures[1].seconds == 2.5);
    CHECK(back.post.oddPictures.at(0).file == "g.jpg");
    CHECK(predictRequestFromJson({{"words", {"a"}}}).post.morePictures.empty());
    CHECK(back.post.auxiliary.empty());
}

TEST_CASE("PredictRequest.TextsAboutThePostGoThereAndBack") {
    PredictRequest request{{{"a"}, "", "", {}}, false, false};
    request.post.auxiliary = {{"caption", {"Zoë", "😂"}}, {"", {}}};
    CHECK(predictRequestFromJson(toJson(request)).post.auxiliary == request.post.auxiliary);
    json wrong = toJson(request);
    wrong["auxiliary"][0]["words"] = "text";
    CHECK(refusal([&] { predictRequestFromJson(wrong); }) == "predict.auxiliary[0].words is string, wanted a list");
}

TEST_CASE("PredictRequest.WrongTypesNameTheField") {
    const auto with = [](const char* field, json value) {
        json request = toJson(PredictRequest{{{"a"}, "", "", {}}, false, false});
        request[field] = std::move(value);
        return refusal([&] { predictRequestFromJson(request); });
    };
    CHECK(with("words", 7) == "predict.words is number, wanted a list");
    CHECK(with("words", json::array({"a", 3})) == "predict.words[1] is number, wanted text");
    CHECK(with("words", nullptr) == "predict.words is missing, wanted a list of texts");
    CHECK(with("imagePath", json::array()) == "predict.imagePath is array, wanted text");
    CHECK(with("imageBytes", "text") == "predict.imageBytes is string, wanted bytes");
    CHECK(with("cropPaths", json::object()) == "predict.cropPaths is object, wanted a list");
    CHECK(with("wantAttention", "yes") == "predict.wantAttention is string, wanted true or false");
}

TEST_CASE("PredictRequest.AnythingButAMapIsRefused") {
    for (const json& value : {json(3), json("x"), json::array(), json(nullptr)})
        CHECK(refusal([&] { predictRequestFromJson(value); }).find("wanted a map") != std::string::npos);
}

TEST_CASE("PredictResult.GoesThereAndBackThroughAFrame") {
    const PredictResult result = fullResult();
    FrameDecoder decoder;
    decoder.feed(encodeFrame(resultMessage(4, toJson(result))));
    const auto message = decoder.next();
    REQUIRE(message);
    const PredictResult back = predictResultFromJson(message->at("result"));
    CHECK(back.tags == result.tags);
    REQUIRE(back.entities.size() == 1);
    CHECK(back.entities[0].type == "PER");
    CHECK(back.entities[0].confidence == 0.75);
    CHECK(back.pictureOf == result.pictureOf);
    CHECK(back.relevance == result.relevance);
    CHECK(back.levelGates == result.levelGates);
    CHECK(back.visualGate == result.visualGate);
    REQUIRE(back.groundings.size() == 1);
    CHECK(back.groundings[0].region == 1);
    CHECK(back.regions == result.regions);
    CHECK(back.groundings[0].weights == result.groundings[0].weights);
    CHECK(back.cropRegions == result.cropRegions);
    CHECK(back.textToImage.at(0).values == result.textToImage[0].values);
    CHECK(back.imageToText.at(0).shape == result.imageToText[0].shape);
    CHECK(back.marginals.values == result.marginals.values);
    CHECK(back.tagNames == result.tagNames);
}

TEST_CASE("PredictResult.WrongTypesNameTheField") {
    const auto with = [](const std::string& pointer, json value) {
        json result = toJson(fullResult());
        result[json::json_pointer(pointer)] = std::move(value);
        return refusal([&] { predictResultFromJson(result); });
    };
    CHECK(with("/tags", "O") == "result.tags is string, wanted a list");
    CHECK(with("/entities/0/first", 1.5) == "result.entities[0].first is number, wanted a whole number");
    CHECK(with("/entities/0/last", 99999999999) ==
          "result.entities[0].last is number, wanted a whole number of at most 31 bits");
    CHECK(with("/entities/0", "PER") == "result.entities[0] is string, wanted a map");
    CHECK(with("/levelGates/1", 3).find("result.levelGates[1]") == 0);
    CHECK(with("/groundings/0/region", "2") == "result.groundings[0].region is string, wanted a whole number");
    CHECK(with("/visualGate", 0.5) == "result.visualGate is number, wanted a list");
    CHECK(with("/relevance/0", "high") == "result.relevance[0] is string, wanted a number");
    CHECK(with("/textToImage/0/dtype", "i8") == "result.textToImage[0].dtype is i8, wanted f32");
    CHECK(with("/marginals", 1) == "result.marginals is number, wanted a map");
}

TEST_CASE("Answers.CarryTheIdAndExactlyOneEnd") {
    const json error = errorMessage(9, Error(ErrorCode::RunMissing, {"m1", "none"}));
    CHECK(error == json{{"id", 9}, {"error", {{"code", "run-missing"}, {"args", {"m1", "none"}}}}});
    CHECK(cancelledMessage(2) == json{{"id", 2}, {"cancelled", true}});
    CHECK(progressMessage(3, {"features", 1, 8})["progress"]["total"] == 8);
    CHECK(resultMessage(1, 5) == json{{"id", 1}, {"result", 5}});
}

TEST_CASE("Detect.RequestAndResultGoThereAndBackThroughAFrame") {
    DetectRequest request;
    request.imageBytes = std::string("\0\xff", 2);
    request.detector = "/models/多.onnx";
    request.namesFile = "names.txt";
    request.minScore = 0.5;
    FrameDecoder decoder;
    decoder.feed(encodeFrame(toJson(request)));
    const DetectRequest back = detectRequestFromJson(*decoder.next());
    CHECK(back.imageBytes == request.imageBytes);
    CHECK(back.detector == request.detector);
    CHECK(back.namesFile == "names.txt");
    CHECK(back.minScore == 0.5);
    const DetectResult result{"faces", "abc", 640, 480, {{1, 2, 30, 40, "face", 0.75}}};
    decoder.feed(encodeFrame(resultMessage(4, toJson(result))));
    const DetectResult there = detectResultFromJson(decoder.next()->at("result"));
    CHECK(there.detector == "faces");
    CHECK(there.fingerprint == "abc");
    CHECK(there.height == 480);
    REQUIRE(there.boxes.size() == 1);
    CHECK(there.boxes[0].left == 1);
    CHECK(there.boxes[0].height == 40);
    CHECK(there.boxes[0].label == "face");
    CHECK(there.boxes[0].score == 0.75);
}

TEST_CASE("Detect.ARequestNeedsAPictureAndHasDefaults") {
    const DetectRequest request = detectRequestFromJson({{"imagePath", "a.jpg"}});
    CHECK(request.detector == "faces");
    CHECK(request.minScore == 0.25);
    CHECK(refusal([] { detectRequestFromJson(json::object()); }).find("wanted one") != std::string::npos);
    CHECK(refusal([] {
              detectRequestFromJson({{"imagePath", "a"}, {"minScore", "high"}});
          }) == "detect.minScore is string, wanted a number");
    const json wrong{{"detector", "f"}, {"fingerprint", ""}, {"width", 1}, {"height", 1}, {"boxes", {{{"left", 0.5}}}}};
    CHECK(refusal([&] { detectResultFromJson(wrong); }).find("result.boxes[0].left") == 0);
}

TEST_CASE("PredictRequest.RegionsTravelBestFirst") {
    PredictRequest request;
    request.post.words = {"a"};
    request.post.regions = {{1.5, 2, 30, 40, "person", 0.75, "yolo"}, {0, 0, 5, 5, "", 1, "file"}};
    FrameDecoder decoder;
    decoder.feed(encodeFrame(toJson(request)));
    const PredictRequest back = predictRequestFromJson(*decoder.next());
    REQUIRE(back.post.regions.size() == 2);
    CHECK(back.post.regions[0].left == 1.5);
    CHECK(back.post.regions[0].bottom == 40);
    CHECK(back.post.regions[0].label == "person");
    CHECK(back.post.regions[0].origin == "yolo");
    CHECK(back.post.regions[0].score == 0.75);
    CHECK(back.post.regions[1].origin == "file");
    CHECK(predictRequestFromJson({{"words", {"a"}}}).post.regions.empty());
}
