#pragma once

#include <optional>
#include <string>
#include <variant>

#include "core/domain/change.h"
#include "core/domain/label_set.h"

namespace mnerva::project {

/// Why an action was refused; shown in the status line, never a message box.
struct Refusal {
    std::string code;  ///< "overlap", "outside", "nothing-here", "read-only"
    std::optional<Entity> in_the_way;
};
using Edit = std::variant<Change, Refusal>;

/// Pure: each takes the state of a post and gives the change a key means (annotation.md 5.2). Nothing is written here.
/// Word indices, both ends included.
/// Create, relabel, toggle off; over entities of the same type and past an end of theirs: one of all of them.
Edit labelSpan(const PostState& state, int first, int last, const std::string& type);
Edit removeEntity(const PostState& state, const Entity& entity);
Edit resizeEntity(const PostState& state, const Entity& entity, int newFirst, int newLast);
Edit acceptSuggestion(const PostState& state, const Entity& suggestion);  ///< replaces overlapped entities
/// What another layer says of words first to last becomes the person's own (annotation.md 4.3): `wanted`, disjoint
/// entities that overlap those words, take the place of all that they or the words overlap. Without any, what stands
/// there goes. Refused ("nothing-here") where neither side has anything; an empty change where both are the same.
Edit adoptEntities(const PostState& state, int first, int last, const std::vector<Entity>& wanted);
Edit rejectSuggestion(const PostState& state, const Entity& suggestion);
/// All these suggestions become entities and the post is done, in one step. Refused ("overlap", with the one in the
/// way) where two of them overlap, or one of them an entity: which of both is meant has to be said.
Edit acceptAndFinish(const PostState& state, const std::vector<Entity>& suggestions);
/// "This is no error": the doubt is not raised again while what it is about stays as it is. Twice: "nothing-here".
Edit dismissDoubt(const PostState& state, const Verdict& verdict, const std::vector<Verdict>& known);
/// Takes such an answer back.
Edit recallDoubt(const PostState& state, const Verdict& verdict, const std::vector<Verdict>& known);
/// What is decided about words where annotators disagree: `wanted` takes the place of what stands there (as in
/// adoptEntities), and the decision that of the one about the same words in `known`.
Edit decide(const PostState& state, const std::vector<Decision>& known, const Decision& decision,
            const std::vector<Entity>& wanted);
Edit setStatus(const PostState& state, PostStatus status);
Edit setStage(const PostState& state, PostStage stage);  ///< the flag stays
Edit setDone(const PostState& state, bool done);         ///< done, or open; the flag stays
Edit setFlagged(const PostState& state, bool flagged);   ///< done, open or skipped stays
Edit setReview(const PostState& state, Review review);
/// Returned, with a comment that says why, in one step.
Edit returnPost(const PostState& state, const Comment& why);
/// Comments of the layer that is edited. Refused ("no-text") where there is nothing in it that can be kept, and
/// ("nothing-here") where there is none of this id.
Edit addComment(const PostState& state, const Comment& comment);
Edit editComment(const PostState& state, std::int64_t id, const std::string& text);
Edit removeComment(const PostState& state, std::int64_t id);
Edit revertToGold(const PostState& state, const std::vector<Entity>& gold);

}  // namespace mnerva::project
