#include "core/protocol/dynamics.h"

#include <cmath>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/train/folds.h"
#include "tests/unit/train/toy.h"

using namespace mnerva;
using namespace mnerva::train;
using namespace mnerva::train::test;
namespace fs = std::filesystem;

namespace {

struct DynamicsToy : Toy {
    DynamicsToy() : Toy(6, true) {
        std::int64_t number = 10;
        for (TrainingPost& post : data.train) {
            post.number = PostId{++number};
            post.id = "t" + std::to_string(number);
        }
        data.valid.resize(2);
        data.test.clear();
    }
    /// Of equal names in different folders: the file names its run.
    RunConfig config(const std::string& place, const char* dynamics = "true", const char* epochs = "3") const {
        RunConfig out =
            configOf("bert-crf", "r", {std::string("epochs=") + epochs, std::string("dynamics=") + dynamics});
        out.runFolder = folder / place / "r";
        return out;
    }
    std::string fileOf(const RunConfig& config) const { return readFile(config.runFolder / protocol::kDynamicsFile); }
};

/// Runs until the checkpoint of an epoch, and stops there.
void trainUntil(const DynamicsToy& toy, const RunConfig& config, int epoch) {
    Control control;
    int seen = 0;
    const auto sink = [&](const protocol::TimedEvent& timed) {
        if (protocol::eventName(timed.event) == "checkpoint" && ++seen == epoch) control.say("stop");
    };
    CHECK(runTraining(toy.data, config, sink, control, {}).outcome == "cancelled");
}

}  // namespace

TEST_CASE("Dynamics: every epoch says of every training entity how likely it is and whether it is found") {
    DynamicsToy toy;
    toy.data.valid.clear();
    const RunConfig config = toy.config("a", "true", "8");
    trained(toy, config);
    Findings odd;
    const protocol::Dynamics said = protocol::readDynamicsFile(config.runFolder, odd);
    CHECK(odd.isEmpty());
    CHECK(said.run == "r");
    CHECK(said.layer == "gold");
    CHECK(said.inputs == readJson(config.runFolder / "run.json").at("data").at("train").at("inputs_sha256"));
    REQUIRE(said.posts.size() == 6);
    CHECK(said.entities() == 12);
    CHECK(said.posts[1].id == "t12");
    CHECK(said.posts[1].number == PostId{12});
    CHECK(said.posts[1].words == 6);
    CHECK((said.posts[1].entities == std::vector<Entity>{{"LOC", 2, 2, {}}, {"PER", 4, 5, {}}}));
    REQUIRE(said.epochs.size() == 8);
    const auto mean = [](const protocol::DynamicsEpoch& epoch) {
        double sum = 0;
        for (const float log : epoch.logProbabilities) sum += log;
        return sum / static_cast<double>(epoch.logProbabilities.size());
    };
    CHECK(mean(said.epochs.back()) > mean(said.epochs.front()) + 1);  // it learns
    const auto rights = [](const protocol::DynamicsEpoch& epoch) {
        return std::count(epoch.isRight.begin(), epoch.isRight.end(), 1);
    };
    CHECK(rights(said.epochs.back()) > rights(said.epochs.front()));
    // The model that was kept, that of the last epoch, says the same.
    const auto predictor = models::Predictor::load(config.runFolder, "cpu");
    std::vector<models::PostInput> inputs;
    for (const TrainingPost& post : toy.data.train) inputs.push_back(post.input);
    const auto predictions = predictor->predictMany(inputs, {true, false, false}, {}, {});
    std::size_t place = 0;
    for (std::size_t i = 0; i < said.posts.size(); ++i)
        for (const Entity& given : said.posts[i].entities) {
            const auto& found = predictions[i].entities;
            const auto same = std::find(found.begin(), found.end(), given);
            const double p = std::exp(said.epochs.back().logProbabilities[place]);
            CHECK((said.epochs.back().isRight[place++] != 0) == (same != found.end()));
            // Its confidence is that of just these tags; the same entity may be spelled by an orphan I- too.
            if (same != found.end()) CHECK(p >= same->confidence.value_or(2) - 1e-3);
        }
    CHECK(place == 12);
}

TEST_CASE("Dynamics: recording changes nothing of the training") {
    const DynamicsToy toy;
    const RunConfig with = toy.config("with"), without = toy.config("without", "false");
    trained(toy, with);
    trained(toy, without);
    CHECK_FALSE(fs::exists(without.runFolder / protocol::kDynamicsFile));
    CHECK(readFile(with.runFolder / "metrics.json") == readFile(without.runFolder / "metrics.json"));
    CHECK(sha256OfFile(with.runFolder / "model.safetensors") == sha256OfFile(without.runFolder / "model.safetensors"));
}

TEST_CASE("Dynamics: a run that was cut off and went on wrote the same bytes") {
    const DynamicsToy toy;
    const RunConfig whole = toy.config("whole");
    trained(toy, whole);
    const std::string wanted = toy.fileOf(whole);
    RunConfig cut = toy.config("cut");
    trainUntil(toy, cut, 1);
    // Killed after the file was written and before the checkpoint: the epoch is there already.
    writeFileAtomic(cut.runFolder / protocol::kDynamicsFile, wanted.substr(0, wanted.find("{\"epoch\":3")));
    cut.resume = true;
    trained(toy, cut);
    CHECK(toy.fileOf(cut) == wanted);

    // What is lost of it is told, and the rest is recorded.
    RunConfig lost = toy.config("lost");
    trainUntil(toy, lost, 2);
    writeFileAtomic(lost.runFolder / protocol::kDynamicsFile, wanted.substr(0, wanted.find("{\"epoch\":2") + 9));
    lost.resume = true;
    std::int64_t told = 0;
    trained(toy, lost, [&](const protocol::TimedEvent& timed) {
        if (const auto* warning = std::get_if<protocol::WarningEvent>(&timed.event))
            if (warning->code == "dynamics-epoch-lost") told += warning->count;
    });
    CHECK(told == 1);
    Findings odd;
    const protocol::Dynamics rest = protocol::readDynamicsFile(lost.runFolder, odd);
    CHECK(odd.isEmpty());
    REQUIRE(rest.epochs.size() == 2);
    CHECK(rest.epochs[0].epoch == 1);
    CHECK(rest.epochs[1].epoch == 3);
    CHECK(protocol::dynamicsLine(rest.epochs[1]) == wanted.substr(wanted.find("{\"epoch\":3")));
}

TEST_CASE("Dynamics: they are those of one model") {
    const DynamicsToy toy;
    Control control;
    try {
        runFolds(toy.data, {2, {}}, toy.config("folds"), {}, control, {});
        FAIL("not refused");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::OptionInvalid);
    }
    CHECK_FALSE(fs::exists(toy.folder / "folds"));
}
