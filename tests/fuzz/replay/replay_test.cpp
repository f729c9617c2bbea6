#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <random>
#include <set>

#include "core/base/file.h"
#include "core/formats/all.h"
#include "tests/fuzz/target.h"

using namespace mnerva;
using namespace mnerva::fuzz;
namespace fs = std::filesystem;

namespace {

const fs::path kRoot = fs::path(MNERVA_SOURCE_DIR) / "tests" / "fuzz";
constexpr std::size_t kPrefixes = 300;  // of a seed at most
constexpr int kDamages = 300;           // of a seed

std::vector<fs::path> filesIn(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code missing;
    for (fs::directory_iterator it(folder, missing), end; !missing && it != end; it.increment(missing))
        if (it->is_regular_file()) files.push_back(it->path());
    std::sort(files.begin(), files.end());
    return files;
}

/// Runs the target's reader on one input; the target ends the process where the reader breaks its promise, and another
/// exception than an Error fails the test. Counts what was taken, so that a test which feeds nothing fails.
struct Feeder {
    std::size_t taken = 0;
    void feed(const Target& target, const std::string& input) {
        REQUIRE_NOTHROW(target.run(input));
        ++taken;
    }
};

/// Calls `use` with every seed of a target.
template <class Use>
void forEachSeed(Use use) {
    for (const Target& target : targets()) {
        const std::vector<fs::path> seeds = filesIn(kRoot / "seeds" / target.name);
        INFO(target.name << ": a file in tests/fuzz/seeds/" << target.name);
        CHECK_FALSE(seeds.empty());
        for (const fs::path& seed : seeds) use(target, readFile(seed));
    }
}

}  // namespace

// A target aborts where its reader breaks its promise: not an Error, one without a sentence, a value that is wrong.

TEST_CASE("Readers.TakeEverySeed") {
    CHECK(targets().size() >= 20);
    Feeder feeder;
    forEachSeed([&](const Target& target, const std::string& seed) { feeder.feed(target, seed); });
    CHECK(feeder.taken >= targets().size());
}

TEST_CASE("Readers.OfEveryFormatAreFuzzed") {
    std::set<std::string> read;
    for (const Target& target : targets()) {
        read.insert(target.name);
        read.insert(target.formats.begin(), target.formats.end());
    }
    for (const formats::Format& format : formats::all()) {
        INFO(format.name << ": a file in tests/fuzz/targets");
        CHECK(read.contains(std::string(format.name)));
    }
}

TEST_CASE("Readers.TakeWhatFuzzingFound") {
    std::set<std::string> known;
    Feeder feeder;
    for (const Target& target : targets()) {
        known.insert(target.name);
        for (const fs::path& found : filesIn(kRoot / "found" / target.name)) feeder.feed(target, readFile(found));
    }
    CHECK(feeder.taken > 0);
    for (const auto& folder : fs::directory_iterator(kRoot / "found"))
        if (folder.is_directory()) CHECK(known.contains(folder.path().filename().string()));
}

TEST_CASE("Readers.TakeEveryPrefixOfASeed") {
    Feeder feeder;
    forEachSeed([&](const Target& target, const std::string& seed) {
        const std::size_t step = seed.size() / kPrefixes + 1;
        for (std::size_t size = 0; size < seed.size(); size += step) feeder.feed(target, seed.substr(0, size));
    });
    CHECK(feeder.taken >= 20 * targets().size());
}

TEST_CASE("Readers.TakeSeedsWithOneByteChanged") {
    std::mt19937 random(1);
    Feeder feeder;
    forEachSeed([&](const Target& target, const std::string& seed) {
        if (seed.empty()) return;
        for (int i = 0; i < kDamages; ++i) {
            std::string damaged = seed;
            damaged[random() % damaged.size()] = static_cast<char>(random());
            feeder.feed(target, damaged);
        }
    });
    CHECK(feeder.taken >= kDamages * (targets().size() - 1));
}

TEST_CASE("Readers.TakeSeedsChangedByWhoKnowsTheFormat") {
    std::mt19937 random(2);
    const PlainMutation plain = [&](std::uint8_t* data, std::size_t size, std::size_t) {
        if (size > 0) data[random() % size] = static_cast<std::uint8_t>(random());
        return size;
    };
    forEachSeed([&](const Target& target, const std::string& seed) {
        if (!target.mutate) return;
        std::string changed = seed;
        for (int i = 0; i < kDamages; ++i) {
            if (i % 8 == 0) changed = seed;  // several changes on top of each other, then from the start
            std::size_t size = changed.size();
            changed.resize(size + 512);
            size = target.mutate(reinterpret_cast<std::uint8_t*>(changed.data()), size, changed.size(),
                                 static_cast<unsigned>(random()), plain);
            REQUIRE(size <= changed.size());
            changed.resize(size);
            target.run(changed);
        }
    });
}
