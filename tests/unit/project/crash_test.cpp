#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <map>
#include <random>
#include <thread>

#include "core/project/project_internal.h"
#include "core/store/connection.h"
#include "tests/support/project_fixture.h"

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;
namespace fs = std::filesystem;

/// One action as a person might do it. False: it was refused, or there was nothing to undo.
bool actAtRandom(Project& project, std::mt19937& random, Saved& saved) {
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    const auto rows = project.summaries({}, 100);
    const PostView view =
        project.view(rows.at(static_cast<std::size_t>(below(static_cast<int>(rows.size())))).id, "run");
    const PostState& state = view.state;
    const char* types[] = {"PER", "LOC", "ORG", "MISC"};
    Edit edit = Refusal{"nothing-here", {}};
    const int action = below(12);
    if (action < 4) {
        const int first = below(state.wordCount);
        edit = labelSpan(state, first, first + below(2), types[below(4)]);
    } else if (action == 4 && !state.suggestions.empty()) {
        edit = acceptSuggestion(state, state.suggestions.front());
    } else if (action == 5 && !state.suggestions.empty()) {
        edit = rejectSuggestion(state, state.suggestions.front());
    } else if (action == 6) {
        edit = setStatus(state, static_cast<PostStatus>(below(6)));
    } else if (action == 7) {
        edit = revertToGold(state, view.gold);
    } else if (action == 10) {
        edit = setReview(state, static_cast<Review>(below(4)));
    } else if (action == 11) {
        edit = addComment(state, {newCommentId(), "anna", below(1000), "a comment"});
        if (below(2) == 0 && !state.comments.empty())
            edit = below(2) == 0 ? removeComment(state, state.comments.front().id)
                                 : editComment(state, state.comments.front().id, "changed");
    } else if (action == 8 && project.canUndo()) {
        saved = project.undo().saved;
        return true;
    } else if (action == 9 && project.canRedo()) {
        saved = project.redo().saved;
        return true;
    }
    if (!std::holds_alternative<Change>(edit) || std::get<Change>(edit).isEmpty()) return false;
    saved = project.apply(std::get<Change>(edit));
    return true;
}

/// A project with suggestions, closed again.
void prepare(const ProjectFixture& f) {
    const auto project = f.filled(kTweets + "IMGID:3\nA\tO\nB\tO\nC\tB-PER\nD\tI-PER\nE\tO\n\n");
    project->storePredictions("run", {{postAt(*project, 0), {{"ORG", 2, 3, 0.5}}},
                                      {postAt(*project, 2), {{"LOC", 0, 1, 0.7}, {"PER", 4, 4, 0.6}}}});
}

/// Edits until it is killed, and writes the journal row of each answered action into the pipe.
[[noreturn]] void editUntilKilled(const fs::path& folder, unsigned seed, int pipe) {
    try {
        const auto project = Project::open(folder, OpenMode::ReadWrite, "victim");
        std::mt19937 random(seed);
        for (;;) {
            Saved saved;
            if (!actAtRandom(*project, random, saved)) continue;
            if (::write(pipe, &saved.journal.value, sizeof saved.journal.value) < 0) ::_exit(1);
        }
    } catch (...) {
        ::_exit(2);
    }
}

/// Lets a process edit, kills it after some answers, and gives the last row that it was answered.
std::int64_t editAndKill(const fs::path& folder, unsigned seed, int answers) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        editUntilKilled(folder, seed, ends[1]);
    }
    ::close(ends[1]);
    std::int64_t row = 0, last = 0;
    while (answers-- > 0 && ::read(ends[0], &row, sizeof row) == sizeof row) last = row;
    ::kill(child, SIGKILL);
    int state = 0;
    ::waitpid(child, &state, 0);
    CHECK(WIFSIGNALED(state));
    while (::read(ends[0], &row, sizeof row) == sizeof row) last = row;
    ::close(ends[0]);
    return last;
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

/// Runs `body` as a user who may read the folder but not write it; true when it answered true.
bool asReader(const ProjectFixture& f, const std::function<bool()>& body) {
    for (const auto& entry : fs::recursive_directory_iterator(f.folder.path()))
        ::chmod(entry.path().c_str(), entry.is_directory() ? 0555 : 0444);
    ::chmod(f.folder.path().c_str(), 0555);
    const pid_t child = ::fork();
    if (child == 0) {
        constexpr uid_t kNobody = 65534;
        if (::geteuid() == 0 && ::setuid(kNobody) != 0) ::_exit(3);
        try {
            ::_exit(body() ? 0 : 1);
        } catch (...) {
            ::_exit(2);
        }
    }
    int state = 0;
    ::waitpid(child, &state, 0);
    ::chmod(f.folder.path().c_str(), 0755);
    ::chmod(f.projectFolder.c_str(), 0755);
    return WIFEXITED(state) && WEXITSTATUS(state) == 0;
}
}  // namespace

