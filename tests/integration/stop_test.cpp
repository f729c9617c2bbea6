#include <fcntl.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <thread>

#include "core/base/file.h"
#include "core/project/project.h"
#include "tests/integration/cli.h"
#include "tests/support/raw_database.h"

// The first SIGTERM or SIGINT ends every command.

namespace {
using namespace mnerva;
using namespace mnerva::test;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kLongest = 2s;

/// True once the process has the file open as the program it is to be: between fork and exec it has our files.
bool hasOpen(pid_t process, const fs::path& file) {
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/" + std::to_string(process) + "/exe", failed);
    if (program.filename() != "mnerva-cli") return false;
    for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(process) + "/fd", failed))
        if (fs::read_symlink(entry.path(), failed) == file) return true;
    return false;
}

/// A project whose database somebody holds: whoever asks it waits, as for an endless query.
struct HeldProject {
    TemporaryFolder folder;
    fs::path project = fs::canonical(folder.path()) / "p", file = project / "project.mnerva";
    sqlite3* database = nullptr;
    HeldProject() {
        project::Project::create(project, {}, "test");
        runSql(file, "PRAGMA journal_mode = DELETE");
        REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
        REQUIRE(sqlite3_exec(database, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr) == SQLITE_OK);
        writeFileAtomic(folder / "train.txt", "IMGID:1\nA\tO\n\n");
    }
    ~HeldProject() { sqlite3_close(database); }
};
}  // namespace

TEST_CASE("Stop.TheFirstSignalEndsEveryCommandThatWaitsForADatabase") {
    const HeldProject f;
    const std::string project = f.project.string();
    for (const int signal : {SIGTERM, SIGINT})
        for (const std::vector<std::string>& command :
             std::vector<std::vector<std::string>>{{"stats", project},
                                                   {"check", project},
                                                   {"export", project, (f.folder / "out").string()},
                                                   {"evaluate", project, "--layer", "corrected"},
                                                   {"import", project, (f.folder / "train.txt").string()}}) {
            INFO(command.front() << ", signal " << signal);
            const pid_t child = startProgram(kProgram, command);
            const auto limit = std::chrono::steady_clock::now() + 60s;
            while (!hasOpen(child, f.file) && std::chrono::steady_clock::now() < limit)
                std::this_thread::sleep_for(2ms);
            const auto asked = std::chrono::steady_clock::now();
            REQUIRE(::kill(child, signal) == 0);
            int state = 0;
            REQUIRE(::waitpid(child, &state, 0) == child);
            CHECK(std::chrono::steady_clock::now() - asked < kLongest);
            REQUIRE(WIFEXITED(state));
            CHECK(WEXITSTATUS(state) == 130);
        }
}
