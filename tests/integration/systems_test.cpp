#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/file.h"
#include "core/project/map_search.h"
#include "tests/integration/cli.h"
#include "tests/integration/engine_talk.h"

// Every system and variant through the real program: train, predict, evaluate, serve, prediction files.

using namespace mnerva;
using namespace mnerva::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

std::vector<json> linesOf(const fs::path& file) {
    std::vector<json> out;
    std::istringstream lines(readFile(file));
    for (std::string line; std::getline(lines, line);) out.push_back(json::parse(line));
    return out;
}

struct TestPost {
    std::vector<std::string> words;
    std::string picture;
    std::vector<std::string> crops;
};

/// Posts of the sample's test file, with the paths of their pictures, as the window would send them.
std::vector<TestPost> testPosts(const SampleProject& sample) {
    std::vector<TestPost> out;
    const json crops = json::parse(readFile(sample.data + "/crops.json"));
    std::istringstream lines(readFile(sample.data + "/test.txt"));
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind("IMGID:", 0) == 0) {
            const std::string name = line.substr(6) + ".jpg", path = sample.data + "/images/" + name;
            out.push_back({{}, fs::exists(path) ? path : std::string(), {}});
            if (crops.contains(name))
                for (const json& crop : crops[name])
                    out.back().crops.push_back(sample.data + "/crops/" + crop.get<std::string>());
        } else if (!line.empty()) {
            out.back().words.push_back(line.substr(0, line.find('\t')));
        }
    }
    return out;
}

void requireNear(const json& a, const json& b) {
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
        if (!(std::abs(a[i].get<double>() - b[i].get<double>()) <= 1e-6))
            FAIL_CHECK("number " << i << " is " << a[i] << " and " << b[i]);
}

/// Mean over the heads of one word's row of the last map that serve sent, as --details and explain have it.
json meanRow(const FloatArray& map, std::size_t word) {
    const auto heads = static_cast<std::size_t>(map.shape.at(0)), words = static_cast<std::size_t>(map.shape.at(1)),
               columns = static_cast<std::size_t>(map.shape.at(2));
    json out = json::array();
    for (std::size_t c = 0; c < columns; ++c) {
        double sum = 0;
        for (std::size_t h = 0; h < heads; ++h)
            sum += static_cast<double>(map.values.at((h * words + word) * columns + c));
        out.push_back(sum / static_cast<double>(heads));
    }
    return out;
}

/// Each method comes as a part of its own and again in the result, as a map or with the reason why there is none.
void requireExplained(EngineTalk& talk, const TestPost& post, bool readsPictures) {
    const std::size_t before = talk.progress().size();
    const json answer = talk.ask({{"id", 90},
                                  {"type", "explain"},
                                  {"words", post.words},
                                  {"imagePath", post.picture},
                                  {"cropPaths", post.crops},
                                  {"steps", 4}});
    INFO(answer.dump().substr(0, 300));
    REQUIRE(answer.contains("result"));
    const protocol::ExplainResult result = protocol::explainResultFromJson(answer["result"]);
    CHECK(result.target.logProbability <= 0);
    REQUIRE(result.attributions.size() == attributionMethods().size());
    std::size_t parts = 0;
    for (std::size_t i = before; i < talk.progress().size(); ++i) parts += talk.progress()[i].contains("part");
    CHECK(parts == result.attributions.size());
    for (const Attribution& of : result.attributions) {
        INFO(of.method << ": " << of.unavailable);
        if (of.method == "word-out") {
            CHECK(of.words.size() == post.words.size());
            continue;
        }
        if (of.method == "occlusion" || of.method == "grad-cam") CHECK(of.isServed() == readsPictures);
        CHECK((of.isServed() ? of.cells.size() == 49 : of.unavailable.ends_with(".")));
        CHECK(std::all_of(of.cells.begin(), of.cells.end(), [](float value) { return std::isfinite(value); }));
    }
}

