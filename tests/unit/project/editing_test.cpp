#include "core/project/editing.h"

#include <catch2/catch.hpp>

#include "core/project/project.h"

namespace {
using namespace mnerva;
using namespace mnerva::project;

PostState stateWith(std::vector<Entity> entities, std::vector<Entity> suggestions = {}) {
    PostState state;
    state.post = PostId{1};
    state.wordCount = 8;
    state.entities = std::move(entities);
    state.suggestions = std::move(suggestions);
    return state;
}

PostState after(const PostState& state, const Edit& edit) {
    REQUIRE(std::holds_alternative<Change>(edit));
    return applied(state, std::get<Change>(edit).posts.at(0));
}

std::string refusalOf(const Edit& edit) {
    REQUIRE(std::holds_alternative<Refusal>(edit));
    return std::get<Refusal>(edit).code;
}
}  // namespace

TEST_CASE("labelSpan.CreatesAnEntityOnFreeWords") {
    const PostState state = stateWith({});
    CHECK(after(state, labelSpan(state, 2, 4, "ORG")).entities == std::vector<Entity>{{"ORG", 2, 4, {}}});
}

TEST_CASE("labelSpan.MarksThePostAsCorrected") {
    const PostState state = stateWith({});
    CHECK(after(state, labelSpan(state, 0, 0, "PER")).corrected);
}

TEST_CASE("labelSpan.TheSameDigitAgainTakesTheLabelOff") {
    const PostState state = stateWith({{"PER", 1, 2, {}}});
    CHECK(after(state, labelSpan(state, 1, 2, "PER")).entities.empty());
}

TEST_CASE("labelSpan.AnotherDigitChangesTheLabelAndKeepsTheEnds") {
    const PostState state = stateWith({{"PER", 1, 2, {}}});
    CHECK(after(state, labelSpan(state, 1, 2, "LOC")).entities == std::vector<Entity>{{"LOC", 1, 2, {}}});
}

TEST_CASE("labelSpan.TheCaretSpeaksForTheWholeEntityAroundIt") {
    const PostState state = stateWith({{"PER", 1, 3, {}}});
    CHECK(after(state, labelSpan(state, 2, 2, "ORG")).entities == std::vector<Entity>{{"ORG", 1, 3, {}}});
}

TEST_CASE("labelSpan.TheSameLabelOverAnEntityExtendsIt") {
    const PostState state = stateWith({{"PER", 1, 2, {}}, {"PER", 4, 4, {}}, {"ORG", 6, 6, {}}});
    CHECK(after(state, labelSpan(state, 2, 3, "PER")).entities ==
          std::vector<Entity>{{"PER", 1, 3, {}}, {"PER", 4, 4, {}}, {"ORG", 6, 6, {}}});
    CHECK(after(state, labelSpan(state, 0, 4, "PER")).entities ==
          std::vector<Entity>{{"PER", 0, 4, {}}, {"ORG", 6, 6, {}}});
    CHECK(refusalOf(labelSpan(state, 2, 6, "PER")) == "overlap");
    const PostState three = stateWith({{"PER", 1, 4, {}}});
    CHECK(refusalOf(labelSpan(three, 2, 3, "PER")) == "overlap");
}

TEST_CASE("labelSpan.RefusesToCrossAnEntityAndNamesIt") {
    const PostState state = stateWith({{"ORG", 2, 3, {}}});
    const Edit edit = labelSpan(state, 1, 2, "PER");
    CHECK(refusalOf(edit) == "overlap");
    CHECK(std::get<Refusal>(edit).in_the_way == Entity{"ORG", 2, 3, {}});
}

TEST_CASE("labelSpan.RefusesASelectionInsideALongerEntity") {
    const PostState state = stateWith({{"ORG", 1, 5, {}}});
    CHECK(refusalOf(labelSpan(state, 2, 3, "ORG")) == "overlap");
}

TEST_CASE("labelSpan.RefusesWordsThatAreNotThere") {
    const PostState state = stateWith({});
    CHECK(refusalOf(labelSpan(state, -1, 0, "PER")) == "outside");
    CHECK(refusalOf(labelSpan(state, 7, 8, "PER")) == "outside");
    CHECK(refusalOf(labelSpan(state, 3, 2, "PER")) == "outside");
}

TEST_CASE("removeEntity.TakesItOut") {
    const PostState state = stateWith({{"PER", 0, 0, {}}, {"LOC", 3, 4, {}}});
    CHECK(after(state, removeEntity(state, {"PER", 0, 0, {}})).entities == std::vector<Entity>{{"LOC", 3, 4, {}}});
}

