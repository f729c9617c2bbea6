// What a run does where memory runs out and where its device fails (experiments.md 4).
#include <cmath>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/nn/weights/weights.h"
#include "tests/unit/train/full_memory.h"
#include "tests/unit/train/plain_encoder.h"

using namespace mnerva;
using namespace mnerva::train;
using namespace mnerva::train::test;
using nlohmann::json;

namespace {

/// Sixteen long posts, so that what a batch computes is larger than any weight.
struct LongToy : Toy {
    LongToy() : Toy(16) {
        for (std::vector<TrainingPost>* split : {&data.train, &data.valid, &data.test})
            for (TrainingPost& post : *split)
                for (int i = 0; i < 40; ++i) {
                    post.input.words.emplace_back("see");
                    post.tags.emplace_back("O");
                }
    }
    /// Without dropout, as a batch and its parts draw it differently.
    RunConfig plain(const std::string& system, const std::string& run, std::vector<std::string> more = {}) const {
        for (const char* text : {"epochs=1", "batch=16", "eval_batch=16"}) more.emplace_back(text);
        RunConfig config = configOf(system, run, more);
        config.encoder = plainEncoder(*this);
        return config;
    }
};

struct Heard {
    std::vector<std::pair<std::string, std::int64_t>> warnings;
    std::vector<double> losses;

    EventSink sink(const std::function<void(const json&)>& also = {}) {
        return [this, also](const protocol::TimedEvent& timed) {
            if (const auto* warning = std::get_if<protocol::WarningEvent>(&timed.event))
                warnings.emplace_back(warning->code, warning->count);
            if (const auto* step = std::get_if<protocol::StepEvent>(&timed.event)) losses.push_back(step->loss);
            if (also) also(protocol::toJson(timed));
        };
    }
    long count(const std::string& code) const {
        return std::count_if(warnings.begin(), warnings.end(), [&](const auto& w) { return w.first == code; });
    }
};

/// Whether all weights of two runs are that near to each other; not where one is no number.
bool areNear(const RunConfig& a, const RunConfig& b, double tolerance) {
    const auto one = nn::WeightFile::open(a.runFolder / "model.safetensors");
    const auto two = nn::WeightFile::open(b.runFolder / "model.safetensors");
    const auto isNear = [&](const std::string& name) {
        return (one.tensor(name) - two.tensor(name)).abs().le(tolerance).all().item<bool>();
    };
    const std::vector<std::string> names = one.names();
    return !names.empty() && std::all_of(names.begin(), names.end(), isNear);
}

/// The largest allocation from the first step on: what a run with whole batches needs.
std::size_t needOf(FullMemory& memory, const LongToy& toy, const RunConfig& config, Heard& heard) {
    trained(toy, config, heard.sink([&](const json& event) {
        if (event.at("event") == "epoch_start") memory.forget();
    }));
    return memory.largestSeen();
}

}  // namespace

TEST_CASE("Memory.ABatchThatDoesNotFitIsComputedInPartsAndTheStepIsThatOfTheWhole") {
    const LongToy toy;
    FullMemory memory;
    Heard whole, parts;
    const RunConfig first = toy.plain("bert-crf", "whole", {"lr=0.001", "flood_b=0.5"});
    const std::size_t need = needOf(memory, toy, first, whole);
    REQUIRE(need > 200000);

    const RunConfig second = toy.plain("bert-crf", "parts", {"lr=0.001", "flood_b=0.5"});
    const TrainingResult result = trained(toy, second, parts.sink([&](const json& event) {
        if (event.at("event") == "epoch_start") memory.setLargest(need / 3);
    }));
    CHECK(result.outcome == "succeeded");
    CHECK(memory.failures() >= 2);
    CHECK(whole.warnings.empty());
    CHECK(parts.count("training-in-parts") == 2);  // 16, 8, 4
    CHECK(parts.count("scoring-in-parts") >= 1);
    REQUIRE(whole.losses.size() == parts.losses.size());
    for (std::size_t i = 0; i < whole.losses.size(); ++i) CHECK(std::abs(whole.losses[i] - parts.losses[i]) <= 1e-5);
    CHECK(areNear(first, second, 1e-5));
    const json state = json::parse(readFile(second.runFolder / "state.json"));
    CHECK(state.at("parts").at("train") == 4);
}

