#include <catch2/catch.hpp>
#include <limits>

#include "core/base/error.h"
#include "core/domain/change.h"
#include "core/domain/confidence.h"
#include "core/domain/entity.h"
#include "core/domain/finding.h"
#include "core/domain/label_set.h"
#include "core/domain/post.h"

using namespace mnerva;

namespace {

using Words = std::vector<std::string>;

Entity entity(const char* type, int first, int last) {
    return {type, first, last, {}};
}

PostState stateWith(std::vector<Entity> entities, std::vector<Entity> suggestions = {}) {
    PostState state;
    state.post = PostId{7};
    state.wordCount = 6;
    state.entities = std::move(entities);
    state.suggestions = std::move(suggestions);
    return state;
}

PostChange changeOf(std::vector<Entity> removed, std::vector<Entity> added) {
    PostChange change;
    change.post = PostId{7};
    change.removed = std::move(removed);
    change.added = std::move(added);
    return change;
}

bool conflicts(const PostState& state, const PostChange& change) {
    try {
        applied(state, change);
    } catch (const Error& error) {
        return error.code() == ErrorCode::ConflictingChange && error.args().at(0) == "7";
    }
    return false;
}

}  // namespace

TEST_CASE("Comment.IsKeptWithATextAndAnAuthorOfOneLine") {
    const Comment good{7, "anna", 1000, "见图\nsecond line"};
    CHECK(canBe(good));
    const auto with = [&](auto change) {
        Comment comment = good;
        change(comment);
        return canBe(comment);
    };
    CHECK_FALSE(with([](Comment& c) { c.id = 0; }));
    CHECK_FALSE(with([](Comment& c) { c.author.clear(); }));
    CHECK_FALSE(with([](Comment& c) { c.author = "a\nb"; }));
    CHECK_FALSE(with([](Comment& c) { c.text = " \n\t"; }));
    CHECK_FALSE(with([](Comment& c) { c.text = "\xff"; }));
    CHECK_FALSE(with([](Comment& c) { c.text = std::string("a\0b", 3); }));
    CHECK_FALSE(with([](Comment& c) { c.text.assign(kLongestComment + 1, 'x'); }));
    CHECK(with([](Comment& c) { c.text.assign(kLongestComment, 'x'); }));
    CHECK(commentText(" \r\n a\r\nb\rc\x01 \n") == "a\nb\nc");
    CHECK(commentText(" \n ").empty());
    CHECK(newCommentId() != newCommentId());
    CHECK(newCommentId() > 0);
}
TEST_CASE("Change.CommentsAndReviewGoAndComeBackWithTheirIds") {
    PostState state = stateWith({entity("PER", 0, 1)});
    state.review = Review::ToReview;
    state.comments = {{5, "anna", 20, "old"}, {3, "bert", 30, "stays"}};
    PostChange part = unchangedPart(state);
    part.reviewAfter = Review::Returned;
    part.commentsRemoved = {state.comments[0]};
    part.commentsAdded = {{5, "anna", 20, "new"}, {9, "anna", 10, "first"}};
    const PostState after = applied(state, part);
    CHECK(after.review == Review::Returned);
    CHECK(after.comments ==
          std::vector<Comment>{{9, "anna", 10, "first"}, {5, "anna", 20, "new"}, {3, "bert", 30, "stays"}});
    CHECK(after.entities == state.entities);
    const PostState back = applied(after, inverseOf({"comment", {part}}).posts[0]);
    CHECK(back.comments == state.comments);
    CHECK(back.review == state.review);
    part.commentsRemoved = {{5, "anna", 20, "another text"}};
    CHECK(conflicts(state, part));
    part.commentsRemoved.clear();
    CHECK(conflicts(state, part));  // there is one of that id
    part.commentsAdded = {{0, "anna", 20, "no id"}};
    CHECK(conflicts(state, part));
}
TEST_CASE("Confidence.IsCutToTwoDigitsEverywhereAlike") {
    CHECK(confidenceDigits(0.29) == "0.29");
    CHECK(confidenceDigits(static_cast<double>(0.29F)) == "0.29");
    CHECK(confidenceDigits(0.599) == "0.59");
    CHECK(confidenceDigits(0.995) == "0.99");
    CHECK(confidenceDigits(0.99999999) == "0.99");
    CHECK(confidenceDigits(1) == "1.00");
    CHECK(confidenceDigits(0.05) == "0.05");
    CHECK(confidenceDigits(0) == "0.00");
    CHECK(confidenceDigits(-1) == "0.00");
    CHECK(confidenceDigits(std::numeric_limits<double>::quiet_NaN()) == "0.00");
    CHECK(shortConfidence(0.971) == ".97");
    CHECK(shortConfidence(1) == "1.0");
}
TEST_CASE("Status.StageAndFlagAreTwoThings") {
    for (const PostStage stage : {PostStage::Open, PostStage::Done, PostStage::Skipped})
        for (const bool flagged : {false, true}) {
            const PostStatus status = postStatus(stage, flagged);
            CHECK(stageOf(status) == stage);
            CHECK(isFlagged(status) == flagged);
            CHECK(isDone(status) == (stage == PostStage::Done));
            CHECK(statusFromName(statusName(status)) == status);
        }
    for (const Review review : {Review::None, Review::ToReview, Review::Accepted, Review::Returned})
        CHECK(reviewFromName(reviewName(review)) == review);
}

