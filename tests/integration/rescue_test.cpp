#include <catch2/catch.hpp>
#include <fstream>

#include "core/base/file.h"
#include "core/project/editing.h"
#include "core/project/project.h"
#include "tests/integration/cli.h"

// backup, restore and repair as a person meets them on the command line.

using namespace mnerva;
using namespace mnerva::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

struct Tagged {
    TemporaryFolder folder;
    std::string project = (folder / "p").string();
    fs::path file = folder / "p" / "project.mnerva";

    Tagged() {
        writeFileAtomic(folder / "train.txt",
                        "IMGID:1\nKevin\tO\nDurant\tO\nflies\tO\n\nIMGID:2\nNBA\tO\nfinals\tO\n\n");
        cliDone({"init", project, "--labels", "PER,LOC,ORG"});
        cliDone({"import", project, (folder / "train.txt").string()});
    }
    void tag(int word, const std::string& type) const {
        const auto opened = project::Project::open(project, project::OpenMode::ReadWrite, "test");
        const PostState state = opened->view(opened->summaries({}, 1).front().id).state;
        opened->apply(std::get<Change>(project::labelSpan(state, word, word, type)));
    }
    std::size_t entities() const {
        const auto opened = project::Project::open(project, project::OpenMode::ReadOnly, "test");
        return opened->view(opened->summaries({}, 1).front().id).state.entities.size();
    }
};

}  // namespace

TEST_CASE("Cli.ABackupIsMadeListedAndGoneBackTo") {
    const Tagged t;
    CHECK(cliDone({"backup", t.project, "--list"}).out.find("no backups") != std::string::npos);
    CHECK(cli({"restore", t.project, "newest"}).status == 1);
    t.tag(0, "PER");
    const json made = jsonOf({"backup", t.project});
    REQUIRE(made["backups"].size() == 1);
    CHECK(made["backups"][0]["posts"] == 2);
    CHECK(made["backups"][0]["changes"] == 1);
    CHECK(jsonOf({"backup", t.project})["made"].is_null());  // nothing changed since
    t.tag(1, "LOC");
    REQUIRE(t.entities() == 2);
    const json restored = jsonOf({"restore", t.project, "newest"});
    CHECK(t.entities() == 1);
    const fs::path aside = restored["keptAside"].get<std::string>();
    REQUIRE(fs::exists(aside));
    cliDone({"restore", t.project, aside.filename().string()});  // and back, by its name
    CHECK(t.entities() == 2);
    cliDone({"check", t.project});
}

TEST_CASE("Cli.ADamagedProjectIsRepairedBesideAndUsedWhenAsked") {
    const Tagged t;
    t.tag(0, "PER");
    std::string damaged = readFile(t.file);
    damaged.replace(0, 100, std::string(100, 'x'));
    std::ofstream(t.file, std::ios::binary | std::ios::trunc) << damaged;
    CHECK(cli({"check", t.project}).status == 1);
    const json report = jsonOf({"repair", t.project});
    CHECK(readFile(t.file) == damaged);
    CHECK(report["whole"] == true);
    CHECK(report["posts"] == 2);
    CHECK(report["firstPageMended"] == true);
    const RunResult used = cliDone({"repair", t.project, "-o", (t.folder / "other.mnerva").string(), "--replace"});
    CHECK(used.out.find("Nothing was lost") != std::string::npos);
    CHECK(t.entities() == 1);
    cliDone({"check", t.project});
    std::ofstream(t.file, std::ios::binary | std::ios::trunc) << "";
    const RunResult nothing = cli({"repair", t.project});
    INFO(nothing.err);
    CHECK(nothing.status == 1);
    CHECK(nothing.err.find("no backup") != std::string::npos);
}
