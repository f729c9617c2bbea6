#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/nn/encoders/encoder.h"
#include "tests/unit/train/toy.h"

using namespace mnerva;
using namespace mnerva::train;
using namespace mnerva::train::test;
using nlohmann::json;

namespace {

std::string metricsOf(const RunConfig& config) {
    return readFile(config.runFolder / "metrics.json");
}

std::vector<std::string> kindsOf(const std::vector<json>& events) {
    std::vector<std::string> kinds;
    for (const json& event : events) kinds.push_back(event.at("event"));
    return kinds;
}

}  // namespace

TEST_CASE("Training: MPCFN overfits eight posts to F1 = 1, and the loaded run predicts the same tags") {
    Toy toy;
    toy.repeat(8);
    const RunConfig config = toy.config("overfit", {"epochs=6"});
    const TrainingResult result = trained(toy, config);
    CHECK(result.outcome == "succeeded");
    CHECK(result.bestF1 == 1.0);
    CHECK(result.metrics.at("test").at("micro").at("f1") == 1.0);
    const auto predictor = models::Predictor::load(config.runFolder, "cpu");
    for (const TrainingPost& post : toy.data.train) CHECK(predictor->predict(post.input, {}).tags == post.tags);
}

TEST_CASE("Training: the weights of the last epoch are loaded from the checkpoint, without a calibration") {
    Toy toy;
    toy.repeat(8);
    // So fast that it unlearns what the slow beginning taught it.
    const std::vector<std::string> fast{"text_only=true", "lr=0.5", "crf_lr=0.5", "warmup=1", "epochs=8"};
    const RunConfig config = toy.config("fast", fast);
    trained(toy, config);
    const auto state = json::parse(readFile(config.runFolder / "state.json"));
    REQUIRE(state.at("best_epoch").get<int>() < state.at("epoch").get<int>());
    const auto marginals = [&](models::Weights weights) {
        return models::Predictor::load(config.runFolder, "cpu", weights)
            ->predict(toy.data.train[0].input, {true, false})
            .marginals.values;
    };
    const std::vector<float> best = marginals(models::Weights::Best), last = marginals(models::Weights::Last);
    CHECK(best != last);
    CHECK(std::all_of(last.begin(), last.end(), [](float value) { return std::isfinite(value); }));
    // Those of the checkpoint: what the last epoch scored is what they score.
    const auto predictor = models::Predictor::load(config.runFolder, "cpu", models::Weights::Last);
    int right = 0, found = 0, wanted = 0;
    for (const TrainingPost& post : toy.data.valid) {
        const std::vector<Entity> gold = entitiesFromTags(post.tags);
        const std::vector<Entity> predicted = predictor->predict(post.input, {}).entities;
        for (const Entity& entity : predicted) right += std::count(gold.begin(), gold.end(), entity) > 0 ? 1 : 0;
        found += static_cast<int>(predicted.size());
        wanted += static_cast<int>(gold.size());
    }
    const json& scored = state.at("history").back().at("valid").at("micro");
    CHECK(scored.at("r").get<double>() == Approx(static_cast<double>(right) / wanted));
    CHECK(scored.at("p").get<double>() == Approx(found == 0 ? 0 : static_cast<double>(right) / found));
    std::filesystem::remove(config.runFolder / "state.safetensors");
    CHECK_THROWS_AS(marginals(models::Weights::Last), Error);
}

TEST_CASE("Training: text-only mode overfits what the text decides and cannot tell the rest") {
    Toy toy;
    toy.repeat(8);
    const RunConfig config = toy.config("text", {"epochs=4", "text_only=true"});
    const TrainingResult result = trained(toy, config);
    CHECK(result.metrics.at("test").at("types").at("PER").at("r") >= 8.0 / 11);
    CHECK(result.bestF1 < 0.9);
    CHECK_FALSE(std::filesystem::exists(toy.folder / "cache"));
}

TEST_CASE("Training: four epochs equal two, a stop, a resume and two more to the last bit") {
    const Toy toy;
    const RunConfig whole = toy.config("whole", {"epochs=4"});
    trained(toy, whole);
    RunConfig broken = toy.config("broken", {"epochs=4"});
    Control control;
    const auto stopAfterTwo = [&](const protocol::TimedEvent& timed) {
        const json event = protocol::toJson(timed);

        if (event.at("event") == "epoch_start" && event.at("epoch") == 3) control.say("stop");
    };
    CHECK(runTraining(toy.data, broken, stopAfterTwo, control, {}).outcome == "cancelled");
    broken.resume = true;
    CHECK(trained(toy, broken).outcome == "succeeded");
    CHECK(metricsOf(whole) == metricsOf(broken));
    CHECK(readFile(whole.runFolder / "model.safetensors") == readFile(broken.runFolder / "model.safetensors"));
}

