#include "core/train/folds.h"

#include <set>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/protocol/held_out.h"
#include "core/protocol/training_history.h"
#include "tests/unit/train/toy.h"

using namespace mnerva;
using namespace mnerva::train;
using namespace mnerva::train::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// Posts with numbers, as a project's have.
struct FoldToy : Toy {
    FoldToy() : Toy(8, true) {
        std::int64_t number = 0;
        for (auto* split : {&data.train, &data.valid, &data.test})
            for (TrainingPost& post : *split) {
                post.number = PostId{++number};
                post.id = "t" + std::to_string(number);
            }
    }
    RunConfig config(const std::string& run) const { return configOf("bert-crf", run, {"epochs=2"}); }
};

TrainingResult foldsOf(const Toy& toy, const RunConfig& config, const EventSink& events = {}, int folds = 2,
                       std::vector<int> groups = {}) {
    Control control;
    return runFolds(toy.data, {folds, std::move(groups)}, config, events, control, {});
}

/// Asks for a stop when the event of this name comes for the `nth` time.
TrainingResult stopped(const Toy& toy, const RunConfig& config, const std::string& event, int nth) {
    Control control;
    int seen = 0;
    const auto sink = [&](const protocol::TimedEvent& timed) {
        if (protocol::eventName(timed.event) == event && ++seen == nth) control.say("stop");
    };
    return runFolds(toy.data, {2, {}}, config, sink, control, {});
}

}  // namespace

TEST_CASE("Folds: every training post is judged by a model that has not seen it") {
    const FoldToy toy;
    const RunConfig config = toy.config("folds");
    std::vector<std::string> told;
    const TrainingResult result = foldsOf(
        toy, config, [&](const protocol::TimedEvent& timed) { told.emplace_back(protocol::eventName(timed.event)); });
    CHECK(result.outcome == "succeeded");
    const protocol::HeldOut heldOut = protocol::readHeldOutFile(config.runFolder);
    REQUIRE(heldOut.posts.size() == 24);
    for (const std::string& tag : toy.data.tagNames)
        CHECK(std::find(heldOut.tags.begin(), heldOut.tags.end(), tag) != heldOut.tags.end());
    std::set<std::int64_t> numbers;
    for (std::size_t i = 0; i < 24; ++i) {
        CHECK(heldOut.posts[i].tags.size() * heldOut.tags.size() == heldOut.posts[i].probabilities.size());
        CHECK((i < 8) == (heldOut.posts[i].fold > 0));
        numbers.insert(heldOut.posts[i].number.value);
    }
    CHECK(numbers.size() == 24);
    // The models themselves: each fold was trained on the four other posts.
    for (const char* fold : {"1", "2"}) {
        const json record = readJson(config.runFolder / "folds" / fold / "run.json");
        CHECK(record.at("data").at("train").at("posts") == 4);
        CHECK_FALSE(fs::exists(config.runFolder / "folds" / fold / "model.safetensors"));
    }
    CHECK(std::count(told.begin(), told.end(), "fold") == 2);
    CHECK(std::count(told.begin(), told.end(), "start") == 1);
    CHECK(std::count(told.begin(), told.end(), "end") == 1);
    const protocol::RunHistory history = protocol::readHistory(readFile(config.runFolder / "events.jsonl"));
    CHECK(history.state == protocol::RunState::Succeeded);
    CHECK(history.folds == 2);
    CHECK(history.epoch == 4);
    CHECK(history.fraction() == 1);
    CHECK(result.metrics.at("held_out").at("gold").get<int>() == 16);
}

TEST_CASE("Folds: a run that was stopped goes on with what is done, to the same numbers") {
    const FoldToy toy;
    const RunConfig whole = toy.config("whole");
    foldsOf(toy, whole);
    RunConfig broken = toy.config("broken");
    CHECK(stopped(toy, broken, "epoch_start", 4).outcome == "cancelled");  // the last epoch of the second fold
    CHECK_FALSE(fs::exists(broken.runFolder / protocol::kHeldOutFile));
    CHECK(readJson(broken.runFolder / "run.json").at("outcome") == "cancelled");
    broken.resume = true;
    std::vector<bool> kept;
    const TrainingResult result = foldsOf(toy, broken, [&](const protocol::TimedEvent& timed) {
        if (const auto* fold = std::get_if<protocol::FoldEvent>(&timed.event)) kept.push_back(fold->isKept);
    });
    CHECK(result.outcome == "succeeded");
    CHECK(kept == std::vector<bool>{true, false});
    CHECK(readFile(broken.runFolder / protocol::kHeldOutFile) == readFile(whole.runFolder / protocol::kHeldOutFile));
}

TEST_CASE("Folds: posts of a group are held out together") {
    const FoldToy toy;
    const RunConfig config = toy.config("groups");
    foldsOf(toy, config, {}, 2, {1, 2, 1, 2, 1, 2, 1, 2});
    const protocol::HeldOut heldOut = protocol::readHeldOutFile(config.runFolder);
    for (std::size_t i = 2; i < 8; ++i) CHECK(heldOut.posts[i].fold == heldOut.posts[i - 2].fold);
    CHECK(heldOut.posts[0].fold != heldOut.posts[1].fold);
}

TEST_CASE("Folds: a run goes on only with its own posts and folds") {
    const FoldToy toy;
    RunConfig config = toy.config("own");
    stopped(toy, config, "fold", 2);
    const auto codeOf = [&](const Toy& data, int folds, bool resume) {
        config.resume = resume;
        try {
            foldsOf(data, config, {}, folds);
        } catch (const Error& error) {
            return error.code();
        }
        return ErrorCode::Internal;
    };
    CHECK(codeOf(toy, 2, false) == ErrorCode::RunExists);
    CHECK(codeOf(toy, 4, true) == ErrorCode::RunIncompatible);
    FoldToy other;
    other.data.train.front().tags.front() = "B-ORG";
    CHECK(codeOf(other, 2, true) == ErrorCode::RunIncompatible);
    CHECK(codeOf(toy, 9, true) == ErrorCode::OptionInvalid);
    config.runFolder = toy.folder / "runs" / "none";
    CHECK(codeOf(toy, 2, true) == ErrorCode::NothingToResume);
    CHECK_FALSE(fs::exists(config.runFolder));
}

TEST_CASE("Folds: a system without probabilities is refused before anything is made") {
    const FoldToy toy;
    const RunConfig config = toy.configOf("gmner", "gmner");
    try {
        foldsOf(toy, config);
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::OptionInvalid);
    }
    CHECK_FALSE(fs::exists(config.runFolder));
}
