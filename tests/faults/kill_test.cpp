#include <algorithm>
#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "tests/support/fault_room.h"

// kill -9 at any moment: of what writes projects, and (with the engine) of every command that takes long. The window
// has its own (tests/ui/kill_test.cpp). MNERVA_KILLS=N kills N times in all.

namespace {
using namespace mnerva;
using namespace mnerva::test;
namespace fs = std::filesystem;

std::string posts(int count, int from = 0) {
    std::string text;
    for (int i = from; i < from + count; ++i)
        text += "IMGID:" + std::to_string(i) + "\nKevin\tB-PER\nflies\tO\nto\tO\nToronto\tB-LOC\n\n";
    return text;
}

/// Kills the small program that writes projects; each ruin is a sound project.
void killed(const FaultRoom& room, const fs::path& before, const std::vector<std::string>& arguments,
            const std::function<void(const std::string&)>& verify) {
    underKills(room, before, workProgram(), arguments, killsOf(10, 6), 0, [&](const std::string& output) {
        const RunResult checked = work({"check", room.project()});
        CAPTURE(checked.out, checked.err);
        CHECK(checked.status == 0);
        verify(output);
    });
}

struct Stages {
    TemporaryFolder folder;
    fs::path created = folder / "created", filled = folder / "filled";
    FaultRoom room;
    std::string file = (room.outside() / "train.txt").string();

    explicit Stages(int count) {
        writeFileAtomic(file, posts(count));
        REQUIRE(work({"create", room.project()}).status == 0);
        fs::copy(room.inside(), created, fs::copy_options::recursive);
        REQUIRE(work({"import", room.project(), file}).status == 0);
        fs::copy(room.inside(), filled, fs::copy_options::recursive);
    }
    std::string digest() const { return work({"digest", room.project()}).out; }
};

}  // namespace

TEST_CASE("Kills.AnImportIsWholeOrNothing") {
    const Stages s(2000);
    const std::string after = s.digest();
    s.room.reset(s.created);
    const std::string before = s.digest();
    killed(s.room, s.created, {"import", s.room.project(), s.file}, [&](const std::string&) {
        const std::string now = s.digest();
        CHECK((now == before || now == after));
        if (now == before) CHECK(work({"import", s.room.project(), s.file}).status == 0);
        CHECK(s.digest() == after);
    });
}

TEST_CASE("Kills.EveryEditThatWasCalledSavedIsThere") {
    const Stages s(30);
    s.room.reset(s.filled);
    const std::string before = s.digest();
    killed(s.room, s.filled, {"edit", s.room.project(), "5", "60"}, [&](const std::string& told) {
        const std::string seen = told.substr(0, told.rfind('\n') + 1);  // whole lines
        const std::string last = seen.empty() ? before : seen.substr(seen.rfind(' ') + 1);
        // One more change than was told may be there; so the next state of the same script is as good.
        const std::string now = s.digest();
        if (now == last) return;
        const auto count = static_cast<int>(std::count(seen.begin(), seen.end(), '\n'));
        s.room.reset(s.filled);
        const std::string ahead = work({"edit", s.room.project(), "5", std::to_string(count + 1)}).out;
        CHECK(ahead.substr(ahead.rfind(' ') + 1) == now);
    });
}

TEST_CASE("Kills.AnExportIsWholeOrAbsent") {
    const Stages s(3000);
    const fs::path target = s.room.inside() / "out.txt";
    REQUIRE(work({"export", s.room.project(), target.string()}).status == 0);
    const std::string whole = readFile(target);
    killed(s.room, s.filled, {"export", s.room.project(), target.string()}, [&](const std::string&) {
        if (fs::exists(target)) CHECK(readFile(target) == whole);
        // What the killed one left behind stands in nobody's way.
        CHECK(work({"export", s.room.project(), (s.room.inside() / "again.txt").string()}).status == 0);
    });
}

TEST_CASE("Kills.PredictionsAreStoredWholeOrNotAtAll") {
    const Stages s(3000);
    const std::string before = s.digest();
    REQUIRE(work({"predict", s.room.project()}).status == 0);
    const std::string after = s.digest();
    killed(s.room, s.filled, {"predict", s.room.project()}, [&](const std::string&) {
        const std::string now = s.digest();
        CHECK((now == before || now == after));
    });
}
