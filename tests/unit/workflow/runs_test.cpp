#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/workflow/runs/stored_run.h"
#include "core/workflow/runs/test_layer.h"
#include "tests/support/data.h"

using namespace mnerva;
using namespace mnerva::workflow;

namespace {
namespace fs = std::filesystem;

/// The files of tests/golden/run as a run of a project.
void addGoldenRun(const fs::path& project, const std::string& name) {
    const fs::path golden = fs::path(MNERVA_SOURCE_DIR) / "tests/golden/run";
    fs::create_directories(project / "runs" / name);
    for (const char* file : {"run.json", "events.jsonl", "metrics.json", "calibration.json", "predictions-test.jsonl"})
        fs::copy_file(golden / file, project / "runs" / name / file);
}

}  // namespace

TEST_CASE("StoredRun.OfTheRealTrainerIsReadWhole") {
    const test::TemporaryFolder folder;
    addGoldenRun(folder.path(), "mpcfn-1");
    const std::vector<StoredRun> runs = readRuns(folder.path(), {});
    REQUIRE(runs.size() == 1);
    const StoredRun& run = runs[0];
    CHECK(run.problem.empty());
    CHECK(run.record.system == "mpcfn");
    CHECK(run.record.outcome == "succeeded");
    CHECK(run.record.options == run.history.options);
    CHECK(protocol::toJson(run.record) == run.config);  // nothing of run.json is lost by its type
    CHECK(run.history.state == protocol::RunState::Succeeded);
    CHECK(run.history.evals.size() == 5);
    CHECK(run.valid->epoch == 4);
    CHECK(run.test->f1 == Approx(0.66055).margin(1e-4));
    CHECK(run.calibration);
    CHECK_FALSE(run.hasModel);
}

TEST_CASE("StoredRun.ThatHasNotChangedIsNotReadAgain") {
    const test::TemporaryFolder folder;
    addGoldenRun(folder.path(), "a");
    addGoldenRun(folder.path(), "b");
    std::vector<StoredRun> known = readRuns(folder.path(), {});
    for (StoredRun& run : known) run.history.device = "from memory";
    writeFileAtomic(folder.path() / "runs/b/model.safetensors", "x");
    for (const StoredRun& run : readRuns(folder.path(), {}, known)) {
        INFO(run.name);
        CHECK((run.history.device == "from memory") == (run.name == "a"));
        CHECK(run.hasModel == (run.name == "b"));
    }
}

TEST_CASE("StoredRun.WhatItLeavesAtItsEndIsSeenWithoutItsEvents") {
    const test::TemporaryFolder folder;
    addGoldenRun(folder.path(), "a");
    StoredRun run = readRun(folder.path() / "runs/a");
    run.history = {};
    run.calibration.reset();
    writeFileAtomic(folder.path() / "runs/a/state.safetensors", "x");
    takeResults(run);
    CHECK(run.hasCheckpoint);
    CHECK(run.calibration);
    CHECK(run.history.evals.empty());
}

TEST_CASE("StoredRun.OverFoldsThatWasCutOffCanGoOnAndHasNoScoreOfItsOwn") {
    const test::TemporaryFolder folder;
    const fs::path run = folder.path() / "runs" / "judges";
    fs::create_directories(run / "folds" / "1");
    writeFileAtomic(run / "run.json", R"({"run":"judges","system":"bert-crf","folds":{"count":2}})");
    writeFileAtomic(run / "events.jsonl",
                    "{\"event\":\"start\",\"epochs\":4}\n{\"event\":\"fold\",\"fold\":1,\"folds\":2,\"posts\":3}\n"
                    "{\"event\":\"eval\",\"epoch\":1,\"split\":\"valid\",\"micro\":{\"f1\":0.5}}\n"
                    "{\"event\":\"end\",\"outcome\":\"cancelled\"}\n");
    const StoredRun early = readRun(run);
    CHECK(early.history.folds == 2);
    CHECK_FALSE(early.hasCheckpoint);
    CHECK(endedWithNothing(early));
    writeFileAtomic(run / "folds/1/state.safetensors", "x");
    const StoredRun cut = readRun(run);
    CHECK(cut.hasCheckpoint);
    CHECK_FALSE(endedWithNothing(cut));
    CHECK_FALSE(cut.valid);  // that F1 is one of its models'
    fs::remove(run / "folds/1/state.safetensors");
    writeFileAtomic(run / "folds/1/held-out.jsonl", "x");  // its weights are gone, but it was done
    CHECK(readRun(run).hasCheckpoint);
}

