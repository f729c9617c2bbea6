#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/comment.h"
#include "core/domain/decision.h"
#include "core/domain/entity.h"
#include "core/domain/label_set.h"
#include "core/domain/post.h"
#include "core/domain/region.h"
#include "core/domain/verdict.h"

namespace mnerva {

/// What a person sees and edits of one post in a layer: the corrected entities (or gold, while untouched) or those of
/// an annotator (none, while untouched), status and review, comments, and what was decided about suggestions.
struct PostState {
    PostId post;
    int wordCount = 0;
    bool corrected = false;           ///< false: `entities` are still the gold ones and nothing was edited
    std::vector<Entity> entities;     ///< sorted, disjoint
    std::vector<Entity> suggestions;  ///< of the chosen run's layer, without accepted or rejected ones
    PostStatus status = PostStatus::Open;
    Review review = Review::None;
    std::vector<Comment> comments = {};  ///< written in this layer, by time
    std::vector<Region> boxes = {};      ///< that a person drew in this layer, by id
    std::vector<RegionLink> links = {};  ///< of this layer, from its entities to these boxes (sortLinks)
};

/// One post's part of a change, with all that is needed to take it back. Applying means: remove `removed`, add `added`
/// to the layer, set the flags to their "after" values. The inverse swaps the pairs.
struct PostChange {
    PostId post;
    std::vector<Entity> removed, added;
    bool correctedBefore = false, correctedAfter = true;
    PostStatus statusBefore = PostStatus::Open, statusAfter = PostStatus::Open;
    Review reviewBefore = Review::None, reviewAfter = Review::None;
    std::vector<Entity> rejectionsRemoved, rejectionsAdded;            ///< suggestions turned down
    std::vector<Verdict> verdictsRemoved = {}, verdictsAdded = {};     ///< doubts that were answered: no error
    std::vector<Decision> decisionsRemoved = {}, decisionsAdded = {};  ///< where annotators disagree
    std::vector<Comment> commentsRemoved = {}, commentsAdded = {};     ///< one that is edited is in both, with its id
    /// Boxes that a person drew; one in both is changed, and its links hold.
    std::vector<Region> boxesRemoved = {}, boxesAdded = {};
    std::vector<RegionLink> linksRemoved = {}, linksAdded = {};  ///< of entities to boxes
};

/// The labels of the project before and after. Applying means: what `after` has of order, types and notes, with the
/// types that came since `before` behind them.
struct LabelChange {
    LabelSet before, after;
    bool operator==(const LabelChange&) const = default;
};

/// One user action: one transaction, one journal row, one undo step.
struct Change {
    /// Stable name: "label", "relabel", "delete", "resize", "accept", "reject", "done", "skip", "status", "comment",
    /// "review", ...
    std::string action;
    std::vector<PostChange> posts;
    /// Name of the annotator's layer that it is about; empty: the corrected layer. Each has a history of its own.
    std::string layer = {};
    std::optional<LabelChange> labels = {};  ///< of the corrected layer alone
    bool isEmpty() const { return posts.empty() && !labels; }
};

/// A part that changes nothing yet: before and after it the post stands as it does. Of the corrected layer, a post as
/// it was read, which somebody has corrected or not.
PostChange unchangedPart(const PostState& state);
PostChange unchangedPart(const Post& post, bool corrected);
Change inverseOf(const Change& change);
/// The labels after a change of them, where `now` may hold what came since.
LabelSet labelsAfter(const LabelSet& now, const LabelChange& change);
/// The state after a post's part of a change. Throws Error(ConflictingChange) when `removed` is not all there, and
/// where a link would be left without its entity or its box.
PostState applied(const PostState& state, const PostChange& change);

}  // namespace mnerva
