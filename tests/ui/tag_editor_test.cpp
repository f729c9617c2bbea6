#include "ui/pages/tag/tag_editor.h"

#include <QTest>

#include "ui/support/tag_fixture.h"

using namespace mnerva;
using namespace mnerva::ui;

/// A view of a post as the store would give it.
static project::PostView viewOf(const Post& post, std::vector<Entity> suggestions = {}) {
    project::PostView view;
    view.post = post;
    view.post.id = PostId{1};
    view.gold = entitiesFromTags(post.sourceTags);
    view.state.post = view.post.id;
    view.state.wordCount = static_cast<int>(post.words.size());
    view.state.entities = view.gold;
    view.state.suggestions = std::move(suggestions);
    return view;
}

static TagEditor editorOf(const Post& post, std::vector<Entity> suggestions = {}, double threshold = 0) {
    LabelSet labels;
    labels.types = {"PER", "LOC", "ORG", "MISC"};
    TagEditor editor;
    editor.load(viewOf(post, std::move(suggestions)), labels, threshold);
    return editor;
}

/// Applies an edit as the session does; empty on refusal.
static bool take(TagEditor& editor, const project::Edit& edit) {
    const auto* change = std::get_if<Change>(&edit);
    if (!change || change->isEmpty()) return false;
    editor.refresh(applied(editor.state(), change->posts.front()));
    return true;
}

static QString spansOf(const TagEditor& editor) {
    return test::spans(editor.state().entities);
}

class TagEditorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCaretStartsOnTheFirstSuggestion() {
        const auto editor = editorOf(test::plainGoldenPost(), {{"LOC", 4, 4, 0.9}, {"PER", 3, 3, 0.4}}, 0.5);
        QCOMPARE(editor.caret(), 4);
    }
    void withoutSuggestionsItStartsOnTheFirstCapitalisedOrTaggedWord() {
        QCOMPARE(editorOf(test::plainGoldenPost()).caret(), 1);
        QCOMPARE(editorOf(test::makePost("x", {"in", "paris", "today"}, {"O", "B-LOC", "O"})).caret(), 1);
        QCOMPARE(editorOf(test::makePost("x", {"in", "the", "end"})).caret(), 0);
    }
    void theCaretNeverLeavesThePost() {
        auto editor = editorOf(test::goldenPost());
        editor.moveBy(-99, false);
        QCOMPARE(editor.caret(), 0);
        editor.moveBy(99, false);
        QCOMPARE(editor.caret(), 4);
    }
    void selectionGrowsAndShrinksFromItsMovingEnd() {
        auto editor = editorOf(test::chinesePost());
        editor.moveTo(2, false);
        editor.moveBy(1, true);
        editor.moveBy(1, true);
        QVERIFY(editor.selection() == (WordRange{2, 4}));
        editor.moveBy(-1, true);
        QVERIFY(editor.selection() == (WordRange{2, 3}));
        editor.moveBy(-3, true);
        QVERIFY(editor.selection() == (WordRange{0, 2}));
    }
    void controlArrowsGoByChineseWords() {
        auto editor = editorOf(test::chinesePost());  // 我|在|北京|大学 or 北京大学|看|...
        editor.moveTo(2, false);
        editor.moveBySegment(1, false);
        QVERIFY(editor.caret() >= 4);
        editor.moveBySegment(-1, false);
        QCOMPARE(editor.caret(), 2);
        editor.moveBySegment(1, true);
        QVERIFY(editor.selection()->last >= 3);
        QCOMPARE(editor.selection()->first, 2);
    }
    void aDigitLabelsTheWordAtTheCaret() {
        auto editor = editorOf(test::plainGoldenPost());
        editor.moveTo(4, false);
        QVERIFY(take(editor, editor.label("LOC")));
        QCOMPARE(spansOf(editor), QStringLiteral("4 LOC"));
    }
    void theSameDigitTakesTheLabelOff() {
        auto editor = editorOf(test::goldenPost());
        editor.moveTo(2, false);
        QVERIFY(take(editor, editor.label("PER")));
        QCOMPARE(spansOf(editor), QStringLiteral("4 LOC"));
    }
    void anotherDigitRelabelsTheWholeEntity() {
        auto editor = editorOf(test::goldenPost());
        editor.moveTo(2, false);
        QVERIFY(take(editor, editor.label("ORG")));
        QCOMPARE(spansOf(editor), QStringLiteral("1-2 ORG, 4 LOC"));
    }
    void aSelectionOverHalfAnEntityIsRefusedWithItsReason() {
        auto editor = editorOf(test::goldenPost());
        editor.select(2, 3);
        const auto edit = editor.label("ORG");
        const auto* refusal = std::get_if<project::Refusal>(&edit);
        QVERIFY(refusal);
        QCOMPARE(refusal->code, std::string("overlap"));
        QVERIFY(refusal->in_the_way->sameAs({"PER", 1, 2, {}}));
    }
    void edgesMoveByOneWordAndKeepTheLabel() {
        auto editor = editorOf(test::goldenPost());
        editor.moveTo(1, false);
        QVERIFY(take(editor, editor.moveEdge(false, 1)));
        QCOMPARE(spansOf(editor), QStringLiteral("1-3 PER, 4 LOC"));
        QVERIFY(take(editor, editor.moveEdge(true, -1)));
        QCOMPARE(spansOf(editor), QStringLiteral("0-3 PER, 4 LOC"));
        QVERIFY(!take(editor, editor.moveEdge(false, 1)));  // would overlap LOC
    }
    void anEdgeCannotPassTheOtherOrThePost() {
        auto editor = editorOf(test::goldenPost());
        editor.moveTo(4, false);
        QVERIFY(!take(editor, editor.moveEdge(false, 1)));
        QVERIFY(!take(editor, editor.moveEdge(true, 1)));
        QCOMPARE(spansOf(editor), QStringLiteral("1-2 PER, 4 LOC"));
    }
    void tabGoesThroughEntitiesAndSuggestionsAndAround() {
        auto editor = editorOf(test::goldenPost(), {{"MISC", 0, 0, 0.7}});
        QCOMPARE(editor.caret(), 0);
        QVERIFY(editor.goToMark(1));
        QVERIFY(editor.focus().isEntity());
        QCOMPARE(editor.caret(), 1);
        QVERIFY(editor.goToMark(1));
        QCOMPARE(editor.caret(), 4);
        QVERIFY(editor.goToMark(1));
        QVERIFY(editor.focus().isSuggestion());
        QVERIFY(editor.goToMark(-1));
        QCOMPARE(editor.caret(), 4);
        auto empty = editorOf(test::plainGoldenPost());
        QVERIFY(!empty.goToMark(1));
    }
    void acceptingASuggestionMakesItAnEntity() {
        auto editor = editorOf(test::plainGoldenPost(), {{"PER", 1, 2, 0.91}});
        QVERIFY(take(editor, editor.accept()));
        QCOMPARE(spansOf(editor), QStringLiteral("1-2 PER"));
        QVERIFY(editor.pending().empty());
    }
    void rejectingASuggestionLeavesTheEntitiesAlone() {
        auto editor = editorOf(test::goldenPost(), {{"MISC", 0, 0, 0.7}});
        QVERIFY(take(editor, editor.remove()));
        QVERIFY(editor.pending().empty());
        QCOMPARE(spansOf(editor), QStringLiteral("1-2 PER, 4 LOC"));
    }
    void anotherLabelOnASuggestionTakesItsPlaceInOneStep() {
        auto editor = editorOf(test::plainGoldenPost(), {{"ORG", 1, 2, 0.6}});
        const auto edit = editor.label("PER");
        QCOMPARE(std::get<Change>(edit).posts.size(), std::size_t(1));
        QVERIFY(take(editor, edit));
        QCOMPARE(spansOf(editor), QStringLiteral("1-2 PER"));
        QVERIFY(editor.pending().empty());
    }
    void movingASuggestionsEdgeAcceptsItSoChanged() {
        auto editor = editorOf(test::plainGoldenPost(), {{"PER", 1, 1, 0.6}});
        QVERIFY(take(editor, editor.moveEdge(false, 1)));
        QCOMPARE(spansOf(editor), QStringLiteral("1-2 PER"));
        QVERIFY(editor.pending().empty());
    }
    void suggestionsThatAgreeOrAreUnsureDoNotWait() {
        const auto editor = editorOf(test::goldenPost(), {{"PER", 1, 2, 0.99}, {"LOC", 3, 3, 0.2}}, 0.5);
        QVERIFY(editor.pending().empty());
    }
    void suggestionsOutsideThePostAreLeftOut() {
        const auto editor = editorOf(test::goldenPost(), {{"PER", 4, 9, 0.9}, {"PER", -1, 0, 0.9}, {"PER", 3, 2, 0.9}});
        QVERIFY(editor.pending().empty());
    }
    void cycleGoesThroughWhatOverlaps() {
        auto editor = editorOf(test::goldenPost(), {{"ORG", 1, 1, 0.8}});
        QVERIFY(editor.focus().isSuggestion());
        QVERIFY(editor.cycleFocus());
        QVERIFY(editor.focus().isEntity());
        QVERIFY(editor.cycleFocus());
        QVERIFY(editor.focus().isSuggestion());
        editor.moveTo(4, false);
        QVERIFY(!editor.cycleFocus());
    }
    void nothingHereEmptiesAndFinishesInOneStep() {
        auto editor = editorOf(test::goldenPost(), {{"MISC", 0, 0, 0.7}});
        QVERIFY(take(editor, editor.nothingHere()));
        QVERIFY(editor.state().entities.empty());
        QVERIFY(editor.pending().empty());
        QVERIFY(editor.state().corrected);
        QCOMPARE(editor.state().status, PostStatus::Done);
        QVERIFY(std::get<Change>(editor.nothingHere()).isEmpty());
    }
    void finishingRejectsWhatIsLeftInTheSameStep() {
        auto editor = editorOf(test::goldenPost(), {{"MISC", 0, 0, 0.7}, {"ORG", 3, 3, 0.6}});
        const auto edit = editor.finish(true);
        QCOMPARE(std::get<Change>(edit).posts.front().rejectionsAdded.size(), std::size_t(2));
        QVERIFY(take(editor, edit));
        QCOMPARE(editor.state().status, PostStatus::Done);
        QVERIFY(std::get<Change>(editor.finish(true)).isEmpty());
    }
    void flagTogglesAndLeavesEntities() {
        auto editor = editorOf(test::goldenPost());
        QVERIFY(take(editor, editor.toggleFlag()));
        QCOMPARE(editor.state().status, PostStatus::Flagged);
        QVERIFY(take(editor, editor.toggleFlag()));
        QCOMPARE(editor.state().status, PostStatus::Open);
    }
    void theFlagStaysWhenAPostIsFinishedOrEmptied() {
        auto editor = editorOf(test::goldenPost());
        QVERIFY(take(editor, editor.toggleFlag()));
        QVERIFY(take(editor, editor.finish(false)));
        QCOMPARE(editor.state().status, PostStatus::DoneFlagged);
        QVERIFY(take(editor, editor.toggleDone()));
        QCOMPARE(editor.state().status, PostStatus::Flagged);
        QVERIFY(take(editor, editor.nothingHere()));
        QCOMPARE(editor.state().status, PostStatus::DoneFlagged);
    }
    void aPostWithoutWordsRefusesEverythingQuietly() {
        auto editor = editorOf(test::makePost("empty", {}));
        editor.moveBy(1, true);
        editor.moveBySegment(1, false);
        QCOMPARE(editor.caret(), 0);
        QVERIFY(!take(editor, editor.label("PER")));
        QVERIFY(!take(editor, editor.remove()));
        QVERIFY(!take(editor, editor.moveEdge(false, 1)));
        QVERIFY(!editor.goToMark(1));
    }
    void anUnknownLabelInASuggestionIsKeptAsItIs() {
        auto editor = editorOf(test::plainGoldenPost(), {{"PLANET", 4, 4, 0.8}});
        QCOMPARE(editor.pending().size(), std::size_t(1));
        QVERIFY(take(editor, editor.accept()));
        QCOMPARE(spansOf(editor), QStringLiteral("4 PLANET"));
    }
};

int main(int argc, char** argv) {
    return mnerva::test::runTagTest<TagEditorTest>(argc, argv);
}
#include "tag_editor_test.moc"