TEST_CASE("Entities.OtherReadsAsMisc") {
    CHECK(entitiesFromTags({"B-OTHER", "I-OTHER"}) == std::vector<Entity>{entity("MISC", 0, 1)});
}
TEST_CASE("Entities.OrphanInsideIsAnEntity") {
    CHECK(entitiesFromTags({"O", "I-PER"}) == std::vector<Entity>{entity("PER", 1, 1)});
}
TEST_CASE("Entities.SpecialTagsMakeNone") {
    CHECK(entitiesFromTags({"X", "B-LOC", "[SEP]", "PAD", "[CLS]"}) == std::vector<Entity>{entity("LOC", 1, 1)});
}
TEST_CASE("Entities.AreDisjointEvenWhereTheRuleIsNot") {
    const auto entities = entitiesFromTags({"B-PER", "E-PER", "M-PER", "O"});
    REQUIRE(entities.size() == 2);
    CHECK(entities[0].last < entities[1].first);
}
TEST_CASE("Entities.OfEveryTagSequenceAreDisjointAndInside") {
    const Words tags{"O", "B-A", "I-A", "M-A", "E-A", "S-A", "I-B", "X"};
    for (int code = 0; code < 8 * 8 * 8 * 8; ++code) {
        Words post;
        for (int i = 0, rest = code; i < 4; ++i, rest /= 8) post.push_back(tags[static_cast<std::size_t>(rest % 8)]);
        int free = 0;
        for (const Entity& e : entitiesFromTags(post)) {
            REQUIRE(e.first >= free);
            REQUIRE(e.last >= e.first);
            REQUIRE(e.last < 4);
            free = e.last + 1;
        }
    }
}
TEST_CASE("Entities.GoBothWaysThroughTags") {
    const std::vector<Entity> entities{entity("PER", 0, 1), entity("PER", 2, 2), entity("LOC", 4, 5)};
    for (const auto scheme : {text::TagScheme::Bio, text::TagScheme::Bmes, text::TagScheme::Bioes})
        CHECK(entitiesFromTags(tagsFromEntities(entities, 6, scheme)) == entities);
}
TEST_CASE("Entities.SortByPlace") {
    std::vector<Entity> entities{entity("B", 3, 3), entity("A", 0, 2), entity("A", 0, 1)};
    sortEntities(entities);
    CHECK(entities == std::vector<Entity>{entity("A", 0, 1), entity("A", 0, 2), entity("B", 3, 3)});
}
TEST_CASE("Entity.ConfidenceIsNoPartOfIdentity") {
    Entity sure = entity("PER", 0, 0);
    sure.confidence = .5;
    CHECK(sure == entity("PER", 0, 0));
}
TEST_CASE("Entity.OverlapCountsBothEnds") {
    CHECK(entity("PER", 1, 2).overlaps(2, 3));
    CHECK_FALSE(entity("PER", 1, 2).overlaps(3, 3));
}

