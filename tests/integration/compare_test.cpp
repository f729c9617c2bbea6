#include <catch2/catch.hpp>
#include <map>

#include "core/base/file.h"
#include "tests/integration/cli.h"

// Show 1 of the analysis workspace: what `compare` says of published predictions is what models.md 6.8 says.

using namespace mnerva;
using namespace mnerva::test;
using nlohmann::json;

namespace {

const std::string kPosts =
    "IMGID:1\nKevin\tB-PER\nDurant\tI-PER\nin\tO\nToronto\tB-LOC\n\nIMGID:2\n多\tB-LOC\n伦\tI-LOC\n🔥\tO\n\n";

/// A project of two posts with one prediction file as layer "a".
struct SmallProject {
    TemporaryFolder folder;
    std::string project = (folder / "p").string();
    SmallProject() {
        writeFileAtomic(folder / "test.txt", kPosts);
        writeFileAtomic(folder / "a.txt",
                        "Kevin Durant in Toronto\nB-PER O O O\nO O O O\n\n多 伦 🔥\nB-LOC I-LOC O\nO O O\n\n");
        cliDone({"init", project});
        cliDone({"import", project, (folder / "test.txt").string(), "--split", "test"});
        cliDone({"import", project, (folder / "a.txt").string(), "--format", "pre", "--split", "test", "--layer", "a"});
    }
};

/// "words: type verdict" of each entity of a layer in a case.
std::vector<std::string> said(const json& shown, const std::string& layer) {
    std::vector<std::string> out;
    for (const json& lane : shown.at("lanes"))
        if (lane.at("layer") == layer)
            for (const json& e : lane.at("entities"))
                out.push_back(e.at("text").get<std::string>() + ": " + e.at("type").get<std::string>() + " " +
                              e.value("verdict", ""));
    return out;
}

}  // namespace

TEST_CASE("Compare.TextJsonHtmlAndLatexSayTheSame") {
    const SmallProject small;
    const std::vector<std::string> base{"compare", small.project, "--layers", "a", "--split", "test"};
    const std::string text = cliDone(base).out;
    CHECK(text.find("[PER] ↔ boundary") != std::string::npos);
    CHECK(text.find("○ missed") != std::string::npos);
    CHECK(text.find("多") == std::string::npos);  // nothing differs there
    std::vector<std::string> more = base;
    more.insert(more.end(),
                {"--html", (small.folder / "o.html").string(), "--latex", (small.folder / "o.tex").string(), "--all"});
    cliDone(more);
    const std::string page = readFile(small.folder / "o.html"), latex = readFile(small.folder / "o.tex");
    CHECK(page.find("↔ boundary") != std::string::npos);
    CHECK(page.find("多伦") != std::string::npos);
    CHECK(latex.find("\\mnervacjk{多伦}") != std::string::npos);
    const json body = jsonOf(base);
    CHECK(body.at("found") == 1);
    CHECK(said(body.at("cases").at(0), "a") == std::vector<std::string>{"Kevin: PER boundary", "Toronto: LOC missed"});
    CHECK(body.at("layers").at(0).at("right") == 1);
}
TEST_CASE("Compare.FilesThatAreThereStay") {
    const SmallProject small;
    writeFileAtomic(small.folder / "o.html", "mine");
    const std::vector<std::string> base{"compare", small.project, "--layers",
                                        "a",       "--html",      (small.folder / "o.html").string()};
    CHECK(jsonOf(base, 1).at("error").at("code") == "file-exists");
    CHECK(readFile(small.folder / "o.html") == "mine");
    std::vector<std::string> forced = base;
    forced.push_back("--force");
    cliDone(forced);
    CHECK(readFile(small.folder / "o.html") != "mine");
    CHECK(jsonOf({"compare", small.project, "--layers", "a", "--latex", small.project + "/x.tex", "--force"}, 1)
              .at("error")
              .at("code") == "file-protected");
}
TEST_CASE("Compare.WhatIsNotThereIsNamed") {
    const SmallProject small;
    const auto code = [&](std::vector<std::string> more) {
        std::vector<std::string> arguments{"compare", small.project};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return jsonOf(arguments, 1).at("error").at("code").get<std::string>();
    };
    CHECK(code({"--layers", "a,b"}) == "layer-unknown");
    CHECK(code({"--layers", "a", "--posts", "1,9"}) == "option-invalid");
    CHECK(code({"--layers", "a", "--split", "train"}) == "split-empty");
    CHECK(code({"--layers", "a", "--view", "figure-3"}) == "option-invalid");
    CHECK(cli({"compare", small.project, "--layers", "a", "--only", "borders"}).status == 2);
}

