#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "tests/integration/cli.h"
#include "tests/support/fault_room.h"

// The command line under faults of the file system and under kill -9: import, export, training with its checkpoints,
// prediction. A few of each in the normal run; MNERVA_FAULTS=all and MNERVA_KILLS=N for the campaign.

namespace {
using namespace mnerva;
using namespace mnerva::test;
namespace fs = std::filesystem;

/// A small data set outside, and folders to start from: a project without posts, one with posts, one with a run.
struct CliStages {
    TemporaryFolder folder;
    fs::path created = folder / "created", filled = folder / "filled", trained = folder / "trained";
    FaultRoom room;
    std::string data = (room.outside() / "data").string();
    std::string target = (room.inside() / "out.txt").string();

    CliStages() {
        REQUIRE(cli({"sample", data, "--posts", "16", "--seed", "3"}).status == 0);
        REQUIRE(cli({"init", room.project(), "--labels", "PER,LOC,ORG,MISC"}).status == 0);
        keep(created);
        const RunResult imported = cli(import());
        INFO(imported.err);
        REQUIRE(imported.status == 0);
        keep(filled);
        const RunResult learnt = cli(train("run1"));
        INFO(learnt.err);
        REQUIRE(learnt.status == 0);
        keep(trained);
    }
    std::vector<std::string> import() const {
        return {"import",           room.project(), data + "/train.txt", data + "/valid.txt",
                data + "/test.txt", "--images",     data + "/images"};
    }
    std::vector<std::string> train(const std::string& run) const {
        return tinyTraining(room.project(), run, "2", {"--set", "tiny_hidden=16"});
    }
    std::vector<std::string> predict() const { return {"predict", room.project(), "--run", "run1"}; }
    std::vector<std::string> exported() const { return {"export", room.project(), target, "--split", "train"}; }
    std::string digest() const { return work({"digest", room.project()}).out; }
    fs::path run(const std::string& name) const { return fs::path(room.project()) / "runs" / name; }

private:
    void keep(const fs::path& stage) const { fs::copy(room.inside(), stage, fs::copy_options::recursive); }
};

/// Made once: training takes seconds.
const CliStages& stages() {
    static const CliStages once;
    return once;
}

void checkSound(const RunResult& checked) {
    CAPTURE(checked.out, checked.err);
    CHECK(checked.status == 0);
}

void underFaults(const fs::path& before, const std::vector<std::string>& arguments,
                 const std::function<void(const RunResult&)>& verify) {
    test::underFaults(stages().room, before, cliProgram(), arguments, 2, [&](const FaultResult& result) {
        if (result.status == 1) CHECK(!result.err.empty());
        checkSound(work({"check", stages().room.project()}));
        verify(result);
    });
}

void underKills(const fs::path& before, const std::vector<std::string>& arguments,
                const std::function<void()>& verify) {
    // The program takes its time to start; what is of interest comes after.
    test::underKills(stages().room, before, cliProgram(), arguments, killsOf(1, 12), 0.2, [&](const std::string&) {
        checkSound(cli({"check", stages().room.project()}));
        verify();
    });
}

/// The digest after a command that is let be.
std::string digestAfter(const fs::path& before, const std::vector<std::string>& arguments) {
    stages().room.reset(before);
    REQUIRE(cli(arguments).status == 0);
    return stages().digest();
}

std::string digestOf(const fs::path& stage) {
    stages().room.reset(stage);
    return stages().digest();
}

}  // namespace

TEST_CASE("CliFaults.AnImportIsWholeOrNothing") {
    const CliStages& s = stages();
    const std::string before = digestOf(s.created), after = digestOf(s.filled);
    underFaults(s.created, s.import(), [&](const RunResult& result) {
        const std::string now = s.digest();
        CHECK((now == after || (result.status != 0 && now == before)));
    });
}

TEST_CASE("CliFaults.AnExportedFileIsWholeOrAbsent") {
    const CliStages& s = stages();
    s.room.reset(s.filled);
    REQUIRE(cli(s.exported()).status == 0);
    const std::string whole = readFile(s.target);
    underFaults(s.filled, s.exported(), [&](const RunResult& result) {
        CHECK(fs::exists(s.target) == (result.status == 0));
        if (fs::exists(s.target)) CHECK(readFile(s.target) == whole);
    });
}

TEST_CASE("CliFaults.ARunWhoseCheckpointWasToldResumes") {
    const CliStages& s = stages();
    underFaults(s.filled, s.train("run2"), [&](const RunResult& result) {
        if (result.status == 0) {
            CHECK(fs::exists(s.run("run2") / "model.safetensors"));
            CHECK(readFile(s.run("run2") / "metrics.json").find("\"succeeded\"") != std::string::npos);
        } else if (result.out.find("\"checkpoint\"") != std::string::npos) {
            const RunResult resumed = cli({"train", s.room.project(), "--run", "run2", "--resume"});
            CAPTURE(resumed.err);
            CHECK(resumed.status == 0);
        }
    });
}

TEST_CASE("CliFaults.PredictionsAreStoredWholeOrNotAtAll") {
    const CliStages& s = stages();
    const std::string before = digestOf(s.trained), after = digestAfter(s.trained, s.predict());
    underFaults(s.trained, s.predict(), [&](const RunResult& result) {
        const std::string now = s.digest();
        CHECK((now == after || (result.status != 0 && now == before)));
    });
}

TEST_CASE("CliKills.AnImportIsWholeOrNothing") {
    const CliStages& s = stages();
    const std::string before = digestOf(s.created), after = digestOf(s.filled);
    underKills(s.created, s.import(), [&] {
        const std::string now = s.digest();
        CHECK((now == before || now == after));
    });
}

TEST_CASE("CliKills.AnExportedFileIsWholeOrAbsent") {
    const CliStages& s = stages();
    s.room.reset(s.filled);
    REQUIRE(cli(s.exported()).status == 0);
    const std::string whole = readFile(s.target);
    underKills(s.filled, s.exported(), [&] { CHECK((!fs::exists(s.target) || readFile(s.target) == whole)); });
}

TEST_CASE("CliKills.ARunWithACheckpointResumes") {
    const CliStages& s = stages();
    underKills(s.filled, s.train("run2"), [&] {
        if (!fs::exists(s.run("run2") / "state.json")) return;
        const RunResult resumed = cli({"train", s.room.project(), "--run", "run2", "--resume"});
        CAPTURE(resumed.err);
        CHECK((resumed.status == 0 || resumed.err.find("finished") != std::string::npos));
    });
}

TEST_CASE("CliKills.PredictionsAreStoredWholeOrNotAtAll") {
    const CliStages& s = stages();
    const std::string before = digestOf(s.trained), after = digestAfter(s.trained, s.predict());
    underKills(s.trained, s.predict(), [&] {
        const std::string now = s.digest();
        CHECK((now == before || now == after));
    });
}