TEST_CASE("HeldOutLayer.PostsThatAreGoneOrHaveOtherWordsAreLeftOut") {
    Post one, two;
    one.id = PostId{1};
    one.words = {"Ann", "is"};
    two.id = PostId{2};
    two.words = {"here"};
    protocol::HeldOut said;
    said.posts.push_back({"a", PostId{1}, 1, {{"PER", 0, 0, {}}}, {"B-PER", "O"}, {}});
    said.posts.push_back({"b", PostId{2}, 2, {}, {"O", "O"}, {}});
    said.posts.push_back({"c", PostId{3}, 2, {}, {"O"}, {}});
    const HeldOutLayer layer = heldOutLayer(said, {one, two});
    REQUIRE(layer.entities.size() == 1);
    CHECK(layer.entities[0].first == PostId{1});
    CHECK(layer.entities[0].second.size() == 1);
    CHECK(layer.tags.at(PostId{1}).size() == 2);
}

TEST_CASE("TestLayer.LinesFindTheirPosts") {
    Post first, second;
    first.id = PostId{7};
    first.externalId = "a";
    first.words = {"Kevin", "Durant", "won"};
    second.id = PostId{9};
    second.externalId = "b";
    second.words = {"hi"};
    Post third = second;  // ids may repeat: the order of the split tells them apart
    third.id = PostId{11};
    const std::vector<Post> posts{first, second, third};
    const TestLayer layer = testLayer(
        "{\"index\": 0, \"tags\": [\"B-PER\", \"I-PER\", \"O\"]}\n\n{\"id\": \"b\", \"tags\": [\"O\"]}\n"
        "{\"id\": \"b\", \"tags\": [\"B-LOC\"]}\n",
        "x", posts);
    const auto& read = layer.entities;
    CHECK_FALSE(layer.boxes);
    REQUIRE(read.size() == 3);
    CHECK(read[0].first == PostId{7});
    CHECK(read[0].second.at(0).last == 1);
    CHECK(read[1].first == PostId{9});
    CHECK(read[1].second.empty());
    CHECK(read[2].first == PostId{11});
    CHECK(read[2].second.size() == 1);
    const TestLayer grounded = testLayer(
        "{\"id\": \"b\", \"tags\": [\"O\"], \"boxes\": []}\n{\"id\": \"b\", \"tags\": [\"B-LOC\"], \"boxes\": "
        "[{\"first\": 0, \"last\": 0, \"left\": 1, \"top\": 2, \"width\": 3, \"height\": 4}]}\n",
        "x", posts);
    REQUIRE(grounded.boxes);
    CHECK(grounded.boxes->at(PostId{9}).empty());
    CHECK(grounded.boxes->at(PostId{11}) == std::vector<EntityBox>{{0, 0, 1, 2, 3, 4}});
    for (const char* odd : {"odd", "{\"index\": 3, \"tags\": [\"O\"]}", "{\"index\": -1, \"tags\": [\"O\"]}",
                            "{\"id\": \"c\", \"tags\": [\"O\"]}", "{\"index\": 1, \"tags\": [\"O\", \"O\"]}",
                            "{\"index\": 1, \"tags\": 3}", "[[[[", "{\"index\": 1}"}) {
        INFO(odd);
        try {
            testLayer(odd, "file", posts);
            FAIL("an odd line was read");
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::LineInvalid);
        }
    }
}