TEST_CASE("Crash.EveryAnsweredActionIsThereAfterAKill") {
    const ProjectFixture f;
    prepare(f);
    std::mt19937 random(1);
    const char* given = std::getenv("MNERVA_KILLS");
    const int kills = given ? std::max(1, std::atoi(given)) : 30;
    for (int i = 0; i < kills; ++i) {
        const std::int64_t last = editAndKill(f.projectFolder, random(), 1 + static_cast<int>(random() % 12));
        const auto project = f.open();
        const Findings findings = checkProject(*project);
        INFO("kill " << i << (findings.isEmpty() ? "" : ": " + findings.list().front().code));
        REQUIRE(findings.isEmpty());
        REQUIRE(last > 0);
        REQUIRE_NOTHROW(project->impl().journal.change(JournalId{last}));
    }
}

TEST_CASE("Crash.TheHistoryCanBeTakenBackToGoldAfterKills") {
    const ProjectFixture f;
    prepare(f);
    for (unsigned seed = 0; seed < 3; ++seed) editAndKill(f.projectFolder, seed, 8);
    const auto project = f.open();
    while (project->canUndo()) project->undo();
    for (std::size_t i = 0; i < 3; ++i) CHECK_FALSE(stateAt(*project, i).corrected);
    CHECK(checkProject(*project).isEmpty());
}

TEST_CASE("Crash.AKilledImportLeavesNothing") {
    const ProjectFixture f;
    f.create();
    std::string text;
    for (int i = 0; i < 20000; ++i) text += "IMGID:" + std::to_string(i) + "\nA\tB-PER\nB\tO\n\n";
    const fs::path file = f.write("train.txt", text);
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto project = f.open();
        ImportOptions options;
        options.files = {file};
        const auto tell = [&](const Progress&) {
            if (::write(ends[1], "x", 1) != 1) ::_exit(1);
        };
        importFiles(project.get(), options, tell);
        for (;;) ::pause();
    }
    char byte = 0;
    REQUIRE(::read(ends[0], &byte, 1) == 1);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ends[0]);
    ::close(ends[1]);
    const auto project = f.open();
    const auto count = project->posts(std::nullopt).size();
    CHECK((count == 0 || count == 20000));
    CHECK(checkProject(*project).isEmpty());
}

TEST_CASE("RandomEdits.WithReopeningKeepJournalAndLayersEqual") {
    const ProjectFixture f;
    prepare(f);
    std::mt19937 random(7);
    for (int round = 0; round < 5; ++round) {
        const auto project = f.open();
        for (int i = 0; i < 60; ++i) {
            Saved saved;
            actAtRandom(*project, random, saved);
        }
        CHECK(checkProject(*project).isEmpty());
    }
}

TEST_CASE("DiskFull.AnEditIsRefusedAndNothingOfItStays") {
    const ProjectFixture f;
    const auto project = f.filled();
    const PostState before = stateAt(*project, 0);
    const Change change = changeOf(labelSpan(before, 2, 2, "MISC"));
    std::string code;
    {
        const SmallDisk full(1024);
        code = errorOf([&] { project->apply(change); });
    }
    CHECK(code == "disk-full");
    CHECK(stateAt(*project, 0).entities == before.entities);
    CHECK_FALSE(project->canUndo());
    CHECK_NOTHROW(project->apply(change));
    CHECK(checkProject(*project).isEmpty());
}

TEST_CASE("DiskFull.AnImportIsRefusedWholeAndCanBeTriedAgain") {
    const ProjectFixture f;
    const auto project = f.create();
    std::string text;
    for (int i = 0; i < 3000; ++i) text += "IMGID:" + std::to_string(i) + "\nSome\tB-PER\nmore words\tO\n\n";
    ImportOptions options;
    options.files = {f.write("train.txt", text)};
    std::string code;
    {
        const SmallDisk full(100 * 1024);
        code = errorOf([&] { importFiles(project.get(), options); });
    }
    CHECK(code == "disk-full");
    CHECK(project->posts(std::nullopt).empty());
    CHECK(importFiles(project.get(), options).posts == 3000);
    CHECK(checkProject(*project).isEmpty());
}

TEST_CASE("DiskFull.AnExportLeavesTheOldFile") {
    const ProjectFixture f;
    std::string text;
    for (int i = 0; i < 3000; ++i) text += "IMGID:" + std::to_string(i) + "\nSome\tB-PER\n\n";
    const auto project = f.filled(text);
    ExportOptions options;
    options.target = f.write("out.txt", "old");
    options.replace = true;
    std::string code;
    {
        const SmallDisk full(4096);
        code = errorOf([&] { exportProject(*project, options); });
    }
    CHECK((code == "disk-full" || code == "file-unwritable"));
    CHECK(readFile(options.target) == "old");
}