TEST_CASE("Training: equal configurations write equal metrics, another seed others") {
    const Toy toy;
    const RunConfig a = toy.config("a"), b = toy.config("b"), c = toy.config("c", {"seed=7"});
    trained(toy, a);
    trained(toy, b);
    trained(toy, c);
    CHECK(metricsOf(a) == metricsOf(b));
    CHECK(metricsOf(a) != metricsOf(c));
}

TEST_CASE("Training: features from the disk cache give the same numbers as computed ones") {
    const Toy toy;
    const RunConfig first = toy.config("first"), second = toy.config("second"),
                    memory = toy.config("memory", {"feature_cache=memory"});
    trained(toy, first);
    CHECK(std::filesystem::exists(toy.folder / "cache"));
    trained(toy, second);
    trained(toy, memory);
    CHECK(metricsOf(first) == metricsOf(second));
    CHECK(json::parse(metricsOf(first)).at("test") == json::parse(metricsOf(memory)).at("test"));
}

TEST_CASE("Training: events come in order, and events.jsonl holds the same ones") {
    const Toy toy;
    const RunConfig config = toy.config("events");
    std::vector<json> events;
    trained(toy, config, [&](const protocol::TimedEvent& timed) {
        const json event = protocol::toJson(timed);
        events.push_back(event);
    });
    const auto kinds = kindsOf(events);
    CHECK(kinds.front() == "start");
    CHECK(kinds.back() == "end");
    for (const char* kind : {"epoch_start", "step", "eval", "checkpoint", "predictions", "features"})
        CHECK(std::count(kinds.begin(), kinds.end(), kind) >= 1);
    CHECK(std::count(kinds.begin(), kinds.end(), "checkpoint") == 2);
    for (const json& event : events) CHECK(event.at("time").get<double>() > 1.6e9);
    std::ifstream stream(config.runFolder / "events.jsonl");
    std::vector<json> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(json::parse(line));
    CHECK(lines == events);
}

TEST_CASE("Training: the log of a resumed run tells each epoch once") {
    const Toy toy;
    RunConfig config = toy.config("log", {"epochs=3", "text_only=true"});
    Control control;
    const auto stop = [&](const protocol::TimedEvent& timed) {
        const json event = protocol::toJson(timed);

        if (event.at("event") == "epoch_start" && event.at("epoch") == 2) control.say("stop");
    };
    runTraining(toy.data, config, stop, control, {});
    config.resume = true;
    trained(toy, config);
    std::ifstream stream(config.runFolder / "events.jsonl");
    std::vector<int> epochs;
    for (std::string line; std::getline(stream, line);) {
        const json event = json::parse(line);
        if (event.at("event") == "checkpoint") epochs.push_back(event.at("epoch"));
    }
    CHECK(epochs == std::vector<int>{1, 2, 3});
}

TEST_CASE("Training: finish ends after this epoch and still tests") {
    const Toy toy;
    const RunConfig config = toy.config("finish", {"epochs=9", "text_only=true"});
    Control control;
    const auto finish = [&](const protocol::TimedEvent& timed) {
        const json event = protocol::toJson(timed);

        if (event.at("event") == "epoch_start" && event.at("epoch") == 2) control.say("finish");
    };
    const TrainingResult result = runTraining(toy.data, config, finish, control, {});
    CHECK(result.outcome == "succeeded");
    CHECK(result.metrics.at("epochs").size() == 2);
    CHECK(result.metrics.contains("test"));
}

TEST_CASE("Training: a stop before the first checkpoint leaves a run that resumes from its start") {
    const Toy toy;
    const RunConfig whole = toy.config("whole", {"text_only=true"});
    trained(toy, whole);
    RunConfig config = toy.config("early", {"text_only=true"});
    Control control;
    control.say("stop");
    CHECK(runTraining(toy.data, config, {}, control, {}).outcome == "cancelled");
    config.resume = true;
    CHECK(trained(toy, config).outcome == "succeeded");
    CHECK(metricsOf(whole) == metricsOf(config));
}

TEST_CASE("Training: a stop token counts as stop") {
    const Toy toy;
    std::stop_source source;
    source.request_stop();
    Control control;
    CHECK(runTraining(toy.data, toy.config("token", {"text_only=true"}), {}, control, source.get_token()).outcome ==
          "cancelled");
}

