#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <csignal>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/file.h"
#include "tests/support/data.h"
#include "tests/unit/base/error_code.h"

using namespace mnerva;
using mnerva::test::codeOf;
namespace fs = std::filesystem;

namespace {

int filesIn(const fs::path& folder) {
    int files = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder)) ++files;
    return files;
}

mode_t rightsOf(const fs::path& path) {
    struct stat state {};
    REQUIRE(::stat(path.c_str(), &state) == 0);
    return state.st_mode & 0777;
}

/// A victim's file and a link to it inside of a folder that came from a stranger.
struct Trap {
    test::TemporaryFolder folder;
    fs::path victim = folder / "victim";
    fs::path link = folder / "project" / "lock";
    Trap() {
        fs::create_directory(folder / "project");
        writeFileAtomic(victim, "precious");
    }
};

}  // namespace

TEST_CASE("SafeFile.NothingIsWrittenThroughASymbolicLink") {
    const Trap trap;
    fs::create_symlink(trap.victim, trap.link);
    CHECK(codeOf([&] { openForWriting(trap.link, O_RDWR); }) == ErrorCode::UnsafeTarget);
    CHECK(codeOf([&] { writeFileAtomic(trap.link, "x"); }) == ErrorCode::UnsafeTarget);
    CHECK(codeOf([&] { FileLock::tryTake(trap.link); }) == ErrorCode::UnsafeTarget);
    CHECK(readFile(trap.victim) == "precious");
    CHECK(fs::is_symlink(trap.link));
}
TEST_CASE("SafeFile.NothingIsMadeThroughALinkToNothing") {
    const Trap trap;
    fs::create_symlink(trap.folder / "new", trap.link);
    CHECK(codeOf([&] { openForWriting(trap.link, O_RDWR); }) == ErrorCode::UnsafeTarget);
    CHECK_FALSE(fs::exists(trap.folder / "new"));
}
TEST_CASE("SafeFile.NothingIsWrittenThroughAHardLink") {
    const Trap trap;
    fs::create_hard_link(trap.victim, trap.link);
    CHECK(codeOf([&] { openForWriting(trap.link, O_RDWR | O_APPEND); }) == ErrorCode::UnsafeTarget);
    CHECK(readFile(trap.victim) == "precious");
    writeFileAtomic(trap.link, "mine");  // takes the name; the other name keeps its content
    CHECK(readFile(trap.victim) == "precious");
    CHECK(readFile(trap.link) == "mine");
}
TEST_CASE("SafeFile.PipesNeitherHangNorTakeBytes") {
    const Trap trap;
    REQUIRE(::mkfifo(trap.link.c_str(), 0600) == 0);
    CHECK(codeOf([&] { openForWriting(trap.link, O_WRONLY); }) == ErrorCode::UnsafeTarget);
    CHECK(codeOf([&] { openForWriting(trap.link, O_RDWR); }) == ErrorCode::UnsafeTarget);
    CHECK(codeOf([&] { writeFileAtomic(trap.link, "x"); }) == ErrorCode::UnsafeTarget);
    CHECK(codeOf([&] { readFile(trap.link); }) == ErrorCode::FileNotPlain);
    CHECK(codeOf([&] { sha256OfFile(trap.link); }) == ErrorCode::FileNotPlain);
}
TEST_CASE("SafeFile.DevicesAreRefused") {
    CHECK(codeOf([] { readFile("/dev/zero"); }) == ErrorCode::FileNotPlain);
    CHECK(codeOf([] { openForWriting("/dev/null", O_WRONLY); }) == ErrorCode::UnsafeTarget);
    CHECK(codeOf([] { writeFileAtomic("/dev/null", "x"); }) == ErrorCode::UnsafeTarget);
}
TEST_CASE("SafeFile.FoldersBelowAreNoLinksEither") {
    const test::TemporaryFolder folder;
    fs::create_directories(folder / "p" / "runs");
    fs::create_directories(folder / "elsewhere");
    fs::create_symlink(folder / "elsewhere", folder / "p" / "runs" / "r");
    CHECK_NOTHROW(requirePlainBelow(folder / "p", folder / "p" / "runs" / "new" / "run.json"));
    CHECK(codeOf([&] { requirePlainBelow(folder / "p", folder / "p" / "runs" / "r" / "run.json"); }) ==
          ErrorCode::UnsafeTarget);
    CHECK(codeOf([&] { requirePlainBelow(folder / "p", folder / "p" / ".." / "q"); }) == ErrorCode::UnsafeTarget);
    // The folder itself may be reached through a link of the user's own.
    fs::create_directory_symlink(folder / "p", folder / "q");
    CHECK_NOTHROW(requirePlainBelow(folder / "q", folder / "q" / "runs" / "new"));
}
TEST_CASE("SafeFile.TooLargeIsToldBeforeItIsRead") {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "f", "12345");
    CHECK(readFile(folder / "f", 5) == "12345");
    CHECK(codeOf([&] { readFile(folder / "f", 4); }) == ErrorCode::FileTooLarge);
    CHECK(readFile("/proc/self/stat").size() > 10);  // a file that says it has no bytes
}

