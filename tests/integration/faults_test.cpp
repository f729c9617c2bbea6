#include <catch2/catch.hpp>
#include <chrono>
#include <iostream>
#include <random>

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

/// `few` faults of each kind in the normal run.
void underFaults(const fs::path& before, const std::vector<std::string>& arguments, std::uint64_t few,
                 const std::function<void(const RunResult&)>& verify) {
    const FaultRoom& room = stages().room;
    room.reset(before);
    const FaultResult whole = room.run(cliProgram(), arguments, Fault{});
    INFO(whole.err);
    REQUIRE(whole.status == 0);
    const auto outside = contentsOf(room.outside());
    int faults = 0, refused = 0;
    for (const char* error : {"ENOSPC", "EIO", "EINTR"}) {
        Fault fault;
        fault.error = error;
        fault.lasts = fault.error == "ENOSPC";
        for (const std::uint64_t at : chosen(whole.calls, few)) {
            fault.at = at;
            room.reset(before);
            const FaultResult result = room.run(cliProgram(), arguments, fault);
            CAPTURE(fault.text(), arguments.front(), result.status, result.out, result.err);
            if (result.failed == 0) continue;
            ++faults;
            CHECK(result.status < 2);
            if (fault.error == "EINTR") CHECK(result.status == 0);
            if (result.status == 1) {
                ++refused;
                CHECK(!result.err.empty());
            }
            const RunResult checked = work({"check", room.project()});
            CAPTURE(checked.out, checked.err);
            CHECK(checked.status == 0);
            verify(result);
            CHECK(contentsOf(room.outside()) == outside);
        }
    }
    std::cout << "faults: mnerva-cli " << arguments.front() << ": " << faults << " faults of " << whole.calls
              << " calls, " << refused << " refused with a sentence\n";
}

void underKills(const fs::path& before, const std::vector<std::string>& arguments,
                const std::function<void()>& verify) {
    static std::mt19937 random(21);
    const char* wanted = std::getenv("MNERVA_KILLS");
    const int kills = wanted && *wanted ? std::max(1, std::atoi(wanted) / 12) : 1;
    const FaultRoom& room = stages().room;
    room.reset(before);
    const auto start = std::chrono::steady_clock::now();
    REQUIRE(cli(arguments).status == 0);
    const double whole = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    const auto outside = contentsOf(room.outside());
    int alive = 0;
    for (int i = 0; i < kills; ++i) {
        room.reset(before);
        // The program takes its time to start; what is of interest comes after.
        const int after =
            std::uniform_int_distribution<int>(static_cast<int>(whole / 5), static_cast<int>(whole))(random);
        alive += runAndKill(cliProgram(), arguments, after);
        const RunResult checked = cli({"check", room.project()});
        CAPTURE(arguments.front(), after, checked.out, checked.err);
        CHECK(checked.status == 0);
        verify();
        CHECK(contentsOf(room.outside()) == outside);
    }
    std::cout << "kills: mnerva-cli " << arguments.front() << ": " << kills << ", " << alive
              << " of them before the end, " << static_cast<int>(whole) << " ms whole\n";
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
    underFaults(s.created, s.import(), 2, [&](const RunResult& result) {
        const std::string now = s.digest();
        CHECK((now == after || (result.status != 0 && now == before)));
    });
}

TEST_CASE("CliFaults.AnExportedFileIsWholeOrAbsent") {
    const CliStages& s = stages();
    s.room.reset(s.filled);
    REQUIRE(cli(s.exported()).status == 0);
    const std::string whole = readFile(s.target);
    underFaults(s.filled, s.exported(), 2, [&](const RunResult& result) {
        CHECK(fs::exists(s.target) == (result.status == 0));
        if (fs::exists(s.target)) CHECK(readFile(s.target) == whole);
    });
}

TEST_CASE("CliFaults.ARunWhoseCheckpointWasToldResumes") {
    const CliStages& s = stages();
    underFaults(s.filled, s.train("run2"), 2, [&](const RunResult& result) {
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
    underFaults(s.trained, s.predict(), 2, [&](const RunResult& result) {
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
