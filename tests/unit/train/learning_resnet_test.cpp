#include "core/base/file.h"
#include "core/models/run_folder_internal.h"
#include "core/nn/weights/weights.h"
#include "tests/unit/train/toy.h"

using namespace mnerva;
using namespace mnerva::train;
using namespace mnerva::train::test;
using nlohmann::json;

namespace {

RunConfig configWith(const Toy& toy, const std::string& run, std::vector<std::string> assignments,
                     const std::string& system = "rpbert") {
    assignments.insert(assignments.begin(), "epochs=2");
    return toy.configOf(system, run, assignments);
}

}  // namespace

TEST_CASE("Learning ResNet: at a rate of nearly nothing a run gives what frozen rows give") {
    const Toy toy(4);
    std::vector<std::vector<models::Prediction>> found;
    for (const char* freeze : {"freeze_resnet=true", "freeze_resnet=false"}) {
        const RunConfig config = configWith(toy, freeze, {freeze, "epochs=1", "lr=1e-9", "crf_lr=1e-9"});
        trained(toy, config);
        const auto predictor = models::Predictor::load(config.runFolder, "cpu");
        std::vector<models::PostInput> posts;
        for (const TrainingPost& post : toy.data.train) posts.push_back(post.input);
        found.push_back(predictor->predictMany(posts, {true, true}, {}, {}));
    }
    for (std::size_t i = 0; i < found[0].size(); ++i) {
        CHECK(found[0][i].hasPicture);
        CHECK(found[1][i].hasPicture);
        CHECK(found[0][i].tags == found[1][i].tags);
        CHECK(found[0][i].relevance.at(0) == Approx(found[1][i].relevance.at(0)).epsilon(1e-4));
        const auto &a = found[0][i].marginals.values, &b = found[1][i].marginals.values;
        REQUIRE(a.size() == b.size());
        for (std::size_t k = 0; k < a.size(); ++k) CHECK(a[k] == Approx(b[k]).margin(1e-4));
        const auto &seen = found[0][i].textToImage.at(0).values, &seenToo = found[1][i].textToImage.at(0).values;
        for (std::size_t k = 0; k < seen.size(); ++k) CHECK(seen[k] == Approx(seenToo[k]).margin(1e-4));
    }
}

TEST_CASE("Learning ResNet: it learns, stands in the run's weights, and a loaded run predicts the same") {
    const auto [system, statistics] =
        GENERATE(table<std::string, std::string>({{"rpbert", "bn_batch_statistics=false"},
                                                  {"rpbert", "bn_batch_statistics=true"},
                                                  {"umgf", "bn_batch_statistics=false"}}));
    INFO(system);
    const Toy toy(4);
    const RunConfig config = configWith(toy, "learns", {"freeze_resnet=false", "lr=0.001", statistics}, system);
    trained(toy, config);
    const nn::WeightFile file = nn::WeightFile::open(config.runFolder / "model.safetensors");
    const auto start = nn::openResNetState("random18").tensors;
    for (const auto& [name, tensor] : start) {
        INFO(name);
        REQUIRE(file.has("resnet." + name));
        const double moved = (file.tensor("resnet." + name) - tensor).abs().max().item<double>();
        const bool running = name.find("running") != std::string::npos;
        CHECK((moved > 0) == (!running || statistics == "bn_batch_statistics=true"));
    }
    const auto predictor = models::Predictor::load(config.runFolder, "cpu");
    const std::string lines = readFile(config.runFolder / "predictions-test.jsonl");
    std::size_t at = 0;
    for (const TrainingPost& post : toy.data.test) {
        const json line = json::parse(lines.substr(at, lines.find('\n', at) - at));
        at = lines.find('\n', at) + 1;
        CHECK(predictor->predict(post.input, {}).tags == line.at("tags").get<std::vector<std::string>>());
    }
    const auto again = models::Predictor::load(config.runFolder, "cpu");
    const auto a = predictor->predict(toy.data.test[0].input, {true, false});
    const auto b = again->predict(toy.data.test[0].input, {true, false});
    CHECK(a.marginals.values == b.marginals.values);
    CHECK(a.relevance == b.relevance);
}

TEST_CASE("Learning ResNet: two epochs equal one, a stop, a resume and one more to the last bit") {
    const Toy toy(4);
    const std::vector<std::string> options{"freeze_resnet=false", "bn_batch_statistics=true"};
    const TrainingResult whole = trained(toy, configWith(toy, "whole", options));
    RunConfig cut = configWith(toy, "cut", options);
    Control control;
    runTraining(toy.data, cut,
                [&](const protocol::TimedEvent& timed) {
                    const json event = protocol::toJson(timed);

                    if (event.at("event") == "checkpoint" && event.at("epoch") == 1) control.say("stop");
                },
                control, {});
    cut.resume = true;
    CHECK(trained(toy, cut).metrics == whole.metrics);
    CHECK(readFile(cut.runFolder / "model.safetensors") ==
          readFile(toy.folder / "runs" / "whole" / "model.safetensors"));
}

TEST_CASE("Learning ResNet: its parameters are of the group of what reads pictures") {
    const Toy toy(4);
    json start;
    trained(toy, configWith(toy, "groups", {"freeze_resnet=false", "epochs=1"}),
            [&](const protocol::TimedEvent& timed) {
                const json event = protocol::toJson(timed);

                if (event.at("event") == "start") start = event;
            });
    std::int64_t count = 0;
    for (const auto& [name, tensor] : nn::openResNetState("random18").tensors)
        if (name.find("running") == std::string::npos) count += tensor.numel();
    CHECK(start.at("parameters").at("vision") == count);
}
