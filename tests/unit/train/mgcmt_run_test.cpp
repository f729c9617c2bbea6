#include <fstream>

#include "core/base/file.h"
#include "tests/unit/train/toy.h"

using namespace mnerva;
using namespace mnerva::train;
using namespace mnerva::train::test;

namespace {

/// The toy without pictures: a box's label gives the type of "jordan" away; every post also has a box that COCO has no
/// name for.
void addLabels(Toy& toy) {
    for (auto* split : {&toy.data.train, &toy.data.valid, &toy.data.test})
        for (std::size_t i = 0; i < split->size(); ++i) {
            models::PostInput& input = (*split)[i].input;
            input.imagePath.clear();
            const std::vector<std::string> labels{"Person", "bench", "cell_phone"};
            input.regions.push_back({0, 0, 9, 9, "unicorn", 1, "file"});
            input.regions.push_back({0, 0, 9, 9, labels[i % 3], 1, "file"});
        }
}

std::vector<std::vector<std::string>> predictedTags(const std::filesystem::path& file) {
    std::ifstream lines(file);
    std::vector<std::vector<std::string>> out;
    for (std::string line; std::getline(lines, line);) out.push_back(nlohmann::json::parse(line).at("tags"));
    return out;
}

}  // namespace

TEST_CASE("MgcmtRun: labels of boxes alone decide what the text leaves open; names that COCO lacks are counted") {
    Toy toy;
    addLabels(toy);
    toy.repeat(8);
    const RunConfig config = toy.configOf("mgcmt", "labels", {"use_global=false", "epochs=24", "lr=0.002"});
    std::int64_t unknown = 0;
    const TrainingResult result = trained(toy, config, [&](const protocol::TimedEvent& timed) {
        const nlohmann::json event = protocol::toJson(timed);

        if (event.at("event") == "warning" && event.at("code") == "object-unknown" && event.at("text") == "train")
            unknown = event.at("count");
    });
    CHECK(result.metrics.at("test").at("micro").at("f1") == 1.0);
    CHECK(unknown == static_cast<std::int64_t>(toy.data.train.size()));
    const auto predictor = models::Predictor::load(config.runFolder, "cpu");
    models::PostInput post = toy.data.train[0].input;
    CHECK(predictor->predict(post, {}).tags[1] == "B-PER");
    CHECK(predictor->takeFindings().count("object-unknown") == 1);
    post.regions[1].label = "bench";
    CHECK(predictor->predict(post, {}).tags[1] == "B-LOC");
}

TEST_CASE(
    "MgcmtRun: a run keeps its word vectors, and its loaded model tags as the trained one when the file is gone") {
    const Toy toy;
    const std::string file = (toy.folder / "tweets.vec").string();
    std::string lines = "9 3\n";
    int number = 0;
    for (const char* word : {"see", "jordan", "with", "anna", "lee", "today", "paris", "apple", "obama"}) {
        const auto value = [&](int d) { return std::to_string(((++number * 7 + d * 3) % 11) / 10.0 - 0.5); };
        lines += std::string(word) + " " + value(0) + " " + value(1) + " " + value(2) + "\n";
    }
    writeFileAtomic(file, lines);
    for (const std::string& source : {file, std::string()}) {
        INFO("vectors from " << (source.empty() ? "the encoder" : "a file"));
        const std::string name = source.empty() ? "pieces" : "file";
        const RunConfig config = toy.configOf("mgcmt", name, {"word_vectors=" + source, "epochs=3"});
        trained(toy, config);
        std::filesystem::remove(file);
        const auto tags = predictedTags(config.runFolder / "predictions-test.jsonl");
        REQUIRE(tags.size() == toy.data.test.size());
        const auto first = models::Predictor::load(config.runFolder, "cpu");
        const auto second = models::Predictor::load(config.runFolder, "cpu");
        for (std::size_t i = 0; i < tags.size(); ++i) {
            models::PostInput post = toy.data.test[i].input;
            CHECK(first->predict(post, {}).tags == tags[i]);
            post.words.push_back("unheard");
            CHECK(first->predict(post, {true, false}).marginals.values ==
                  second->predict(post, {true, false}).marginals.values);
        }
    }
}
