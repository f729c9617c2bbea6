#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "tests/integration/cli.h"

using namespace mnerva;
using namespace mnerva::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

RunResult sample(const fs::path& folder, const std::string& posts = "30", const std::string& seed = "1") {
    return cli({"sample", folder.string(), "--posts", posts, "--seed", seed, "--json"});
}

/// Path and digest of every file of a folder.
std::map<std::string, std::string> digests(const fs::path& folder) {
    std::map<std::string, std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) out[fs::relative(entry.path(), folder).string()] = sha256OfFile(entry.path());
    return out;
}

}  // namespace

TEST_CASE("SampleCommand.TheSameSeedGivesTheSameBytes") {
    const TemporaryFolder folder;
    REQUIRE(sample(folder / "a").status == 0);
    REQUIRE(sample(folder / "b").status == 0);
    const auto one = digests(folder / "a");
    CHECK(one == digests(folder / "b"));
    CHECK(one.size() > 60);
}

TEST_CASE("SampleCommand.CountsWhatItWrote") {
    const TemporaryFolder folder;
    const RunResult result = sample(folder / "a");
    const json counts = json::parse(result.out);
    CHECK(counts["posts"] == 30);
    CHECK(counts["train"] == 24);
    CHECK(counts["zh"]["posts"] == 10);
    const auto files = [&](const char* part) {
        return std::distance(fs::directory_iterator(folder / "a" / part), fs::directory_iterator());
    };
    CHECK(files("images") == counts["pictures"].get<int>());
    CHECK(files("crops") == counts["crops"].get<int>());
    CHECK(files("boxes") == counts["pictureDecided"].get<int>());
}

TEST_CASE("SampleCommand.EveryCropOfTheDictionaryIsThere") {
    const TemporaryFolder folder;
    REQUIRE(sample(folder / "a", "60").status == 0);
    const json crops = json::parse(readFile(folder / "a/crops.json"));
    int count = 0;
    for (const auto& [picture, files] : crops.items()) {
        CHECK(fs::exists(folder / ("a/images/" + picture)));
        for (const auto& file : files) {
            CHECK(fs::exists(folder / ("a/crops/" + file.get<std::string>())));
            ++count;
        }
    }
    CHECK(count > 10);
}

TEST_CASE("SampleCommand.MakesAnOlderSampleAnewWithoutLeftovers") {
    const TemporaryFolder folder;
    REQUIRE(sample(folder / "a", "60").status == 0);
    REQUIRE(sample(folder / "a", "20").status == 0);
    REQUIRE(sample(folder / "b", "20").status == 0);
    CHECK(digests(folder / "a") == digests(folder / "b"));
}

TEST_CASE("SampleCommand.LeavesAFolderOfOthersAlone") {
    const TemporaryFolder folder;
    writeFileAtomic(folder / "thesis.txt", "years of work");
    const RunResult result = sample(folder.path());
    CHECK(result.status == 1);
    CHECK(json::parse(result.out)["error"]["code"] == "file-unwritable");
    CHECK(digests(folder.path()).size() == 1);
}

TEST_CASE("SampleCommand.ImpossibleNumbersAreWrongUsage") {
    const TemporaryFolder folder;
    CHECK(sample(folder / "a", "0").status == 2);
    CHECK(sample(folder / "a", "many").status == 2);
    CHECK(sample(folder / "a", "10", "-1").status == 2);
    CHECK_FALSE(fs::exists(folder / "a"));
}

TEST_CASE("SampleCommand.IsImportedWithoutFindings") {
    const TemporaryFolder folder;
    const std::string data = (folder / "a").string();
    REQUIRE(sample(data, "50").status == 0);
    for (const std::string& part : {std::string(), std::string("/zh")}) {
        const std::string project = (folder / ("p" + std::to_string(part.size()))).string(), from = data + part;
        REQUIRE(cli({"init", project}).status == 0);
        const RunResult result = runProgram(
            kProgram, {"import", project, from + "/train.txt", from + "/valid.txt", from + "/test.txt", "--images",
                       from + "/images", "--crops", from + "/crops.json", "--crop-dir", from + "/crops", "--json"});
        INFO(result.err << result.out);
        REQUIRE(result.status == 0);
        const json report = json::parse(result.out);
        CHECK(report["posts"] == (part.empty() ? 50 : 10));
        for (const auto& finding : report["findings"])
            CHECK((finding["code"] == "missing-image" || finding["code"] == "no-crop-list"));
    }
}

TEST_CASE("DoctorCommand.SaysWhatSpeedDependsOn") {
    const RunResult result = cli({"doctor", "--json"});
    REQUIRE(result.status == 0);
    const json report = json::parse(result.out);
    CHECK(report["threads"].get<int>() >= 1);
    CHECK(report["blas"].is_string());
    CHECK(report["gemm_gflops"].get<double>() > 0);
    CHECK(report["linear_path"].is_string());
    CHECK(report["devices"].is_array());
    CHECK(report["precisions"]["cpu"][0] == "fp32");
    CHECK(report["warnings"].is_array());
    CHECK(report["encoders"].is_array());
}