TEST_CASE("Labels.AddKeepsOrderAndRefusesRepeats") {
    LabelSet labels;
    CHECK(labels.add("PER"));
    CHECK(labels.add("LOC"));
    CHECK_FALSE(labels.add("PER"));
    CHECK(labels.indexOf("LOC") == 1);
    CHECK_FALSE(labels.indexOf("GPE"));
}
TEST_CASE("Labels.WordTagsBeginWithO") {
    CHECK(LabelSet{{"PER", "LOC"}, text::TagScheme::Bio}.wordTags() == Words{"O", "B-PER", "I-PER", "B-LOC", "I-LOC"});
    CHECK(LabelSet{{"GPE"}, text::TagScheme::Bmes}.wordTags() == Words{"O", "B-GPE", "M-GPE", "E-GPE", "S-GPE"});
}

TEST_CASE("Post.TextJoinsByTheRule") {
    Post post;
    post.words = {"a", "b"};
    CHECK(textOf(post) == "a b");
    post.join = JoinRule::Nothing;
    CHECK(textOf(post) == "ab");
}
TEST_CASE("Post.TagsMustFitTheWords") {
    Post post;
    post.words = {"a", "b"};
    CHECK_NOTHROW(checkPost(post));
    post.sourceTags = {"O"};
    CHECK_THROWS_AS(checkPost(post), Error);
}
TEST_CASE("Post.WordsHoldNoLineFeed") {
    Post post;
    post.words = {"a\nb"};
    CHECK_THROWS_AS(checkPost(post), Error);
}
TEST_CASE("JoinRule.ChineseCharactersJoinWithNothing") {
    CHECK(guessJoinRule({"\u591a", "\u4f26", "2", "\uff0c"}) == JoinRule::Nothing);
    CHECK(guessJoinRule({"\u591a\u4f26\u591a", "in"}) == JoinRule::Space);
    CHECK(guessJoinRule({"I", "am"}) == JoinRule::Space);
    CHECK(guessJoinRule({"I", "!"}) == JoinRule::Space);
    CHECK(guessJoinRule({}) == JoinRule::Space);
}
TEST_CASE("Names.SplitAndStatusGoBothWays") {
    for (const Split split : {Split::Train, Split::Valid, Split::Test, Split::None})
        CHECK(splitFromName(splitName(split)) == split);
    for (const PostStatus status : {PostStatus::Open, PostStatus::Done, PostStatus::Flagged, PostStatus::DoneFlagged})
        CHECK(statusFromName(statusName(status)) == status);
    CHECK_FALSE(splitFromName("dev"));
    CHECK_FALSE(statusFromName(""));
}

TEST_CASE("Findings.CountAllKeepSome") {
    Findings findings;
    for (int i = 0; i < Findings::kKept + 5; ++i) findings.add({"crlf", "f", i, "x"});
    CHECK(findings.count("crlf") == Findings::kKept + 5);
    CHECK(findings.list().size() == static_cast<std::size_t>(Findings::kKept));
    CHECK(findings.count("bom") == 0);
}
TEST_CASE("Findings.AppendKeepsCountsAndTheLimit") {
    Findings one, two;
    for (int i = 0; i < 700; ++i) {
        one.add({"crlf", "f", i, ""});
        two.add({"crlf", "g", i, ""});
    }
    two.add({"bom", "g", 1, ""});
    one.append(two);
    CHECK(one.count("crlf") == 1400);
    CHECK(one.count("bom") == 1);
    CHECK(one.list().size() == static_cast<std::size_t>(Findings::kKept) + 1);
}
TEST_CASE("Findings.TextIsCutAtCodePoints") {
    Findings findings;
    std::string text;
    for (int i = 0; i < 300; ++i) text += "\u4e2d";
    findings.add({"x", "f", 1, text});
    CHECK(findings.list()[0].text.size() == 600 + std::string("…").size());
}
TEST_CASE("Findings.EmptyUntilTheFirst") {
    Findings findings;
    CHECK(findings.isEmpty());
    findings.add({"x", "f", 1, ""});
    CHECK_FALSE(findings.isEmpty());
}