/// The maps of a split are those that `explain` gives of each entity, are kept, searched, and made anew when damaged.
void requireMaps(const SampleProject& sample, const std::string& run) {
    const fs::path folder = fs::path(sample.project) / "runs" / run;
    const std::vector<std::string> search{"explain", sample.project, "--run", run, "--split", "test"};
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), search.begin(), search.end());
        return jsonOf(more);
    };
    const json made = with({"--maps"});
    CHECK(made.at("made") == true);
    const protocol::MapIndexFound found = protocol::findMapIndex(folder, "attention", "test");
    REQUIRE(found.state == protocol::MapIndexFound::State::Ready);
    const protocol::MapIndex& index = found.index;
    REQUIRE(index.entities.size() > 1);
    CHECK(made.at("entities") == index.entities.size());
    const protocol::MappedEntity& entity = index.entities.front();
    const auto set = index.setOf({index.sets.back().layer, 0});
    REQUIRE(set);
    const json explained =
        jsonOf({"explain", sample.project, "--run", run, "--post", entity.id, "--method", "attention", "--target",
                std::to_string(entity.first) + "-" + std::to_string(entity.last) + ":" + entity.type});
    const auto cells = explained.at("attributions").at(0).at("cells").get<std::vector<float>>();
    const std::vector<float> kept = index.cells(0, *set);
    REQUIRE(cells.size() == kept.size());
    for (std::size_t cell = 0; cell < cells.size(); ++cell) CHECK(std::abs(cells[cell] - kept[cell]) < 1e-5F);

    const json alike = with({"--similar", entity.id});
    CHECK(alike.at("was") == "ready");
    CHECK(alike.at("made") == false);
    CHECK(alike.at("target").at("text") == entity.text);
    const auto hits = project::nearestMaps(index, *set, kept, project::kSimilarPosts, entity.number);
    REQUIRE(alike.at("similar").size() == hits.size());
    for (std::size_t i = 0; i < hits.size(); ++i) {
        CHECK(alike["similar"][i].at("id") == index.entities[hits[i].entity].id);
        CHECK(alike["similar"][i].at("id") != entity.id);
        CHECK_FALSE(alike["similar"][i].at("verdict").get<std::string>().empty());
    }
    const fs::path file = protocol::mapIndexFile(folder, "attention", "test");
    writeFileAtomic(file, readFile(file) + "x");
    const json sharp = with({"--sharpest", "1:1"});
    CHECK(sharp.at("was") == "damaged");
    CHECK(sharp.at("made") == true);
    CHECK(sharp.at("sharpest").size() > 0);
    CHECK(protocol::findMapIndex(folder, "attention", "test").state == protocol::MapIndexFound::State::Ready);
}

/// "when did it decide" is answered by every system, and names are tried in the place of the entity's.
void requireDecided(const SampleProject& sample, const std::string& run, const std::string& id, const char* said) {
    const RunResult told =
        cli({"explain", sample.project, "--run", run, "--post", id, "--method", "word-out", "--word", "0"});
    INFO(told.out);
    CHECK(told.status == 0);
    CHECK(told.out.find(said) != std::string::npos);
    CHECK(told.out.find("Log probability of exactly this entity: ") != std::string::npos);
    CHECK(told.out.find(" in its place ") != std::string::npos);
}

}  // namespace

TEST_CASE("Systems.TheProgramListsEachWithOptionsPresetsAndWhatItExplains") {
    const json systems = jsonOf({"systems"}).at("systems");
    std::set<std::string> names;
    for (const json& system : systems) {
        INFO(system.at("name"));
        CHECK(names.insert(system.at("name")).second);
        CHECK_FALSE(system.at("title").get<std::string>().empty());
        CHECK_FALSE(system.at("explains").empty());
        CHECK(system.at("presets").contains("sample"));
        for (const json& option : system.at("options")) {
            CHECK(option.contains("default"));
            CHECK_FALSE(option.at("sentence").get<std::string>().empty());
        }
    }
    for (const char* name : {"bert", "bert-crf", "gmner", "hvpnet", "mgcmt", "mpcfn", "rpbert", "umgf", "umt"})
        CHECK(names.contains(name));
}

