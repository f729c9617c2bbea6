#include <sys/mount.h>
#include <sys/stat.h>

#include <array>
#include <catch2/catch.hpp>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>

#include "core/project/project_internal.h"
#include "core/store/file_system.h"
#include "tests/support/data.h"
#include "tests/support/odd_files.h"
#include "tests/support/project_fixture.h"
#include "tests/support/raw_database.h"

// A project folder that comes from a stranger, or that something happens to while it is open.

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;
using mnerva::test::putOdd;
using mnerva::test::runSql;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::vector<std::string> codesOf(const Findings& findings) {
    std::vector<std::string> codes;
    for (const auto& [code, count] : findings.counts()) codes.push_back(code);
    return codes;
}

fs::path fileOf(const ProjectFixture& f) {
    return f.projectFolder / "project.mnerva";
}
}  // namespace

TEST_CASE("Unsafe.AProjectThatWouldWriteElsewhereIsNotOpenedForWritingAndIsToldByTheCheck") {
    for (const auto kind : mnerva::test::oddKinds())
        for (const char* name : {"lock", "project.mnerva-wal", "project.mnerva-shm", "project.mnerva-journal"}) {
            const ProjectFixture f;
            f.filled();
            const fs::path victim = f.folder / "victim";
            INFO(mnerva::test::nameOf(kind) << " as " << name);
            if (!putOdd(kind, f.projectFolder / name, victim)) continue;
            CHECK(errorOf([&] { f.open(); }) == "unsafe-target");
            const auto shown = Project::openOrReadOnly(f.projectFolder, "test");
            CHECK(shown->isReadOnly());
            REQUIRE(shown->info().blocked);
            CHECK(shown->info().blocked->code() == ErrorCode::UnsafeTarget);
            CHECK(shown->info().blocked->args().at(0) == (f.projectFolder / name).string());
            CHECK(shown->summaries({}, 10).size() == 2);
            CHECK(errorOf([&] { label(*shown, 0, 2, 2, "PER"); }) == "project-read-only");
            CHECK(codesOf(checkProject(*shown)) == std::vector<std::string>{"unsafe-file"});
            if (fs::exists(victim)) CHECK(readFile(victim) == "a letter of the user");
        }
}

TEST_CASE("Unsafe.ADatabaseThatIsALinkIsNotEvenRead") {
    const ProjectFixture f;
    f.filled();
    fs::rename(fileOf(f), f.folder / "elsewhere");
    fs::create_symlink(f.folder / "elsewhere", fileOf(f));
    CHECK(errorOf([&] { f.open(); }) == "unsafe-target");
    CHECK(errorOf([&] { f.open(OpenMode::ReadOnly); }) == "unsafe-target");
    CHECK(errorOf([&] { Project::openOrReadOnly(f.projectFolder, "test"); }) == "unsafe-target");
    CHECK_FALSE(fs::exists((f.folder / "elsewhere").string() + "-wal"));
}

TEST_CASE("Unsafe.RunsAndCacheAreFoldersOfTheProjectItself") {
    for (const char* name : {"runs", "cache"}) {
        const ProjectFixture f;
        f.filled();
        fs::create_directory(f.folder / "elsewhere");
        writeFileAtomic(f.folder / "elsewhere" / ".x.999999999-0123456789abcdef.mnerva-part", "of somebody");
        fs::create_directory_symlink(f.folder / "elsewhere", f.projectFolder / name);
        CHECK(errorOf([&] { f.open(); }) == "unsafe-target");
        CHECK(checkProject(*f.open(OpenMode::ReadOnly)).count("unsafe-file") == 1);
        CHECK(std::distance(fs::directory_iterator(f.folder / "elsewhere"), {}) == 1);
    }
    const ProjectFixture f;
    f.filled();
    fs::create_directories(f.projectFolder / "runs" / "r");
    fs::create_symlink(f.folder / "victim", f.projectFolder / "runs" / "r" / "events.jsonl");
    const auto project = f.open();  // who writes there refuses it; here it is told
    CHECK(checkProject(*project).count("unsafe-file") == 1);
}