TEST_CASE("Change.AppliesRemovedThenAdded") {
    const PostState after =
        applied(stateWith({entity("PER", 0, 1)}), changeOf({entity("PER", 0, 1)}, {entity("LOC", 0, 2)}));
    CHECK(after.entities == std::vector<Entity>{entity("LOC", 0, 2)});
    CHECK(after.corrected);
}
TEST_CASE("Change.KeepsEntitiesSorted") {
    const PostState after = applied(stateWith({entity("PER", 3, 3)}), changeOf({}, {entity("LOC", 0, 0)}));
    CHECK(after.entities == std::vector<Entity>{entity("LOC", 0, 0), entity("PER", 3, 3)});
}
TEST_CASE("Change.MissingEntityIsAConflict") {
    CHECK(conflicts(stateWith({}), changeOf({entity("PER", 0, 0)}, {})));
}
TEST_CASE("Change.OverlapIsAConflict") {
    CHECK(conflicts(stateWith({entity("PER", 0, 1)}), changeOf({}, {entity("LOC", 1, 2)})));
}
TEST_CASE("Change.OutsideThePostIsAConflict") {
    CHECK(conflicts(stateWith({}), changeOf({}, {entity("LOC", 5, 6)})));
    CHECK(conflicts(stateWith({}), changeOf({}, {entity("LOC", -1, 0)})));
    CHECK(conflicts(stateWith({}), changeOf({}, {entity("LOC", 3, 2)})));
}
TEST_CASE("Change.InverseTakesItBack") {
    const PostState before = stateWith({entity("PER", 0, 1), entity("ORG", 4, 4)});
    Change change;
    change.action = "relabel";
    change.posts.push_back(changeOf({entity("PER", 0, 1)}, {entity("LOC", 0, 1)}));
    change.posts[0].statusAfter = PostStatus::Done;
    const PostState back = applied(applied(before, change.posts[0]), inverseOf(change).posts[0]);
    CHECK(back.entities == before.entities);
    CHECK(back.status == before.status);
    CHECK(back.corrected == before.corrected);
}
TEST_CASE("Change.InverseOfInverseIsTheChange") {
    Change change;
    change.posts.push_back(changeOf({entity("PER", 0, 1)}, {entity("LOC", 0, 1)}));
    change.posts.push_back(changeOf({}, {entity("LOC", 3, 3)}));
    const Change twice = inverseOf(inverseOf(change));
    CHECK(twice.posts[0].added == change.posts[0].added);
    CHECK(twice.posts[1].added == change.posts[1].added);
}
TEST_CASE("Change.InverseGoesThroughThePostsBackwards") {
    Change change;
    change.posts.push_back(changeOf({}, {entity("A", 0, 0)}));
    change.posts.push_back(changeOf({}, {entity("B", 1, 1)}));
    CHECK(inverseOf(change).posts[0].removed[0].type == "B");
}
TEST_CASE("Change.AcceptedSuggestionIsNoSuggestionAnyMore") {
    const PostState after = applied(stateWith({}, {entity("PER", 0, 0)}), changeOf({}, {entity("PER", 0, 0)}));
    CHECK(after.suggestions.empty());
}
TEST_CASE("Change.RejectionHidesAndItsInverseShows") {
    Change change;
    change.posts.push_back(changeOf({}, {}));
    change.posts[0].rejectionsAdded = {entity("PER", 0, 0)};
    const PostState hidden = applied(stateWith({}, {entity("PER", 0, 0)}), change.posts[0]);
    CHECK(hidden.suggestions.empty());
    CHECK(applied(hidden, inverseOf(change).posts[0]).suggestions.size() == 1);
}
