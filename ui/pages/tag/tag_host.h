#pragma once

#include <QDateTime>
#include <QObject>
#include <QString>
#include <functional>
#include <optional>
#include <vector>

#include "ui/base/word_display.h"
#include "ui/pages/tag/canvas_layout.h"
#include "ui/pages/tag/tag_editor.h"

namespace mnerva::ui {

class ActionRegistry;
class ProjectSession;
class SeenNames;

/// Which tags stand under the words.
enum class TagRow { Bio, Bmes, None };

/// State of the tagging page: the editor of the current post, what the last key said, what is being asked, and whether
/// it is saved. Runs the actions of tag_actions.h. However many steps an action has, its news are told once, at its
/// end; what the session tells of its own accord is told once a turn of the event loop.
class TagHost : public QObject {
    Q_OBJECT
public:
    /// How loud the status line is.
    enum class Notice { None, Info, Question, Refused, Failed };

    TagHost(ProjectSession& session, ActionRegistry& actions, QObject* parent = nullptr);

    ProjectSession& session() const { return m_session; }
    ActionRegistry& actions() const { return m_actions; }
    const TagEditor& editor() const { return m_editor; }
    const SeenNames& names() const { return *m_names; }
    bool hasPost() const { return m_hasPost; }
    /// False while nothing may be changed: no post, read-only, or a write that failed and waits for "retry".
    bool acceptsEdits() const;
    const std::vector<WordDisplay>& words() const { return m_words; }
    JoinRule join() const;
    /// The post is read from the right to the left: the arrow keys go the way the words stand.
    bool isRightToLeft() const { return m_rightToLeft; }

    /// Entities and pending suggestions, as they are to be drawn.
    std::vector<CanvasMark> marks() const;
    /// Tags under the words, empty when switched off.
    std::vector<QString> tags() const;
    TagRow tagRow() const { return m_tagRow; }
    void setTagRow(TagRow row);
    void nextTagRow();
    bool apply(const project::Edit& edit);
    void acceptOrFinish();
    /// No entity in this post: asks once, with their names, where there are some; turns down what is suggested; done.
    void nothingHere();
    void rejectPending();
    /// One key for a post whose suggestions are all right: they are taken and the post is done, in one undo step.
    void acceptAllAndFinish();
    /// Puts the post aside and goes on; an aside one is open again.
    void toggleSkipped();
    void toggleReview(Review review);
    /// Returned needs a reason: asks for the comment. A returned one is not returned any more.
    void askToReturn();
    /// Comments on the post, of all layers.
    int commentCount() const;
    /// Who writes: the chosen name, else the layer's that is edited, or the account's.
    QString commentAuthor() const;
    void setCommentAuthor(const QString& name);
    // Each is one step; false: it was refused. `returns`: the post is returned with it.
    bool writeComment(const QString& text, bool returns);
    bool rewriteComment(std::int64_t id, const QString& text);
    bool deleteComment(std::int64_t id);
    /// Asks for the mentions of the project that are like what is under the caret.
    void askForAlike();
    /// They were labelled so (empty: their labels were deleted); the sentence says it.
    /// What others of the page have to say in the status line (empty: nothing), and why they do not do something.
    void inform(const QString& text) { say(Notice::Info, text); }
    void refuseWith(const QString& text);
    void alikeDone(const QString& type, const QString& sentence);
    /// Asks for the dialog of the label under the caret, of a label, or of a new one (empty).
    void editLabelHere();
    void editLabel(const QString& type);
    void labelWritten(int entities, int posts);
    /// Marks the post done and goes on, whatever is under the caret; suggestions that wait go on waiting, unless the
    /// settings reject them.
    void finishPost();
    /// Marks a post of the list done, or open again, without going there.
    void toggleDoneOf(PostId post);
    /// The next (1) or previous (-1) post of the list that is not done; from its end the list goes on at the beginning.
    void goToOpen(int direction);
    void escape();
    void repeatLast();

    /// Runs an action by its id; false when it is none of this host's.
    bool run(const QString& actionId);
    /// Says which word stands so many lines under the caret; where there is no canvas to ask, up and down do nothing.
    void setWordBeside(std::function<int(int lines)> wordBeside) { m_wordBeside = std::move(wordBeside); }
    /// Says which words stand in the line of a word; without it the post is one line.
    void setLineOf(std::function<WordRange(int word)> lineOf) { m_lineOf = std::move(lineOf); }
    void move(int words, bool extend);
    void moveBySegment(int direction, bool extend);
    void moveLine(int lines, bool extend);
    void moveTo(int word, bool extend);
    int lastWord() const;
    void goToMark(int direction);
    void goToLikely(int direction);
    /// Home and End: of the line, from there of the post.
    void moveToEnd(int direction, bool extend);
    void removeHere();
    void moveEdge(bool leftEdge, int delta);
    void cycle();
    void select(int anchor, int moving);
    void focusOn(const TagFocus& mark);
    /// A click: the caret goes there; a second one on the same word cycles what overlaps.
    void click(int word, bool extend);
    /// A double click takes the entity, or the whole word of the language.
    void doubleClick(int word);
    /// The button that went down on a word is up again: with a sticky label what was clicked or dragged over is
    /// labelled.
    void pressEnded(bool dragged);
    /// A click on no word: nothing is selected then. A sticky label stays.
    void clickBeside();
    /// A click on a chip labels what is selected; with nothing selected, or a label that sticks, it starts, changes or
    /// ends that.
    void clickLabel(int index);
    void resize(const TagFocus& mark, WordRange to);
    bool labelType(const std::string& type);
    bool labelAt(int index);