TEST_CASE("Unsafe.MakingAProjectDestroysNothingThatLiesInItsFolder") {
    const ProjectFixture f;
    fs::create_directory(f.projectFolder);
    std::ofstream(f.projectFolder / "lock") << "the code of my bicycle lock";
    CHECK(errorOf([&] { f.create(); }) == "file-exists");
    CHECK(readFile(f.projectFolder / "lock") == "the code of my bicycle lock");
    fs::remove(f.projectFolder / "lock");
    fs::create_symlink(f.folder / "victim", f.projectFolder / "lock");
    CHECK(errorOf([&] { f.create(); }) == "unsafe-target");
    CHECK(fs::is_symlink(f.projectFolder / "lock"));
    CHECK_FALSE(fs::exists(f.folder / "victim"));
    fs::remove(f.projectFolder / "lock");
    CHECK_NOTHROW(f.create());
}

TEST_CASE("Hostile.AProjectWithATriggerIsReadAndNotWritten") {
    const ProjectFixture f;
    f.filled();
    runSql(fileOf(f), "CREATE TRIGGER evil AFTER UPDATE ON posts BEGIN DELETE FROM journal; END");
    try {
        f.open();
        FAIL("it was opened for writing");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::ProjectCorrupt);
        CHECK(error.args().at(1).find("the trigger evil") != std::string::npos);
    }
    const auto shown = Project::openOrReadOnly(f.projectFolder, "test");
    REQUIRE(shown->info().blocked);
    CHECK(shown->summaries({}, 10).size() == 2);
    CHECK(codesOf(checkProject(*shown)) == std::vector<std::string>{"schema-foreign"});
}

TEST_CASE("Hostile.AProjectWhoseTablesAreOthersIsNotOpened") {
    const ProjectFixture f;
    f.filled();
    runSql(
        fileOf(f),
        "DROP TABLE comments; CREATE VIEW comments AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT i AS id, i AS post, '' AS author, 0 AS created_at, '' AS text FROM n");
    for (const auto mode : {OpenMode::ReadOnly, OpenMode::ReadWrite})
        CHECK(errorOf([&] { f.open(mode); }) == "project-corrupt");
    CHECK(errorOf([&] { Project::openOrReadOnly(f.projectFolder, "test"); }) == "project-corrupt");
}

TEST_CASE("Rows.TheGoodRestOfADamagedPostIsShownExportedAndTold") {
    const ProjectFixture f;
    label(*f.filled(), 0, 2, 2, "MISC");
    runSql(fileOf(f),
           "PRAGMA ignore_check_constraints = 1; UPDATE posts SET source_tags = x'4f' WHERE id = 2;"
           "INSERT INTO entities VALUES (2, 1, 3, 900, 'PER', NULL), (2, 1, -2, 0, 'LOC', NULL), (2, 1, 2, 3, 'ORG', "
           "NULL)");
    const auto project = f.open(OpenMode::ReadOnly);
    CHECK(stateAt(*project, 0).entities.size() == 3);
    CHECK(project->view(PostId{2}).post.words.size() == 5);
    const std::string written = f.exported(*project, "corrected");
    CHECK(written.find("flies\tB-MISC\n") != std::string::npos);
    CHECK(written.find("Bible\tO\n") != std::string::npos);
    CHECK(project->oddRows().counts() ==
          std::map<std::string, int>{{"entities-overlap", 1}, {"entity-outside", 2}, {"tag-count-differs", 1}});
    const Findings findings = checkProject(*project);
    CHECK(findings.count("tag-count-differs") == 1);
    CHECK(findings.count("entity-outside") == 2);
    CHECK(findings.count("entities-overlap") == 1);
    bool named = false;
    for (const Finding& finding : findings.list())
        named |= finding.text == "post 1, entities: PER, words 4 to 901 of 5";
    CHECK(named);
    ExportOptions options;
    options.target = f.folder / "told.txt";
    CHECK(exportProject(*project, options).findings.count("tag-count-differs") == 1);
}

