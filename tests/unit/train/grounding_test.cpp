#include <algorithm>

#include "core/base/file.h"
#include "core/models/entity_boxes.h"
#include "core/protocol/prediction_lines.h"
#include "tests/unit/train/toy.h"

using namespace mnerva;
using namespace mnerva::train;
using namespace mnerva::train::test;

namespace {

/// Posts whose picture has a red and a blue half. "anna" is shown where it is red, "paris" where it is blue, "shell" is
/// not shown; which half is red changes.
struct Grounded {
    Toy toy{0};

    Grounded() {
        toy.data.tagNames = {"O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG"};
        for (int i = 0; i < 8; ++i) {
            const bool redLeft = i % 2 == 0;
            const std::string file = (toy.folder / ("half" + std::to_string(redLeft) + ".png")).string();
            vision::Picture picture = vision::filledPicture(200, 100, 20, 20, 230);
            for (int y = 0; y < 100; ++y)
                for (int x = redLeft ? 0 : 100; x < (redLeft ? 100 : 200); ++x) {
                    std::uint8_t* pixel = picture.rgb.data() + 3 * (y * 200 + x);
                    pixel[0] = 230;
                    pixel[2] = 20;
                }
            vision::writePicture(file, picture);
            TrainingPost post;
            post.input.words = {"see", i % 4 < 2 ? "anna" : "paris", "at", "shell"};
            post.tags = {"O", i % 4 < 2 ? "B-PER" : "B-LOC", "O", "B-ORG"};
            post.input.imagePath = file;
            const models::RegionInput left{0, 0, 100, 100, "", 1, "file"}, right{100, 0, 200, 100, "", 1, "file"};
            post.input.regions = {left, right};
            const bool wantsRed = i % 4 < 2;
            post.boxes = {{1, 1, {wantsRed == redLeft ? left : right}}};
            toy.data.train.push_back(post);
        }
        toy.data.valid = toy.data.test = toy.data.train;
        toy.repeat(8);
    }
};

}  // namespace

TEST_CASE("Grounding: a grounded run learns which region shows an entity, and says so of a post alone") {
    const Grounded grounded;
    const RunConfig config =
        grounded.toy.configOf("gmner", "grounded", {"grounded=true", "epochs=24", "lr=0.002", "pointer_dropout=0.1"});
    const TrainingResult result = trained(grounded.toy, config);
    const auto& scores = result.metrics.at("test").at("grounding");
    CHECK(scores.at("mner").at("f1") == 1.0);
    CHECK(scores.at("eeg").at("f1") == 1.0);
    CHECK(scores.at("gmner").at("f1") == 1.0);
    CHECK(result.metrics.at("best").at("f1") == 1.0);
    const auto predictor = models::Predictor::load(config.runFolder, "cpu");
    CHECK(predictor->explains() == std::vector<std::string>{"regions"});
    const std::filesystem::path file = config.runFolder / "predictions-test.jsonl";
    const auto lines = protocol::readTestLines(readFile(file), file);
    REQUIRE(lines.size() == grounded.toy.data.test.size());
    for (std::size_t i = 0; i < 4; ++i) {
        const TrainingPost& post = grounded.toy.data.test[i];
        const models::Prediction answer = predictor->predict(post.input, {false, true});
        CHECK(answer.tags == post.tags);
        REQUIRE(answer.groundings.size() == 2);
        CHECK(answer.regions == std::vector<int>{0, 1});
        const float left = post.boxes[0].boxes[0].left;
        CHECK(answer.groundings[0].region == (left == 0 ? 0 : 1));
        CHECK(answer.groundings[1].region == -1);
        for (const models::Grounding& grounding : answer.groundings) {
            REQUIRE(grounding.weights.size() == 3);
            CHECK(grounding.weights[0] + grounding.weights[1] + grounding.weights[2] == Approx(1).epsilon(1e-4));
        }
        CHECK(answer.groundings[1].weights[2] > 0.5f);
        CHECK(answer.groundings[0].weights[static_cast<std::size_t>(answer.groundings[0].region)] > 0.5f);
        CHECK(predictor->predict(post.input, {}).groundings[0].weights.empty());
        // What training wrote of the test posts has the boxes of `predict`.
        CHECK((lines[i].boxes == std::vector<EntityBox>{{1, 1, static_cast<int>(left), 0, 100, 100}}));
        CHECK(
            (lines[i].boxes == models::entityBoxesOf(post.input, answer.entities, answer.groundings, answer.regions)));
    }
}

TEST_CASE("Grounding: the same on a BART") {
    const Grounded grounded;
    const RunConfig config = grounded.toy.configOf(
        "gmner", "bart", {"grounded=true", "backbone=bart", "epochs=24", "lr=0.002", "pointer_dropout=0.1"});
    const TrainingResult result = trained(grounded.toy, config);
    CHECK(result.metrics.at("test").at("grounding").at("gmner").at("f1") == 1.0);
    const auto predictor = models::Predictor::load(config.runFolder, "cpu");
    for (std::size_t i = 0; i < 4; ++i) {
        const TrainingPost& post = grounded.toy.data.test[i];
        CHECK(predictor->predict(post.input, {}).tags == post.tags);
    }
}

TEST_CASE("Grounding: boxes of entities are part of what tells two data sets apart") {
    Grounded grounded;
    const auto before = dataFingerprint(grounded.toy.data);
    grounded.toy.data.train[0].boxes[0].boxes[0].right -= 1;
    CHECK(dataFingerprint(grounded.toy.data).at("train") != before.at("train"));
    CHECK(dataFingerprint(grounded.toy.data).at("test") == before.at("test"));
}

TEST_CASE("Grounding: a run without boxes at all is trained and scored, and says that nothing is shown") {
    Grounded grounded;
    for (auto* split : {&grounded.toy.data.train, &grounded.toy.data.valid, &grounded.toy.data.test})
        for (TrainingPost& post : *split) {
            post.boxes.clear();
            post.input.regions.clear();
        }
    const RunConfig config = grounded.toy.configOf("gmner", "bare", {"grounded=true", "epochs=6", "lr=0.002"});
    const TrainingResult result = trained(grounded.toy, config);
    CHECK(result.outcome == "succeeded");
    CHECK(result.metrics.at("test").contains("grounding"));
    const auto predictor = models::Predictor::load(config.runFolder, "cpu");
    const models::Prediction answer = predictor->predict(grounded.toy.data.test[0].input, {false, true});
    CHECK(answer.regions == std::vector<int>{-1});
    for (const models::Grounding& grounding : answer.groundings) CHECK(grounding.region == -1);
}