    /// Label that each click and drag sets at once, from post to post; none by default.
    std::optional<int> stickyLabel() const { return m_sticky; }
    void setStickyLabel(std::optional<int> index);
    bool isPeeking() const { return m_peek; }
    void setPeeking(bool on);

    /// What the status line says of the last key or, when there is nothing to say, of the thing under the caret.
    QString statusText() const;
    Notice noticeKind() const { return m_notice; }
    /// "saved 14:02:11", "saving…", "not saved".
    QString savedText() const;
    /// "O_3071 · test · done · 2 suggestions".
    QString headerText() const;
    bool isQuestionOpen() const { return m_asked != Asked::None; }
    /// "Durant, inside PER", for screen readers.
    QString accessibleWord(int word) const;
    int countOf(const std::string& type) const;
    void retranslate();

Q_SIGNALS:
    void postChanged();                  ///< another post, or none; everything is new then, the two below are not told
    void changed();                      ///< caret, selection, marks, tags
    void statusChanged();                ///< what the status line and the header say
    void refusedAction();                ///< shake
    void labelled(const QString& type);  ///< its chip flashes
    void pulse(const std::vector<mnerva::ui::WordRange>& ranges);
    void peekChanged(bool on);
    void tagRowChanged();
    void labelFinderWanted();
    /// All mentions like this one are to be listed, to get this label.
    void labelEditWanted(const QString& type);  ///< empty: a new label
    void alikeWanted(const QString& mention, const QString& type);
    void commentsWanted(bool returns);  ///< to be read and written; `returns`: the one that says why it is returned
    void keySheetWanted();
    void goToWanted();
    void orderWanted();
    void wallWanted();
    void nextPaneWanted();
    void boxesToggleWanted();
    void heatToggleWanted();
    void groundWanted();  ///< a box for the entity under the caret
    void drawWanted();    ///< boxes by the mouse: begin or end
    void imageWanted(int delta);
    void stickyChanged();
    void zoomWanted(int steps);  ///< of the photo: closer (1), further away (-1), whole (0)
    void textSizeWanted(int points);

private:
    enum News { kMarks = 1, kStatus = 2, kPost = 4 };
    /// While one lives, news are kept; the last one's end tells them.
    class OneAction {
    public:
        explicit OneAction(TagHost& host);
        ~OneAction();
        OneAction(const OneAction&) = delete;

    private:
        TagHost& m_host;
    };
    void tell(unsigned news);
    void tellSoon(unsigned news);
    void tellNow();
    /// A type the change would add that the project does not have (a suggestion of a run with other labels).
    std::optional<std::string> unknownLabel(const Change& change) const;
    Commit committing();
    void finish(bool rejectPending);
    /// The post by this edit, and on to the next one; false: it was refused.
    bool finishBy(const std::function<project::Edit()>& edit);
    void load();
    void forgetAsking();
    TagRow schemeRow() const;
    void taken();
    void say(Notice kind, const QString& text);
    void learnFrom(const Change& change);
    void refuse(const project::Refusal& refusal);
    void undone(const Change& change);
    QString targetText() const;
    /// The key of an action as it is named to a person.
    QString keyText(const char* id) const;
    /// The same of an action that the window may have for all pages.
    QString keyTextOr(const char* id, const char* ofWindow) const;
    /// "Kevin Durant PER, Toronto LOC, 2 more".
    QString namesOf(const std::vector<Entity>& entities) const;
    /// What a step that was taken back, or done again, changed beside the text; empty: nothing.
    QString markNews(const PostChange& part) const;

    ProjectSession& m_session;
    ActionRegistry& m_actions;
    TagEditor m_editor;
    SeenNames* m_names;
    bool m_likelyStale = true;  ///< the likely runs are of another post, or names came since
    std::vector<WordDisplay> m_words;
    bool m_hasPost = false, m_rightToLeft = false;
    TagRow m_tagRow = TagRow::None;
    /// Somebody has put caret or selection where they are: a click on a chip is meant for that.
    bool m_taken = false;
    Notice m_notice = Notice::None;
    QString m_message;
    std::pair<PostId, QString> m_onArrival;  ///< what is to be said when this post is there
    QDateTime m_savedAt;
    std::string m_lastType;
    /// What the status line asks: whether N means the post's entities too.
    enum class Asked { None, Empty };
    Asked m_asked = Asked::None;
    bool m_peek = false;
    int m_underWay = 0;  ///< actions of our own: what the session tells meanwhile comes from them
    unsigned m_news = 0;
    bool m_tellsSoon = false;
    std::function<int(int)> m_wordBeside;
    std::function<WordRange(int)> m_lineOf;
    std::optional<int> m_sticky;
};

}  // namespace mnerva::ui
