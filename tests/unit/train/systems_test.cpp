#include "core/base/file.h"
#include "tests/unit/train/toy.h"

using namespace mnerva;
using namespace mnerva::train;
using namespace mnerva::train::test;

namespace {

/// A box in each post, of a class that goes with the type of "jordan".
void addLabels(Toy& toy) {
    const std::vector<std::string> labels{"person", "bench", "cell phone"};
    for (auto* split : {&toy.data.train, &toy.data.valid, &toy.data.test})
        for (std::size_t i = 0; i < split->size(); ++i)
            (*split)[i].input.regions.push_back({0, 0, 9, 9, labels[i % 8 % 3], 1, "file"});
}

}  // namespace

// Invariant 11 of models.md 7, for whatever the registry lists.
TEST_CASE("Systems: every system and variant overfits eight posts, and its loaded run predicts the same tags",
          "[invariant-11][every-system]") {
    for (const models::SystemInfo& system : models::systems()) {
        for (const std::string& variant : system.variants.empty() ? std::vector<std::string>{""} : system.variants) {
            INFO(system.name << " " << variant);
            Toy toy(8, !readsPictures(system.name, variant));
            toy.repeat(8);
            // By pictures alone MGCMT told two of the three plain colours apart here; it reads labels of objects too.
            if (system.name == "mgcmt") addLabels(toy);
            // Of eight seeds RpBERT overfitted with two or three in 24 epochs, whichever values dropout chose.
            const std::string epochs = system.name == "rpbert" ? "epochs=48" : "epochs=24";
            const RunConfig config = toy.configOf(system.name, "overfit", {epochs, "lr=0.002"}, variant);
            const TrainingResult result = trained(toy, config);
            CHECK(result.outcome == "succeeded");
            CHECK(result.metrics.at("test").at("micro").at("f1") == 1.0);
            const auto predictor = models::Predictor::load(config.runFolder, "cpu");
            for (const TrainingPost& post : toy.data.train) CHECK(predictor->predict(post.input, {}).tags == post.tags);
        }
    }
}

TEST_CASE("Systems: a post without picture, an empty word and a long post get one tag a word from every system",
          "[every-system]") {
    for (const models::SystemInfo& system : models::systems()) {
        for (const std::string& variant : system.variants.empty() ? std::vector<std::string>{""} : system.variants) {
            INFO(system.name << " " << variant);
            const Toy toy(8, !readsPictures(system.name, variant));
            const RunConfig config = toy.configOf(system.name, "odd", {"epochs=1"}, variant);
            trained(toy, config);
            const auto predictor = models::Predictor::load(config.runFolder, "cpu");
            models::PostInput bare, odd = toy.data.train[0].input, lengthy = odd;
            bare.words = {"see", "jordan"};
            odd.words = {"see", "\xef\xbf\xbd", "jordan"};
            for (int i = 0; i < 400; ++i) lengthy.words.push_back("anna");
            for (const models::PostInput& post : {bare, odd, lengthy}) {
                const models::Prediction answer = predictor->predict(post, {true, true});
                CHECK(answer.tags.size() == post.words.size());
                for (const Entity& entity : answer.entities) {
                    CHECK(entity.confidence.value_or(-1) >= 0);
                    CHECK(entity.confidence.value_or(2) <= 1);
                }
            }
            CHECK(predictor->predict(lengthy, {}).cutWords > 0);
            // y of a target is that which an explanation aims at, whether the system tags or writes.
            models::TargetLogs logs{{{{"PER", 1, 1, {}}, {"PER", 0, 1, {}}}, {{"PER", 2, 2, {}}}}, {}};
            predictor->predictMany(std::vector{bare, odd}, {}, {}, {}, &logs);
            for (std::size_t i = 0; i < 2; ++i)
                for (std::size_t e = 0; e < logs.targets[i].size(); ++e) {
                    AttributionQuery query;
                    query.first = logs.targets[i][e].first;
                    query.last = logs.targets[i][e].last;
                    query.type = "PER";
                    const auto one = predictor->explaining(i == 0 ? bare : odd, query);
                    CHECK(logs.logs.at(i).at(e) == Approx(one->target().logProbability).margin(1e-4));
                }
        }
    }
}

TEST_CASE("Systems: MPCFN learns from a post's second picture, and says so in blocks of columns", "[every-system]") {
    Toy toy;
    vision::writePicture(toy.folder / "grey.png", vision::filledPicture(224, 224, 120, 120, 120));
    for (auto* split : {&toy.data.train, &toy.data.valid, &toy.data.test})
        for (TrainingPost& post : *split) {
            post.input.morePictures.push_back({post.input.imagePath, {}, {}, {}});
            post.input.imagePath = (toy.folder / "grey.png").string();
        }
    toy.repeat(8);
    const RunConfig config = toy.configOf("mpcfn", "second", {"epochs=20", "lr=0.002"});
    CHECK(trained(toy, config).metrics.at("test").at("micro").at("f1") == 1.0);
    const auto predictor = models::Predictor::load(config.runFolder, "cpu");
    models::PostInput post = toy.data.train[0].input;
    const models::Prediction two = predictor->predict(post, {false, true});
    CHECK(two.pictures == 2);
    CHECK(two.relevance.size() == 4);
    CHECK(two.textToImage.back().shape[2] == 2 * 53);
    post.morePictures.clear();
    std::vector<models::PostInput> posts{toy.data.train[0].input, post};
    const auto answers = predictor->predictMany(posts, {false, true}, {}, {});
    CHECK(answers[1].pictures == 1);  // whatever the others of its batch have
    CHECK(answers[1].textToImage.back().shape[2] == 53);
    CHECK(answers[0].pictures == 2);
}
