#include "core/domain/run_lock.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "tests/support/data.h"

using namespace mnerva;
namespace fs = std::filesystem;

TEST_CASE("RunLock.ASecondProcessIsRefusedAndToldWhoHoldsIt") {
    const test::TemporaryFolder folder;
    const RunLock lock = RunLock::take(folder.path());
    CHECK(RunLock::isHeld(folder.path()));
    const pid_t child = ::fork();
    if (child == 0) {
        int status = 1;
        try {
            RunLock::take(folder.path());
        } catch (const Error& error) {
            const bool told = error.code() == ErrorCode::RunBusy && error.args().at(1) == std::to_string(::getppid());
            status = told ? 0 : 2;
        }
        ::_exit(status);
    }
    int state = 0;
    ::waitpid(child, &state, 0);
    CHECK(WEXITSTATUS(state) == 0);
    CHECK_THROWS_AS(requireIdleRun(folder.path()), Error);
}

TEST_CASE("RunLock.ItIsFreeAgainWhenItsProcessWasKilled") {
    const test::TemporaryFolder folder;
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const RunLock lock = RunLock::take(folder.path());
        [[maybe_unused]] const auto told = ::write(ready[1], "x", 1);
        while (true) ::pause();
    }
    char word = 0;
    REQUIRE(::read(ready[0], &word, 1) == 1);
    CHECK(RunLock::isHeld(folder.path()));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    CHECK_FALSE(RunLock::isHeld(folder.path()));
    CHECK(RunLock::isKnown(folder.path()));
    CHECK_NOTHROW(RunLock::take(folder.path()));
}

TEST_CASE("RunLock.AFolderThatWasNeverTrainedInIsNotHeldAndStaysUntouched") {
    const test::TemporaryFolder folder;
    CHECK_FALSE(RunLock::isHeld(folder.path()));
    CHECK_FALSE(RunLock::isKnown(folder.path()));
    CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("RunLock.ALinkInPlaceOfTheLockFileIsNotFollowed") {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "precious", "text");
    fs::create_directories(folder / "run");
    fs::create_symlink(folder / "precious", folder / "run" / "lock");
    CHECK_THROWS_AS(RunLock::take(folder / "run"), Error);
    fs::remove(folder / "run" / "lock");
    fs::create_hard_link(folder / "precious", folder / "run" / "lock");
    CHECK_THROWS_AS(RunLock::take(folder / "run"), Error);
    CHECK(readFile(folder / "precious") == "text");
}