TEST_CASE("removeEntity.SaysWhenNothingIsThere") {
    CHECK(refusalOf(removeEntity(stateWith({}), {"PER", 0, 0, {}})) == "nothing-here");
}

TEST_CASE("resizeEntity.MovesAnEdgeAndKeepsTheLabel") {
    const PostState state = stateWith({{"ORG", 2, 3, {}}});
    CHECK(after(state, resizeEntity(state, {"ORG", 2, 3, {}}, 2, 5)).entities ==
          std::vector<Entity>{{"ORG", 2, 5, {}}});
}

TEST_CASE("resizeEntity.StopsAtANeighbourAndAtTheEnds") {
    const PostState state = stateWith({{"ORG", 2, 3, {}}, {"PER", 4, 4, {}}});
    const Edit blocked = resizeEntity(state, {"ORG", 2, 3, {}}, 2, 4);
    CHECK(refusalOf(blocked) == "overlap");
    CHECK(std::get<Refusal>(blocked).in_the_way == Entity{"PER", 4, 4, {}});
    CHECK(refusalOf(resizeEntity(state, {"PER", 4, 4, {}}, 4, 8)) == "outside");
    CHECK(refusalOf(resizeEntity(state, {"PER", 4, 4, {}}, 5, 4)) == "outside");
}

TEST_CASE("resizeEntity.TheSameEndsAreNoChange") {
    const PostState state = stateWith({{"ORG", 2, 3, {}}});
    CHECK(std::get<Change>(resizeEntity(state, {"ORG", 2, 3, {}}, 2, 3)).isEmpty());
}

TEST_CASE("acceptSuggestion.ReplacesWhatItOverlaps") {
    const PostState state = stateWith({{"PER", 0, 1, {}}, {"LOC", 2, 2, {}}, {"ORG", 5, 5, {}}}, {{"ORG", 1, 3, 0.9}});
    const PostState done = after(state, acceptSuggestion(state, {"ORG", 1, 3, {}}));
    CHECK(done.entities == std::vector<Entity>{{"ORG", 1, 3, {}}, {"ORG", 5, 5, {}}});
    CHECK(done.suggestions.empty());
}

TEST_CASE("acceptAndFinish.TakesAllThatWaitAndMarksThePostDone") {
    PostState state = stateWith({{"LOC", 6, 6, {}}});
    state.status = PostStatus::Flagged;
    state.suggestions = {{"PER", 0, 1, 0.9}, {"ORG", 2, 3, 0.75}};
    const PostState done = after(state, acceptAndFinish(state, state.suggestions));
    REQUIRE(done.entities.size() == 3);
    CHECK(done.entities[1].sameAs({"ORG", 2, 3, {}}));
    CHECK(done.entities[1].confidence == 0.75);
    CHECK(done.status == PostStatus::DoneFlagged);
    CHECK(after(state, acceptAndFinish(state, {})).status == PostStatus::DoneFlagged);
}

TEST_CASE("acceptAndFinish.WhatOverlapsIsDecidedFirst") {
    PostState state = stateWith({{"LOC", 1, 1, {}}});
    state.suggestions = {{"PER", 0, 1, 0.9}};
    CHECK(refusalOf(acceptAndFinish(state, state.suggestions)) == "overlap");
    state = stateWith({});
    state.suggestions = {{"PER", 0, 1, 0.9}, {"ORG", 1, 3, 0.75}};
    CHECK(refusalOf(acceptAndFinish(state, state.suggestions)) == "overlap");
    CHECK(refusalOf(acceptAndFinish(state, {{"PER", 5, 5, {}}})) == "nothing-here");
}

TEST_CASE("acceptSuggestion.KeepsItsConfidence") {
    const PostState state = stateWith({}, {{"ORG", 1, 3, 0.75}});
    CHECK(after(state, acceptSuggestion(state, {"ORG", 1, 3, {}})).entities.at(0).confidence == 0.75);
}

TEST_CASE("rejectSuggestion.LeavesTheEntitiesUntouched") {
    const PostState state = stateWith({{"PER", 0, 0, {}}}, {{"ORG", 1, 3, 0.9}});
    const PostState done = after(state, rejectSuggestion(state, {"ORG", 1, 3, {}}));
    CHECK(done.entities == state.entities);
    CHECK(done.suggestions.empty());
    CHECK_FALSE(done.corrected);
}

