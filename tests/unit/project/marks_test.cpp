#include <catch2/catch.hpp>

#include "core/project/find.h"
#include "core/store/connection.h"
#include "core/store/migrator.h"
#include "tests/support/project_fixture.h"

// Skipped posts, reviews and comments in whole projects: a new one, and one of the version before they came.

namespace {
using namespace mnerva;
using namespace mnerva::test;

/// A project as the version before made it: two posts, the second done and flagged by a step of its history.
void makeOld(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    store::Connection connection(folder / "project.mnerva", store::Access::Create);
    for (std::size_t step = 0; step < 9; ++step) connection.execute(std::string(store::embedded::steps().at(step).sql));
    connection.execute(
        "PRAGMA application_id = 1296978518; PRAGMA user_version = 9;"
        "INSERT INTO sources (file, sha256, imported_at) VALUES ('f', '', 0);"
        "INSERT INTO posts (source, split, status, flagged, join_rule, word_count, gold_entities, external_id, words, "
        "source_tags) VALUES "
        "(1, 'train', 'open', 0, 'space', 2, 0, 'a', CAST('New' || char(10) || 'York' AS BLOB), "
        "CAST('O' || char(10) || 'O' AS BLOB)),"
        "(1, 'train', 'done', 1, 'space', 1, 0, 'b', CAST('x' AS BLOB), CAST('O' AS BLOB));"
        "INSERT INTO journal (written_at, kind, action, change) VALUES (5, 'do', 'done', "
        "'{\"action\":\"done\",\"posts\":[{\"post\":2,\"corrected\":[false,false],"
        "\"status\":[\"open\",\"done-flagged\"]}]}')");
}

std::string found(const Project& project, const std::string& query) {
    std::string ids;
    for (const PostId post : find(project, query)) ids += project.view(post).post.externalId;
    return ids;
}

void checkAsItWas(const Project& project) {
    CHECK(stateAt(project, 0).status == PostStatus::Open);
    CHECK(stateAt(project, 1).status == PostStatus::DoneFlagged);
    CHECK(stateAt(project, 1).review == Review::None);
    CHECK(stateAt(project, 1).comments.empty());
    CHECK(found(project, "has:comment").empty());
    CHECK(found(project, "comment:x").empty());
    CHECK(found(project, "status:skipped").empty());
    CHECK(found(project, "review:none") == "ab");
    CHECK(found(project, "not review:returned status:done") == "b");
    CHECK(project.info().doneOfSplit.at(Split::Train) == 1);
    CHECK(project.info().skippedOfSplit.empty());
    CHECK(project.info().reviewOfSplit.empty());
    CHECK(checkProject(project).isEmpty());
}

/// Every kind of mark on both posts, taken back and done again, and open again afterwards.
void workWith(const ProjectFixture& f) {
    {
        const auto project = f.open();
        project->apply(changeOf(addComment(stateAt(*project, 0), {7, "anna", 1000, "Is that a place?"})));
        project->apply(changeOf(setStage(stateAt(*project, 0), PostStage::Skipped)));
        project->apply(changeOf(returnPost(stateAt(*project, 1), {8, "bert", 2000, "no entity?"})));
        project->apply(changeOf(editComment(stateAt(*project, 0), 7, "A place, surely")));
        CHECK(checkProject(*project).isEmpty());
    }
    const auto project = f.open();
    const auto marks = [&](std::size_t at) {
        const PostState state = stateAt(*project, at);
        std::string text = std::string(statusName(state.status)) + " " + std::string(reviewName(state.review));
        for (const Comment& c : state.comments) text += " " + std::to_string(c.id) + c.author + ":" + c.text;
        return text;
    };
    const bool wasDone = isDone(stateAt(*project, 1).status);
    CHECK(marks(0) == "skipped none 7anna:A place, surely");
    CHECK(marks(1) == std::string(wasDone ? "done-flagged" : "open") + " returned 8bert:no entity?");
    CHECK(found(*project, "comment:surely") == project->view(postAt(*project, 0)).post.externalId);
    CHECK(found(*project, "status:skipped has:comment review:none").size() == 1);
    CHECK(project->info().skippedOfSplit.at(Split::Train) == 1);
    CHECK(project->info().doneOfSplit[Split::Train] == (wasDone ? 1 : 0));
    CHECK(project->info().reviewOfSplit.at(Split::Train).at(Review::Returned) == 1);
    CHECK(project->summaries({}, 9).at(1).review == Review::Returned);
    CHECK(project->summaries({}, 9).at(1).comments == 1);
    for (int i = 0; i < 4; ++i) project->undo();
    CHECK(marks(0) == "open none");
    CHECK(marks(1) == std::string(wasDone ? "done-flagged" : "open") + " none");
    CHECK(found(*project, "has:comment").empty());
    for (int i = 0; i < 4; ++i) project->redo();
    CHECK(marks(0) == "skipped none 7anna:A place, surely");
    CHECK(checkProject(*project).isEmpty());
}

}  // namespace

TEST_CASE("Marks.OfANewProjectAreUndoneAndKept") {
    const ProjectFixture f;
    f.filled();
    CHECK(checkProject(*f.open()).isEmpty());
    workWith(f);
}

TEST_CASE("Marks.AProjectOfTheVersionBeforeIsReadAsItIsAndThenTakesThem") {
    const ProjectFixture f;
    makeOld(f.projectFolder);
    checkAsItWas(*f.open(OpenMode::ReadOnly));
    checkAsItWas(*f.open());
    workWith(f);
}

TEST_CASE("Marks.TwoCommentsOfOneIdAreAConflictAndNothingIsWritten") {
    const ProjectFixture f;
    const auto project = f.filled();
    project->apply(changeOf(addComment(stateAt(*project, 0), {7, "anna", 1, "one"})));
    const Change other = changeOf(addComment(stateAt(*project, 1), {7, "anna", 1, "one"}));
    CHECK(errorOf([&] { project->apply(other); }) == "conflicting-change");
    CHECK(stateAt(*project, 1).comments.empty());
    CHECK(checkProject(*project).isEmpty());
}
