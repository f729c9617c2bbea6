#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <thread>

#include "core/project/backup.h"
#include "core/project/project_internal.h"
#include "tests/support/project_fixture.h"
#include "tests/support/raw_database.h"

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;
namespace fs = std::filesystem;

/// The labels of both posts as a person sees them.
std::string labelsOf(const ProjectFixture& f) {
    const auto project = f.open(OpenMode::ReadOnly);
    std::string all;
    for (std::size_t i = 0; i < project->summaries({}, 100).size(); ++i) {
        for (const Entity& e : stateAt(*project, i).entities) all += e.type + std::to_string(e.first) + " ";
        all += "|";
    }
    return all;
}

/// As if it had been made on another day.
fs::path setDay(const Backup& backup, const std::string& stamp) {
    const fs::path other = backup.file.parent_path() / ("backup-" + stamp + ".mnerva");
    fs::rename(backup.file, other);
    timespec times[2]{{1700000000, 0}, {1700000000, 0}};
    ::utimensat(AT_FDCWD, other.c_str(), times, 0);
    return other;
}

/// Files cannot grow beyond a size while this lives, as on a full disk.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes) : m_oldHandler(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &m_old);
        rlimit small = m_old;
        small.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallDisk() {
        ::setrlimit(RLIMIT_FSIZE, &m_old);
        std::signal(SIGXFSZ, m_oldHandler);
    }

private:
    rlimit m_old{};
    void (*m_oldHandler)(int);
};

int filesIn(const fs::path& folder) {
    int count = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder)) ++count;
    return count;
}

}  // namespace

TEST_CASE("Backup.OneADayIsMadeAndIsAWholeProjectFile") {
    const ProjectFixture f;
    {
        const auto project = f.filled();
        label(*project, 0, 2, 2, "MISC");
        const DailyBackup first = backUpDaily(f.projectFolder);  // while it is open, with a log beside it
        REQUIRE(first.made);
        CHECK(first.findings.isEmpty());
        CHECK_FALSE(backUpDaily(f.projectFolder).made);
    }
    const std::vector<Backup> backups = backupsOf(f.projectFolder);
    REQUIRE(backups.size() == 1);
    CHECK(filesIn(backups[0].file.parent_path()) == 1);  // one file, without log or index
    const auto content = contentOf(backups[0].file);
    REQUIRE(content);
    CHECK(content->posts == 2);
    CHECK(content->changes == 1);
    fs::create_directories(f.folder / "other");
    fs::copy_file(backups[0].file, f.folder / "other" / "project.mnerva");
    const auto copy = Project::open(f.folder / "other", OpenMode::ReadWrite, "test");
    CHECK(checkProject(*copy).isEmpty());
    CHECK(stateAt(*copy, 0).entities.size() == 3);
}

TEST_CASE("Backup.NoneIsMadeWhereNothingChangedSinceTheNewest") {
    const ProjectFixture f;
    f.filled();
    REQUIRE(backUp(f.projectFolder));
    setDay(backupsOf(f.projectFolder).front(), "20240101-120000");
    CHECK_FALSE(backUpDaily(f.projectFolder).made);
    CHECK(backupsOf(f.projectFolder).size() == 1);
    CHECK_FALSE(backUpDaily(f.projectFolder).made);  // nor is it looked at twice a day
    label(*f.open(), 0, 2, 2, "MISC");
    const auto backups = backupsOf(f.projectFolder);
    setDay(backups.front(), "20240102-120000");
    CHECK(backUpDaily(f.projectFolder).made);
    CHECK(backupsOf(f.projectFolder).size() == 2);
}

TEST_CASE("Backup.TheSevenNewestAreKeptAndNothingOfAnybodyElse") {
    const ProjectFixture f;
    f.filled();
    REQUIRE(backUp(f.projectFolder));
    const fs::path old = setDay(backupsOf(f.projectFolder).front(), "20240101-120000");
    for (int day = 2; day <= 8; ++day)
        fs::copy_file(old, old.parent_path() / ("backup-2024010" + std::to_string(day) + "-120000.mnerva"));
    writeFileAtomic(old.parent_path() / "backup-of-mine.mnerva", "mine");
    writeFileAtomic(old.parent_path() / "replaced-20240101-120000.mnerva", "aside");
    label(*f.open(), 0, 2, 2, "MISC");
    REQUIRE(backUp(f.projectFolder));
    const auto backups = backupsOf(f.projectFolder);
    CHECK(backups.size() == 7);
    CHECK(backups.back().file.filename() == "backup-20240103-120000.mnerva");
    CHECK(readFile(old.parent_path() / "backup-of-mine.mnerva") == "mine");
    CHECK(readFile(old.parent_path() / "replaced-20240101-120000.mnerva") == "aside");
}

