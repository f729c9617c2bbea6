#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "core/base/file.h"
#include "core/project/project.h"
#include "core/project/question.h"
#include "tests/integration/cli.h"
#include "tests/integration/engine_talk.h"

// Odd pictures through the whole program: those of tests/golden/cases went wrong once.

namespace {
using namespace mnerva;
using namespace mnerva::test;
using nlohmann::json;
namespace fs = std::filesystem;

const fs::path kCases = fs::path(MNERVA_SOURCE_DIR) / "tests/golden/cases";

/// A project of a case's posts.
struct CaseProject {
    TemporaryFolder folder;
    fs::path data = folder / "data";
    std::string project = (folder / "p").string();
    explicit CaseProject(const std::string& name) {
        fs::copy(kCases / name, data, fs::copy_options::recursive);
        REQUIRE(cli({"init", project}).status == 0);
    }
    json import(std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{"import", project, (data / "train.txt").string(), "--images",
                                           (data / "images").string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return jsonOf(arguments);
    }
};

/// Code of the finding about a file; "" for none.
std::string codeAbout(const json& report, const std::string& name) {
    for (const json& finding : report.at("findings"))
        if (fs::path(finding.at("file").get<std::string>()).filename() == name) return finding.at("code");
    return {};
}

json withoutNumbers(json entities) {
    for (json& entity : entities) entity.erase("confidence");
    return entities;
}

}  // namespace

TEST_CASE("Pictures.AThinOneDoesNotEndDetecting") {
    const CaseProject c("thin-picture");
    c.import();
    const auto result = cli({"detect", c.project, "--json"});
    INFO(result.err);
    REQUIRE(result.status == 0);
    CHECK(json::parse(result.out).at("pictures") == 2);
}

TEST_CASE("Pictures.EachBrokenOneIsAFindingAndHalfOnesAreUsed") {
    const CaseProject c("broken-pictures");
    c.import();
    const auto result = cli({"detect", c.project, "--json"});
    REQUIRE(result.status == 0);
    const json report = json::parse(result.out);
    CHECK(report.at("pictures") == 5);
    CHECK(codeAbout(report, "t0.jpg") == "picture-kind-unknown");
    CHECK(codeAbout(report, "t4.jpg") == "picture-kind-unknown");
    for (const char* half : {"t1.jpg", "t2.jpg", "t3.jpg"}) CHECK(codeAbout(report, half) == "picture-damaged");
    CHECK(codeAbout(report, "t5.jpg").empty());
    CHECK(codeAbout(report, "t7.jpg") == "picture-missing");
    CHECK(result.err.find("Corrupt JPEG") == std::string::npos);
    CHECK(result.err.find("remature end") == std::string::npos);
    // The same from what is remembered.
    CHECK(codeAbout(jsonOf({"detect", c.project}), "t1.jpg") == "picture-damaged");
}

TEST_CASE("Pictures.OfEveryKindOnTheListAreFoundAndOthersNamed") {
    const CaseProject c("picture-kinds");
    CHECK(c.import().at("missingImages") == 7);
    const json report = jsonOf({"detect", c.project});
    CHECK(report.at("pictures") == 7);  // e0 GIF, e1 PNG, e2 WebP, e7, e8, e9, e16
    CHECK(codeAbout(report, "e5.jpg") == "picture-kind-unknown");
    CHECK(codeAbout(report, "e11.jpg") == "picture-kind-unknown");
    CHECK(codeAbout(report, "e13.jpg") == "picture-kind-unknown");
    CHECK(codeAbout(report, "e3.jpg") == "picture-missing");
    bool isNamed = false;
    for (const json& finding : report.at("findings")) isNamed |= finding.at("text") == "AVIF";
    CHECK(isNamed);
}

TEST_CASE("Pictures.WhatMayNotBeReadIsToldAndNeverRead") {
    const CaseProject c("thin-picture");
    writeFileAtomic(c.folder / "secret.png", readFile(c.data / "images" / "c.png"));
    fs::remove(c.data / "images" / "c.png");
    fs::create_symlink(c.folder / "secret.png", c.data / "images" / "c.png");
    fs::remove(c.data / "images" / "b.png");
    REQUIRE(::mkfifo((c.data / "images" / "b.png").c_str(), 0600) == 0);
    const json imported = c.import();
    CHECK(imported.at("findingCounts").value("picture-outside", 0) == 1);
    const json report = jsonOf({"detect", c.project});
    CHECK(report.at("pictures") == 0);
    CHECK(codeAbout(report, "c.png") == "picture-outside");
    CHECK(codeAbout(report, "b.png") == "picture-unreadable");
}

namespace {

constexpr std::size_t kAskedPosts = 200;

/// A run, and posts with pictures that are missing, refused, turned, several or none, and with boxes.
struct AskedProject {
    TemporaryFolder folder;
    std::string data = (folder / "data").string(), project = (folder / "p").string();
    fs::path images = folder / "images";

