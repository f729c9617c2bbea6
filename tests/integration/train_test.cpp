#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "tests/integration/cli.h"

using namespace mnerva;
using namespace mnerva::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// One project for all tests of this file; each uses run names of its own.
const SampleProject& sharedProject() {
    static const SampleProject once(40, 3);
    return once;
}

/// Starts the program and sends it `signal` as soon as its output tells of checkpoint `epoch`; gives its wait status.
int signalAfterCheckpoint(const std::vector<std::string>& arguments, int epoch, int signal) {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    const pid_t child = startProgram(kProgram, arguments, {-1, ends[1], -1});
    ::close(ends[1]);
    FILE* stream = ::fdopen(ends[0], "r");
    char* line = nullptr;
    std::size_t room = 0;
    bool seen = false;
    while (!seen && ::getline(&line, &room, stream) > 0) {
        const json event = json::parse(line, nullptr, false);
        seen = event.is_object() && event.value("event", "") == "checkpoint" && event.value("epoch", 0) == epoch;
    }
    ::kill(child, signal);
    while (::getline(&line, &room, stream) > 0) continue;
    ::free(line);
    ::fclose(stream);
    int state = 0;
    ::waitpid(child, &state, 0);
    REQUIRE(seen);
    return state;
}

}  // namespace

TEST_CASE("train: a run killed after two of four epochs resumes to the metrics of one that was not") {
    const SampleProject& small = sharedProject();
    REQUIRE(cli(tinyTraining(small.project, "whole", "4")).status == 0);
    CHECK(WIFSIGNALED(signalAfterCheckpoint(tinyTraining(small.project, "killed", "4"), 2, SIGKILL)));
    CHECK_FALSE(json::parse(readFile(small.run("killed") / "metrics.json")).contains("test"));
    const auto resumed = cli({"train", small.project, "--run", "killed", "--resume"});
    INFO(resumed.err);
    REQUIRE(resumed.status == 0);
    CHECK(readFile(small.run("whole") / "metrics.json") == readFile(small.run("killed") / "metrics.json"));
    CHECK(readFile(small.run("whole") / "model.safetensors") == readFile(small.run("killed") / "model.safetensors"));
}

TEST_CASE("train: SIGTERM and SIGINT end a run as cancelled with its last checkpoint kept") {
    const SampleProject& small = sharedProject();
    for (const auto& [run, signal] : {std::pair{"terminated", SIGTERM}, std::pair{"interrupted", SIGINT}}) {
        const int state = signalAfterCheckpoint(tinyTraining(small.project, run, "200"), 1, signal);
        REQUIRE(WIFEXITED(state));
        CHECK(WEXITSTATUS(state) == 130);
        CHECK(json::parse(readFile(small.run(run) / "metrics.json")).at("outcome") == "cancelled");
        CHECK(fs::exists(small.run(run) / "state.safetensors"));
    }
}

TEST_CASE("train, predict, evaluate, explain: the line from a data set to scores and a heat map") {
    const SampleProject& small = sharedProject();
    const auto trained = cli(tinyTraining(small.project, "run", "1"));
    REQUIRE(trained.status == 0);
    const std::size_t end = trained.out.find_last_of('\n', trained.out.size() - 2);
    CHECK(json::parse(trained.out.substr(end + 1)).at("outcome") == "succeeded");

    const auto predicted = cli({"predict", small.project, "--run", "run", "--split", "test", "--json"});
    INFO(predicted.err);
    REQUIRE(predicted.status == 0);
    CHECK(json::parse(predicted.out).at("posts") == 4);

    const auto evaluated = cli({"evaluate", small.project, "--layer", "run", "--split", "test", "--json"});
    REQUIRE(evaluated.status == 0);
    const json metrics = json::parse(readFile(small.run("run") / "metrics.json"));
    CHECK(json::parse(evaluated.out).at("micro").at("f1").get<double>() ==
          Approx(metrics.at("test").at("micro").at("f1").get<double>()));

    CHECK(json::parse(evaluated.out).contains("reliability") == (json::parse(evaluated.out).at("predicted") > 0));
    CHECK_FALSE(json::parse(evaluated.out).contains("calibration"));  // four validation posts are too few
    writeFileAtomic(small.run("run") / "calibration.json", R"({"method":"platt","slope":0.5,"offset":0})");
    const auto calibrated = cli({"evaluate", small.project, "--layer", "run", "--split", "test", "--json"});
    CHECK(json::parse(calibrated.out).at("calibration").at("slope") == 0.5);
    const auto again = cli({"predict", small.project, "--run", "run", "--split", "test", "--json"});
    CHECK(json::parse(again.out).at("calibrated") == true);
    const auto raw = cli({"predict", small.project, "--run", "run", "--split", "test", "--raw-confidence", "--json"});
    CHECK(json::parse(raw.out).at("calibrated") == false);

    // A run of other labels than the project's: its entities are kept, and the types that the project lacks are named.
    const std::string foreign = (small.folder / "foreign").string();
    writeFileAtomic(small.folder / "foreign.txt", "IMGID:1\nsee\tO\nParis\tB-FOO\n\n");
    REQUIRE(cli({"init", foreign, "--labels", "FOO"}).status == 0);
    REQUIRE(cli({"import", foreign, (small.folder / "foreign.txt").string(), "--split", "test"}).status == 0);
    fs::create_directories(fs::path(foreign) / "runs");
    fs::copy(small.run("run"), fs::path(foreign) / "runs" / "run", fs::copy_options::recursive);
    const auto elsewhere = cli({"predict", foreign, "--run", "run", "--json"});
    INFO(elsewhere.err);
    REQUIRE(elsewhere.status == 0);
    CHECK(json::parse(elsewhere.out).at("findings").value("label-unknown", 0) > 0);
    CHECK(elsewhere.err.find("label-unknown") != std::string::npos);
    CHECK_FALSE(json::parse(predicted.out).at("findings").contains("label-unknown"));

    // Find a post with a picture: the sample leaves some without.
    int status = 1;
    const std::string png = (small.folder / "heat.png").string();
    for (int i = 0; i < 10 && status != 0; ++i)
        status = cli({"explain", small.project, "--run", "run", "--index", std::to_string(i), "--out", png, "--json"})
                     .status;
    CHECK(status == 0);
    CHECK(readFile(png).substr(1, 3) == "PNG");
}