TEST_CASE("Backup.IsOfOneMomentWhileOthersWrite") {
    const ProjectFixture f;
    std::string text;
    for (int i = 0; i < 20000; ++i) text += "IMGID:" + std::to_string(i) + "\nKevin\tB-PER\nflies\tO\nto\tO\n\n";
    const auto project = f.filled(text);
    std::atomic<bool> isEnding{false};
    int written = 0;
    std::thread copier([&] {
        for (int i = 0; i < 3; ++i) {
            backUp(f.projectFolder);
            const std::string made = stampOfNow();
            while (stampOfNow() == made) std::this_thread::yield();  // names differ by the second
        }
        isEnding = true;
    });
    // One change touches two posts: a copy that holds one half would be seen.
    while (!isEnding) {
        const std::size_t at = static_cast<std::size_t>(written % 900);
        Change both = changeOf(setStatus(stateAt(*project, at), PostStatus::Done));
        const Change other = changeOf(setStatus(stateAt(*project, at + 1), PostStatus::Done));
        if (!other.isEmpty()) both.posts.push_back(other.posts.front());
        if (!both.isEmpty()) project->apply(both);
        if (project->canUndo() && written % 3 == 0) project->undo();
        ++written;
    }
    copier.join();
    CHECK(written > 20);
    const auto backups = backupsOf(f.projectFolder);
    CHECK(backups.size() == 3);
    for (const Backup& backup : backups) {
        const TemporaryFolder other;
        fs::copy_file(backup.file, other / "project.mnerva");
        CHECK(checkProject(*Project::open(other.path(), OpenMode::ReadOnly, "test")).isEmpty());
    }
}

TEST_CASE("Backup.WhatCannotBeWrittenIsAFindingAndTheProjectOpens") {
    const ProjectFixture f;
    f.filled();
    SECTION("a full disk") {
        Findings findings;
        {
            const SmallDisk full(1024);
            findings = backUpDaily(f.projectFolder).findings;
        }
        CHECK(findings.count("backup-no-room") == 1);
        CHECK(filesIn(f.projectFolder / "backups") == 0);
    }
    SECTION("a link in the place of the folder") {
        fs::create_directories(f.folder / "elsewhere");
        fs::create_directory_symlink(f.folder / "elsewhere", f.projectFolder / "backups");
        CHECK(backUpDaily(f.projectFolder).findings.count("backup-failed") == 1);
        CHECK(fs::is_empty(f.folder / "elsewhere"));
    }
    SECTION("a file in the place of the folder") {
        writeFileAtomic(f.projectFolder / "backups", "mine");
        CHECK(backUpDaily(f.projectFolder).findings.count("backup-failed") == 1);
        CHECK(readFile(f.projectFolder / "backups") == "mine");
    }
    CHECK_NOTHROW(f.open());
}

TEST_CASE("Backup.OfADamagedProjectIsNotMadeAndPushesNoneOut") {
    const ProjectFixture f;
    std::string text;
    for (int i = 0; i < 3000; ++i) text += "IMGID:" + std::to_string(i) + "\nKevin\tB-PER\nflies\tO\nto\tO\n\n";
    f.filled(text);
    REQUIRE(backUp(f.projectFolder));
    const fs::path good = setDay(backupsOf(f.projectFolder).front(), "20240101-120000");
    std::string bytes = readFile(f.projectFolder / kProjectFile);
    bytes.replace(bytes.size() / 2 / 4096 * 4096, 4096, std::string(4096, '\xff'));
    std::ofstream(f.projectFolder / kProjectFile, std::ios::binary | std::ios::trunc) << bytes;
    CHECK(backUpDaily(f.projectFolder).findings.count("backup-damaged") == 1);
    const auto backups = backupsOf(f.projectFolder);
    REQUIRE(backups.size() == 1);
    CHECK(backups.front().file == good);
}

