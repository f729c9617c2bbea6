#include <catch2/catch.hpp>
#include <sstream>

#include "core/base/file.h"
#include "tests/checks/source_tree.h"
#include "tests/support/data.h"

using namespace mnerva;
using namespace mnerva::test;

namespace {

const std::string kPackaging = std::string(MNERVA_SOURCE_DIR) + "/packaging/";

RunResult script(const std::string& name, std::vector<std::string> arguments,
                 const std::string& setting = "MNERVA_NONE=") {
    arguments.insert(arguments.begin(), {setting, "bash", kPackaging + name});
    return runProgram("/usr/bin/env", arguments);
}

std::string counted(const std::string& log) {
    const TemporaryFolder folder;
    writeFileAtomic(folder / "log", log);
    return runProgram("/usr/bin/env", {"awk", "-f", kPackaging + "count_tests.awk", (folder / "log").string()}).out;
}

}  // namespace

TEST_CASE("CountTests.AddsCatchAndQtPrograms") {
    CHECK(counted("3: All tests passed (236 assertions in 19 test cases)\n"
                  "12: Totals: 7 passed, 0 failed, 0 skipped, 0 blacklisted, 30ms\n"
                  "4: All tests passed (1 assertion in 1 test case)\n"
                  "100% tests passed, 0 tests failed out of 3\n") == "25 0 0\n");
}

TEST_CASE("CountTests.CountsFailedCases") {
    CHECK(counted("1: test cases:   27 |   23 passed |  4 failed\n"
                  "2: Totals: 5 passed, 2 failed, 0 skipped, 0 blacklisted, 3ms\n"
                  "0% tests passed, 2 tests failed out of 2\n") == "26 6 0\n");
}

TEST_CASE("CountTests.AProgramThatDiesIsAFailure") {
    CHECK(counted("1: All tests passed (2 assertions in 2 test cases)\n"
                  "2: Segmentation fault\n"
                  "50% tests passed, 1 tests failed out of 2\n") == "2 1 0\n");
}

TEST_CASE("CountTests.SkippedCasesAreNotCountedAsPassed") {
    CHECK(counted("3: SKIPPED: RealData.Counts: the real data set file a is not here (set MNERVA_DATA)\n"
                  "3: SKIPPED: RealData.RoundTrip: the real data set file b is not here (set MNERVA_DATA)\n"
                  "3: partly skipped: RealData.Some: the real data set file c is not here (set MNERVA_DATA)\n"
                  "3: All tests passed (236 assertions in 19 test cases)\n"
                  "12: Totals: 7 passed, 0 failed, 2 skipped, 0 blacklisted, 30ms\n"
                  "100% tests passed, 0 tests failed out of 2\n") == "22 0 4\n");
}

TEST_CASE("CountTests.ATestThatFindsNothingToHoldIsSkippedAndOneThatFindsSomethingIsNot") {
    takeSkipNotes();
    CHECK_FALSE(takeSkipNotes().isSkipped());
    CHECK_FALSE(realData("no/such/file"));
    const SkipNotes nothing = takeSkipNotes();
    CHECK(nothing.isSkipped());
    CHECK(nothing.reason.find("no/such/file") != std::string::npos);
    skip("one thing is not here");
    held();
    CHECK_FALSE(takeSkipNotes().isSkipped());
}

TEST_CASE("CountTests.AnEmptyLogHasNoTests") {
    CHECK(counted("") == "0 0 0\n");
}

TEST_CASE("GetEncoder.SaysHowItIsUsed") {
    const RunResult result = script("get-encoder.sh", {});
    CHECK(result.status == 2);
    CHECK(result.err.find("get-encoder.sh NAME DIR") != std::string::npos);
}

TEST_CASE("GetEncoder.LeavesAFolderInUseAlone") {
    const TemporaryFolder folder;
    writeFileAtomic(folder / "mine", "1");
    const RunResult result = script("get-encoder.sh", {"bert-base-uncased", folder.path().string()});
    CHECK(result.status == 1);
    CHECK(result.err.find("not empty") != std::string::npos);
    CHECK(readFile(folder / "mine") == "1");
}