TEST_CASE("Rows.LinksOfWordsAndPicturesThatAPostDoesNotHaveAreNotShown") {
    const ProjectFixture f;
    f.filled();
    runSql(
        fileOf(f),
        "PRAGMA ignore_check_constraints = 1; INSERT INTO regions (id, post, image, left, top, width, height, origin) "
        "VALUES (1, 1, 0, 0, 0, 5, 5, 'human'), (2, 1, 7, 0, 0, 5, 5, 'human');"
        "INSERT INTO links VALUES (2, 1, 0, 1, 'PER', 1), (2, 1, -1, 1, 'PER', 1), (2, 1, 0, 99, 'PER', 1),"
        " (2, 1, 4, 4, 'LOC', 2)");
    const auto project = f.open(OpenMode::ReadOnly);
    const PostRegions regions = project->view(PostId{1}).regions;
    CHECK(regions.regions.size() == 1);
    CHECK(regions.links.size() == 1);
    CHECK(project->oddRows().counts() ==
          std::map<std::string, int>{{"link-outside", 2}, {"region-picture-missing", 1}});
}

TEST_CASE("Rows.AnEditOfAPostWithDamagedRowsIsWrittenAndTheRestStays") {
    const ProjectFixture f;
    label(*f.filled(), 0, 2, 2, "MISC");
    runSql(fileOf(f), "INSERT INTO entities VALUES (2, 1, 3, 900, 'PER', NULL)");
    const auto project = f.open();
    CHECK_NOTHROW(label(*project, 0, 3, 3, "ORG"));
    CHECK(stateAt(*f.open(OpenMode::ReadOnly), 0).entities.size() == 4);
}

TEST_CASE("Sweep.WhatAKilledProgramLeftIsRemovedWhenAProjectIsOpenedForWriting") {
    const ProjectFixture f;
    f.filled();
    fs::create_directories(f.projectFolder / "runs" / "r");
    fs::create_directories(f.projectFolder / "cache");
    std::vector<fs::path> left;
    for (const fs::path& folder :
         {f.projectFolder, f.projectFolder / "runs", f.projectFolder / "runs" / "r", f.projectFolder / "cache"}) {
        left.push_back(folder / ".model.safetensors.999999999-0123456789abcdef.mnerva-part");
        std::ofstream(left.back()) << "half";
        fs::last_write_time(left.back(), fs::file_time_type::clock::now() - 1h);
        std::ofstream(folder / "kept.part") << "of somebody else";
    }
    f.open(OpenMode::ReadOnly);
    for (const fs::path& path : left) CHECK(fs::exists(path));
    f.open();
    for (const fs::path& path : left) {
        CHECK_FALSE(fs::exists(path));
        CHECK(fs::exists(path.parent_path() / "kept.part"));
    }
}

TEST_CASE("Lock.AWriterWhoseLockWasTakenOverWritesNothingMore") {
    const ProjectFixture f;
    const auto project = f.filled();
    std::ofstream(f.projectFolder / "lock") << R"({"program":"mnerva","host":"gpubox.example","pid":77})";
    try {
        label(*project, 0, 2, 2, "PER");
        FAIL("it was written");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::ProjectLocked);
        CHECK(error.args().at(2) == "gpubox.example");
    }
    CHECK_FALSE(stateAt(*project, 0).corrected);
}

TEST_CASE("Lock.TheSentenceSaysTheWayOut") {
    const std::string text = Error(ErrorCode::ProjectLocked, {"P", "mnerva", "box", "7"}).what();
    CHECK(text.find("Close it there") != std::string::npos);
    CHECK(text.find("ten minutes") != std::string::npos);
}

TEST_CASE("Network.AProjectThereIsWrittenWithoutALogAndThatIsSaid") {
    const ProjectFixture f;
    f.filled();
    store::setFileSystemProbe([](const fs::path&) { return store::FileSystem{"fuse.sshfs", true}; });
    {
        const auto project = f.open();
        CHECK(project->info().networkFileSystem == "fuse.sshfs");
        CHECK(project->impl().connection->text("PRAGMA journal_mode") == "delete");
        CHECK_NOTHROW(label(*project, 0, 2, 2, "MISC"));
        const Findings findings = checkProject(*project);
        CHECK(codesOf(findings) == std::vector<std::string>{"network-folder"});
        CHECK(findings.list().front().text == "fuse.sshfs");
    }
    store::setFileSystemProbe({});
    CHECK(f.open()->info().networkFileSystem.empty());
    CHECK(stateAt(*f.open(), 0).entities.size() == 3);
}