TEST_CASE("Memory.ARunThatGoesOnKeepsTheSizeThatFitted") {
    const LongToy toy;
    FullMemory memory;
    Heard heard;
    const std::size_t need = needOf(memory, toy, toy.plain("bert-crf", "measured"), heard);
    RunConfig config = toy.plain("bert-crf", "again", {"lr=0.001"});
    config.options["epochs"] = 3;
    Control control;
    memory.forget();
    runTraining(toy.data, config, heard.sink([&](const json& event) {
        if (event.at("event") != "epoch_start") return;
        memory.setLargest(need / 3);
        if (event.at("epoch") == 2) control.say("stop");
    }),
                control, {});
    REQUIRE(heard.count("training-in-parts") == 2);
    config.resume = true;
    Heard later;
    CHECK(trained(toy, config, later.sink()).outcome == "succeeded");
    CHECK(later.count("training-in-parts") == 0);
}

TEST_CASE("Memory.OnePostThatDoesNotFitEndsTheRunWithItsName") {
    LongToy toy;
    toy.data.train.resize(2);
    toy.data.train[0].id = toy.data.train[1].id = "the-long-one";
    FullMemory memory;
    const RunConfig config = toy.plain("bert-crf", "one");
    std::string text;
    ErrorCode code = ErrorCode::Internal;
    try {
        trained(toy, config, [&](const protocol::TimedEvent& timed) {
            if (protocol::toJson(timed).at("event") == "epoch_start") memory.setLargest(3000);
        });
    } catch (const Error& error) {
        code = error.code();
        text = error.what();
    }
    CHECK(code == ErrorCode::MemoryOfOne);
    CHECK(text.find("the-long-one") != std::string::npos);
    CHECK(text.find("max_pieces") != std::string::npos);
}

TEST_CASE("Memory.APredictionThatDoesNotFitIsMadeInPartsAndIsTheSame") {
    const LongToy toy;
    const RunConfig config = toy.plain("bert-crf", "asked");
    trained(toy, config);
    std::vector<models::PostInput> posts;
    for (const TrainingPost& post : toy.data.test) posts.push_back(post.input);
    const auto predictor = models::Predictor::load(config.runFolder, "cpu");
    FullMemory memory;
    const auto whole = predictor->predictMany(posts, {}, {}, {});
    const std::size_t need = memory.largestSeen();
    memory.forget();
    memory.setLargest(need / 2);
    const auto parts = predictor->predictMany(posts, {}, {}, {});
    CHECK(memory.failures() >= 1);
    REQUIRE(parts.size() == whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i) CHECK(parts[i].tags == whole[i].tags);
    CHECK(predictor->takeFindings().count("scoring-in-parts") >= 1);
}

TEST_CASE("Device.ACardThatFailsInTheMiddleEndsTheRunByNameAndItsCheckpointGoesOn") {
    const Toy toy;
    FullMemory memory;
    RunConfig config = toy.configOf("bert-crf", "lost", {"epochs=3"});
    ErrorCode code = ErrorCode::Internal;
    std::string text;
    try {
        trained(toy, config, [&](const protocol::TimedEvent& timed) {
            const json event = protocol::toJson(timed);
            if (event.at("event") == "epoch_start" && event.at("epoch") == 2)
                memory.failAt(50, "CUDA error: unspecified launch failure\nCUDA kernel errors might be asynchronous");
        });
    } catch (const Error& error) {
        code = error.code();
        text = error.what();
    }
    memory.forget();
    CHECK(code == ErrorCode::DeviceFailed);
    CHECK(text.find("unspecified launch failure") != std::string::npos);
    CHECK(text.find("asynchronous") == std::string::npos);
    CHECK(text.find("last checkpoint") != std::string::npos);
    const auto record = json::parse(readFile(config.runFolder / "run.json"));
    CHECK(record.at("outcome") == "failed");
    config.resume = true;
    const TrainingResult result = trained(toy, config);
    CHECK(result.outcome == "succeeded");
    CHECK(result.metrics.at("epochs").size() == 3);
}
