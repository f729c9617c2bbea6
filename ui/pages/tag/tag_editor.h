#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/label_set.h"
#include "core/project/editing.h"
#include "core/project/project.h"

namespace mnerva::ui {

/// A run of words; both ends belong to it.
struct WordRange {
    int first = 0, last = 0;
    bool operator==(const WordRange&) const = default;
};

/// What the keys act on: the entity or suggestion under the caret, picked by Tab, a click, or E, or just made before
/// it.
struct TagFocus {
    enum class Kind { None, Entity, Suggestion };
    Kind kind = Kind::None;
    Entity entity;
    bool isEntity() const { return kind == Kind::Entity; }
    bool isSuggestion() const { return kind == Kind::Suggestion; }
};

/// Makes an edit true: in the session, or in memory, and refreshes the editor. False: it was refused.
using Commit = std::function<bool(const project::Edit&)>;

/// Caret, selection and the meaning of every key on one post (annotation.md 5.2), without a window and without a store:
/// movements change the editor, edits answer a Change to apply or a Refusal to show.
class TagEditor {
public:
    /// A post was opened: the caret goes to the first suggestion, else to the first word that is capitalised or tagged.
    /// Suggestions under `threshold` (0..1) count as not there.
    void load(const project::PostView& view, const LabelSet& labels, double threshold);
    /// The same post after a change: the caret stays.
    void refresh(const PostState& state);
    void setThreshold(double threshold) { m_threshold = threshold; }

    const PostState& state() const { return m_state; }
    int wordCount() const { return m_state.wordCount; }
    /// True at each word that begins a word of the language.
    const std::vector<bool>& segments() const { return m_text->segmentStart; }
    int caret() const { return m_caret; }
    int anchor() const { return m_anchor.value_or(m_caret); }
    std::optional<WordRange> selection() const;
    TagFocus focus() const;
    /// What a label key acts on: the selection, else the focus, else the word at the caret.
    WordRange target() const;
    /// Suggestions that still wait for an answer: confident enough, and not already an entity.
    std::vector<Entity> pending() const;

    void moveTo(int word, bool extend);
    void moveBy(int words, bool extend);
    /// To the start of the next (+1) or previous (-1) word of the language.
    void moveBySegment(int direction, bool extend);
    void select(int anchor, int moving);
    bool dropSelection();
    /// Drops the selection and what is in hand or was picked; the caret stays.
    void letGo();
    /// Next (+1) or previous (-1) entity or suggestion, around the end; false when there is none.
    bool goToMark(int direction);
    /// The next of several marks over the caret; false when there are fewer than two.
    bool cycleFocus();
    void focusOn(TagFocus::Kind kind, const Entity& entity);
    /// Marks over a word, suggestions first.
    std::vector<TagFocus> marksAt(int word) const;
    /// To the next suggestion that waits, from the first word again where none is left behind the caret; false: none.
    bool goToNextPending();
    /// The likely runs of the post (project::likelyRuns), in order.
    void setLikely(std::vector<WordRange> runs);
    /// Selects the next (+1) or previous (-1) likely run that is neither tagged nor suggested: first the one that the
    /// caret stands in. False: there is none that way.
    bool goToLikely(int direction);
    /// To the first (-1) or last (+1) word of the line, from there of the post.
    void moveToEnd(int direction, WordRange line, bool extend);

    // What a key does: the edit, and where the caret stands when it was taken. On a suggestion the keys go on to the
    // next one that waits. False: it was refused, and nothing moved.
    /// Behind a new entity, which stays in hand: another digit and the keys for edges mean it until the caret moves.
    bool labelAndGoOn(const std::string& type, const Commit& commit);
    bool acceptAndGoOn(const Commit& commit);
    bool removeAndGoOn(const Commit& commit);
    /// What was moved stays in hand.
    bool moveEdgeInHand(bool leftEdge, int delta, const Commit& commit);

    project::Edit label(const std::string& type) const;
    project::Edit remove() const;
    project::Edit accept() const;
    /// Moves an edge of the focus by `delta` words.
    project::Edit moveEdge(bool leftEdge, int delta) const;
    project::Edit resize(const TagFocus& mark, WordRange to) const;
    /// An explicit "no entity in this post": removes all, turns down what is pending, marks the post done.
    project::Edit nothingHere() const;
    project::Edit toggleFlag() const;                 ///< done, open or skipped stays
    project::Edit toggleDone() const;                 ///< the flag stays; suggestions that wait go on waiting
    project::Edit toggleSkipped() const;              ///< put aside, or open again; the flag stays
    project::Edit toggleReview(Review review) const;  ///< so, or not reviewed
    /// Turns down all suggestions that wait.
    project::Edit rejectPending() const;
    /// All suggestions that wait are taken, and the post is done.
    project::Edit acceptPendingAndFinish() const;
    /// Done; pending suggestions are turned down in the same step if asked.
    project::Edit finish(bool rejectPending) const;

    /// Entities that the change touches in this post, for showing where it happened.
    static std::vector<WordRange> rangesOf(const PostChange& change);

private:
    bool exists(const TagFocus& mark) const;
    void standBehind(const Entity& entity);
    bool isOpen(WordRange run) const;
    std::vector<TagFocus> marks() const;
    /// `mine` takes the place of the suggestion, which is answered by that; what it covers goes.
    Change insteadOf(const Entity& suggestion, const Entity& mine) const;

    /// What no key changes; copies of an editor share it.
    struct Text {
        std::vector<bool> segmentStart;
    };

    PostState m_state;
    std::shared_ptr<const Text> m_text = std::make_shared<Text>();
    double m_threshold = 0;
    int m_caret = 0;
    std::optional<int> m_anchor;
    std::shared_ptr<const std::vector<WordRange>> m_likely = std::make_shared<std::vector<WordRange>>();
    bool m_inHand = false;  ///< m_picked is meant although the caret stands behind it
    TagFocus m_picked;      ///< by Tab, click or E; None: whatever is under the caret
};

}  // namespace mnerva::ui
