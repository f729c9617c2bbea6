#include <catch2/catch.hpp>

#include "tests/support/project_fixture.h"

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;
}  // namespace

TEST_CASE("Undo.AFreshProjectHasNothingToUndo") {
    const ProjectFixture f;
    const auto project = f.filled();
    CHECK_FALSE(project->canUndo());
    CHECK_FALSE(project->canRedo());
    CHECK(errorOf([&] { project->undo(); }) == "nothing-to-undo");
    CHECK(errorOf([&] { project->redo(); }) == "nothing-to-redo");
}

TEST_CASE("Undo.TakesTheLastActionsBackAcrossPosts") {
    const ProjectFixture f;
    const auto project = f.filled();
    const PostState first = stateAt(*project, 0), second = stateAt(*project, 1);
    label(*project, 0, 2, 2, "MISC");
    label(*project, 1, 3, 3, "PER");
    CHECK(project->undo().applied.posts.at(0).post == second.post);
    CHECK(stateAt(*project, 1).entities == second.entities);
    CHECK(project->undo().applied.posts.at(0).post == first.post);
    CHECK(stateAt(*project, 0).entities == first.entities);
    CHECK_FALSE(stateAt(*project, 0).corrected);
}

TEST_CASE("Undo.RedoDoesItAgain") {
    const ProjectFixture f;
    const auto project = f.filled();
    label(*project, 0, 2, 2, "MISC");
    const PostState edited = stateAt(*project, 0);
    project->undo();
    CHECK(project->redo().applied.posts.at(0).added.size() == 1);
    CHECK(stateAt(*project, 0).entities == edited.entities);
    CHECK(project->canUndo());
    CHECK_FALSE(project->canRedo());
}

TEST_CASE("Undo.ANewActionForgetsWhatCouldBeRedone") {
    const ProjectFixture f;
    const auto project = f.filled();
    label(*project, 0, 2, 2, "MISC");
    project->undo();
    label(*project, 0, 3, 3, "ORG");
    CHECK_FALSE(project->canRedo());
    CHECK(errorOf([&] { project->redo(); }) == "nothing-to-redo");
}

TEST_CASE("Undo.SurvivesClosingAndOpening") {
    const ProjectFixture f;
    f.filled();
    label(*f.open(), 0, 2, 2, "MISC");
    label(*f.open(), 1, 3, 3, "PER");
    f.open()->undo();
    const auto project = f.open();
    CHECK(project->canRedo());
    CHECK(stateAt(*project, 0).entities.size() == 3);
    project->undo();
    CHECK(stateAt(*project, 0).entities.size() == 2);
    project->redo();
    project->redo();
    CHECK(stateAt(*project, 1).entities.size() == 3);
    CHECK_FALSE(project->canRedo());
}

TEST_CASE("Undo.GoesThroughStatusAcceptRejectAndRevert") {
    const ProjectFixture f;
    const auto project = f.filled();
    const PostId post = postAt(*project, 0);
    project->storePredictions("run", {{post, {{"ORG", 1, 2, 0.5}, {"MISC", 3, 3, 0.4}}}});
    const PostState start = project->view(post, "run").state;
    project->apply(changeOf(acceptSuggestion(start, start.suggestions.at(0))));
    PostState state = project->view(post, "run").state;
    project->apply(changeOf(rejectSuggestion(state, state.suggestions.at(0))));
    project->apply(changeOf(setStatus(project->view(post).state, PostStatus::Flagged)));
    project->apply(changeOf(revertToGold(project->view(post).state, project->view(post).gold)));
    CHECK_FALSE(project->view(post).state.corrected);
    for (int i = 0; i < 4; ++i) project->undo();
    state = project->view(post, "run").state;
    CHECK(state.entities == start.entities);
    CHECK(state.suggestions == start.suggestions);
    CHECK(state.status == PostStatus::Open);
    for (int i = 0; i < 4; ++i) project->redo();
    CHECK(project->view(post).state.status == PostStatus::Flagged);
    CHECK(checkProject(*project).isEmpty());
}

TEST_CASE("Undo.AChangeOfManyPostsIsOneStep") {
    const ProjectFixture f;
    const auto project = f.filled();
    Change change = changeOf(labelSpan(stateAt(*project, 0), 2, 2, "MISC"));
    change.posts.push_back(changeOf(labelSpan(stateAt(*project, 1), 3, 3, "PER")).posts.at(0));
    project->apply(change);
    project->undo();
    CHECK(stateAt(*project, 0).entities.size() == 2);
    CHECK(stateAt(*project, 1).entities.size() == 2);
    CHECK_FALSE(project->canUndo());
}

TEST_CASE("Apply.AnEmptyChangeWritesNothing") {
    const ProjectFixture f;
    const auto project = f.filled();
    CHECK_FALSE(project->apply({"resize", {}}).journal.isValid());
    CHECK_FALSE(project->canUndo());
}

TEST_CASE("Apply.AChangeMadeFromAnOldStateIsRefusedWhole") {
    const ProjectFixture f;
    const auto project = f.filled();
    const PostState old = stateAt(*project, 0);
    Change change = changeOf(labelSpan(stateAt(*project, 1), 3, 3, "PER"));
    change.posts.push_back(changeOf(labelSpan(old, 2, 2, "MISC")).posts.at(0));
    label(*project, 0, 2, 2, "ORG");
    CHECK(errorOf([&] { project->apply(change); }) == "conflicting-change");
    CHECK(stateAt(*project, 1).entities.size() == 2);
    CHECK(checkProject(*project).isEmpty());
}

TEST_CASE("Apply.EntitiesThatOverlapOrLeaveThePostAreRefused") {
    const ProjectFixture f;
    const auto project = f.filled();
    Change change = changeOf(labelSpan(stateAt(*project, 0), 2, 2, "MISC"));
    change.posts[0].added[0] = {"MISC", 1, 2, {}};
    CHECK(errorOf([&] { project->apply(change); }) == "conflicting-change");
    change.posts[0].added[0] = {"MISC", 5, 5, {}};
    CHECK(errorOf([&] { project->apply(change); }) == "conflicting-change");
}

TEST_CASE("Apply.AConflictNamesThePostAsItsFileDoes") {
    const ProjectFixture f;
    const auto project = f.filled("IMGID:16_05_23_627\nA\tB-PER\nB\tO\n\n");
    const Change old = changeOf(labelSpan(stateAt(*project, 0), 1, 1, "PER"));
    label(*project, 0, 1, 1, "PER");
    try {
        project->apply(old);
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.args().at(0) == "16_05_23_627");
    }
}

TEST_CASE("Apply.TheCorrectedLayerStartsFromGold") {
    const ProjectFixture f;
    const auto project = f.filled();
    label(*project, 1, 3, 3, "PER");
    CHECK(stateAt(*project, 1).entities ==
          std::vector<Entity>{{"ORG", 0, 2, {}}, {"PER", 3, 3, {}}, {"MISC", 4, 4, {}}});
    const auto layers = project->layers();
    CHECK(layers[1].posts == 1);
    CHECK(layers[1].entities == 3);
}

TEST_CASE("Apply.EachWriteGetsARowOfTheJournalInOrder") {
    const ProjectFixture f;
    const auto project = f.filled();
    const Saved first = label(*project, 0, 2, 2, "MISC");
    const Saved second = project->undo().saved;
    CHECK(first.journal.isValid());
    CHECK(second.journal > first.journal);
    CHECK(second.at >= first.at);
}
