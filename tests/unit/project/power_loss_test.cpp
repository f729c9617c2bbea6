#include <catch2/catch.hpp>
#include <cstdlib>

#include "core/project/project_internal.h"
#include "core/store/file_system.h"
#include "tests/support/power_loss.h"
#include "tests/support/project_fixture.h"

// What was said to be saved is there when the power comes back. MNERVA_LOSSES=1000 loses it that often.

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;
namespace fs = std::filesystem;

int rounds(int usual) {
    const char* given = std::getenv("MNERVA_LOSSES");
    return given ? std::max(1, std::atoi(given)) : usual;
}

/// Sets and takes back labels: something to be saved, again and again.
Saved editOnce(Project& project, std::mt19937& random) {
    for (;;) {
        const std::size_t index = random() % 2;
        if (random() % 4 == 0 && project.canUndo()) return project.undo().saved;
        const PostState state = stateAt(project, index);
        const int word = static_cast<int>(random() % static_cast<unsigned>(state.wordCount));
        const Edit edit = labelSpan(state, word, word, random() % 2 == 0 ? "PER" : "LOC");
        if (std::holds_alternative<Change>(edit) && !std::get<Change>(edit).isEmpty())
            return project.apply(std::get<Change>(edit));
    }
}

/// Edits until the power goes in the middle of something; gives the last row that was said to be saved before.
std::int64_t editUntilLoss(mnerva::test::PowerLoss& disk, const ProjectFixture& f, const fs::path& after,
                           std::mt19937& random) {
    std::int64_t last = 0;
    const auto project = f.open();
    disk.loseAt(1 + static_cast<std::int64_t>(random() % 60), f.projectFolder, after, random());
    for (;;) {
        const Saved saved = editOnce(*project, random);
        if (disk.hasLost()) return last;
        last = saved.journal.value;
    }
}
}  // namespace

TEST_CASE("PowerLoss.EveryChangeThatWasSaidToBeSavedIsThereAndNothingIsHalf") {
    const bool isNetwork = GENERATE(false, true);  // with the log, and with a rollback journal
    if (isNetwork) store::setFileSystemProbe([](const fs::path&) { return store::FileSystem{"nfs", true}; });
    std::mt19937 random(20261129);
    int withLoss = 0;
    for (int round = 0; round < rounds(20); ++round) {
        const ProjectFixture f;
        f.filled();
        const fs::path after = f.folder / "after";
        std::int64_t last = 0;
        {
            mnerva::test::PowerLoss disk;
            last = editUntilLoss(disk, f, after, random);
            withLoss += disk.hasLost();
        }
        INFO("round " << round << (isNetwork ? ", rollback journal" : ", log") << ", last saved " << last);
        const auto project = Project::open(after, OpenMode::ReadWrite, "test");
        const Findings findings = checkProject(*project);
        for (const Finding& finding : findings.list()) UNSCOPED_INFO(finding.code << ": " << finding.text);
        for (const auto& [code, count] : findings.counts()) REQUIRE(code == "network-folder");
        if (last > 0) REQUIRE_NOTHROW(project->impl().journal.change(JournalId{last}));
    }
    store::setFileSystemProbe({});
    CHECK(withLoss == rounds(20));
}

TEST_CASE("PowerLoss.AnImportThatCameBackIsOnTheDisk") {
    std::mt19937 random(7);
    for (int round = 0; round < 10; ++round) {
        const ProjectFixture f;
        const fs::path after = f.folder / "after";
        {
            mnerva::test::PowerLoss disk;
            const auto project = f.filled();
            disk.lose(f.projectFolder, after, random);
        }
        const auto project = Project::open(after, OpenMode::ReadWrite, "test");
        CHECK(project->posts(std::nullopt).size() == 2);
        CHECK(checkProject(*project).isEmpty());
    }
}

TEST_CASE("PowerLoss.TheTestSeesAFileThatIsNotSynced") {
    // The same with a database that syncs nothing: without this the tests above could not fail.
    std::mt19937 random(3);
    int missing = 0;
    for (int round = 0; round < 20; ++round) {
        const ProjectFixture f;
        f.filled();
        const fs::path after = f.folder / "after";
        mnerva::test::PowerLoss disk;
        const auto project = f.open();
        project->impl().connection->execute("PRAGMA synchronous = OFF");
        std::int64_t last = 0;
        for (int i = 0; i < 5; ++i) last = editOnce(*project, random).journal.value;
        disk.lose(f.projectFolder, after, random);
        try {
            const auto left = Project::open(after, OpenMode::ReadWrite, "test");
            left->impl().journal.change(JournalId{last});
        } catch (const Error&) {
            ++missing;
        }
    }
    CHECK(missing > 0);
}