    AskedProject() {
        const auto run = [](const std::vector<std::string>& arguments) {
            const RunResult result = cli(arguments);
            INFO(arguments.front() << ": " << result.err);
            REQUIRE(result.status == 0);
        };
        run({"sample", data, "--posts", "40", "--seed", "5"});
        run({"init", project});
        run({"import", project, data + "/train.txt", data + "/valid.txt", "--images", data + "/images"});
        run({"train", project, "--system", "hvpnet", "--encoder", "tiny", "--resnet", "random18", "--preset", "sample",
             "--set", "epochs=1", "--set", "tiny_hidden=32", "--run", "small"});
        fs::copy(kCases / "orientation" / "images", images);
        writeFileAtomic(folder / "secret.jpg", readFile(images / "o1.jpg"));
        fs::create_symlink(folder / "secret.jpg", images / "link.jpg");
        fs::copy(kCases / "broken-pictures" / "images" / "t1.jpg", images / "half.jpg");
        const auto opened = project::Project::open(project, project::OpenMode::ReadWrite, "test");
        const auto appender = opened->append("asked.txt", images, images);
        int number = 0;
        std::vector<std::vector<std::string>> lists{{},
                                                    {"o1.jpg"},
                                                    {"o6.jpg"},
                                                    {"gone.jpg"},
                                                    {"gone.jpg", "o2.jpg"},
                                                    {"o2.jpg", "gone.jpg", "o3.jpg"},
                                                    {"link.jpg"},
                                                    {"../secret.jpg", "o8.jpg"},
                                                    {"half.jpg"}};
        std::mt19937 dice(11);
        const std::vector<std::string> names{"o1.jpg",   "o2.jpg",   "o6.jpg",  "o8.jpg",
                                             "gone.jpg", "link.jpg", "half.jpg"};
        while (lists.size() < kAskedPosts) {
            std::vector<std::string>& list = lists.emplace_back();
            for (std::size_t n = dice() % 4; n > 0; --n) list.push_back(names[dice() % names.size()]);
        }
        for (const auto& list : lists) {
            Post post;
            post.externalId = "asked-" + std::to_string(++number);
            post.split = Split::Test;
            post.words = {"Mira", "sees", "Paris", "today"};
            post.sourceTags = {"O", "O", "O", "O"};
            post.images = list;
            if (number % 2 == 0) post.crops = {"o3.jpg", "gone.jpg", "link.jpg"};
            const PostId id = appender->add(post);
            Region region;
            region.left = region.top = 20;
            region.width = region.height = 90;
            region.label = "person";
            region.origin = RegionOrigin::Xml;
            PostRegions regions;
            for (std::size_t i = 0; i < list.size(); ++i) {
                region.image = static_cast<int>(i);
                regions.regions.push_back(region);
            }
            appender->addRegions(id, regions);
        }
        appender->commit();
    }
};

}  // namespace

TEST_CASE("Pictures.PredictAndTheWindowsQuestionGiveTheSameAnswers") {
    const AskedProject asked;
    const std::string output = (asked.folder / "out.jsonl").string(), details = (asked.folder / "d.jsonl").string();
    const json report = jsonOf({"predict", asked.project, "--run", "small", "--split", "test", "--raw-confidence",
                                "--output", output, "--details", details});
    CHECK(report.at("findings").at("picture-outside").get<int>() >= 1);
    CHECK(report.at("findings").at("picture-missing").get<int>() >= 1);
    CHECK(report.at("findings").at("picture-damaged").get<int>() >= 1);

    EngineTalk talk(kProgram);
    talk.greet();
    REQUIRE(talk.ask({{"id", 2}, {"type", "load"}, {"runFolder", asked.project + "/runs/small"}}).contains("result"));
    const auto opened = project::Project::open(asked.project, project::OpenMode::ReadOnly, "test");
    std::istringstream outputs(readFile(output)), lines(readFile(details));
    int number = 0;
    for (const Post& post : opened->posts(Split::Test)) {
        INFO(post.externalId);
        std::string line, detail;
        REQUIRE(std::getline(outputs, line));
        REQUIRE(std::getline(lines, detail));
        const json stored = json::parse(line), told = json::parse(detail);
        REQUIRE(stored.at("id") == post.externalId);
        REQUIRE(stored.at("number") == post.id.value);
        json message =
            protocol::toJson(protocol::PredictRequest{project::questionOf(opened->view(post.id)), false, true});
        message.update({{"id", 10 + number}, {"type", "predict"}});
        const json answer = talk.ask(message);
        INFO(answer.dump());
        REQUIRE(answer.contains("result"));
        const json& result = answer.at("result");
        CHECK(result.at("tags") == told.at("tags"));
        CHECK(result.at("hasPicture") == told.at("hasPicture"));
        CHECK(withoutNumbers(result.at("entities")) == withoutNumbers(stored.at("entities")));
        for (std::size_t i = 0; i < result.at("relevance").size(); ++i)
            CHECK(result.at("relevance")[i].get<double>() ==
                  Approx(told.at("relevance")[i].get<double>()).margin(1e-5));
        ++number;
    }
    CHECK(number == kAskedPosts);
}

namespace {
/// A post whose first picture cannot be drawn on has no map; whose can, has the one that `predict` saw. True for those.
bool explainSeesWhatPredictSaw(const AskedProject& asked, const Post& post, const json& told) {
    INFO(post.externalId);
    const std::string png = (asked.folder / "map.png").string();
    const int word = static_cast<int>(post.id.value) % static_cast<int>(post.words.size());
    const RunResult result = cli({"explain", asked.project, "--run", "attends", "--post", post.externalId, "--word",
                                  std::to_string(word), "--out", png, "--force", "--json"});
    const json answer = json::parse(result.out);
    const std::string first = post.images.empty() ? "" : post.images.front();
    if (result.status != 0) {
        const std::map<std::string, std::string> refusals{{"", "image-unreadable"},
                                                          {"gone.jpg", "file-missing"},
                                                          {"link.jpg", "image-outside"},
                                                          {"../secret.jpg", "image-outside"}};
        REQUIRE(refusals.contains(first));
        CHECK(answer.at("error").at("code") == refusals.at(first));
        return false;
    }
    CHECK(answer.at("tag") == told.at("tags").at(static_cast<std::size_t>(word)));
    const json& weights = answer.at("weights");
    const json& seen = told.at("attention").at(static_cast<std::size_t>(word));
    REQUIRE(weights.size() == 49);
    REQUIRE(seen.size() >= weights.size());
    for (std::size_t cell = 0; cell < weights.size(); ++cell)
        CHECK(weights[cell].get<double>() == Approx(seen[cell].get<double>()).margin(1e-5));
    REQUIRE(answer.at("relevance").size() == told.at("relevance").size());
    for (std::size_t i = 0; i < answer.at("relevance").size(); ++i)
        CHECK(answer.at("relevance")[i].get<double>() == Approx(told.at("relevance")[i].get<double>()).margin(1e-5));
    return true;
}
}  // namespace

// Seven of the posts, as each costs a start of the engine; MNERVA_EXPLAIN=all asks about every one.
TEST_CASE("Pictures.ExplainSeesWhatPredictSaw") {
    const AskedProject asked;
    cliDone(tinyTraining(asked.project, "attends", "1"));  // a system that attends is wanted for a map
    const std::string details = (asked.folder / "d.jsonl").string();
    cliDone({"predict", asked.project, "--run", "attends", "--split", "test", "--details", details});
    std::istringstream lines(readFile(details));
    const auto opened = project::Project::open(asked.project, project::OpenMode::ReadOnly, "test");
    const char* wanted = std::getenv("MNERVA_EXPLAIN");
    const int step = wanted && std::string(wanted) == "all" ? 1 : 29;
    int number = 0, explained = 0;
    for (const Post& post : opened->posts(Split::Test)) {
        std::string line;
        REQUIRE(std::getline(lines, line));
        if (number++ % step == step / 2 && explainSeesWhatPredictSaw(asked, post, json::parse(line))) ++explained;
    }
    CHECK(number == kAskedPosts);
    CHECK(explained >= 200 / step / 2);

    // The picture of asked-3 lies on its side in the file; the map is drawn on it as people see it.
    const std::string png = (asked.folder / "out.png").string();
    cliDone({"explain", asked.project, "--run", "attends", "--post", "asked-3", "--out", png});
    const std::string bytes = readFile(png);
    const auto sizeAt = [&](std::size_t at) {
        return static_cast<unsigned char>(bytes[at + 2]) << 8 | static_cast<unsigned char>(bytes[at + 3]);
    };
    CHECK(sizeAt(16) == 300);
    CHECK(sizeAt(20) == 400);
    const auto refused =
        cli({"explain", asked.project, "--run", "attends", "--post", "asked-7", "--out", png, "--force", "--json"});
    CHECK(refused.status == 1);
    CHECK(json::parse(refused.out).at("error").at("code") == "image-outside");
}
