#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <thread>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/domain/run_lock.h"
#include "core/nn/encoders/encoder.h"
#include "tests/unit/train/toy.h"

// What a run folder promises: one trainer at a time, nothing through links, whole files, no name lost to a failed
// start.

using namespace mnerva;
using namespace mnerva::train;
using namespace mnerva::train::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// Stops the run when epoch 2 begins.
void trainedOnce(const Toy& toy, const RunConfig& config) {
    Control control;
    const auto stop = [&](const protocol::TimedEvent& timed) {
        const json event = protocol::toJson(timed);

        if (event.at("event") == "epoch_start" && event.at("epoch") == 2) control.say("stop");
    };
    REQUIRE(runTraining(toy.data, config, stop, control, {}).outcome == "cancelled");
}

Error errorOf(const Toy& toy, const RunConfig& config, std::vector<json>* events = nullptr) {
    Control control;
    try {
        const auto keep = [&](const protocol::TimedEvent& timed) {
            const json event = protocol::toJson(timed);

            if (events) events->push_back(event);
        };
        runTraining(toy.data, config, keep, control, {});
    } catch (const Error& error) {
        return error;
    }
    FAIL("no error");
    return Error(ErrorCode::Internal);
}

json recordOf(const RunConfig& config) {
    return readJson(config.runFolder / "run.json");
}

/// An encoder whose numbers leave the finite at the first step.
std::string endlessEncoder(const Toy& toy) {
    nn::Encoder encoder = nn::makeTinyEncoder(5, 1);
    writeFileAtomic(toy.folder / "vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n");
    encoder.vocabularyPath = toy.folder / "vocab.txt";
    {
        const torch::NoGradGuard noGradient;
        encoder.bert->named_parameters()["encoder.layer.1.output.LayerNorm.weight"].fill_(3e38);
    }
    nn::saveEncoder(encoder, toy.folder / "encoder");
    return (toy.folder / "encoder").string();
}

}  // namespace

TEST_CASE("RunFolder.ARunThatIsBeingTrainedIsRefusedToASecondTrainer") {
    const Toy toy;
    RunConfig config = toy.config("busy", {"epochs=3", "text_only=true"});
    trainedOnce(toy, config);
    config.resume = true;
    const std::string before = readFile(config.runFolder / "events.jsonl");
    {
        const RunLock other = RunLock::take(config.runFolder);
        const Error error = errorOf(toy, config);
        CHECK(error.code() == ErrorCode::RunBusy);
        CHECK(error.args().at(0) == "busy");
        CHECK(readFile(config.runFolder / "events.jsonl") == before);
    }
    CHECK(trained(toy, config).outcome == "succeeded");
}

TEST_CASE("RunFolder.TheLockIsHeldFromStartToEnd") {
    const Toy toy;
    const RunConfig config = toy.config("held", {"epochs=1", "text_only=true"});
    std::size_t held = 0, events = 0;
    trained(toy, config, [&](const protocol::TimedEvent&) {
        ++events;
        held += RunLock::isHeld(config.runFolder) ? 1 : 0;
    });
    CHECK(held == events);
    CHECK_FALSE(RunLock::isHeld(config.runFolder));
}

TEST_CASE("RunFolder.APauseIsRecordedAndIsNoTrainingTime") {
    const Toy toy;
    const RunConfig config = toy.config("pause", {"epochs=2", "text_only=true"});
    constexpr double kPause = 1.5;
    Control control;
    std::vector<json> events;
    std::thread resumer;
    const auto sink = [&](const protocol::TimedEvent& timed) {
        const json event = protocol::toJson(timed);

        events.push_back(event);
        if (event.at("event") == "epoch_start" && event.at("epoch") == 2) control.say("pause");
        if (event.at("event") == "paused")
            resumer = std::thread([&] {
                std::mutex mutex;
                std::unique_lock lock(mutex);
                std::condition_variable never;  // the length of the pause is what is measured
                never.wait_for(lock, std::chrono::duration<double>(kPause), [] { return false; });
                control.say("resume");
            });
    };
    CHECK(runTraining(toy.data, config, sink, control, {}).outcome == "succeeded");
    REQUIRE(resumer.joinable());
    resumer.join();
    for (const json& event : events)
        if (event.at("event") == "checkpoint" && event.at("epoch") == 2)
            CHECK(event.at("seconds").get<double>() < kPause);
    const json course = recordOf(config).at("course");
    REQUIRE(course.size() == 1);
    CHECK(course[0].at("what") == "paused");
    CHECK(course[0].at("epoch") == 2);
    CHECK(course[0].at("seconds").get<double>() >= kPause);
}