TEST_CASE("Backup.CanBeCancelledAndLeavesNothing") {
    const ProjectFixture f;
    f.filled();
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(backUp(f.projectFolder, {}, stop.get_token()), Cancelled);
    CHECK(filesIn(f.projectFolder / "backups") == 0);
}

TEST_CASE("Restore.PutsTheBackupInPlaceAndKeepsThePresentAside") {
    const ProjectFixture f;
    f.filled();
    const std::string before = labelsOf(f);
    const auto backup = backUp(f.projectFolder);
    REQUIRE(backup);
    label(*f.open(), 0, 2, 2, "MISC");
    const std::string after = labelsOf(f);
    REQUIRE(before != after);
    const fs::path aside = replaceDatabase(f.projectFolder, backup->file, "test");
    CHECK(labelsOf(f) == before);
    CHECK(fs::exists(backup->file));
    CHECK(backupsOf(f.projectFolder).size() == 1);  // what is kept aside is none, and is never swept
    replaceDatabase(f.projectFolder, aside, "test");
    CHECK(labelsOf(f) == after);
    CHECK(checkProject(*f.open()).isEmpty());
}

TEST_CASE("Restore.ALogOfTheReplacedFileIsNotReadIntoTheNewOne") {
    const ProjectFixture f;
    f.filled();
    const std::string before = labelsOf(f);
    const auto backup = backUp(f.projectFolder);
    REQUIRE(backup);
    const fs::path database = f.projectFolder / kProjectFile;
    {
        // As a killed program leaves them.
        const auto project = f.open();
        label(*project, 0, 2, 2, "MISC");
        fs::copy_file(database, f.folder / "file");
        fs::copy_file(database.string() + "-wal", f.folder / "log");
    }
    const std::string after = labelsOf(f);
    REQUIRE(before != after);
    fs::rename(f.folder / "file", database);
    fs::rename(f.folder / "log", database.string() + "-wal");
    const fs::path aside = replaceDatabase(f.projectFolder, backup->file, "test");
    CHECK(labelsOf(f) == before);
    replaceDatabase(f.projectFolder, aside, "test");
    CHECK(labelsOf(f) == after);  // what stood in the log only is kept aside too
}

TEST_CASE("Restore.IsRefusedWhereItWouldLoseSomething") {
    const ProjectFixture f;
    f.filled();
    const auto backup = backUp(f.projectFolder);
    REQUIRE(backup);
    const std::string before = readFile(f.projectFolder / kProjectFile);
    SECTION("a program works on the project") {
        const auto project = f.open();
        CHECK(errorOf([&] { replaceDatabase(f.projectFolder, backup->file, "test"); }) == "project-locked");
    }
    SECTION("the backup is damaged") {
        std::ofstream(backup->file, std::ios::binary | std::ios::trunc) << before.substr(0, before.size() / 2);
        CHECK(errorOf([&] { replaceDatabase(f.projectFolder, backup->file, "test"); }) == "project-corrupt");
    }
    SECTION("it is another kind of file") {
        const fs::path letter = f.write("letter.txt", "Dear all, this is no database, and long enough to be one.");
        CHECK(errorOf([&] { replaceDatabase(f.projectFolder, letter, "test"); }) == "project-corrupt");
    }
    SECTION("the disk is full") {
        std::string code;
        {
            const SmallDisk full(8192);
            code = errorOf([&] { replaceDatabase(f.projectFolder, backup->file, "test"); });
        }
        CHECK(code == "disk-full");
    }
    CHECK(readFile(f.projectFolder / kProjectFile) == before);
    CHECK_FALSE(fs::exists(f.projectFolder / "project.mnerva.incoming"));
}

TEST_CASE("Restore.AProjectWhoseFileIsGoneComesBack") {
    const ProjectFixture f;
    f.filled();
    const std::string before = labelsOf(f);
    const auto backup = backUp(f.projectFolder);
    REQUIRE(backup);
    fs::remove(f.projectFolder / kProjectFile);
    CHECK(replaceDatabase(f.projectFolder, backup->file, "test").empty());
    CHECK(labelsOf(f) == before);
}
