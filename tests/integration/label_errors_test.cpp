#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "tests/integration/cli.h"

using namespace mnerva;
using namespace mnerva::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> foldTraining(const std::string& project, const std::string& run) {
    return {"train", project,    "--system", "bert-crf",       "--encoder", "tiny", "--preset", "sample",
            "--set", "epochs=2", "--set",    "tiny_hidden=32", "--run",     run,    "--folds",  "2"};
}

/// A project with a run over folds; made once for all tests of this file.
const SampleProject& judgedProject() {
    static const SampleProject once(60, 5, false);
    static const bool isTrained = cliDone(foldTraining(once.project, "folds")).status == 0;
    REQUIRE(isTrained);
    return once;
}

/// The same with a run on all posts that recorded how it learnt, "plain".
const SampleProject& learntProject() {
    const SampleProject& f = judgedProject();
    static const bool isTrained = [&] {
        std::vector<std::string> arguments = foldTraining(f.project, "plain");
        arguments.resize(arguments.size() - 2);
        arguments.insert(arguments.end(), {"--set", "epochs=3", "--dynamics"});
        return cliDone(arguments).status == 0;
    }();
    REQUIRE(isTrained);
    return f;
}

}  // namespace

TEST_CASE("LabelErrors.ARunOverFoldsJudgesEveryPost") {
    const SampleProject& f = judgedProject();
    const json report = jsonOf({"label-errors", f.project, "--run", "folds", "--limit", "0"});
    CHECK(report.at("withOdds") == 60);
    CHECK(report.at("inSample") == 0);
    CHECK(report.at("warning") == "");
    REQUIRE(report.at("doubts").get<std::size_t>() == report.at("suspects").size());
    REQUIRE_FALSE(report.at("suspects").empty());  // a model of two epochs doubts nearly everything
    for (const json& suspect : report.at("suspects")) CHECK(suspect.at("words").get<std::string>() != "");
    // Its layer is what was said of posts that were not seen.
    const json evaluated = jsonOf({"evaluate", f.project, "--layer", "folds", "--split", "train"});
    CHECK(evaluated.at("posts") == 48);
    const json metrics = json::parse(readFile(f.run("folds") / "metrics.json"));
    CHECK(evaluated.at("micro").at("f1") == metrics.at("held_out").at("micro").at("f1"));
}

TEST_CASE("LabelErrors.ANoErrorIsRememberedAndTakenBack") {
    const SampleProject& f = judgedProject();
    const std::vector<std::string> list{"label-errors", f.project, "--run",   "folds",
                                        "--queue",      "missing", "--queue", "spurious"};
    const json before = jsonOf(list);
    const std::string key = before.at("suspects").at(0).at("key");
    cliDone({"label-errors", f.project, "--not-an-error", key});
    const json after = jsonOf(list);
    CHECK(after.at("dismissed").get<int>() > before.at("dismissed").get<int>());
    for (const json& suspect : after.at("suspects")) CHECK(suspect.at("key") != key);
    CHECK(jsonOf({"label-errors", f.project, "--not-an-error", key}, 1).at("error").at("code") == "option-invalid");
    cliDone({"label-errors", f.project, "--doubt-again", key});
    CHECK(jsonOf(list).at("suspects") == before.at("suspects"));
    CHECK(jsonOf({"label-errors", f.project, "--not-an-error", "1:x"}, 1).at("error").at("code") == "option-invalid");
    CHECK(jsonOf({"label-errors", f.project, "--not-an-error", "999999:entity:0-0:PER"}, 1).at("error").at("code") ==
          "option-invalid");
    CHECK(jsonOf({"check", f.project}).at("findings").empty());
}

TEST_CASE("LabelErrors.AnOrdinaryRunWarnsOfPostsItHasSeen") {
    const SampleProject& f = learntProject();
    const json report = jsonOf({"label-errors", f.project, "--run", "plain"});
    CHECK(report.at("withOdds") == 60);
    CHECK(report.at("inSample") == 48);
    CHECK(report.at("warning").get<std::string>().find("--folds") != std::string::npos);
    CHECK(jsonOf({"label-errors", f.project, "--run", "plain", "--split", "test"}).at("warning") == "");
}