TEST_CASE("Training: a run folder holds what architecture.md names") {
    const Toy toy;
    const RunConfig config = toy.config("files", {"text_only=true"});
    trained(toy, config);
    for (const char* file : {"run.json", "events.jsonl", "model.safetensors", "config.json", "labels.json", "vocab.txt",
                             "state.safetensors", "state.json", "metrics.json", "predictions-test.jsonl"})
        CHECK(std::filesystem::is_regular_file(config.runFolder / file));
    const json record = json::parse(readFile(config.runFolder / "run.json"));
    CHECK(record.at("options") == config.options);
    CHECK(record.at("seed") == 1234);
    CHECK(record.at("data").at("train").at("entities").at("PER") == 11);
    CHECK(record.at("versions").contains("torch"));
    CHECK(record.at("outcome") == "succeeded");
    CHECK(record.at("files").at("model.safetensors") == sha256OfFile(config.runFolder / "model.safetensors"));
}

TEST_CASE("Training: a second run of the same name is refused, and the first stays as it was") {
    const Toy toy;
    const RunConfig config = toy.config("twice", {"text_only=true"});
    trained(toy, config);
    const std::string before = readFile(config.runFolder / "events.jsonl");
    CHECK(failureOf(toy, config) == ErrorCode::RunExists);
    CHECK(readFile(config.runFolder / "events.jsonl") == before);
}

TEST_CASE("Training: resuming a run that never was is refused") {
    const Toy toy;
    RunConfig config = toy.config("never");
    config.resume = true;
    CHECK(failureOf(toy, config) == ErrorCode::NothingToResume);
}

TEST_CASE("Training: resuming with other data, options or labels is refused") {
    Toy toy;
    RunConfig config = toy.config("other", {"text_only=true"});
    trained(toy, config);
    config.resume = true;
    RunConfig otherOptions = config;
    otherOptions.options["lr"] = 0.5;
    CHECK(failureOf(toy, otherOptions) == ErrorCode::RunIncompatible);
    toy.data.train[0].tags[0] = "B-PER";
    CHECK(failureOf(toy, config) == ErrorCode::RunIncompatible);
}

TEST_CASE("Training: no posts to train on is a failure that says so") {
    Toy toy;
    toy.data.train.clear();
    CHECK(failureOf(toy, toy.config("empty", {"text_only=true"})) == ErrorCode::SplitEmpty);
}

TEST_CASE("Training: without validation posts the last epoch is kept") {
    Toy toy;
    toy.data.valid.clear();
    const TrainingResult result = trained(toy, toy.config("novalid", {"text_only=true"}));
    CHECK(result.outcome == "succeeded");
    CHECK(result.bestEpoch == 2);
}

TEST_CASE("Training: an unknown device is refused with those that exist") {
    const Toy toy;
    RunConfig config = toy.config("device");
    config.device = "cuda:99";
    CHECK(failureOf(toy, config) == ErrorCode::DeviceMissing);
}

TEST_CASE("Training: numbers that leave the finite end the run with a failure that says where") {
    const Toy toy;
    nn::Encoder encoder = nn::makeTinyEncoder(5, 1);
    const auto names = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};
    std::string vocabulary;
    for (const char* name : names) vocabulary += std::string(name) + "\n";
    writeFileAtomic(toy.folder / "vocab.txt", vocabulary);
    encoder.vocabularyPath = toy.folder / "vocab.txt";
    {
        const torch::NoGradGuard noGradient;
        encoder.bert->named_parameters()["encoder.layer.1.output.LayerNorm.weight"].fill_(3e38);
    }
    nn::saveEncoder(encoder, toy.folder / "encoder");
    RunConfig config = toy.config("nan", {"text_only=true"});
    config.encoder = (toy.folder / "encoder").string();
    std::vector<json> events;
    Control control;
    try {
        runTraining(toy.data, config,
                    [&](const protocol::TimedEvent& timed) {
                        const json event = protocol::toJson(timed);
                        events.push_back(event);
                    },
                    control, {});
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::NumberNotFinite);
    }
    CHECK(events.back().at("outcome") == "failed");
    CHECK(events.back().at("error").at("code") == "number-not-finite");
    CHECK_FALSE(std::filesystem::exists(config.runFolder / "model.safetensors"));
}

