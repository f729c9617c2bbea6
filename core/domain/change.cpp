#include "core/domain/change.h"

#include <algorithm>

#include "core/base/error.h"

namespace mnerva {
namespace {

[[noreturn]] void throwConflict(const PostChange& change) {
    throw Error(ErrorCode::ConflictingChange, {std::to_string(change.post.value)});
}

/// Takes one equal entity out; false when there is none.
bool takeOut(std::vector<Entity>& entities, const Entity& entity) {
    const auto found =
        std::find_if(entities.begin(), entities.end(), [&](const Entity& e) { return e.sameAs(entity); });
    if (found == entities.end()) return false;
    entities.erase(found);
    return true;
}

template <class T>
void takeOutOf(std::vector<T>& from, const std::vector<T>& these, const PostChange& change) {
    for (const T& one : these) {
        const auto found = std::find(from.begin(), from.end(), one);
        if (found == from.end()) throwConflict(change);
        from.erase(found);
    }
}

/// The boxes and links of a state whose entities are changed already.
void changeBoxes(PostState& after, const PostChange& change) {
    takeOutOf(after.links, change.linksRemoved, change);
    takeOutOf(after.boxes, change.boxesRemoved, change);
    const auto boxOf = [&](RegionId id) {
        return std::find_if(after.boxes.begin(), after.boxes.end(), [&](const Region& b) { return b.id == id; });
    };
    for (const Region& box : change.boxesAdded) {
        const bool isOdd = !box.id.isValid() || box.origin != RegionOrigin::Human || boxOf(box.id) != after.boxes.end();
        if (isOdd) throwConflict(change);
        after.boxes.push_back(box);
    }
    for (const RegionLink& link : change.linksAdded) {
        if (std::find(after.links.begin(), after.links.end(), link) != after.links.end()) throwConflict(change);
        after.links.push_back(link);
    }
    for (const RegionLink& link : after.links) {
        const bool hasEntity = std::any_of(after.entities.begin(), after.entities.end(),
                                           [&](const Entity& e) { return e.sameAs(link.entity); });
        if (!hasEntity || boxOf(link.region) == after.boxes.end()) throwConflict(change);
    }
    std::sort(after.boxes.begin(), after.boxes.end(), [](const Region& a, const Region& b) { return a.id < b.id; });
    sortLinks(after.links);
}

}  // namespace

PostChange unchangedPart(const PostState& state) {
    PostChange part;
    part.post = state.post;
    part.correctedBefore = part.correctedAfter = state.corrected;
    part.statusBefore = part.statusAfter = state.status;
    part.reviewBefore = part.reviewAfter = state.review;
    return part;
}

PostChange unchangedPart(const Post& post, bool corrected) {
    PostState state;
    state.post = post.id;
    state.corrected = corrected;
    state.status = post.status;
    state.review = post.review;
    return unchangedPart(state);
}

Change inverseOf(const Change& change) {
    Change inverse = change;
    std::reverse(inverse.posts.begin(), inverse.posts.end());
    for (PostChange& post : inverse.posts) {
        std::swap(post.removed, post.added);
        std::swap(post.correctedBefore, post.correctedAfter);
        std::swap(post.statusBefore, post.statusAfter);
        std::swap(post.reviewBefore, post.reviewAfter);
        std::swap(post.rejectionsRemoved, post.rejectionsAdded);
        std::swap(post.verdictsRemoved, post.verdictsAdded);
        std::swap(post.decisionsRemoved, post.decisionsAdded);
        std::swap(post.commentsRemoved, post.commentsAdded);
        std::swap(post.boxesRemoved, post.boxesAdded);
        std::swap(post.linksRemoved, post.linksAdded);
    }
    if (inverse.labels) std::swap(inverse.labels->before, inverse.labels->after);
    return inverse;
}

LabelSet labelsAfter(const LabelSet& now, const LabelChange& change) {
    LabelSet out = change.after;
    // What both sides have and is gone was taken away since.
    std::erase_if(out.types,
                  [&](const std::string& type) { return change.before.contains(type) && !now.contains(type); });
    for (const std::string& type : now.types)
        if (!change.before.contains(type) && out.add(type) && now.notes.contains(type))
            out.notes[type] = now.notes.at(type);
    std::erase_if(out.notes, [&](const auto& note) { return !out.contains(note.first); });
    return out;
}

PostState applied(const PostState& state, const PostChange& change) {
    PostState after = state;
    for (const Entity& entity : change.removed)
        if (!takeOut(after.entities, entity)) throwConflict(change);
    for (const Entity& entity : change.added) {
        const bool outside = entity.first < 0 || entity.last < entity.first || entity.last >= after.wordCount;
        const bool blocked = std::any_of(after.entities.begin(), after.entities.end(),
                                         [&](const Entity& e) { return e.overlaps(entity.first, entity.last); });
        if (outside || blocked) throwConflict(change);
        after.entities.push_back(entity);
        takeOut(after.suggestions, entity);  // accepted, so it is no suggestion any more
    }
    for (const Entity& entity : change.rejectionsAdded) takeOut(after.suggestions, entity);
    for (const Entity& entity : change.rejectionsRemoved) {
        takeOut(after.suggestions, entity);
        after.suggestions.push_back(entity);
    }
    for (const Comment& comment : change.commentsRemoved)
        if (std::erase(after.comments, comment) == 0) throwConflict(change);
    for (const Comment& comment : change.commentsAdded) {
        const bool isThere = std::any_of(after.comments.begin(), after.comments.end(),
                                         [&](const Comment& c) { return c.id == comment.id; });
        if (isThere || !canBe(comment)) throwConflict(change);
        after.comments.push_back(comment);
    }
    sortComments(after.comments);
    changeBoxes(after, change);
    sortEntities(after.entities);
    sortEntities(after.suggestions);
    after.corrected = change.correctedAfter;
    after.status = change.statusAfter;
    after.review = change.reviewAfter;
    return after;
}

}  // namespace mnerva
