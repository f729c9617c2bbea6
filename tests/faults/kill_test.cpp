#include <catch2/catch.hpp>
#include <chrono>
#include <iostream>
#include <random>

#include "core/base/file.h"
#include "tests/support/fault_room.h"

// kill -9 at any moment: of what writes projects, and (with the engine) of every command that takes long. The window
// has its own (tests/ui/kill_test.cpp). MNERVA_KILLS=N kills N times in all.

namespace {
using namespace mnerva;
using namespace mnerva::test;
namespace fs = std::filesystem;

int killsOf(int few, int share) {
    const char* wanted = std::getenv("MNERVA_KILLS");
    return wanted && *wanted ? std::max(1, std::atoi(wanted) / share) : few;
}

std::mt19937& random() {
    static std::mt19937 generator(20);
    return generator;
}

int upTo(double ms) {
    return std::uniform_int_distribution<int>(0, static_cast<int>(ms))(random());
}

std::string posts(int count, int from = 0) {
    std::string text;
    for (int i = from; i < from + count; ++i)
        text += "IMGID:" + std::to_string(i) + "\nKevin\tB-PER\nflies\tO\nto\tO\nToronto\tB-LOC\n\n";
    return text;
}

/// Milliseconds that a program takes when it is let be.
double durationOf(const fs::path& program, const std::vector<std::string>& arguments) {
    const auto start = std::chrono::steady_clock::now();
    const RunResult result = runProgram(program, arguments);
    INFO(result.err);
    REQUIRE(result.status == 0);
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// Kills the program `kills` times on copies of `before`; `verify` looks at each ruin.
void killed(const FaultRoom& room, const fs::path& before, const fs::path& program,
            const std::vector<std::string>& arguments, int kills, const std::function<void()>& verify) {
    room.reset(before);
    const double whole = durationOf(program, arguments);
    const auto outside = contentsOf(room.outside());
    int alive = 0;
    for (int i = 0; i < kills; ++i) {
        room.reset(before);
        const int after = upTo(whole);
        alive += runAndKill(program, arguments, after);
        CAPTURE(arguments.front(), after);
        const RunResult checked = work({"check", room.project()});
        CAPTURE(checked.out, checked.err);
        CHECK(checked.status == 0);
        verify();
        CHECK(contentsOf(room.outside()) == outside);
    }
    std::cout << "kills: " << arguments.front() << ": " << kills << ", " << alive << " of them before the end, "
              << static_cast<int>(whole) << " ms whole\n";
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
    killed(s.room, s.created, workProgram(), {"import", s.room.project(), s.file}, killsOf(10, 6), [&] {
        const std::string now = s.digest();
        CHECK((now == before || now == after));
        if (now == before) CHECK(work({"import", s.room.project(), s.file}).status == 0);
        CHECK(s.digest() == after);
    });
}

TEST_CASE("Kills.EveryEditThatWasCalledSavedIsThere") {
    const Stages s(30);
    const std::vector<std::string> edit{"edit", s.room.project(), "5", "60"};
    std::string told;
    const int kills = killsOf(10, 6);
    s.room.reset(s.filled);
    const double whole = durationOf(workProgram(), edit);
    for (int i = 0; i < kills; ++i) {
        s.room.reset(s.filled);
        const std::string before = s.digest();
        runAndKill(workProgram(), edit, upTo(whole), &told);
        const std::size_t end = told.rfind('\n'), cut = end == std::string::npos ? 0 : end + 1;
        std::string last = before, seen = told.substr(0, cut);
        if (!seen.empty()) last = seen.substr(seen.rfind(' ') + 1);
        CHECK(work({"check", s.room.project()}).status == 0);
        // One more change than was told may be there; so the next state of the same script is as good.
        const std::string now = s.digest();
        if (now != last) {
            const auto count = static_cast<int>(std::count(seen.begin(), seen.end(), '\n'));
            s.room.reset(s.filled);
            const std::string ahead = work({"edit", s.room.project(), "5", std::to_string(count + 1)}).out;
            CHECK(ahead.substr(ahead.rfind(' ') + 1) == now);
        }
    }
    std::cout << "kills: edit: " << kills << ", " << static_cast<int>(whole) << " ms whole\n";
}

TEST_CASE("Kills.AnExportIsWholeOrAbsent") {
    const Stages s(3000);
    const fs::path target = s.room.inside() / "out.txt";
    REQUIRE(work({"export", s.room.project(), target.string()}).status == 0);
    const std::string whole = readFile(target);
    killed(s.room, s.filled, workProgram(), {"export", s.room.project(), target.string()}, killsOf(10, 6), [&] {
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
    killed(s.room, s.filled, workProgram(), {"predict", s.room.project()}, killsOf(10, 6), [&] {
        const std::string now = s.digest();
        CHECK((now == before || now == after));
    });
}