TEST_CASE("Compare.FilterPicksThePostsOfAQueryLine") {
    const SmallProject small;
    const auto ids = [&](const std::string& filter) {
        std::vector<std::string> found;
        const json body = jsonOf({"compare", small.project, "--layers", "a", "--filter", filter});
        for (const json& one : body.at("cases")) found.push_back(one.at("id"));
        return found;
    };
    using Ids = std::vector<std::string>;
    CHECK(ids("error(a):boundary") == Ids{"1"});
    CHECK(ids("多伦") == Ids{"2"});  // nothing differs there: who asks for a post sees it
    CHECK(ids("label:LOC not error(a):missed") == Ids{"2"});
    CHECK(ids("label:PER 多伦").empty());
    CHECK(jsonOf({"compare", small.project, "--layers", "a", "--filter", "right(a)"}).at("filter") == "right(a)");
}
TEST_CASE("Compare.AMistakeInTheFilterIsMarkedWhereItIs") {
    const SmallProject small;
    const auto wrong = cli({"compare", small.project, "--layers", "a", "--filter", "durant lable:PER"});
    CHECK(wrong.status == 1);
    CHECK(wrong.out.empty());
    CHECK(wrong.err.find("There is no field “lable”") != std::string::npos);
    CHECK(wrong.err.find("characters 8 to 12") != std::string::npos);
    CHECK(
        cli({"compare", small.project, "--layers", "a", "--filter", "多伦 error(b):type"}).err.find("character 10)") !=
        std::string::npos);  // code points, not bytes
    CHECK(jsonOf({"compare", small.project, "--layers", "a", "--filter", "(kevin"}, 1).at("error").at("code") ==
          "option-invalid");
}

TEST_CASE("Compare.FigureThreeOfThePaperHasTheErrorsOfItsTable") {
    const auto posts = realData("twitter2015-original/test.txt");
    const auto mgcmt = realData("predictions/mgcmt-twitter2015-test.txt");
    if (!posts || !mgcmt) return;
    const TemporaryFolder folder;
    const std::string project = (folder / "p").string();
    cliDone({"init", project});
    cliDone({"import", project, posts->string(), "--split", "test"});
    cliDone({"import", project, mgcmt->string(), "--format", "mtmner", "--split", "test", "--layer", "MGCMT"});
    const json body = jsonOf({"compare", project, "--layers", "MGCMT", "--split", "test", "--view", "figure-3"});
    REQUIRE(body.at("cases").size() == 5);
    using Said = std::vector<std::string>;
    // The words themselves stay out of this file: types and verdicts, in text order.
    const auto verdicts = [&](std::size_t index, const std::string& id) {
        CHECK(body.at("cases").at(index).at("id") == id);
        Said out = said(body.at("cases").at(index), "MGCMT");
        for (std::string& one : out) one = one.substr(one.rfind(": ") + 2);
        return out;
    };
    CHECK(verdicts(0, "587868") == Said{"ORG boundary", "PER right", "PER right", "ORG right"});
    CHECK(verdicts(1, "791750") == Said{"ORG boundary-and-type", "PER right"});
    CHECK(verdicts(2, "841095") == Said{"PER right", "LOC type"});
    CHECK(verdicts(3, "456985") == Said{"PER missed", "ORG type"});  // MISC in this annotation
    CHECK(verdicts(4, "806530") == Said{"PER right", "MISC missed", "LOC right"});
}
TEST_CASE("Compare.UmtAndMgcmtOfTheTableOfSystems") {
    const auto posts = realData("twitter2015-original/test.txt");
    const auto table = realData("predictions/umt-vs-mgcmt-twitter2015.json");
    if (!posts || !table) return;
    const TemporaryFolder folder;
    const std::string project = (folder / "p").string();
    cliDone({"init", project});
    cliDone({"import", project, posts->string(), "--split", "test"});
    for (const auto& [system, layer] : std::map<std::string, std::string>{{"1", "MGCMT"}, {"2", "UMT"}})
        CHECK(jsonOf({"import", project, table->string(), "--format", "systems", "--system", system, "--split", "test",
                      "--layer", layer})
                  .at("posts") == 250);
    const json body =
        jsonOf({"compare", project, "--layers", "MGCMT,UMT", "--split", "test", "--limit", "1", "--only", "boundary"});
    // The file holds posts that MGCMT has right and UMT wrong, by the gold tags of its own copy.
    for (const json& layer : body.at("layers"))
        if (layer.at("layer") == "UMT") CHECK(layer.at("errors").at("boundary") == 61);
    const auto text = cliDone({"compare", project, "--layers", "MGCMT,UMT", "--split", "test", "--limit", "3"}).out;
    CHECK(text.find("MGCMT") != std::string::npos);
}