TEST_CASE("train: wrong usage and unknown names say what exists") {
    const SampleProject& small = sharedProject();
    const auto preset = cli({"train", small.project, "--encoder", "tiny", "--preset", "twitter", "--run", "a"});
    CHECK(preset.status == 1);
    CHECK(preset.err.find("twitter2015, twitter2017, wukong, sample") != std::string::npos);
    const auto option = cli({"train", small.project, "--encoder", "tiny", "--set", "epoch=1", "--run", "a"});
    CHECK(option.err.find("epochs") != std::string::npos);
    const auto device = cli({"train", small.project, "--encoder", "tiny", "--run", "a", "--device", "cuda:7"});
    CHECK(device.err.find("cpu") != std::string::npos);
    const auto encoder = cli({"train", small.project, "--encoder", small.data, "--resnet", "random18", "--run", "a"});
    CHECK(encoder.err.find("config.json") != std::string::npos);
    const auto run = cli({"predict", small.project, "--run", "nothing"});
    CHECK(run.err.find("There is no run nothing") != std::string::npos);
    CHECK(cli({"train", small.project, "--run", "../a", "--encoder", "tiny"}).status == 1);
    CHECK(cli({"train", small.project}).status == 2);
}

TEST_CASE("Train.TheBoxesThatARunSawAreRecordedAndCannotBeExchangedOnResume") {
    const SampleProject& f = sharedProject();
    auto arguments = tinyTraining(f.project, "boxes", "1");
    arguments.insert(arguments.end(), {"--boxes", "detected"});
    REQUIRE(cli(arguments).status == 0);
    CHECK(json::parse(readFile(f.run("boxes") / "run.json")).at("boxes") == "detected");
    CHECK(cli({"train", f.project, "--run", "boxes", "--resume"}).status == 0);
    const auto other = cli({"train", f.project, "--run", "boxes", "--resume", "--boxes", "all"});
    CHECK(other.status == 1);
    CHECK(other.err.find("boxes = detected") != std::string::npos);
}

TEST_CASE("Train.MeasuringSaysWhatARunWouldTakeAndKeepsNothing") {
    const std::string project = sharedProject().project;
    std::vector<std::string> arguments = tinyTraining(project, "never", "2");
    arguments.insert(arguments.end(), {"--measure", "--json"});
    const RunResult result = cli(arguments);
    INFO(result.err);
    REQUIRE(result.status == 0);
    const auto estimate = nlohmann::json::parse(result.out);
    CHECK(estimate.at("device") == "cpu");
    CHECK(estimate.at("epochs") == 2);
    CHECK(estimate.at("batches") == 4);
    CHECK(estimate.at("seconds_epoch").get<double>() > 0);
    CHECK(estimate.at("peak_mebibytes").get<double>() > 10);
    CHECK_FALSE(std::filesystem::exists(project + "/runs/never"));
    arguments.insert(arguments.end(), {"--set", "batch=0"});
    CHECK(cli(arguments).status != 0);
    CHECK(cli({"train", project, "--run", "never", "--measure", "--resume"}).status != 0);
}

TEST_CASE("train: a learning rate far from what the encoder bears is told, and kept with the run") {
    const SampleProject& small = sharedProject();
    const auto toldOf = [&](const std::string& run, const std::string& rate) {
        const auto trained = cli(tinyTraining(small.project, run, "1", {"--set", "lr=" + rate}));
        INFO(trained.err);
        REQUIRE(trained.status == 0);
        return readFile(small.run(run) / "events.jsonl").find("rate-unusual") != std::string::npos &&
               trained.err.find("rate-unusual") != std::string::npos;
    };
    CHECK_FALSE(toldOf("usual-rate", "6e-4"));
    CHECK(toldOf("low-rate", "3e-6"));
    CHECK(toldOf("high-rate", "0.01"));
}