TEST_CASE("Training: missing, unreadable and nameless pictures are counted, never fatal") {
    Toy toy;
    toy.data.train[0].input.imagePath = (toy.folder / "nowhere.png").string();
    toy.data.train[1].input.imagePath.clear();
    writeFileAtomic(toy.folder / "broken.png", "not a picture");
    toy.data.train[2].input.imagePath = (toy.folder / "broken.png").string();
    toy.data.train[3].input.cropPaths = {(toy.folder / "gone.png").string(), (toy.folder / "PER.png").string()};
    std::map<std::string, int> warnings;
    trained(toy, toy.config("missing"), [&](const protocol::TimedEvent& timed) {
        const json event = protocol::toJson(timed);

        if (event.at("event") == "warning") warnings[event.at("code")] = event.at("count");
    });
    CHECK(warnings["picture-missing"] == 2);
    CHECK(warnings["picture-kind-unknown"] == 1);
}

TEST_CASE("Training: tags that the label map lacks are counted and learned as O") {
    Toy toy;
    toy.data.train[0].tags[1] = "B-MOHULOC";
    std::map<std::string, int> warnings;
    trained(toy, toy.config("tags", {"text_only=true"}), [&](const protocol::TimedEvent& timed) {
        const json event = protocol::toJson(timed);

        if (event.at("event") == "warning") warnings[event.at("code")] = event.at("count");
    });
    CHECK(warnings["tag-unknown"] == 1);
}

TEST_CASE("Training: OTHER is read as MISC", "[invariant-12]") {
    Toy toy;
    toy.data.tagNames.push_back("B-MISC");
    toy.data.tagNames.push_back("I-MISC");
    for (TrainingPost& post : toy.data.train)
        std::replace(post.tags.begin(), post.tags.end(), std::string("B-ORG"), std::string("B-OTHER"));
    int unknown = 0;
    trained(toy, toy.config("misc", {"text_only=true"}), [&](const protocol::TimedEvent& timed) {
        const json event = protocol::toJson(timed);
        unknown += event.value("code", "") == "tag-unknown" ? 1 : 0;
    });
    CHECK(unknown == 0);
}

TEST_CASE("Training: posts longer than the encoder's positions are cut, counted and still trained") {
    Toy toy;
    for (int i = 0; i < 200; ++i) {
        toy.data.train[0].input.words.push_back("see");
        toy.data.train[0].tags.push_back("O");
    }
    std::int64_t cut = 0;
    trained(toy, toy.config("cut"), [&](const protocol::TimedEvent& timed) {
        const json event = protocol::toJson(timed);

        if (event.value("code", "") == "words-cut") cut = event.at("count").get<std::int64_t>();
    });
    CHECK(cut == 205 - (160 - 49 - 2));
}

TEST_CASE("Training: flooding holds the loss up") {
    const Toy toy;
    double least = 1e9;
    trained(toy, toy.config("flood", {"epochs=3", "flood_b=50", "text_only=true"}),
            [&](const protocol::TimedEvent& timed) {
                const json event = protocol::toJson(timed);

                if (event.at("event") == "step") least = std::min(least, event.at("flooded").get<double>());
            });
    CHECK(least >= 50);
}

TEST_CASE("Training: the best epoch of equal scores is the later one") {
    const Toy toy;
    const TrainingResult result =
        trained(toy, toy.config("ties", {"epochs=3", "lr=1e-9", "crf_lr=1e-9", "text_only=true"}));
    CHECK(result.bestEpoch == 3);
}

TEST_CASE("Training: the first evaluation waits for its epoch") {
    const Toy toy;
    const TrainingResult result =
        trained(toy, toy.config("wait", {"epochs=3", "first_eval_epoch=2", "text_only=true"}));
    CHECK_FALSE(result.metrics.at("epochs")[0].contains("valid"));
    CHECK(result.metrics.at("epochs")[1].contains("valid"));
}

TEST_CASE("Training: a missing encoder folder or ResNet file is a clear failure") {
    const Toy toy;
    RunConfig encoder = toy.config("encoder");
    encoder.encoder = (toy.folder / "no-encoder").string();
    CHECK(failureOf(toy, encoder) == ErrorCode::FileMissing);
    RunConfig resnet = toy.config("resnet");
    resnet.resnet = (toy.folder / "no-resnet.pth").string();
    CHECK(failureOf(toy, resnet) == ErrorCode::FileMissing);
    RunConfig none = toy.config("none");
    none.resnet.clear();
    CHECK(failureOf(toy, none) == ErrorCode::OptionInvalid);
}

TEST_CASE("Fingerprint: equal data agree, any changed word, tag or picture name does not") {
    Toy toy;
    const json before = dataFingerprint(toy.data);
    CHECK(before == dataFingerprint(toy.data));
    toy.data.test[0].input.imagePath = "other.png";
    CHECK(before.at("train") == dataFingerprint(toy.data).at("train"));
    CHECK(before.at("test") != dataFingerprint(toy.data).at("test"));
}