TEST_CASE("DiskFull.AProjectThatCannotBeMadeLeavesNothing") {
    const ProjectFixture f;
    std::string code;
    {
        const SmallDisk full(1024);
        code = errorOf([&] { f.create(); });
    }
    CHECK(code == "disk-full");
    CHECK_FALSE(fs::exists(f.projectFolder));
}

TEST_CASE("NoWritePermission.WritingIsRefusedWithThePathAndReadingWorks") {
    const ProjectFixture f;
    f.filled();
    CHECK(asReader(f, [&] { return errorOf([&] { f.open(); }) == "file-unwritable"; }));
    CHECK(asReader(f, [&] {
        const auto project = Project::openOrReadOnly(f.projectFolder, "test");
        return project->isReadOnly() && !project->info().holder && project->summaries({}, 10).size() == 2 &&
               errorOf([&] { label(*project, 0, 2, 2, "PER"); }) == "project-read-only";
    }));
    CHECK(asReader(
        f, [&] { return errorOf([&] { f.exported(*f.open(OpenMode::ReadOnly), "gold"); }) == "file-unwritable"; }));
    CHECK(
        asReader(f, [&] { return errorOf([&] { Project::create(f.folder / "new", {}, "x"); }) == "file-unwritable"; }));
}

TEST_CASE("NoWritePermission.ALockFileThatCanBeWrittenDoesNotHelp") {
    const ProjectFixture f;
    f.filled();
    const bool refused = asReader(f, [&] {
        return errorOf([&] { store::Connection(f.projectFolder / "project.mnerva", store::Access::ReadWrite); }) ==
               "file-unwritable";
    });
    CHECK(refused);
}

TEST_CASE("Newer.AProjectOfANewerVersionIsReadButNotWritten") {
    const ProjectFixture f;
    f.filled();
    store::Connection(f.projectFolder / "project.mnerva", store::Access::ReadWrite).execute("PRAGMA user_version = 99");
    const auto project = f.open();
    CHECK(project->isReadOnly());
    CHECK(project->info().madeByNewerVersion);
    CHECK(project->summaries({}, 10).size() == 2);
    try {
        label(*project, 0, 2, 2, "PER");
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::ProjectNewer);
        CHECK(error.args().at(1) == "99");
    }
    CHECK(Project::openOrReadOnly(f.projectFolder, "test")->info().madeByNewerVersion);
    CHECK(f.open(OpenMode::ReadOnly)->info().madeByNewerVersion);
}

TEST_CASE("Lock.ASecondWindowOpensReadOnlyAndSaysWhoHasIt") {
    const ProjectFixture f;
    const auto first = f.filled();
    const auto second = Project::openOrReadOnly(f.projectFolder, "mnerva");
    CHECK(second->isReadOnly());
    REQUIRE(second->info().holder);
    CHECK(second->info().holder->program == "test");
    CHECK(second->info().holder->processId == ::getpid());
    CHECK_FALSE(first->info().holder);
}

TEST_CASE("Lock.ASecondWriterFailsAndNamesTheHolder") {
    const ProjectFixture f;
    const auto first = f.filled();
    try {
        Project::open(f.projectFolder, OpenMode::ReadWrite, "mnerva-cli import");
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::ProjectLocked);
        CHECK(error.args() == std::vector<std::string>{f.projectFolder.string(), "test", error.args().at(2),
                                                       std::to_string(::getpid())});
    }
}

TEST_CASE("Lock.ReadersNeedNone") {
    const ProjectFixture f;
    const auto first = f.filled();
    CHECK(f.open(OpenMode::ReadOnly)->summaries({}, 10).size() == 2);
    CHECK(first->openReader()->summaries({}, 10).size() == 2);
}

TEST_CASE("Lock.IsFreeAgainWhenTheWriterCloses") {
    const ProjectFixture f;
    f.filled();
    CHECK_FALSE(f.open()->isReadOnly());
}

TEST_CASE("Readers.SeeWholeChangesWhileAnotherThreadWrites") {
    const ProjectFixture f;
    const auto writer = f.filled();
    const auto reader = writer->openReader();
    const PostId post = postAt(*writer, 0);
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0, views = 0;
    std::thread thread([&] {
        try {
            do {
                const PostState state = reader->view(post).state;
                // Each edit either adds the third entity or takes it away again.
                const std::size_t expected = state.corrected && state.entities.size() == 3 ? 3 : 2;
                if (state.entities.size() != expected) ++wrong;
                reader->summaries({}, 10);
                ++views;
            } while (!done);
        } catch (...) {
            ++wrong;
        }
    });
    for (int i = 0; i < 100; ++i) label(*writer, 0, 2, 2, "MISC");
    done = true;
    thread.join();
    CHECK(wrong == 0);
    CHECK(views > 0);
    CHECK(stateAt(*reader, 0).entities.size() == 2);
}
