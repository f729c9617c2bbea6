#include "core/store/project_lock.h"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>

#include "core/base/file.h"
#include "tests/unit/store/fixture.h"

namespace {
using namespace mnerva;
using namespace mnerva::store;
using mnerva::store::test::errorOf;
namespace fs = std::filesystem;

/// Runs a process that takes the lock and then does nothing until it is killed; comes back when it has the lock.
pid_t holdInAnotherProcess(const fs::path& folder) {
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto attempt = ProjectLock::tryTake(folder, "other");
        const char answer = attempt.lock ? 'y' : 'n';
        if (::write(ready[1], &answer, 1) != 1) ::_exit(1);
        for (;;) ::pause();
    }
    char answer = 0;
    REQUIRE(::read(ready[0], &answer, 1) == 1);
    CHECK(answer == 'y');
    ::close(ready[0]);
    ::close(ready[1]);
    return child;
}

void killAndWait(pid_t child) {
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
}
}  // namespace

TEST_CASE("ProjectLock.TheSecondToAskIsToldWhoHasIt") {
    const mnerva::test::TemporaryFolder folder;
    const auto first = ProjectLock::tryTake(folder.path(), "mnerva");
    REQUIRE(first.lock);
    const auto second = ProjectLock::tryTake(folder.path(), "mnerva-cli import");
    CHECK_FALSE(second.lock);
    CHECK(second.holder.program == "mnerva");
    CHECK(second.holder.processId == ::getpid());
    CHECK_FALSE(second.holder.host.empty());
}

TEST_CASE("ProjectLock.IsFreeWhenLetGo") {
    const mnerva::test::TemporaryFolder folder;
    { const auto first = ProjectLock::tryTake(folder.path(), "mnerva"); }
    CHECK(ProjectLock::tryTake(folder.path(), "mnerva").lock);
}

TEST_CASE("ProjectLock.ALivingProcessKeepsItAndADeadOneLosesIt") {
    const mnerva::test::TemporaryFolder folder;
    const pid_t child = holdInAnotherProcess(folder.path());
    const auto refused = ProjectLock::tryTake(folder.path(), "mnerva");
    CHECK_FALSE(refused.lock);
    CHECK(refused.holder.program == "other");
    CHECK(refused.holder.processId == child);
    killAndWait(child);
    CHECK(ProjectLock::tryTake(folder.path(), "mnerva").lock);
}

TEST_CASE("ProjectLock.AProcessThatGotTheNumberOfADeadHolderDoesNotMatter") {
    const mnerva::test::TemporaryFolder folder;
    std::string host(256, '\0');
    ::gethostname(host.data(), host.size());
    host.resize(std::string(host.c_str()).size());
    // What a crashed holder leaves behind, with the number of a process that lives: ours.
    writeFileAtomic(folder / "lock",
                    R"({"program":"mnerva","host":")" + host + R"(","pid":)" + std::to_string(::getppid()) + "}\n");
    CHECK(ProjectLock::tryTake(folder.path(), "mnerva").lock);
}

TEST_CASE("ProjectLock.AnotherHostKeepsItUntilItsMarkIsOld") {
    const mnerva::test::TemporaryFolder folder;
    writeFileAtomic(folder / "lock", R"({"program":"mnerva","host":"gpubox.example","pid":77})");
    const auto refused = ProjectLock::tryTake(folder.path(), "mnerva");
    CHECK_FALSE(refused.lock);
    CHECK(refused.holder.host == "gpubox.example");
    CHECK(refused.holder.processId == 77);
    fs::last_write_time(folder / "lock",
                        fs::file_time_type::clock::now() - ProjectLock::kStaleAfter - std::chrono::minutes(1));
    CHECK(ProjectLock::tryTake(folder.path(), "mnerva").lock);
}

TEST_CASE("ProjectLock.NonsenseInTheFileIsNoHolder") {
    const mnerva::test::TemporaryFolder folder;
    for (const char* text : {"", "{", "[1]", R"({"program":1,"host":2,"pid":"x"})"}) {
        writeFileAtomic(folder / "lock", text);
        CHECK(ProjectLock::tryTake(folder.path(), "mnerva").lock);
    }
}

TEST_CASE("ProjectLock.AFolderThatCannotBeWrittenIsNamed") {
    const mnerva::test::TemporaryFolder folder;
    CHECK(errorOf([&] { ProjectLock::tryTake(folder / "none", "mnerva"); }) == "file-unwritable");
}
