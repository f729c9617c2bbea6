#include "core/base/log.h"

#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <thread>

#include "tests/support/data.h"

using namespace mnerva;
using namespace mnerva::test;
namespace fs = std::filesystem;

namespace {

long linesOf(const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
}

}  // namespace

TEST_CASE("LogFile.IsMadeWithItsFolderAndOnlyItsOwnerMayReadIt") {
    const TemporaryFolder folder;
    LogFile file(folder / "state/mnerva/mnerva.log");
    file.append("one");
    struct stat state {};
    REQUIRE(::stat(file.path().c_str(), &state) == 0);
    CHECK((state.st_mode & 0777) == 0600);
    CHECK(fs::status(file.path().parent_path()).permissions() == fs::perms::owner_all);
    CHECK(readFile(file.path()) == "one\n");
}

TEST_CASE("LogFile.TurnsOverAndKeepsTheOneBefore") {
    const TemporaryFolder folder;
    LogFile file(folder / "log", 100);
    for (int i = 0; i < 30; ++i) file.append("0123456789");
    CHECK(fs::file_size(folder / "log") <= 110);
    CHECK(fs::file_size(folder / "log.1") >= 100);
    CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 2);
}

TEST_CASE("LogFile.TwoWritersLoseNoLineWhenItTurnsOver") {
    const TemporaryFolder folder;
    constexpr int kLines = 300;
    LogFile first(folder / "log", 3000), second(folder / "log", 3000);  // as two processes have it: two descriptors
    std::thread other([&second] {
        for (int i = 0; i < kLines; ++i) second.append("second");
    });
    for (int i = 0; i < kLines; ++i) first.append("first");
    other.join();
    const std::string before = fs::exists(folder / "log.1") ? readFile(folder / "log.1") : "";
    CHECK(before.size() >= 3000);
    // 3900 bytes in all: they turn over once.
    CHECK(linesOf(before) + linesOf(readFile(folder / "log")) == 2 * kLines);
}

TEST_CASE("LogFile.WritesThroughNoLinkAndNeverThrows") {
    const TemporaryFolder folder;
    writeFileAtomic(folder / "victim", "mine");
    fs::create_symlink(folder / "victim", folder / "log");
    LogFile(folder / "log").append("theirs");
    CHECK(readFile(folder / "victim") == "mine");
    LogFile(fs::path("/proc/no/such/log")).append("nowhere");
}

TEST_CASE("Log.ArgsThatMayHoldTextOfAPostAreLeftOut") {
    const Error line(ErrorCode::LineInvalid, {"a.txt", "7", "secret words", "a word and a tag"});
    CHECK(log::loggedArgs(line) == std::vector<std::string>{"a.txt", "7", "…", "a word and a tag"});
    const Error internal(ErrorCode::Internal, {"parse error; last read: 'secret' at 3, and \"open secret"});
    CHECK(log::loggedArgs(internal) == std::vector<std::string>{"parse error; last read: '…' at 3, and \"…"});
    for (const ErrorCode code : {ErrorCode::EngineDied, ErrorCode::ProtocolInvalid, ErrorCode::LabelUnknown})
        CHECK(log::loggedArgs(Error(code, {"secret"})) == std::vector<std::string>{"…"});
}

TEST_CASE("Log.HoldsStartFailuresAndDeathsAndNoPost") {
    const TemporaryFolder folder;
    ::setenv("XDG_STATE_HOME", folder.path().c_str(), 1);
    ::unsetenv("MNERVA_LOG");
    CHECK(log::file() == folder / "mnerva/mnerva.log");
    log::note("before-the-beginning");
    log::begin("mnerva-test", "1.2.3", "work");
    CHECK_FALSE(fs::exists(log::file()));  // nothing to tell yet
    log::error(Error(ErrorCode::LineInvalid, {"a.txt", "7", "secret words", "a tag"}), "import");
    log::note("opened", {{"posts", "12"}, {"project", "two\nlines"}});
    log::deathOf(
        "mnerva-cli serve", "signal 11",
        "mnerva-cli: the line \"secret words\" has no tag\n3 x words-cut: secret words\n"
        "terminate called after throwing an instance of 'c10::Error'\n  what():  out of memory 'secret words'");
    const std::string text = readFile(log::file());
    INFO(text);
    CHECK(linesOf(text) == 6);
    CHECK(text.find("start version=\"1.2.3\" task=\"work\"") != std::string::npos);
    CHECK(text.find("error code=\"line-invalid\" where=\"import\" 0=\"a.txt\" 1=\"7\"") != std::string::npos);
    CHECK(text.find("opened posts=\"12\" project=\"two\\nlines\"") != std::string::npos);
    CHECK(text.find("child-died child=\"mnerva-cli serve\" how=\"signal 11\"") != std::string::npos);
    CHECK(text.find("terminate called") != std::string::npos);
    CHECK(text.find("out of memory") != std::string::npos);
    CHECK(text.find("secret") == std::string::npos);
    CHECK(text.find("before-the-beginning") == std::string::npos);
}

TEST_CASE("Log.LiesBelowHomeWhereTheStateFolderIsNoWholePath") {
    ::setenv("XDG_STATE_HOME", "relative", 1);
    const char* home = std::getenv("HOME");
    REQUIRE(home);
    CHECK(log::file() == fs::path(home) / ".local/state/mnerva/mnerva.log");
    ::unsetenv("XDG_STATE_HOME");
}
