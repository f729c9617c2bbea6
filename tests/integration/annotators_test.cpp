#include <catch2/catch.hpp>
#include <tuple>

#include "core/base/file.h"
#include "core/project/editing.h"
#include "core/project/project.h"
#include "core/workflow/quality/adjudication.h"
#include "tests/integration/cli.h"

// Layers of annotators as a script meets them: made, held against each other, decided (error-analysis.md 6).

using namespace mnerva;
using namespace mnerva::test;
using nlohmann::json;

namespace {

const std::string kPosts =
    "IMGID:1\nKevin\tO\nDurant\tO\nflies\tO\nto\tO\nToronto\tO\n\n"
    "IMGID:2\n多\tO\n伦\tO\n多\tO\n冷\tO\n\n"
    "IMGID:3\nNBA\tO\nfinals\tO\n\n";

/// "ann" and "bob" have seen the first two posts, ann alone the third. They agree on Durant and differ twice.
struct Annotated {
    TemporaryFolder folder;
    std::string project = (folder / "p").string();

    Annotated() {
        writeFileAtomic(folder / "train.txt", kPosts);
        cliDone({"init", project, "--labels", "PER,LOC,ORG"});
        cliDone({"import", project, (folder / "train.txt").string()});
    }
    void tag() const {
        const auto opened = project::Project::open(project, project::OpenMode::ReadWrite, "test");
        for (const char* name : {"ann", "bob"}) opened->addAnnotator(name, false);
        const auto posts = opened->summaries({}, 10);
        for (const auto& [layer, post, entity] :
             std::vector<std::tuple<std::string, std::size_t, Entity>>{{"ann", 0, {"PER", 0, 1, {}}},
                                                                       {"ann", 0, {"LOC", 4, 4, {}}},
                                                                       {"bob", 0, {"PER", 0, 1, {}}},
                                                                       {"bob", 0, {"ORG", 3, 4, {}}},
                                                                       {"ann", 1, {"LOC", 0, 2, {}}},
                                                                       {"bob", 1, {"LOC", 0, 1, {}}},
                                                                       {"ann", 2, {"ORG", 0, 0, {}}}}) {
            Change change = std::get<Change>(project::labelSpan(opened->view(posts.at(post).id, {}, layer).state,
                                                                entity.first, entity.last, entity.type));
            change.layer = layer;
            opened->apply(change);
        }
    }
    /// Toronto is bob's, for want of a rule.
    void decide() const {
        const auto opened = project::Project::open(project, project::OpenMode::ReadWrite, "test");
        opened->apply(workflow::startFromAgreement(*opened, {"ann", "bob"}, {}));
        const PostState state = opened->view(opened->summaries({}, 1).front().id).state;
        opened->apply(std::get<Change>(
            project::decide(state, {}, {3, 4, "guideline-gap", "see \"4.2\", teams", true}, {{"ORG", 3, 4, {}}})));
    }
};

}  // namespace

TEST_CASE("Annotators.AreMadeListedAndRememberThatTheyAreBlind") {
    const Annotated f;
    CHECK(cliDone({"annotators", f.project}).out == "no layers of annotators\n");
    cliDone({"annotators", f.project, "--add", "ann"});
    const json list = jsonOf({"annotators", f.project, "--add", "王", "--blind"}).at("annotators");
    REQUIRE(list.size() == 2);
    CHECK(list.at(0) ==
          json({{"layer", "ann"}, {"blind", false}, {"posts", 0}, {"done", 0}, {"skipped", 0}, {"entities", 0}}));
    CHECK(list.at(1).at("layer") == "王");
    CHECK(list.at(1).at("blind") == true);
    CHECK(cliDone({"annotators", f.project}).out ==
          "layer  blind  posts  done  skipped  entities\n"
          "ann       no      0     0        0         0\n"
          "王       yes      0     0        0         0\n");
}

TEST_CASE("Annotators.NamesThatCannotBeAreRefusedAndMakeNothing") {
    const Annotated f;
    cliDone({"annotators", f.project, "--add", "ann"});
    for (const char* name : {"ann", "gold", "corrected", "a/b", "..", " "}) {
        INFO(name);
        CHECK(jsonOf({"annotators", f.project, "--add", name}, 1).at("error").at("code") == "run-name-invalid");
    }
    CHECK(cli({"annotators", f.project, "--blind"}).status == 2);  // blind what?
    CHECK(jsonOf({"annotators", f.project}).at("annotators").size() == 1);
    CHECK(jsonOf({"annotators", (f.folder / "none").string()}, 1).at("error").at("code") == "project-missing");
}

