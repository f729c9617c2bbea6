#include <fstream>

#include "core/base/file.h"
#include "core/train/relation_file.h"
#include "tests/unit/train/toy.h"

using namespace mnerva;
using namespace mnerva::train;
using namespace mnerva::train::test;

namespace {

std::vector<RelationExample> readText(const mnerva::test::TemporaryFolder& folder, const std::string& text,
                                      Findings& odd) {
    writeFileAtomic(folder / "pairs.tsv", text);
    return readRelationFile(folder / "pairs.tsv", odd);
}

/// Red pictures add to the text, green ones do not; a third of the lines is odd.
void writeToyRelations(const Toy& toy) {
    std::string text;
    for (int i = 0; i < 12; ++i)
        text += i % 2 ? "PER.png\tsee jordan with anna\t1\n" : "LOC.png\tsee jordan today\t0\n";
    writeFileAtomic(toy.folder / "pairs.tsv", text + "PER.png\tno label\nmissing.png\tsee jordan\t1\n");
}

}  // namespace

TEST_CASE("Relation file: picture, words and label of each line; links at the end of a text are left out") {
    const mnerva::test::TemporaryFolder folder;
    Findings odd;
    const auto found = readText(folder,
                                "\xEF\xBB\xBF"
                                "a.png\tone  two https://t.co/x\t1\r\n"
                                "sub/b.png\t\xE6\x98\xA5\xE3\x80\x80\xF0\x9F\x98\x80 http://t.co/y here\t0\n\n"
                                "c.png\twith\ttab\t1",
                                odd);
    REQUIRE(found.size() == 3);
    CHECK(odd.isEmpty());
    CHECK(found[0].input.words == std::vector<std::string>{"one", "two"});
    CHECK(found[0].input.imagePath == (folder / "a.png").string());
    CHECK(found[0].label == 1);
    CHECK(found[1].input.words ==
          std::vector<std::string>{"\xE6\x98\xA5", "\xF0\x9F\x98\x80", "http://t.co/y", "here"});
    CHECK(found[1].input.imagePath == (folder / "sub/b.png").string());
    CHECK(found[1].label == 0);
    CHECK(found[2].input.words == std::vector<std::string>{"with", "tab"});
}

TEST_CASE("Relation file: a bad line is noted with file and line, the others are read") {
    const mnerva::test::TemporaryFolder folder;
    Findings odd;
    const auto found = readText(folder,
                                "a.png\tgood\t1\nno tabs\na.png\tonly two\na.png\tbad label\t2\n"
                                "../a.png\toutside\t1\n/etc/a.png\toutside\t1\n\tno picture\t1\na.png\t \t1\n"
                                "a.png\thttp://t.co/x\t1\na.png\tgood\t0\n",
                                odd);
    CHECK(found.size() == 2);
    CHECK(odd.count("relation-line-invalid") == 8);
    REQUIRE(odd.list().size() == 8);
    for (int i = 0; i < 8; ++i) {
        CHECK(odd.list()[static_cast<std::size_t>(i)].line == i + 2);
        CHECK(odd.list()[static_cast<std::size_t>(i)].file == (folder / "pairs.tsv").string());
    }
}

TEST_CASE("Relation file: a missing file and one without any good line are failures") {
    const mnerva::test::TemporaryFolder folder;
    Findings odd;
    const auto codeOf = [&](auto&& work) {
        try {
            work();
        } catch (const Error& error) {
            return error.code();
        }
        return ErrorCode::Internal;
    };
    CHECK(codeOf([&] { readRelationFile(folder / "none.tsv", odd); }) == ErrorCode::FileMissing);
    CHECK(codeOf([&] { readText(folder, "", odd); }) == ErrorCode::FormatInvalid);
    CHECK(codeOf([&] { readText(folder, "nothing here\n", odd); }) == ErrorCode::FormatInvalid);
}

TEST_CASE("Relations: each epoch begins with their batches, the gate learns them, and bad lines are told") {
    const Toy toy(8);
    writeToyRelations(toy);
    const RunConfig config = toy.configOf(
        "rpbert", "relations",
        {"epochs=40", "relation_weight=1", "lr=0.005", "relation_file=" + (toy.folder / "pairs.tsv").string()});
    nlohmann::json warnings = nlohmann::json::array(), start;
    const TrainingResult result = trained(toy, config, [&](const protocol::TimedEvent& timed) {
        const nlohmann::json event = protocol::toJson(timed);

        if (event.at("event") == "warning") warnings.push_back(event);
        if (event.at("event") == "start") start = event;
    });
    const auto& epochs = result.metrics.at("epochs");
    CHECK(epochs.front().at("relation_loss").get<double>() > 0.3);
    CHECK(epochs.back().at("relation_loss").get<double>() < 0.7 * epochs.front().at("relation_loss").get<double>());
    bool told = false;
    for (const auto& warning : warnings)
        if (warning.at("code") == "relation-line-invalid")
            told = warning.at("text").get<std::string>().find("pairs.tsv:13") != std::string::npos;
    CHECK(told);
    const auto predictor = models::Predictor::load(config.runFolder, "cpu");
    models::PostInput adds{{"see", "jordan", "with", "anna"}, (toy.folder / "PER.png").string(), "", {}, {}},
        none = adds;
    none.imagePath = (toy.folder / "LOC.png").string();
    none.words = {"see", "jordan", "today"};
    CHECK(predictor->predict(adds, {}).relevance.at(0) > 0.5);
    CHECK(predictor->predict(none, {}).relevance.at(0) < 0.5);
}

TEST_CASE("Relations: a resumed run gives the numbers of one that went through, and another file is refused") {
    const Toy toy(8);
    writeToyRelations(toy);
    const std::string file = "relation_file=" + (toy.folder / "pairs.tsv").string();
    const TrainingResult whole = trained(toy, toy.configOf("rpbert", "whole", {"epochs=3", file}));
    RunConfig cut = toy.configOf("rpbert", "cut", {"epochs=3", file});
    Control control;
    int epochs = 0;
    runTraining(toy.data, cut,
                [&](const protocol::TimedEvent& timed) {
                    const nlohmann::json event = protocol::toJson(timed);

                    if (event.at("event") == "checkpoint" && ++epochs == 1) control.say("stop");
                },
                control, {});
    cut.resume = true;
    const TrainingResult resumed = trained(toy, cut);
    CHECK(resumed.metrics == whole.metrics);
    std::ofstream(toy.folder / "pairs.tsv", std::ios::app) << "PER.png\tmore\t1\n";
    CHECK(failureOf(toy, cut) == ErrorCode::RunIncompatible);
}

TEST_CASE("Relations: without the file no epoch has a relation loss, and a missing one fails at once") {
    const Toy toy(8);
    const TrainingResult plain = trained(toy, toy.configOf("rpbert", "plain", {"epochs=1"}));
    CHECK_FALSE(plain.metrics.at("epochs").front().contains("relation_loss"));
    const RunConfig without = toy.configOf("rpbert", "without", {"relation_file=/nowhere/pairs.tsv"});
    CHECK(failureOf(toy, without) == ErrorCode::FileMissing);
    CHECK_FALSE(std::filesystem::exists(without.runFolder));
}