TEST_CASE("GetEncoder.AnUnreachableHubIsAClearMessageAndLeavesNothing") {
    const TemporaryFolder folder;
    const RunResult result =
        script("get-encoder.sh", {"bert-base-uncased", (folder / "bert").string()}, "MNERVA_HUB=http://127.0.0.1:1");
    CHECK(result.status == 3);
    CHECK(result.err.find("cannot be fetched") != std::string::npos);
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("GetEncoder.AHubThatSendsDamagedWeightsIsRefused") {
    // A hub of plain files: what it has on record for the weights is not what it sends.
    const TemporaryFolder folder;
    const std::filesystem::path files = folder / "hub/sentence-transformers/all-MiniLM-L6-v2/resolve/main";
    std::filesystem::create_directories(files);
    for (const char* file : {"config.json", "vocab.txt", "model.safetensors"}) writeFileAtomic(files / file, "damaged");
    const RunResult result = script("get-encoder.sh", {"all-MiniLM-L6-v2", (folder / "target").string()},
                                    "MNERVA_HUB=file://" + (folder / "hub").string());
    CHECK(result.status == 4);
    CHECK(result.err.find("model.safetensors is damaged") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder / "target/model.safetensors"));
}

TEST_CASE("GetEncoder.TakesAFolderThatAHubServes") {
    const TemporaryFolder folder;
    const std::filesystem::path files = folder / "hub/someone/tiny-bert/resolve/main";
    std::filesystem::create_directories(files);
    for (const char* file : {"config.json", "vocab.txt", "pytorch_model.bin"}) writeFileAtomic(files / file, "content");
    const RunResult result = script("get-encoder.sh", {"someone/tiny-bert", (folder / "target").string()},
                                    "MNERVA_HUB=file://" + (folder / "hub").string());
    INFO(result.err);
    CHECK(result.status == 0);
    CHECK(readFile(folder / "target/pytorch_model.bin") == "content");
    CHECK(result.out.find(sha256("content")) != std::string::npos);
}

TEST_CASE("GetEncoder.TakesTheVocabularyThatTheHubHas") {
    const std::vector<std::vector<std::string>> vocabularies{
        {"sentencepiece.bpe.model"}, {"vocab.json", "merges.txt"}, {"tokenizer.json"}, {}};
    for (const auto& names : vocabularies) {
        const TemporaryFolder folder;
        const std::filesystem::path files = folder / "hub/someone/tiny/resolve/main";
        std::filesystem::create_directories(files);
        for (const char* file : {"config.json", "model.safetensors"}) writeFileAtomic(files / file, "content");
        for (const std::string& name : names) writeFileAtomic(files / name, "content");
        const RunResult result = script("get-encoder.sh", {"someone/tiny", (folder / "target").string()},
                                        "MNERVA_HUB=file://" + (folder / "hub").string());
        INFO(result.err);
        CHECK(result.status == (names.empty() ? 5 : 0));
        for (const std::string& name : names) CHECK(std::filesystem::exists(folder / "target" / name));
    }
}

TEST_CASE("Setup.ListsWhatItInstalls") {
    const RunResult result = script("setup.sh", {"--list"});
    CHECK(result.status == 0);
    for (const char* package :
         {"libtorch-dev\n", "libopenblas0-pthread\n", "qt6-base-dev\n", "fonts-noto-cjk\n", "catch2\n"}) {
        INFO(package);
        CHECK(result.out.find(package) != std::string::npos);
    }
}

TEST_CASE("Run.ReplacesWhatItMadeBefore") {
    // It is run again and again; commands replace a file only when told to.
    std::istringstream lines(checks::sourceText("packaging/run.sh"));
    int writing = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.find("$cli export ") == std::string::npos && line.find(" --out ") == std::string::npos) continue;
        ++writing;
        INFO(line);
        CHECK(line.find("--force") != std::string::npos);
    }
    CHECK(writing == 2);
}

TEST_CASE("Run.RefusesUnknownArguments") {
    const RunResult result = script("run.sh", {"--fast"});
    CHECK(result.status == 2);
    CHECK(result.err.find("usage: run.sh") != std::string::npos);
}

TEST_CASE("Translate.EveryTextOfTheSourcesIsInTheTranslations") {
    const RunResult result = script("translate.sh", {"--check"});
    if (result.status == 3) return skip("Qt's lupdate is not installed");
    held();
    INFO(result.out << result.err);
    CHECK(result.status == 0);
}