TEST_CASE("RunFolder.APausedRunThatIsStoppedKeepsItsCheckpointAndDoesNotSayThatItWentOn") {
    const Toy toy;
    RunConfig config = toy.config("paused", {"epochs=3", "text_only=true"});
    Control control;
    std::vector<std::string> kinds;
    std::thread stopper;
    const auto sink = [&](const protocol::TimedEvent& timed) {
        const json event = protocol::toJson(timed);

        kinds.push_back(event.at("event"));
        if (event.at("event") == "epoch_start" && event.at("epoch") == 2) control.say("pause");
        if (event.at("event") == "paused") stopper = std::thread([&] { control.say("stop"); });
    };
    CHECK(runTraining(toy.data, config, sink, control, {}).outcome == "cancelled");
    stopper.join();
    CHECK(std::count(kinds.begin(), kinds.end(), "resumed") == 0);
    CHECK(fs::exists(config.runFolder / "state.safetensors"));
    CHECK(recordOf(config).at("outcome") == "cancelled");
    config.resume = true;
    CHECK(trained(toy, config).outcome == "succeeded");
    CHECK(recordOf(config).at("outcome") == "succeeded");
}

TEST_CASE("RunFolder.AnEarlyFinishIsRecorded") {
    const Toy toy;
    const RunConfig config = toy.config("finish", {"epochs=9", "text_only=true"});
    Control control;
    const auto finish = [&](const protocol::TimedEvent& timed) {
        const json event = protocol::toJson(timed);

        if (event.at("event") == "epoch_start" && event.at("epoch") == 2) control.say("finish");
    };
    const json metrics = runTraining(toy.data, config, finish, control, {}).metrics;
    CHECK(metrics.at("finished_early") == true);
    const json course = recordOf(config).at("course");
    REQUIRE(course.size() == 1);
    CHECK(course[0].at("what") == "finished-early");
    CHECK(course[0].at("epoch") == 2);
    CHECK(course[0].at("epochs") == 9);
}

TEST_CASE("RunFolder.AStartThatFailsLeavesNoRun") {
    const Toy toy;
    RunConfig config = toy.config("again", {"epochs=1", "text_only=true"});
    config.encoder = (toy.folder / "no-encoder").string();
    std::vector<json> events;
    CHECK(errorOf(toy, config, &events).code() == ErrorCode::FileMissing);
    CHECK(events.back().at("outcome") == "failed");
    CHECK_FALSE(fs::exists(config.runFolder));
    config.encoder = "tiny";
    CHECK(trained(toy, config).outcome == "succeeded");
}

TEST_CASE("RunFolder.AStartThatFailsKeepsWhatElseLayInItsFolder") {
    const Toy toy;
    RunConfig config = toy.config("notes", {"epochs=1", "text_only=true"});
    fs::create_directories(config.runFolder);
    writeFileAtomic(config.runFolder / "notes.txt", "mine");
    config.encoder = (toy.folder / "no-encoder").string();
    errorOf(toy, config);
    CHECK(readFile(config.runFolder / "notes.txt") == "mine");
    CHECK_FALSE(fs::exists(config.runFolder / "run.json"));
}

TEST_CASE("RunFolder.TheNameOfARunThatFailedBeforeItsFirstCheckpointIsFree") {
    const Toy toy;
    RunConfig config = toy.config("nan", {"epochs=1", "text_only=true"});
    config.encoder = endlessEncoder(toy);
    CHECK(errorOf(toy, config).code() == ErrorCode::NumberNotFinite);
    CHECK(recordOf(config).at("outcome") == "failed");
    CHECK_FALSE(isTaken(config.runFolder));
    config.encoder = "tiny";
    CHECK(trained(toy, config).outcome == "succeeded");
    CHECK(isTaken(config.runFolder));
    CHECK(readFile(config.runFolder / "events.jsonl").find("\"failed\"") == std::string::npos);
    CHECK(errorOf(toy, config).code() == ErrorCode::RunExists);
}

TEST_CASE("RunFolder.ALossThatIsNotFiniteNamesBatchEpochAndPosts") {
    Toy toy;
    for (std::size_t i = 0; i < toy.data.train.size(); ++i) toy.data.train[i].id = "post" + std::to_string(i);
    RunConfig config = toy.config("named", {"epochs=1", "text_only=true"});
    config.encoder = endlessEncoder(toy);
    const std::string text = errorOf(toy, config).what();
    INFO(text);
    CHECK(text.find("epoch 1") != std::string::npos);
    CHECK(text.find("batch 1 of 2") != std::string::npos);
    CHECK(text.find("post") != std::string::npos);
    CHECK(std::count(text.begin(), text.end(), ',') >= 3);  // four posts a batch
}

TEST_CASE("RunFolder.AFileThatIsNotTheOneItWasMadeWithIsNamedOnPredictionAndResume") {
    const Toy toy;
    RunConfig config = toy.config("damaged", {"epochs=1", "text_only=true"});
    trained(toy, config);
    config.resume = true;
    for (const char* name : {"vocab.txt", "labels.json", "model.safetensors"}) {
        INFO(name);
        const std::string whole = readFile(config.runFolder / name);
        writeFileAtomic(config.runFolder / name, whole.substr(0, whole.size() - 10));
        try {
            models::Predictor::load(config.runFolder, "cpu");
            FAIL("loaded");
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::RunDamaged);
            CHECK(error.args().at(1).find(name) != std::string::npos);
        }
        CHECK(errorOf(toy, config).code() == ErrorCode::RunDamaged);
        writeFileAtomic(config.runFolder / name, whole);
    }
    CHECK_NOTHROW(models::Predictor::load(config.runFolder, "cpu"));
}