TEST_CASE("AtomicFile.KeepsTheRightsOfWhatItReplaces") {
    const test::TemporaryFolder folder;
    for (const mode_t rights : {0600u, 0640u, 0664u, 0755u}) {
        writeFileAtomic(folder / "f", "old");
        REQUIRE(::chmod((folder / "f").c_str(), rights) == 0);
        writeFileAtomic(folder / "f", "new");
        CHECK(rightsOf(folder / "f") == rights);
        fs::remove(folder / "f");
    }
}
TEST_CASE("AtomicFile.NewFilesFollowTheMask") {
    const test::TemporaryFolder folder;
    const mode_t old = ::umask(027);
    writeFileAtomic(folder / "f", "x");
    ::umask(old);
    CHECK(rightsOf(folder / "f") == 0640);
}
TEST_CASE("AtomicFile.TemporaryNamesCannotBeForeseenOrPrepared") {
    const test::TemporaryFolder folder;
    const AtomicFile first(folder / "f"), second(folder / "f");
    CHECK(first.temporaryPath() != second.temporaryPath());
    CHECK(first.temporaryPath().parent_path() == folder.path());
    CHECK(rightsOf(first.temporaryPath()) == (0666 & ~[] {
              const mode_t m = ::umask(0);
              ::umask(m);
              return m;
          }()));
}
TEST_CASE("AtomicFile.WhatWasFinishedCanBeCheckedBeforeTheOldIsReplaced") {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "f", "old");
    {
        AtomicFile file(folder / "f");
        file.write("new");
        file.finish();
        CHECK(readFile(file.temporaryPath()) == "new");
        CHECK(readFile(folder / "f") == "old");
    }
    CHECK(readFile(folder / "f") == "old");
    CHECK(filesIn(folder.path()) == 1);
}
TEST_CASE("AtomicFile.LongNamesStillHaveATemporaryOne") {
    const test::TemporaryFolder folder;
    const std::string name(250, 'n');
    writeFileAtomic(folder / name, "x");
    CHECK(readFile(folder / name) == "x");
}
TEST_CASE("AtomicFile.FullDiskKeepsTheOldContent") {
    // A limit on the size of files stands for a full disk: the write comes up short, then fails.
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "f", "old");
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{1 << 16, 1 << 16};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto code = codeOf([&] { writeFileAtomic(folder / "f", std::string(1 << 20, 'x')); });
        ::_exit(code == ErrorCode::FileUnwritable || code == ErrorCode::DiskFull ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(readFile(folder / "f") == "old");
    CHECK(filesIn(folder.path()) == 1);
}
TEST_CASE("AtomicFile.LeftOversOfDeadProcessesAreSwept") {
    const test::TemporaryFolder folder;
    const auto old = fs::file_time_type::clock::now() - std::chrono::hours(1);
    const auto make = [&](const std::string& name, bool aged) {
        writeFileAtomic(folder / name, "x");
        if (aged) fs::last_write_time(folder / name, old);
    };
    const pid_t dead = [] {
        const pid_t child = ::fork();
        if (child == 0) ::_exit(0);
        ::waitpid(child, nullptr, 0);
        return child;
    }();
    const std::string gone = std::to_string(dead), alive = std::to_string(::getpid());
    make(".f." + gone + "-0123456789abcdef.mnerva-part", true);
    make(".f." + gone + "-1123456789abcdef.mnerva-part", false);  // just written: another host's number, perhaps
    make(".f." + alive + "-0123456789abcdef.mnerva-part", true);
    make("f.part" + gone, true);  // somebody else's name
    CHECK(sweepTemporaryFiles(folder.path()) == 1);
    CHECK_FALSE(fs::exists(folder / (".f." + gone + "-0123456789abcdef.mnerva-part")));
    CHECK(filesIn(folder.path()) == 3);
    CHECK(sweepTemporaryFiles(folder / "none") == 0);
    // The folders of a cache: when they are first written to, not for every file.
    const std::string left = ".f." + gone + "-2123456789abcdef.mnerva-part";
    make(left, true);
    sweepTemporaryFilesOnce(folder.path());
    CHECK_FALSE(fs::exists(folder / left));
    make(left, true);
    sweepTemporaryFilesOnce(folder.path());
    CHECK(fs::exists(folder / left));
}
TEST_CASE("Retried.ACallThatASignalCutShortIsMadeAgain") {
    int calls = 0;
    CHECK(retried([&] {
              errno = EINTR;
              return ++calls < 3 ? -1 : 7;
          }) == 7);
    CHECK(retried([&] {
              errno = EIO;
              ++calls;
              return -1;
          }) == -1);
    CHECK(calls == 4);
}
TEST_CASE("CopyFile.IsWholeAndKnowsItsDigest") {
    const test::TemporaryFolder folder;
    const std::string content(200001, 'x');
    writeFileAtomic(folder / "a", content);
    CHECK(copyFileAtomic(folder / "a", folder / "b") == sha256(content));
    CHECK(readFile(folder / "b") == content);
    CHECK(codeOf([&] { copyFileAtomic(folder / "none", folder / "c"); }) == ErrorCode::FileMissing);
    CHECK_FALSE(fs::exists(folder / "c"));
}
TEST_CASE("FileLock.IsHeldByOneAndFreedWithItsHolder") {
    const test::TemporaryFolder folder;
    auto held = FileLock::tryTake(folder / "lock");
    REQUIRE(held);
    CHECK_FALSE(FileLock::tryTake(folder / "lock"));
    held.reset();
    CHECK(FileLock::tryTake(folder / "lock"));
}