TEST_CASE("CutOff.AReaderTakesBackWhatAKilledWriterLeftOnANetworkFolder") {
    const ProjectFixture f;
    f.filled();
    store::setFileSystemProbe([](const fs::path&) { return store::FileSystem{"nfs", true}; });
    const fs::path other = f.folder / "other";
    fs::create_directory(other);
    {
        const auto project = f.open();
        store::Connection& connection = *project->impl().connection;
        connection.execute("PRAGMA cache_size = 1; BEGIN IMMEDIATE");
        for (int i = 0; i < 200; ++i)
            connection.execute("INSERT INTO settings VALUES ('" + std::to_string(i) + "', hex(zeroblob(2000)))");
        for (const char* name : {"project.mnerva", "project.mnerva-journal"})
            fs::copy_file(f.projectFolder / name, other / name);
        connection.execute("ROLLBACK");
    }
    const auto project = Project::open(other, OpenMode::ReadOnly, "test");
    CHECK(project->summaries({}, 10).size() == 2);
    CHECK_FALSE(fs::exists(other / "project.mnerva-journal"));
    store::setFileSystemProbe({});
}

TEST_CASE("Moved.AnEditIntoADatabaseThatIsGoneIsRefusedUntilItIsBack") {
    for (const bool replaced : {false, true}) {
        const ProjectFixture f;
        const auto project = f.filled();
        fs::rename(fileOf(f), f.folder / "away");
        if (replaced) fs::copy_file(f.folder / "away", fileOf(f));
        CHECK(errorOf([&] { label(*project, 0, 2, 2, "MISC"); }) == "file-missing");
        CHECK_FALSE(stateAt(*project, 0).corrected);
        fs::rename(f.folder / "away", fileOf(f));
        CHECK_NOTHROW(label(*project, 0, 2, 2, "MISC"));
        CHECK(checkProject(*project).isEmpty());
    }
}

TEST_CASE("Moved.AFolderThatWasRenamedIsNamedAsMissingNotAsLocked") {
    const ProjectFixture f;
    const auto project = f.filled();
    fs::rename(f.projectFolder, f.folder / "renamed");
    CHECK(errorOf([&] { label(*project, 0, 2, 2, "MISC"); }) == "file-missing");
    fs::rename(f.folder / "renamed", f.projectFolder);
    CHECK_NOTHROW(label(*project, 0, 2, 2, "MISC"));
}

TEST_CASE("DiskFull.OnASmallDiskNothingIsLostAndWorkGoesOnWhenThereIsRoomAgain") {
    const ProjectFixture f;
    fs::create_directory(f.projectFolder);
    if (::mount("none", f.projectFolder.c_str(), "tmpfs", 0, "size=700k") != 0) {
        mnerva::test::skip(std::string("no small disk can be mounted here: ") + std::strerror(errno));
        return;
    }
    {
        const auto project = f.filled();
        label(*project, 0, 2, 2, "MISC");
        {
            std::ofstream filler(f.projectFolder / "filler");
            while (filler.write(std::string(4096, 'x').data(), 4096).flush()) {
            }
        }
        std::string code = "no error";
        int written = 0;
        for (; code == "no error" && written < 400; ++written)
            code = errorOf([&] { label(*project, 0, 3, 3, written % 2 == 0 ? "PER" : "LOC"); });
        CHECK(code == "disk-full");
        const auto before = stateAt(*project, 0).entities;
        const auto seen = stateAt(*f.open(OpenMode::ReadOnly), 0).entities;
        CHECK(seen == before);
        fs::remove(f.projectFolder / "filler");
        CHECK_NOTHROW(label(*project, 0, 2, 2, "ORG"));
        CHECK(checkProject(*project).isEmpty());
    }
    ::umount2(f.projectFolder.c_str(), MNT_DETACH);
}