TEST_CASE("LabelErrors.WhatARunNeverLearntIsListed") {
    const SampleProject& f = learntProject();
    const json report =
        jsonOf({"label-errors", f.project, "--dynamics", "plain", "--queue", "hard-to-learn", "--limit", "0"});
    CHECK(report.at("dynamics").at("run") == "plain");
    const auto entities = report.at("dynamics").at("entities").get<std::size_t>();
    CHECK(entities > 48);                          // of 48 posts
    REQUIRE_FALSE(report.at("suspects").empty());  // after three epochs
    CHECK(report.at("suspects").size() <= entities);
    for (const json& suspect : report.at("suspects")) {
        CHECK(suspect.at("split") == "train");
        CHECK(suspect.at("dynamics").at("confidence").get<double>() < 0.5);
        CHECK(suspect.at("dynamics").at("variability").get<double>() < 0.25);
        CHECK(suspect.at("score").get<double>() == Approx(1 - suspect.at("dynamics").at("confidence").get<double>()));
    }
    CHECK(readFile(f.run("plain") / "run.json").find("\"dynamics\": true") != std::string::npos);
    CHECK(jsonOf({"label-errors", f.project, "--dynamics", "folds"}, 1).at("error").at("code") == "run-incompatible");
    std::vector<std::string> arguments = foldTraining(f.project, "both");
    arguments.push_back("--dynamics");
    CHECK(cli(arguments).status == 1);
    CHECK_FALSE(fs::exists(f.run("both")));
}

TEST_CASE("LabelErrors.TheListIsCsvToo") {
    const SampleProject& f = judgedProject();
    const std::string csv =
        cliDone({"label-errors", f.project, "--run", "folds", "--csv", "--limit", "3", "--queue", "spurious"}).out;
    CHECK(csv.rfind("reason,score,id,split,words,given,suggested,detail,key\nspurious,", 0) == 0);
    CHECK(std::count(csv.begin(), csv.end(), '\n') == 4);
}

TEST_CASE("Folds.TheLayerIsStoredLaterWhereTheProjectIsInUse") {
    const SampleProject& f = judgedProject();
    cliDone({"predict", f.project, "--run", "folds"});
    CHECK(jsonOf({"predict", f.project, "--run", "folds", "--split", "test"}, 1).at("error").at("code") ==
          "option-invalid");
    CHECK(jsonOf({"train", f.project, "--run", "folds", "--resume", "--folds", "3"}, 1).at("error").at("code") ==
          "run-incompatible");
}

TEST_CASE("Agreement.IsToldByLabelAndByPost") {
    const SampleProject& f = judgedProject();
    const json same = jsonOf({"agreement", f.project, "--layers", "gold,corrected"});
    CHECK(same.at("all").at("alpha") == 1.0);
    CHECK(same.at("all").at("unitisedAlpha") == 1.0);
    CHECK(same.at("posts").size() == 60);
    const json other = jsonOf({"agreement", f.project, "--layers", "gold,folds", "--split", "train"});
    CHECK(other.at("posts").size() == 48);
    CHECK(other.at("all").at("pairs").at(0).at("f1").get<double>() < 1);
    CHECK(other.at("labels").contains("PER"));
    CHECK(cliDone({"agreement", f.project, "--layers", "gold,folds", "--csv", "--table", "posts"})
              .out.rfind("id,layers,F1", 0) == 0);
    CHECK(jsonOf({"agreement", f.project, "--layers", "gold"}, 1).at("error").at("code") == "option-invalid");
    CHECK(jsonOf({"agreement", f.project, "--layers", "gold,nobody"}, 1).at("error").at("code") == "layer-unknown");
}

TEST_CASE("Influence.EachPostWithAPictureIsAskedWithWithoutAndWithThoseOfOthers") {
    const SampleProject f(20, 9, false);
    cliDone(tinyTraining(f.project, "seeing", "1"));
    const json summary = jsonOf({"predict", f.project, "--run", "seeing", "--influence", "--split", "train"});
    const json whole = json::parse(readFile(f.run("seeing") / "influence.json"));
    CHECK(whole.at("entities") == summary.at("entities"));
    CHECK(whole.at("list").size() + summary.at("without_picture").get<std::size_t>() == 16);
    std::int64_t told = 0;
    bool isMoved = false;
    for (const json& post : whole.at("list"))
        for (const json& entity : post.at("entities")) {
            ++told;
            isMoved = isMoved || entity.at("change").get<double>() != 0;
        }
    CHECK(isMoved);  // the picture is read
    std::int64_t counted = 0;
    for (const char* effect : {"helped", "hurt", "same_right", "same_wrong"})
        counted += summary.at("entities").at(effect).get<std::int64_t>();
    CHECK(counted == told);
    // Who is helped against none is helped; each has one effect against none, and one against others.
    const auto helped = [&](const char* of) { return whole.at(of).at("helped").get<std::int64_t>(); };
    CHECK(helped("entities") >= std::max(helped("without_entities"), helped("swapped_entities")));
    for (const json& post : whole.at("list"))
        for (const json& entity : post.at("entities"))
            CHECK((entity.at("effect") == "helped") ==
                  (entity.at("without") == "helped" || entity.at("swapped") == "helped"));
    // The same seed exchanges the same pictures.
    jsonOf({"predict", f.project, "--run", "seeing", "--influence", "--split", "train"});
    CHECK(json::parse(readFile(f.run("seeing") / "influence.json")) == whole);
    CHECK(jsonOf({"predict", f.project, "--run", "seeing", "--influence", "--output", "x"}, 1).at("error").at("code") ==
          "option-invalid");
}