TEST_CASE("rejectSuggestion.SaysWhenThereIsNone") {
    CHECK(refusalOf(rejectSuggestion(stateWith({}), {"PER", 0, 0, {}})) == "nothing-here");
    CHECK(refusalOf(acceptSuggestion(stateWith({}), {"PER", 0, 0, {}})) == "nothing-here");
}

TEST_CASE("setStatus.ChangesOnlyTheStatus") {
    const PostState state = stateWith({{"PER", 0, 0, {}}});
    const PostState done = after(state, setStatus(state, PostStatus::Done));
    CHECK(done.status == PostStatus::Done);
    CHECK_FALSE(done.corrected);
    CHECK(std::get<Change>(setStatus(state, PostStatus::Done)).action == "done");
}

TEST_CASE("setStatus.TheSameStatusIsNoChange") {
    CHECK(std::get<Change>(setStatus(stateWith({}), PostStatus::Open)).isEmpty());
}

TEST_CASE("Editing.DoneAndFlaggedAreTwoStates") {
    PostState state = stateWith({});
    state = after(state, setFlagged(state, true));
    CHECK(state.status == PostStatus::Flagged);
    CHECK(std::get<Change>(setDone(state, true)).action == "done");
    state = after(state, setDone(state, true));
    CHECK(state.status == PostStatus::DoneFlagged);
    CHECK(std::get<Change>(setFlagged(state, false)).action == "status");
    CHECK(after(state, setFlagged(state, false)).status == PostStatus::Done);
    CHECK(after(state, setDone(state, false)).status == PostStatus::Flagged);
    CHECK(std::get<Change>(setFlagged(state, true)).isEmpty());
}

TEST_CASE("Editing.ASkippedPostIsNotDoneAndKeepsItsFlag") {
    PostState state = stateWith({{"PER", 0, 0, {}}});
    state = after(state, setFlagged(state, true));
    CHECK(std::get<Change>(setStage(state, PostStage::Skipped)).action == "skip");
    state = after(state, setStage(state, PostStage::Skipped));
    CHECK(state.status == PostStatus::SkippedFlagged);
    CHECK_FALSE(isDone(state.status));
    CHECK(after(state, setFlagged(state, false)).status == PostStatus::Skipped);
    CHECK(after(state, setDone(state, true)).status == PostStatus::DoneFlagged);
    CHECK(after(state, setStage(state, PostStage::Open)).status == PostStatus::Flagged);
}

TEST_CASE("Editing.AReviewStandsBesideTheStatusAndSurvivesEveryOtherEdit") {
    PostState state = stateWith({{"PER", 0, 0, {}}}, {{"LOC", 1, 2, 0.5}});
    state = after(state, setReview(state, Review::ToReview));
    CHECK(state.status == PostStatus::Open);
    CHECK_FALSE(state.corrected);
    CHECK(std::get<Change>(setReview(state, Review::ToReview)).isEmpty());
    for (const Edit& edit :
         {labelSpan(state, 3, 3, "LOC"), removeEntity(state, state.entities[0]), setDone(state, true),
          rejectSuggestion(state, state.suggestions[0]), dismissDoubt(state, {"no-entity", 4, 4, ""}, {})})
        CHECK(after(state, edit).review == Review::ToReview);
    const PostState returned = after(state, returnPost(state, {3, "anna", 1, "why"}));
    CHECK(returned.review == Review::Returned);
    CHECK(returned.comments == std::vector<Comment>{{3, "anna", 1, "why"}});
    CHECK(refusalOf(returnPost(state, {3, "anna", 1, " "})) == "no-text");
}

TEST_CASE("Editing.CommentsAreAddedEditedAndDeletedByTheirIds") {
    PostState state = stateWith({{"PER", 0, 0, {}}});
    state = after(state, addComment(state, {3, "anna", 1, "one"}));
    state = after(state, addComment(state, {2, "bert", 2, "two"}));
    CHECK_FALSE(state.corrected);
    CHECK(std::get<Change>(editComment(state, 3, "one")).isEmpty());
    state = after(state, editComment(state, 3, "changed"));
    CHECK(state.comments == std::vector<Comment>{{3, "anna", 1, "changed"}, {2, "bert", 2, "two"}});
    CHECK(refusalOf(editComment(state, 3, "\n")) == "no-text");
    CHECK(refusalOf(editComment(state, 7, "x")) == "nothing-here");
    CHECK(refusalOf(addComment(state, {9, "", 1, "x"})) == "no-text");
    state = after(state, removeComment(state, 3));
    CHECK(state.comments == std::vector<Comment>{{2, "bert", 2, "two"}});
    CHECK(refusalOf(removeComment(state, 3)) == "nothing-here");
}

