#include "core/project/editing.h"

#include <algorithm>

namespace mnerva::project {
namespace {

/// A change of one post that touches its entities.
Change entityChange(const PostState& state, std::string action, std::vector<Entity> removed,
                    std::vector<Entity> added) {
    PostChange post = unchangedPart(state);
    post.removed = std::move(removed);
    post.added = std::move(added);
    post.correctedAfter = true;
    return {std::move(action), {std::move(post)}};
}

/// A change of one post that leaves its entities, and whether they were touched, as they are.
Change entitylessChange(const PostState& state, std::string action) {
    Change change = entityChange(state, std::move(action), {}, {});
    change.posts.front().correctedAfter = state.corrected;
    return change;
}

const Comment* commentOf(const PostState& state, std::int64_t id) {
    const auto found =
        std::find_if(state.comments.begin(), state.comments.end(), [&](const Comment& c) { return c.id == id; });
    return found == state.comments.end() ? nullptr : &*found;
}

bool isOutside(const PostState& state, int first, int last) {
    return first < 0 || last < first || last >= state.wordCount;
}

/// The first entity in the way of a range, other than `except`.
const Entity* inTheWay(const PostState& state, int first, int last, const Entity* except) {
    for (const Entity& entity : state.entities)
        if (entity.overlaps(first, last) && !(except && entity.sameAs(*except))) return &entity;
    return nullptr;
}

const Entity* same(const std::vector<Entity>& entities, const Entity& wanted) {
    const auto found =
        std::find_if(entities.begin(), entities.end(), [&](const Entity& e) { return e.sameAs(wanted); });
    return found == entities.end() ? nullptr : &*found;
}

/// A selection that reaches over entities of its own label makes one of them and itself.
Edit extended(const PostState& state, int first, int last, const std::string& type) {
    std::vector<Entity> covered;
    Entity whole{type, first, last, {}};
    for (const Entity& entity : state.entities) {
        if (!entity.overlaps(first, last)) continue;
        if (entity.type != type || (entity.first <= first && entity.last >= last)) return Refusal{"overlap", entity};
        whole.first = std::min(whole.first, entity.first);
        whole.last = std::max(whole.last, entity.last);
        covered.push_back(entity);
    }
    return entityChange(state, "resize", std::move(covered), {whole});
}

}  // namespace

Edit labelSpan(const PostState& state, int first, int last, const std::string& type) {
    if (isOutside(state, first, last)) return Refusal{"outside", {}};
    const Entity* other = inTheWay(state, first, last, nullptr);
    if (!other) return entityChange(state, "label", {}, {{type, first, last, {}}});
    // The caret (one word) speaks for the whole entity it stands in; a selection only for the entity with just its
    // ends.
    const bool means = first == last || (other->first == first && other->last == last);
    if (!means) return extended(state, first, last, type);
    if (other->type == type) return entityChange(state, "delete", {*other}, {});
    return entityChange(state, "relabel", {*other}, {{type, other->first, other->last, {}}});
}

Edit removeEntity(const PostState& state, const Entity& entity) {
    const Entity* found = same(state.entities, entity);
    if (!found) return Refusal{"nothing-here", {}};
    return entityChange(state, "delete", {*found}, {});
}

Edit resizeEntity(const PostState& state, const Entity& entity, int newFirst, int newLast) {
    const Entity* found = same(state.entities, entity);
    if (!found) return Refusal{"nothing-here", {}};
    if (isOutside(state, newFirst, newLast)) return Refusal{"outside", {}};
    if (const Entity* other = inTheWay(state, newFirst, newLast, found)) return Refusal{"overlap", *other};
    if (newFirst == found->first && newLast == found->last) return Change{"resize", {}};
    return entityChange(state, "resize", {*found}, {{found->type, newFirst, newLast, {}}});
}

Edit acceptSuggestion(const PostState& state, const Entity& suggestion) {
    const Entity* found = same(state.suggestions, suggestion);
    if (!found) return Refusal{"nothing-here", {}};
    if (isOutside(state, found->first, found->last)) return Refusal{"outside", {}};
    std::vector<Entity> replaced;
    for (const Entity& entity : state.entities)
        if (entity.overlaps(found->first, found->last)) replaced.push_back(entity);
    return entityChange(state, "accept", std::move(replaced), {*found});
}

Edit acceptAndFinish(const PostState& state, const std::vector<Entity>& suggestions) {
    std::vector<Entity> added;
    for (const Entity& one : suggestions) {
        const Entity* found = same(state.suggestions, one);
        if (!found) return Refusal{"nothing-here", {}};
        if (isOutside(state, found->first, found->last)) return Refusal{"outside", {}};
        if (const Entity* other = inTheWay(state, found->first, found->last, nullptr))
            return Refusal{"overlap", *other};
        for (const Entity& other : added)
            if (other.overlaps(found->first, found->last)) return Refusal{"overlap", other};
        added.push_back(*found);
    }
    if (added.empty()) return setDone(state, true);
    Change change = entityChange(state, "accept-all", {}, std::move(added));
    change.posts.front().statusAfter = postStatus(PostStage::Done, isFlagged(state.status));
    return change;
}

Edit adoptEntities(const PostState& state, int first, int last, const std::vector<Entity>& wanted) {
    if (isOutside(state, first, last)) return Refusal{"outside", {}};
    for (const Entity& entity : wanted)
        if (isOutside(state, entity.first, entity.last)) return Refusal{"outside", {}};
    std::vector<Entity> removed, added;
    bool wasSomething = !wanted.empty();
    for (const Entity& entity : state.entities) {
        const bool isInTheWay = entity.overlaps(first, last) ||
                                std::any_of(wanted.begin(), wanted.end(),
                                            [&](const Entity& w) { return w.overlaps(entity.first, entity.last); });
        wasSomething = wasSomething || isInTheWay;
        if (isInTheWay && !same(wanted, entity)) removed.push_back(entity);
    }
    for (const Entity& entity : wanted)  // a person's own has no confidence
        if (!same(state.entities, entity)) added.push_back({entity.type, entity.first, entity.last, {}});
    if (!wasSomething) return Refusal{"nothing-here", {}};
    if (removed.empty() && added.empty()) return Change{"adopt", {}};
    return entityChange(state, "adopt", std::move(removed), std::move(added));
}

Edit rejectSuggestion(const PostState& state, const Entity& suggestion) {
    const Entity* found = same(state.suggestions, suggestion);
    if (!found) return Refusal{"nothing-here", {}};
    Change change = entitylessChange(state, "reject");
    change.posts.front().rejectionsAdded = {*found};
    return change;
}

Edit dismissDoubt(const PostState& state, const Verdict& verdict, const std::vector<Verdict>& known) {
    if (isOutside(state, verdict.first, verdict.last)) return Refusal{"outside", {}};
    if (std::find(known.begin(), known.end(), verdict) != known.end()) return Refusal{"nothing-here", {}};
    Change change = entitylessChange(state, "dismiss-doubt");
    change.posts.front().verdictsAdded = {verdict};
    return change;
}

Edit recallDoubt(const PostState& state, const Verdict& verdict, const std::vector<Verdict>& known) {
    if (std::find(known.begin(), known.end(), verdict) == known.end()) return Refusal{"nothing-here", {}};
    Change change = entitylessChange(state, "recall-doubt");
    change.posts.front().verdictsRemoved = {verdict};
    return change;
}

Edit decide(const PostState& state, const std::vector<Decision>& known, const Decision& decision,
            const std::vector<Entity>& wanted) {
    if (isOutside(state, decision.first, decision.last)) return Refusal{"outside", {}};
    Edit edit = adoptEntities(state, decision.first, decision.last, wanted);
    const auto* refusal = std::get_if<Refusal>(&edit);
    if (refusal && refusal->code != "nothing-here") return edit;
    Change change{"decide", {}};
    if (const auto* adopted = std::get_if<Change>(&edit); adopted && !adopted->isEmpty()) {
        change.posts = adopted->posts;
    } else {
        change = entityChange(state, "decide", {}, {});  // the words stay as they are, and that is decided
    }
    PostChange& post = change.posts.front();
    for (const Decision& one : known)
        if (one.first == decision.first && one.last == decision.last) post.decisionsRemoved.push_back(one);
    post.decisionsAdded = {decision};
    return change;
}

Edit setStatus(const PostState& state, PostStatus status) {
    if (state.status == status) return Change{"status", {}};
    const bool isNew = stageOf(status) != stageOf(state.status);
    Change change = entitylessChange(state, isNew && isDone(status)      ? "done"
                                            : isNew && isSkipped(status) ? "skip"
                                                                         : "status");
    change.posts.front().statusAfter = status;
    return change;
}

Edit setStage(const PostState& state, PostStage stage) {
    return setStatus(state, postStatus(stage, isFlagged(state.status)));
}

Edit setDone(const PostState& state, bool done) {
    return setStage(state, done ? PostStage::Done : PostStage::Open);
}

Edit setFlagged(const PostState& state, bool flagged) {
    return setStatus(state, postStatus(stageOf(state.status), flagged));
}

Edit setReview(const PostState& state, Review review) {
    if (state.review == review) return Change{"review", {}};
    Change change = entitylessChange(state, "review");
    change.posts.front().reviewAfter = review;
    return change;
}

Edit returnPost(const PostState& state, const Comment& why) {
    Edit edit = addComment(state, why);
    if (auto* change = std::get_if<Change>(&edit)) {
        change->action = "review";
        change->posts.front().reviewAfter = Review::Returned;
    }
    return edit;
}

Edit addComment(const PostState& state, const Comment& comment) {
    if (!canBe(comment)) return Refusal{"no-text", {}};
    Change change = entitylessChange(state, "comment");
    change.posts.front().commentsAdded = {comment};
    return change;
}

Edit editComment(const PostState& state, std::int64_t id, const std::string& text) {
    const Comment* found = commentOf(state, id);
    if (!found) return Refusal{"nothing-here", {}};
    Comment edited = *found;
    edited.text = text;
    if (!canBe(edited)) return Refusal{"no-text", {}};
    if (edited == *found) return Change{"comment-edited", {}};
    Change change = entitylessChange(state, "comment-edited");
    change.posts.front().commentsRemoved = {*found};
    change.posts.front().commentsAdded = {std::move(edited)};
    return change;
}

Edit removeComment(const PostState& state, std::int64_t id) {
    const Comment* found = commentOf(state, id);
    if (!found) return Refusal{"nothing-here", {}};
    Change change = entitylessChange(state, "comment-deleted");
    change.posts.front().commentsRemoved = {*found};
    return change;
}

Edit revertToGold(const PostState& state, const std::vector<Entity>& gold) {
    if (!state.corrected) return Refusal{"nothing-here", {}};
    Change change = entityChange(state, "revert", state.entities, gold);
    change.posts.front().correctedAfter = false;
    return change;
}

}  // namespace mnerva::project
