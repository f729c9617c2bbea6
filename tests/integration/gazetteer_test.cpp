#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "core/project/project.h"
#include "tests/integration/cli.h"

// Word lists and rules as a script meets them: defined, previewed, made a layer, scored.

using namespace mnerva;
using namespace mnerva::test;
using nlohmann::json;

namespace {

struct Lists {
    TemporaryFolder folder;
    std::string project = (folder / "p").string();

    Lists() {
        write("train.txt", "IMGID:1\nAnn\tB-PER\nin\tO\nRome\tB-LOC\n\nIMGID:2\n#Rome\tO\nDr.\tO\nWho\tO\n\n");
        write("test.txt", "IMGID:3\nAnn\tB-PER\nsaw\tO\nOslo\tB-LOC\n\n");
        cliDone({"init", project});
        cliDone({"import", project, (folder / "train.txt").string(), (folder / "test.txt").string()});
    }
    std::string write(const std::string& name, const std::string& text) const {
        writeFileAtomic(folder / name, text);
        return (folder / name).string();
    }
};

}  // namespace

TEST_CASE("CliGazetteer.ListsFromGoldMakeALayerThatIsScored") {
    const Lists f;
    CHECK(cliDone({"gazetteer", f.project}).out == "no word lists and rules\n");
    json said = jsonOf({"gazetteer", f.project, "--from", "gold", "--name", "names", "--apply"});
    CHECK(said.at("added").at(0).at("names") == 2);
    CHECK(said.at("applied") == true);
    CHECK(said.at("report").at("entities") == 4);
    CHECK(said.at("report").at("holdsTest") == false);
    CHECK(said.at("report").at("labels") == json({{"LOC", 2}, {"PER", 2}}));
    const json score = jsonOf({"evaluate", f.project, "--layer", "word-lists", "--split", "test"});
    CHECK(score.dump().find("\"f1\"") != std::string::npos);
    said = jsonOf({"gazetteer", f.project, "--set", "names", "--no-marks", "--apply"});
    CHECK(said.at("report").at("entities") == 3);
    said = jsonOf({"gazetteer", f.project, "--undo", "--preview"});
    CHECK(said.at("applied") == false);
    CHECK(said.at("report").at("entities") == 4);
    CHECK(said.at("canRedo") == true);
    CHECK(jsonOf({"gazetteer", f.project, "--delete-layer"}).at("deleted") == true);
    CHECK(jsonOf({"gazetteer", f.project, "--delete-layer"}).at("deleted") == false);
}

TEST_CASE("CliGazetteer.FilesAndPatternsAreAddedOrderedSwitchedAndTakenAway") {
    const Lists f;
    const std::string list = f.write("per.txt", "Ann\nAnn\nOslo\tLOC\nRome\tCITY\n\n");
    json said = jsonOf({"gazetteer", f.project, "--add", list});
    CHECK(said.at("sources").at(0).at("label") == "PER");
    CHECK(said.at("added").at(0).at("findings") == json({{"name-repeated", 1}}));
    said = jsonOf({"gazetteer", f.project, "--pattern", "Dr\\. [A-Z]\\w+", "--label", "PER", "--priority", "3"});
    CHECK(said.at("sources").at(1).at("name") == "PER pattern");
    said = jsonOf({"gazetteer", f.project, "--preview"}).at("report");
    CHECK(said.at("unknownLabels") == json({{"CITY", 2}}));
    CHECK(said.at("labels") == json({{"LOC", 1}, {"PER", 3}}));
    CHECK(said.at("examples").size() == 4);
    said = jsonOf({"gazetteer", f.project, "--add-labels", "--apply"}).at("report");
    CHECK(said.at("unknownLabels") == json::object());
    CHECK(said.at("labels").at("CITY") == 2);
    CHECK(jsonOf({"gazetteer", f.project, "--disable", "per", "--preview"}).at("report").at("entities") == 1);
    CHECK(jsonOf({"gazetteer", f.project, "--enable", "per", "--remove", "PER pattern"}).at("sources").size() == 1);
    const std::string text = cliDone({"gazetteer", f.project}).out;
    CHECK(text.find("per.txt") != std::string::npos);
    CHECK(text.find('\t') == std::string::npos);
}

TEST_CASE("CliGazetteer.WhatCannotBeIsRefusedWithItsPlaceAndChangesNothing") {
    const Lists f;
    const RunResult bad = cli({"gazetteer", f.project, "--pattern", "ab(c", "--label", "PER"});
    CHECK(bad.status == 1);
    CHECK(bad.err.find("closing )") != std::string::npos);
    CHECK(bad.err.find("character 3") != std::string::npos);
    CHECK(cli({"gazetteer", f.project, "--pattern", "a*", "--label", "PER"}).err.find("empty text") !=
          std::string::npos);
    CHECK(cli({"gazetteer", f.project, "--pattern", "a+"}).status == 1);
    CHECK(cli({"gazetteer", f.project, "--set", "absent", "--label", "PER"}).status == 1);
    CHECK(cli({"gazetteer", f.project, "--add", (f.folder / "absent.txt").string()}).status == 1);
    CHECK(cli({"gazetteer", f.project, "--undo"}).status == 1);
    CHECK(cli({"gazetteer", f.project, "--layer", "gold"}).status == 1);
    CHECK(cli({"gazetteer", f.project, "--split", "other"}).status == 2);
    CHECK(jsonOf({"gazetteer", f.project}).at("sources").empty());
}