TEST_CASE("Systems.EachTrainsPredictsServesAndItsPredictionFilesScoreAsInside") {
    const SampleProject sample(60, 4);
    const std::vector<TestPost> posts = testPosts(sample);
    REQUIRE(posts.size() >= 3);
    const json known = jsonOf({"systems"});  // outlives the loop
    REQUIRE(known.at("systems").size() >= 9);
    for (const json& system : known.at("systems")) {
        std::vector<std::string> variants{""};
        if (system.at("variants").size() > 1) variants = system.at("variants").get<std::vector<std::string>>();
        for (const std::string& variant : variants) {
            const std::string name = system.at("name"), run = name + (variant.empty() ? "" : "-" + variant);
            INFO(run);
            std::vector<std::string> train{"train",    sample.project, "--system", name,     "--encoder", "tiny",
                                           "--resnet", "random18",     "--preset", "sample", "--run",     run};
            // RpBERT learns with its gate what the others are told: it finds nothing before the eighth.
            train.insert(train.end(), {"--set", name == "rpbert" ? "epochs=10" : "epochs=6"});
            for (const auto& [option, value] : std::map<std::string, std::string>{
                     {"tiny_hidden", "32"}, {"lr", "0.004"}, {"crf_lr", "0.01"}, {"max_pieces", "0"}})
                for (const json& listed : system.at("options"))
                    if (listed.at("name") == option && !(variant == "reference-code" && option == "max_pieces"))
                        train.insert(train.end(), {"--set", option + "=" + value});
            if (!variant.empty()) train.insert(train.end(), {"--variant", variant});
            cliDone(train);
            const std::string told = (sample.folder / (run + ".jsonl")).string();
            cliDone({"predict", sample.project, "--run", run, "--split", "test", "--details", told});
            const std::vector<json> details = linesOf(told);
            REQUIRE(details.size() == posts.size());

            const json inside = jsonOf({"evaluate", sample.project, "--layer", run, "--split", "test"});
            CHECK(inside.at("predicted").get<int>() > 0);  // else equal scores would say nothing
            for (const char* format : {"pre", "mtmner"}) {
                const std::string file = (sample.folder / (run + "." + format)).string();
                cliDone({"export", sample.project, file, "--format", format, "--layer", run, "--split", "test"});
                const json outside = jsonOf({"score", file, "--format", format});
                CHECK(outside.at("micro") == inside.at("micro"));
                cliDone(
                    {"import", sample.project, file, "--format", format, "--layer", run + "-back", "--split", "test"});
                const json back = jsonOf({"evaluate", sample.project, "--layer", run + "-back", "--split", "test"});
                CHECK(back.at("micro") == inside.at("micro"));
            }

            EngineTalk talk(kProgram);
            talk.greet();
            const json loaded = talk.ask({{"id", 2}, {"type", "load"}, {"runFolder", sample.project + "/runs/" + run}});
            INFO(loaded.dump());
            REQUIRE(loaded.contains("result"));
            for (std::size_t i = 0; i < 3; ++i) {
                const json answer = talk.ask({{"id", 3 + i},
                                              {"type", "predict"},
                                              {"words", posts[i].words},
                                              {"imagePath", posts[i].picture},
                                              {"cropPaths", posts[i].crops},
                                              {"wantMarginals", true},
                                              {"wantAttention", true}});
                INFO(answer.dump().substr(0, 300));
                REQUIRE(answer.contains("result"));
                CHECK(answer["result"]["tags"] == details[i]["tags"]);
                // predict reads a post among others, serve and explain, programs of their own, read it alone: to 1e-6
                // they say the same.
                const protocol::PredictResult result = protocol::predictResultFromJson(answer["result"]);
                requireNear(details[i]["relevance"], result.relevance);
                requireNear(details[i]["visualGate"], result.visualGate);
                const json& attention = details[i]["attention"];
                for (std::size_t w = 0; w < attention.size(); ++w)
                    requireNear(attention[w], meanRow(result.textToImage.back(), w));
            }
            const auto shown =
                std::find_if(posts.begin(), posts.end(), [](const TestPost& post) { return !post.picture.empty(); });
            REQUIRE(shown != posts.end());
            requireExplained(talk, *shown, name != "bert" && name != "bert-crf");
            if (run == "mpcfn-paper") {
                const json measured = jsonOf({"explain", sample.project, "--bench", "--run", run, "--posts", "1",
                                              "--methods", "occlusion,attention"});
                CHECK(measured.at("methods").size() == 2);
                CHECK(fs::exists(sample.project + "/runs/" + run + "/explanation.json"));
                requireMaps(sample, run);
                requireDecided(sample, run, details[0]["id"], "when did it decide: y after each fusion layer ");
            }
            if (run == "umt") requireDecided(sample, run, details[0]["id"], "fuses words and picture in one step");
            for (std::size_t i = 0; i < posts.size(); ++i) {
                if (posts[i].picture.empty() || details[i]["attention"].empty()) continue;
                const json explained = jsonOf({"explain", sample.project, "--run", run, "--post", details[i]["id"],
                                               "--out", (sample.folder / (run + ".png")).string()});
                requireNear(details[i]["relevance"], explained.at("relevance"));
                json cells = details[i]["attention"][explained.at("word").get<std::size_t>()];
                cells.erase(cells.begin() + 49, cells.end());
                requireNear(cells, explained.at("weights"));
                break;
            }
        }
    }
}