TEST_CASE("adoptEntities.TakesThePlaceOfAllThatItOverlaps") {
    const PostState state = stateWith({{"PER", 0, 1, {}}, {"LOC", 3, 3, {}}, {"ORG", 6, 6, {}}});
    const PostState done = after(state, adoptEntities(state, 1, 1, {{"ORG", 1, 4, 0.7}}));
    CHECK(done.entities == std::vector<Entity>{{"ORG", 1, 4, {}}, {"ORG", 6, 6, {}}});
    CHECK_FALSE(done.entities[0].confidence);
    CHECK(done.corrected);
}

TEST_CASE("adoptEntities.WithoutAnEntityWhatStandsThereGoes") {
    const PostState state = stateWith({{"PER", 0, 1, {}}, {"LOC", 3, 3, {}}});
    CHECK(after(state, adoptEntities(state, 0, 2, {})).entities == std::vector<Entity>{{"LOC", 3, 3, {}}});
}

TEST_CASE("adoptEntities.WhatIsTheSameStaysAndIsNoStep") {
    const PostState state = stateWith({{"PER", 0, 1, {}}, {"LOC", 3, 3, {}}});
    CHECK(std::get<Change>(adoptEntities(state, 0, 0, {{"PER", 0, 1, 0.9}})).isEmpty());
    const Change change = std::get<Change>(adoptEntities(state, 0, 3, {{"PER", 0, 1, 0.9}}));
    CHECK(change.posts[0].removed == std::vector<Entity>{{"LOC", 3, 3, {}}});
    CHECK(change.posts[0].added.empty());
}

TEST_CASE("adoptEntities.NothingOnEitherSideAndWordsOutsideAreRefused") {
    const PostState state = stateWith({{"PER", 0, 1, {}}});
    CHECK(refusalOf(adoptEntities(state, 4, 5, {})) == "nothing-here");
    CHECK(refusalOf(adoptEntities(state, 0, 8, {})) == "outside");
    CHECK(refusalOf(adoptEntities(state, 0, 0, {{"PER", 0, 9, {}}})) == "outside");
}

TEST_CASE("revertToGold.BringsGoldBackAndTheMarkGoes") {
    PostState state = stateWith({{"ORG", 0, 1, {}}});
    state.corrected = true;
    const PostState done = after(state, revertToGold(state, {{"PER", 0, 0, {}}}));
    CHECK(done.entities == std::vector<Entity>{{"PER", 0, 0, {}}});
    CHECK_FALSE(done.corrected);
}

TEST_CASE("revertToGold.AnUntouchedPostHasNothingToRevert") {
    CHECK(refusalOf(revertToGold(stateWith({}), {})) == "nothing-here");
}

TEST_CASE("editing.TheInverseOfEachEditGivesTheOldStateBack") {
    PostState state = stateWith({{"PER", 0, 1, {}}, {"ORG", 4, 4, {}}}, {{"LOC", 1, 2, 0.5}});
    state.comments = {{4, "anna", 2, "there"}};
    const std::vector<Edit> edits{labelSpan(state, 2, 3, "LOC"),
                                  labelSpan(state, 4, 4, "PER"),
                                  removeEntity(state, state.entities[0]),
                                  resizeEntity(state, state.entities[1], 3, 5),
                                  acceptSuggestion(state, state.suggestions[0]),
                                  rejectSuggestion(state, state.suggestions[0]),
                                  adoptEntities(state, 1, 1, {{"LOC", 1, 2, 0.5}}),
                                  setStatus(state, PostStatus::Flagged),
                                  setReview(state, Review::Accepted),
                                  addComment(state, {9, "anna", 3, "x"}),
                                  editComment(state, 4, "other"),
                                  removeComment(state, 4),
                                  returnPost(state, {9, "anna", 3, "x"})};
    for (const Edit& edit : edits) {
        const Change change = std::get<Change>(edit);
        INFO(change.action);
        const PostState back = applied(applied(state, change.posts.at(0)), inverseOf(change).posts.at(0));
        CHECK(back.entities == state.entities);
        CHECK(back.status == state.status);
        CHECK(back.corrected == state.corrected);
        CHECK(back.review == state.review);
        CHECK(back.comments == state.comments);
    }
}