TEST_CASE("Adjudication.ListsConflictsAndWhatWasDecidedWithItsCause") {
    const Annotated f;
    f.tag();
    CHECK(cliDone({"adjudication", f.project}).out == "nothing was decided\n");
    f.decide();
    const json found = jsonOf({"adjudication", f.project, "--layers", "ann,bob"});
    CHECK(found.at("posts") == 2);
    CHECK(found.at("unanimous") == 0);
    CHECK(found.at("decided") == 1);
    REQUIRE(found.at("conflicts").size() == 2);
    const json& toronto = found.at("conflicts").at(0);
    CHECK(toronto.at("words") == "to Toronto");
    CHECK(toronto.at("said").at("ann") == json({{{"type", "LOC"}, {"first", 4}, {"last", 4}}}));
    CHECK(toronto.at("decided") == true);
    CHECK(toronto.at("decision") ==
          json({{"cause", "guideline-gap"}, {"note", "see \"4.2\", teams"}, {"guideline", true}}));
    CHECK(found.at("conflicts").at(1).at("decision").is_null());
    CHECK(found.at("conflicts").at(1).at("words") == "多伦多");
    const std::string csv = cliDone({"adjudication", f.project, "--layers", "ann,bob", "--csv"}).out;
    CHECK(csv ==
          "id,number,first,last,words,ann,bob,decided,cause,note,guideline\n"
          "1,1,4,5,to Toronto,LOC 5,ORG 4-5,yes,guideline-gap,\"see \"\"4.2\"\", teams\",yes\n"
          "2,2,1,3,多伦多,LOC 1-3,LOC 1-2,no,,,no\n");
}

TEST_CASE("Adjudication.DecisionsLeaveForTheGuideline") {
    const Annotated f;
    f.tag();
    f.decide();
    const json decisions = jsonOf({"adjudication", f.project, "--guideline"}).at("decisions");
    REQUIRE(decisions.size() == 1);
    CHECK(decisions.at(0).at("words") == "to Toronto");
    CHECK(decisions.at(0).at("entities") == json({{{"type", "ORG"}, {"first", 3}, {"last", 4}}}));
    CHECK(decisions.at(0).at("cause") == "guideline-gap");
    CHECK(cliDone({"adjudication", f.project}).out.find("Kevin Durant flies to Toronto") != std::string::npos);
    CHECK(jsonOf({"adjudication", f.project, "--layers", "ann,nobody"}, 1).at("error").at("code") == "layer-unknown");
    CHECK(jsonOf({"adjudication", f.project, "--layers", "ann"}, 1).at("error").at("code") == "option-invalid");
}

TEST_CASE("Agreement.LeavesAsCsvByLabelAndByPost") {
    const Annotated f;
    f.tag();
    const std::string labels = cliDone({"agreement", f.project, "--layers", "ann,bob", "--csv"}).out;
    const std::string head = "label,a,b,posts,same,F1,kappa,alpha,unitised alpha\n";
    REQUIRE(labels.substr(0, head.size()) == head);
    // ann has three entities where both speak, bob three; Durant is the same: 2 * 1 / (3 + 3).
    CHECK(labels.find("\nall,ann,bob,2,1,0.3333,") != std::string::npos);
    CHECK(labels.find("\nPER,ann,bob,2,1,1.0000,1.0000,,\n") != std::string::npos);
    CHECK(labels.find("\nLOC,ann,bob,2,0,0.0000,") != std::string::npos);
    CHECK(labels.find("\nORG,all,all,2,,0.0000,") != std::string::npos);
    const std::string posts = cliDone({"agreement", f.project, "--layers", "ann,bob", "--csv", "--table", "posts"}).out;
    REQUIRE(posts.substr(0, 19) == "id,layers,F1,alpha\n");
    const auto at = [&](const std::string& row) { return posts.find("\n" + row); };
    REQUIRE(at("2,2,0.0000,") != std::string::npos);
    REQUIRE(at("1,2,0.5000,") != std::string::npos);
    REQUIRE(at("3,1,-,-\n") != std::string::npos);  // ann alone
    CHECK(at("2,2,") < at("1,2,"));                 // the least agreed on first
    CHECK(at("1,2,") < at("3,1,"));
    CHECK(cli({"agreement", f.project, "--layers", "ann,bob", "--csv", "--table", "words"}).status == 2);
}