TEST_CASE("RunFolder.ARunOfTheFirstVersionHasNoDigestsAndNoLockAndStillLoadsAndResumes") {
    const Toy toy;
    RunConfig config = toy.config("old", {"epochs=3", "text_only=true"});
    trainedOnce(toy, config);
    json record = recordOf(config);
    for (const char* key : {"files", "course", "outcome"}) record.erase(key);
    for (auto& [split, seen] : record["data"].items()) {
        seen["sha256"] = seen["inputs_sha256"];
        seen.erase("inputs_sha256");
    }
    writeFileAtomic(config.runFolder / "run.json", record.dump());
    fs::remove(config.runFolder / "lock");
    CHECK_NOTHROW(models::Predictor::load(config.runFolder, "cpu"));
    config.resume = true;
    CHECK(trained(toy, config).outcome == "succeeded");
}

TEST_CASE("RunFolder.AHalfCopyOfAnEarlierStartIsReplacedAndNoLinkToTheUsersFileIsKept") {
    const Toy toy(8, true);
    writeFileAtomic(toy.folder / "words.vec", "3 2\nmister 1 0\nin 0 1\nbuy -1 0\n");
    const RunConfig config = toy.configOf(
        "rpbert", "copy", {"epochs=1", "text_only=true", "word_vectors=" + (toy.folder / "words.vec").string()});
    fs::create_directories(config.runFolder);
    writeFileAtomic(config.runFolder / "word-vectors.vec", "3 2\nmist");
    trained(toy, config);
    CHECK(readFile(config.runFolder / "word-vectors.vec") == readFile(toy.folder / "words.vec"));
    CHECK(fs::hard_link_count(toy.folder / "words.vec") == 1);
    CHECK(recordOf(config).at("files").at("word-vectors.vec") == sha256OfFile(toy.folder / "words.vec"));
}

TEST_CASE("RunFolder.NothingIsWrittenThroughLinks") {
    const Toy toy;
    writeFileAtomic(toy.folder / "precious", "text");
    for (const char* name : {"events.jsonl", "run.json", "metrics.json", "state.safetensors", "model.safetensors",
                             "lock", "config.json", "vocab.txt"}) {
        INFO(name);
        const RunConfig config = toy.config(std::string("link-") + name, {"epochs=1", "text_only=true"});
        fs::create_directories(config.runFolder);
        fs::create_symlink(toy.folder / "precious", config.runFolder / name);
        Control control;
        try {
            runTraining(toy.data, config, {}, control, {});
        } catch (const Error&) {  // refused, or the link itself was replaced
        }
        CHECK(readFile(toy.folder / "precious") == "text");
    }
    const RunConfig config = toy.config("hard", {"epochs=1", "text_only=true"});
    fs::create_directories(config.runFolder);
    fs::create_hard_link(toy.folder / "precious", config.runFolder / "events.jsonl");
    CHECK(errorOf(toy, config).code() == ErrorCode::UnsafeTarget);
    CHECK(readFile(toy.folder / "precious") == "text");
}

TEST_CASE("RunFolder.ALinkInPlaceOfTheFolderIsRefused") {
    const Toy toy;
    const RunConfig config = toy.config("elsewhere", {"epochs=1", "text_only=true"});
    fs::create_directories(toy.folder / "home");
    fs::create_directories(config.runFolder.parent_path());
    fs::create_directory_symlink(toy.folder / "home", config.runFolder);
    CHECK(errorOf(toy, config).code() == ErrorCode::UnsafeTarget);
    CHECK(fs::is_empty(toy.folder / "home"));
}

TEST_CASE("RunFolder.FeaturesAreNotWrittenThroughLinksInTheCache") {
    const Toy toy;
    RunConfig config = toy.config("first", {"epochs=1", "feature_cache=disk"});
    trained(toy, config);
    const auto only = [](const fs::path& folder) { return fs::directory_iterator(folder)->path(); };
    const fs::path network = only(config.cacheFolder);
    fs::remove_all(network);
    fs::create_directories(toy.folder / "home");
    fs::create_directory_symlink(toy.folder / "home", network);
    CHECK(trained(toy, toy.config("second", {"epochs=1", "feature_cache=disk"})).outcome == "succeeded");
    CHECK(fs::is_empty(toy.folder / "home"));
}

TEST_CASE("RunFolder.PredictionFilesCallPostsByTheirId") {
    Toy toy;
    for (std::size_t i = 0; i < toy.data.test.size(); ++i) toy.data.test[i].id = "t" + std::to_string(i);
    const RunConfig config = toy.config("ids", {"epochs=1", "text_only=true"});
    trained(toy, config);
    std::ifstream lines(config.runFolder / "predictions-test.jsonl");
    std::size_t i = 0;
    for (std::string line; std::getline(lines, line); ++i) CHECK(json::parse(line).at("id") == "t" + std::to_string(i));
    CHECK(i == toy.data.test.size());
}
