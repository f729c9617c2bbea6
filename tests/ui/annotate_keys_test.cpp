#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QTest>

#include "core/workflow/quality/statistics.h"
#include "ui/pages/tag/alike_dialog.h"
#include "ui/pages/tag/chip_bar.h"
#include "ui/pages/tag/key_sheet.h"
#include "ui/pages/tag/label_finder.h"
#include "ui/pages/tag/seen_names.h"
#include "ui/pages/tag/tag_actions.h"
#include "ui/support/tag_fixture.h"
#include "ui/widgets/actions.h"

using namespace mnerva;
using namespace mnerva::ui;
using test::TagFixture;

/// Scripts of keys in, spans out (annotation.md 5.5).
class AnnotateKeysTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goldenPostByKeysInBothThemes_data() {
        QTest::addColumn<int>("theme");
        QTest::newRow("light") << static_cast<int>(Theme::Choice::Light);
        QTest::newRow("dark") << static_cast<int>(Theme::Choice::Dark);
    }
    void goldenPostByKeysInBothThemes() {
        QFETCH(int, theme);
        Theme::instance()->setChoice(static_cast<Theme::Choice>(theme));
        TagFixture f({test::plainGoldenPost()});
        f.press("Home Right Shift+Right 1 End 2");
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER, 4 LOC"));
        const auto tags = f.host().tags();
        QCOMPARE(QStringList(tags.begin(), tags.end()).join(QLatin1Char(' ')), QStringLiteral("O B-PER I-PER O B-LOC"));
        QVERIFY(!f.page().grab().isNull());
        f.settle();
        Theme::instance()->setChoice(Theme::Choice::Light);
    }
    void chinesePostInBmes() {
        TagFixture f({test::chinesePost()});
        f.press("Home Right Right Shift+Right Shift+Right Shift+Right 3 Right Shift+Right 1 Home 1");
        QCOMPARE(f.spansNow(), QStringLiteral("0 PER, 2-5 ORG, 7-8 PER"));
        f.press("T");
        const auto tags = f.host().tags();
        QCOMPARE(QStringList(tags.begin(), tags.end()).join(QLatin1Char(' ')),
                 QStringLiteral("S-PER O B-ORG M-ORG M-ORG E-ORG O B-PER E-PER O O"));
        f.press("T");
        QVERIFY(f.host().tags().empty());
        f.press("T");
        QCOMPARE(f.host().tags().front(), QStringLiteral("B-PER"));
        f.settle();
    }
    void controlArrowSelectsAChineseWord() {
        TagFixture f({test::chinesePost()});
        f.press("Home Right Right Ctrl+Shift+Right");
        QCOMPARE(f.editor().selection()->first, 2);
        QVERIFY(f.editor().selection()->last >= 3);
    }
    void theSameDigitAgainTakesTheLabelOff() {
        TagFixture f({test::plainGoldenPost()});
        f.press("End 2 2");
        QCOMPARE(f.spansNow(), QString());
        f.settle();
    }
    void anotherDigitRelabels() {
        TagFixture f({test::goldenPost()});
        f.press("Home Right 3");
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 ORG, 4 LOC"));
        f.settle();
    }
    void altArrowsMoveTheEdges() {
        TagFixture f({test::goldenPost()});
        f.press("Home Right Alt+Right");
        QCOMPARE(f.spansNow(), QStringLiteral("1-3 PER, 4 LOC"));
        f.press("Alt+Left Alt+Left");
        QCOMPARE(f.spansNow(), QStringLiteral("1 PER, 4 LOC"));
        f.press("Alt+Shift+Left");
        QCOMPARE(f.spansNow(), QStringLiteral("0-1 PER, 4 LOC"));
        f.press("Alt+Shift+Right");
        QCOMPARE(f.spansNow(), QStringLiteral("1 PER, 4 LOC"));
        f.press("U");
        QCOMPARE(f.spansNow(), QStringLiteral("0-1 PER, 4 LOC"));
        f.press("I");
        QCOMPARE(f.spansNow(), QStringLiteral("1 PER, 4 LOC"));
        f.settle();
    }
    void theCaretStandsBehindANewEntityWhichStaysInHand() {
        TagFixture f({test::makePost("x", {"Kevin", "Durant", "Toronto", "tonight", "."})});
        f.press("Home Shift+Right 1");
        QCOMPARE(f.editor().caret(), 2);
        QCOMPARE(f.spansNow(), QStringLiteral("0-1 PER"));
        f.press("3");  // another digit means the new entity, not the word behind it
        QCOMPARE(f.spansNow(), QStringLiteral("0-1 ORG"));
        f.press("Alt+Right");
        QCOMPARE(f.spansNow(), QStringLiteral("0-2 ORG"));
        QCOMPARE(f.editor().caret(), 3);
        f.press("Alt+Left 3");  // and the same digit takes its label off
        QCOMPARE(f.spansNow(), QString());
        f.press("Home Shift+Right 1 Shift+Left");  // any move lets it go
        QCOMPARE(f.editor().selection()->first, 1);
        f.press("Home Shift+Right Esc Right 2");
        QCOMPARE(f.spansNow(), QStringLiteral("0-1 PER, 2 LOC"));
        f.settle();
    }
    void theLikelyKeySelectsNamesOneAfterAnother() {
        TagFixture f(
            {test::makePost("x", {"saw", "Kevin", "Durant", "in", "Toronto", "with", "@", "someone", "#", "Raptors"})});
        f.press("Home W");
        QVERIFY(f.editor().selection() == (WordRange{1, 2}));
        f.press("1 W 2 W");
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER, 4 LOC"));
        QVERIFY(f.editor().selection()->first > 4);
        f.press("Q");
        QVERIFY(f.host().noticeKind() == TagHost::Notice::Info);  // what is tagged is not offered again
        f.press("End W W W");
        QVERIFY(f.host().statusText().contains(QStringLiteral("likely")));
        f.settle();
    }
    void theLikelyKeyKnowsWhatWasTaggedElsewhere() {
        TagFixture f({test::makePost("a", {"go", "raptors", "go"}), test::makePost("b", {"my", "raptors", "won"})});
        f.press("Home W");
        QVERIFY(!f.editor().selection());
        f.press("Home Right 3 Return");
        f.waitForRow(1);
        f.press("Home W");
        QVERIFY(f.editor().selection() == (WordRange{1, 1}));
        f.settle();
        f.press("Ctrl+Z Ctrl+Z");  // taken back: no name any more
        QTRY_COMPARE(f.session().summaries()[0].entityCount, 0);
        f.settle();
    }
    void namesOfAnOpenedProjectAreRead() {
        TagFixture f({test::makePost("a", {"go", "raptors", "go"}, {"O", "B-ORG", "O"}),
                      test::makePost("b", {"my", "raptors", "won"})});
        QTRY_VERIFY(!f.host().names().isReading() && f.host().names().index().size() > 0);
        f.press("J");
        f.waitForRow(1);
        f.press("Home W");
        QVERIFY(f.editor().selection() == (WordRange{1, 1}));
    }
    void aSelectionWithTheSameLabelExtendsTheEntity() {
        TagFixture f({test::makePost("x", {"Real", "Madrid", "Club", "of", "Spain"})});
        f.press("Home 3 Home Shift+Right Shift+Right 3");
        QCOMPARE(f.spansNow(), QStringLiteral("0-2 ORG"));
        f.press("End Shift+Left Shift+Left Shift+Left 3");
        QCOMPARE(f.spansNow(), QStringLiteral("0-4 ORG"));
        f.settle();
    }
    void homeAndEndActOnTheLineThenOnThePost() {
        std::vector<std::string> words;
        for (int i = 0; i < 60; ++i) words.push_back("word" + std::to_string(i));
        TagFixture f({test::makePost("x", words)});
        const CanvasLayout& layout = f.canvas()->canvasLayout();
        QVERIFY(layout.lines.size() >= 3);
        f.press("Home Home Down End");
        QCOMPARE(f.editor().caret(), layout.lastWordOfLine(1));
        f.press("Home");
        QCOMPARE(f.editor().caret(), layout.firstWordOfLine(1));
        f.press("Home");
        QCOMPARE(f.editor().caret(), 0);
        f.press("End End");
        QCOMPARE(f.editor().caret(), 59);
    }
    void aDigitAndBackspaceOnASuggestionGoOnToTheNext() {
        TagFixture f({test::plainGoldenPost(), test::chinesePost()});
        f.suggest({{0, {{"MISC", 0, 0, 0.7}, {"PER", 1, 2, 0.91}, {"LOC", 4, 4, 0.8}}}});
        f.press("Home Backspace");
        QVERIFY(f.editor().focus().isSuggestion());
        QCOMPARE(f.editor().caret(), 1);
        f.press("3");
        QCOMPARE(f.editor().caret(), 4);
        f.press("Return");
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 ORG, 4 LOC"));
        f.press("Return");
        f.waitForRow(1);
        f.settle();
    }
    void backspaceAndDeleteTakeTheEntityNeverTheText() {
        TagFixture f({test::goldenPost()});
        f.press("Home Right Backspace End Del");
        QCOMPARE(f.spansNow(), QString());
        QCOMPARE(f.session().view().post.words.size(), std::size_t(5));
        f.settle();
    }
    void enterAcceptsThenFinishesAndGoesOn() {
        TagFixture f({test::plainGoldenPost(), test::chinesePost()});
        f.suggest({{0, {{"PER", 1, 2, 0.91}, {"LOC", 4, 4, 0.8}}}});
        f.press("Tab Return");
        QVERIFY(f.editor().focus().isSuggestion() || f.editor().pending().empty());
        f.press("Return");
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER, 4 LOC"));
        f.press("Return");
        f.waitForRow(1);
        QCOMPARE(f.session().summaries()[0].status, PostStatus::Done);
        f.settle();
    }
    void threeRightSuggestionsCostFourKeys() {
        TagFixture f({test::plainGoldenPost(), test::chinesePost()});
        f.suggest({{0, {{"MISC", 0, 0, 0.7}, {"PER", 1, 2, 0.91}, {"LOC", 4, 4, 0.8}}}});
        f.press("Home Return Return Return Return");
        f.waitForRow(1);
        QCOMPARE(f.session().summaries()[0].entityCount, 3);
        f.settle();
    }
    void enterShowsSuggestionsThatAreLeft() {
        TagFixture f({test::plainGoldenPost(), test::chinesePost()});
        f.suggest({{0, {{"LOC", 4, 4, 0.8}}}});
        f.press("Home 1 Return");
        QVERIFY(f.editor().focus().isSuggestion());
        QCOMPARE(f.editor().caret(), 4);
        QCOMPARE(f.host().noticeKind(), TagHost::Notice::Info);
        QVERIFY(f.host().statusText().contains(QStringLiteral("Enter")));
        QCOMPARE(f.session().rowOf(f.session().currentPost()), 0);
        QVERIFY(!isDone(f.session().view().state.status));
        QCOMPARE(f.spansNow(), QStringLiteral("0 PER"));
        f.press("D J");  // done, and what waits goes on waiting
        f.waitForRow(1);
        f.press("K");
        f.waitForRow(0);
        QVERIFY(isDone(f.session().view().state.status));
        QCOMPARE(f.editor().pending().size(), std::size_t(1));
        f.settle();
    }
    void rRejectsAllThatIsLeftInOneStep() {
        TagFixture f({test::plainGoldenPost(), test::chinesePost()});
        f.suggest({{0, {{"LOC", 4, 4, 0.8}, {"PER", 1, 2, 0.7}}}});
        f.press("Home Return R");
        QVERIFY(f.editor().pending().empty());
        QVERIFY(!isDone(f.session().view().state.status));
        f.settle();
        f.press("Ctrl+Z");
        QTRY_COMPARE(f.editor().pending().size(), std::size_t(2));
        f.settle();
        f.press("R Return");
        f.waitForRow(1);
        QVERIFY(isDone(f.session().summaries()[0].status));
        f.press("R");
        QCOMPARE(f.host().noticeKind(), TagHost::Notice::Info);
        f.settle();
    }
    void enterOnWhatItShowedAcceptsIt() {
        TagFixture f({test::plainGoldenPost(), test::chinesePost()});
        f.suggest({{0, {{"LOC", 4, 4, 0.8}}}});
        f.press("Home Return Return");
        QCOMPARE(f.spansNow(), QStringLiteral("4 LOC"));
        f.settle();
    }
    void tabJumpsBetweenMarksAndBack() {
        TagFixture f({test::goldenPost()});
        f.press("Home Tab");
        QCOMPARE(f.editor().caret(), 1);
        f.press("Tab");
        QCOMPARE(f.editor().caret(), 4);
        f.press("Shift+Tab");
        QCOMPARE(f.editor().caret(), 1);
        QVERIFY(f.canvas()->hasFocus());
    }
    void spaceHidesMarksWhileItIsHeld() {
        TagFixture f({test::goldenPost()});
        QTest::keyPress(f.canvas(), Qt::Key_Space);
        QVERIFY(f.host().isPeeking());
        QVERIFY(!f.page().grab().isNull());
        QTest::keyRelease(f.canvas(), Qt::Key_Space);
        QVERIFY(!f.host().isPeeking());
    }
    void dotRepeatsTheLastLabel() {
        TagFixture f({test::plainGoldenPost()});
        f.press(".");
        QCOMPARE(f.host().noticeKind(), TagHost::Notice::Refused);
        f.press("Home Right 4 End .");
        QCOMPARE(f.spansNow(), QStringLiteral("1 MISC, 4 MISC"));
        f.settle();
    }
    void aWithoutALabelSaysWhatIsMissing() {
        TagFixture f({test::makePost("x", {"Paris", "loves", "paris"})});
        f.press("Home A");
        QCOMPARE(f.host().noticeKind(), TagHost::Notice::Refused);
        QVERIFY(!f.page().findChild<AlikeDialog*>());
        f.settle();
    }
    void escapeDropsTheSelection() {
        TagFixture f({test::makePost("x", {"Paris", "loves", "paris"})});
        f.press("Home Shift+Right");
        QVERIFY(f.editor().selection());
        f.press("Esc");
        QVERIFY(!f.editor().selection());
        QVERIFY(f.page().isVisible());
        f.settle();
    }
    void nSaysThereIsNothingHere() {
        TagFixture f({test::plainGoldenPost()});
        f.press("N");
        QCOMPARE(f.spansNow(), QString());
        QCOMPARE(f.session().view().state.status, PostStatus::Done);
        QVERIFY(f.host().statusText().contains(QStringLiteral("Nothing to tag here")));
        f.settle();
    }
    void nAsksBeforeItDeletesEntities() {
        TagFixture f({test::goldenPost()});
        f.press("N");
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER, 4 LOC"));
        QCOMPARE(f.session().view().state.status, PostStatus::Open);
        QCOMPARE(f.host().noticeKind(), TagHost::Notice::Question);
        QVERIFY(f.host().statusText().contains(QLatin1Char('2')));
        f.press("Esc N Right N");  // any other key between takes the question back
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER, 4 LOC"));
        f.press("N");
        QCOMPARE(f.spansNow(), QString());
        QCOMPARE(f.session().view().state.status, PostStatus::Done);
        QVERIFY(!f.host().statusText().contains(QStringLiteral("Nothing to tag")));
        f.settle();
        f.press("Ctrl+Z");
        QTRY_COMPARE(f.spansNow(), QStringLiteral("1-2 PER, 4 LOC"));
        QCOMPARE(f.session().view().state.status, PostStatus::Open);
        f.settle();
    }
    void enterIsNoAnswerToNsQuestion() {
        TagFixture f({test::goldenPost(), test::chinesePost()});
        f.press("N Return");
        f.waitForRow(1);
        QCOMPARE(f.session().summaries()[0].entityCount, 2);
        f.settle();
    }
    void fFlagsAndUnflags() {
        TagFixture f({test::goldenPost()});
        f.press("F");
        QCOMPARE(f.session().view().state.status, PostStatus::Flagged);
        QVERIFY(f.host().headerText().contains(QStringLiteral("golden")));
        f.press("F");
        QCOMPARE(f.session().view().state.status, PostStatus::Open);
        f.settle();
    }
    void flagAndDoneDoNotExcludeEachOther() {
        TagFixture f({test::goldenPost(), test::chinesePost()});
        f.press("F Return");
        f.waitForRow(1);
        QCOMPARE(f.session().summaries()[0].status, PostStatus::DoneFlagged);
        QCOMPARE(f.session().info().doneOfSplit.at(Split::Train), 1);
        f.press("K");
        f.waitForRow(0);
        f.settle();
        f.reopen();
        f.press("Home");
        QCOMPARE(f.session().view().state.status, PostStatus::DoneFlagged);
        QCOMPARE(f.session().info().doneOfSplit.at(Split::Train), 1);
        f.press("F");
        QCOMPARE(f.session().view().state.status, PostStatus::Done);
        f.press("F D");
        QCOMPARE(f.session().view().state.status, PostStatus::Flagged);
        f.settle();
        QVERIFY(workflow::checkProject(*project::Project::open(toPath(f.folder()), project::OpenMode::ReadOnly, "test"))
                    .isEmpty());
    }
    void jAndKGoThroughPostsWithoutChangingThem() {
        TagFixture f({test::goldenPost(), test::chinesePost(), test::plainGoldenPost()});
        f.press("J");
        f.waitForRow(1);
        f.press("J");
        f.waitForRow(2);
        f.press("K");
        f.waitForRow(1);
        QCOMPARE(f.session().summaries()[0].status, PostStatus::Open);
        QVERIFY(!f.session().canUndo());
    }
    void homeEndUpAndDown() {
        std::vector<std::string> words;
        for (int i = 0; i < 200; ++i) words.push_back("word" + std::to_string(i));
        TagFixture f({test::makePost("long", words)});
        f.press("Home Down");
        const int down = f.editor().caret();
        QVERIFY(down > 3);
        f.press("Up");
        QCOMPARE(f.editor().caret(), 0);
        f.press("Shift+Down");
        QCOMPARE(f.editor().selection()->last, down);
        f.press("End End");
        QCOMPARE(f.editor().caret(), 199);
        QVERIFY(f.canvas()->verticalScrollBar()->value() > 0);
        f.press("Shift+Home Shift+Home");
        QVERIFY(f.editor().selection() == (WordRange{0, 199}));
    }
    void undoAndRedoWithPulse() {
        TagFixture f({test::goldenPost()});
        f.press("Home Right 3");
        f.settle();
        QSignalSpy pulse(&f.host(), &TagHost::pulse);
        f.press("Ctrl+Z");
        QTRY_COMPARE(f.spansNow(), QStringLiteral("1-2 PER, 4 LOC"));
        QTRY_COMPARE(pulse.count(), 1);
        QVERIFY(f.canvas()->isPulsing());
        QVERIFY(!f.page().grab().isNull());
        f.press("Ctrl+Shift+Z");
        QTRY_COMPARE(f.spansNow(), QStringLiteral("1-2 ORG, 4 LOC"));
        f.settle();
    }
    void anAcceptedSuggestionWaitsAgainWhenItIsTakenBack() {
        TagFixture f({test::plainGoldenPost()});
        f.suggest({{0, {{"PER", 1, 2, 0.91}}}});
        f.press("Home Tab Return");
        QVERIFY(f.editor().pending().empty());
        f.settle();
        f.press("Ctrl+Z");
        QTRY_COMPARE(f.editor().pending().size(), std::size_t(1));
        QCOMPARE(f.spansNow(), QString());
        f.settle();
        f.press("Home Tab Return Backspace");
        QTRY_COMPARE(f.editor().pending().size(), std::size_t(1));
        f.settle();
    }
    void theNewestRunsSuggestionsAreShownAfterOpening() {
        TagFixture f({test::plainGoldenPost()});
        f.suggest({{0, {{"PER", 1, 2, 0.91}}}});
        f.reopen();
        QTRY_COMPARE(f.editor().pending().size(), std::size_t(1));
    }
    void undoJumpsToThePostItChanges() {
        TagFixture f({test::plainGoldenPost(), test::chinesePost()});
        f.press("End 2 J");
        f.waitForRow(1);
        f.settle();
        QSignalSpy pulse(&f.host(), &TagHost::pulse);
        f.press("Ctrl+Z");
        f.waitForRow(0);
        QTRY_COMPARE(pulse.count(), 1);
        QCOMPARE(f.spansNow(), QString());
        QCOMPARE(f.editor().caret(), 4);
        f.settle();
    }
    void undoSurvivesARestart() {
        TagFixture f({test::plainGoldenPost(), test::chinesePost()});
        f.press("End 2 Home Right 1");
        f.settle();
        f.reopen();
        QCOMPARE(f.spansNow(), QStringLiteral("1 PER, 4 LOC"));
        QTRY_VERIFY(f.session().canUndo());
        f.press("Ctrl+Z");
        QTRY_COMPARE(f.spansNow(), QStringLiteral("4 LOC"));
        f.settle();
        f.reopen();
        f.press("Ctrl+Shift+Z");
        QTRY_COMPARE(f.spansNow(), QStringLiteral("1 PER, 4 LOC"));
        f.settle();
    }
    void aRefusedKeySaysWhyAndShakes() {
        TagFixture f({test::goldenPost()});
        QSignalSpy shaken(&f.host(), &TagHost::refusedAction);
        f.press("End Shift+Left Shift+Left 3");
        QCOMPARE(shaken.count(), 1);
        QVERIFY(f.host().statusText().contains(QStringLiteral("Kevin Durant")));
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER, 4 LOC"));
        f.press("Esc");
        QVERIFY(!f.host().statusText().contains(QStringLiteral("overlap")));
    }
    void aDigitWithoutALabelIsRefused() {
        TagFixture f({test::goldenPost()});
        f.press("9");
        QCOMPARE(f.host().noticeKind(), TagHost::Notice::Refused);
    }
    void theStatusLineDescribesTheEntity() {
        TagFixture f({test::goldenPost()});
        f.press("Home Right");
        QCOMPARE(f.host().statusText(), QStringLiteral("Kevin Durant · PER · words 2–3 · code points 7–18 · gold ✓"));
        f.press("3");
        QVERIFY(f.host().statusText().contains(QStringLiteral("gold ✗")));
        f.settle();
        QTRY_VERIFY(f.host().savedText().startsWith(QStringLiteral("saved ")));
        QCOMPARE(f.host().savedText().size(), qsizetype(14));
    }
    void shiftDigitsReachTheSecondTen() {
        std::vector<std::string> types;
        for (int i = 1; i <= 66; ++i) types.push_back("T" + std::to_string(i));
        TagFixture f({test::plainGoldenPost()}, types);
        f.press("Home 0 End Shift+1");
        QCOMPARE(f.spansNow(), QStringLiteral("0 T10, 4 T11"));
        f.settle();
    }
    void digitsWorkByTheirPlaceOnAzerty() {
        TagFixture f({test::plainGoldenPost()});
        f.press("End");
        // The key "é" of an AZERTY keyboard stands where "2" is: evdev code 11.
        QKeyEvent press(QEvent::KeyPress, Qt::Key_Eacute, Qt::NoModifier, 11, 0, 0, QStringLiteral("é"));
        QApplication::sendEvent(f.canvas(), &press);
        QCOMPARE(f.spansNow(), QStringLiteral("4 LOC"));
        f.settle();
    }
    void digitsLabelOnEveryLayout_data() {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("place");
        QTest::addColumn<QString>("spans");
        const int none = Qt::NoModifier, shift = Qt::ShiftModifier, keypad = Qt::KeypadModifier;
        const auto row = [](const char* name, int key, int modifiers, const char* text, int place, const char* spans) {
            QTest::newRow(name) << key << modifiers << QString::fromUtf8(text) << place << QString::fromLatin1(spans);
        };
        row("US 1", Qt::Key_1, none, "1", 10, "4 T1");
        row("US Shift 1", Qt::Key_Exclam, shift, "!", 10, "4 T11");
        row("US Shift 7", Qt::Key_Ampersand, shift, "&", 16, "4 T17");
        row("AZERTY key of 1", Qt::Key_Ampersand, none, "&", 10, "4 T1");
        row("AZERTY Shift key of 1", Qt::Key_1, shift, "1", 10, "4 T1");
        row("AZERTY key of 3", Qt::Key_QuoteDbl, none, "\"", 12, "4 T3");
        row("AZERTY key of 6", Qt::Key_Minus, none, "-", 15, "4 T6");
        row("AZERTY key of 0", Qt::Key_Agrave, none, "à", 19, "4 T10");
        row("AZERTY Shift key of 0", Qt::Key_0, shift, "0", 19, "4 T10");
        row("AZERTY key of 2 without a place", Qt::Key_Eacute, none, "é", 0, "4 T2");
        row("AZERTY Shift key of 9 without a place", Qt::Key_9, shift, "9", 0, "4 T9");
        row("Czech key of 2", 0x11A, none, "ě", 11, "4 T2");
        row("QWERTZ Shift 3", Qt::Key_section, shift, "§", 12, "4 T13");
        row("QWERTZ 8", Qt::Key_8, none, "8", 17, "4 T8");
        row("programmer's Dvorak Shift types 7 at the place of 2", Qt::Key_7, shift, "7", 11, "4 T7");
        row("programmer's Dvorak place of 2", Qt::Key_BracketLeft, none, "[", 11, "4 T2");
        row("keypad 2", Qt::Key_2, keypad, "2", 88, "4 T2");
        row("keypad 0", Qt::Key_0, keypad, "0", 90, "4 T10");
        row("Arabic digit", 0x661, none, "١", 10, "4 T1");
        row("full-width digit of a Chinese input method", 0xFF12, none, "２", 11, "4 T2");
        row("the key of ² beside 1", 0xB2, none, "²", 49, "");
        row("US sign far from the digits", Qt::Key_Minus, none, "-", 20, "");
    }
    void digitsLabelOnEveryLayout() {
        QFETCH(int, key);
        QFETCH(int, modifiers);
        QFETCH(QString, text);
        QFETCH(int, place);
        QFETCH(QString, spans);
        std::vector<std::string> types;
        for (int i = 1; i <= 20; ++i) types.push_back("T" + std::to_string(i));
        TagFixture f({test::plainGoldenPost()}, types);
        f.press("End");
        f.type(static_cast<Qt::Key>(key), static_cast<Qt::KeyboardModifiers>(modifiers), text,
               static_cast<quint32>(place));
        QCOMPARE(f.spansNow(), spans);
        f.settle();
    }
    void signsOfOtherLayoutsAndInputMethodsAreFollowed() {
        TagFixture f({test::plainGoldenPost()}, {"PER", "LOC"});
        f.press("Home 2 End");
        f.type(static_cast<Qt::Key>(0x3002), Qt::NoModifier, QStringLiteral("。"),
               60);  // "." in a Chinese input method
        QCOMPARE(f.spansNow(), QStringLiteral("0 LOC, 4 LOC"));
        auto* edit = f.page().findChild<QLineEdit*>(QStringLiteral("labelFinderText"));
        f.type(Qt::Key_Slash, Qt::ShiftModifier, QStringLiteral("/"), 16);  // QWERTZ: Shift+7
        QVERIFY(edit->isVisible());
        QTest::keyClick(edit, Qt::Key_Escape);
        f.type(static_cast<Qt::Key>(0xFF0F), Qt::NoModifier, QStringLiteral("／"), 61);
        QVERIFY(edit->isVisible());
        QTest::keyClick(edit, Qt::Key_Escape);
        f.type(static_cast<Qt::Key>(0xFF1F), Qt::ShiftModifier, QStringLiteral("？"), 61);
        QVERIFY(f.page().findChild<KeySheet*>()->isVisible());
        f.settle();
    }
    void lettersOfOtherScriptsWorkByTheirPlace() {
        TagFixture f({test::goldenPost(), test::chinesePost()});
        f.type(static_cast<Qt::Key>(0x5DB), Qt::NoModifier, QStringLiteral("כ"), 41);  // Hebrew, at the place of F
        QVERIFY(isFlagged(f.session().view().state.status));
        f.type(static_cast<Qt::Key>(0x41E), Qt::NoModifier, QStringLiteral("о"), 44);  // Cyrillic, at the place of J
        f.waitForRow(1);
        f.settle();
    }
    void aLatinLetterCountsByWhatItTypesNotByItsPlace() {
        // "A" of AZERTY stands at the place of "Q"; "Q" there at the place of "A" must not label all mentions.
        TagFixture f({test::makePost("x", {"Paris", "loves", "paris"})});
        f.press("Home 2");
        f.type(Qt::Key_Q, Qt::NoModifier, QStringLiteral("q"), 38);
        QVERIFY(!f.page().findChild<AlikeDialog*>());
        f.type(Qt::Key_A, Qt::NoModifier, QStringLiteral("a"), 24);
        QVERIFY(f.page().findChild<AlikeDialog*>());
        f.settle();
    }
    void aDigitHeldDownLabelsOnce() {
        TagFixture f({test::plainGoldenPost()});
        f.press("End 2");
        QKeyEvent again(QEvent::KeyPress, Qt::Key_2, Qt::NoModifier, QStringLiteral("2"), true);
        QApplication::sendEvent(f.canvas(), &again);
        QCOMPARE(f.spansNow(), QStringLiteral("4 LOC"));
        f.settle();
    }
    void slashFindsALabelByItsName() {
        TagFixture f({test::plainGoldenPost()}, {"person", "place", "organisation", "planet"});
        f.press("End /");
        auto* edit = f.page().findChild<QLineEdit*>(QStringLiteral("labelFinderText"));
        QVERIFY(edit && edit->isVisible());
        QTest::keyClicks(edit, QStringLiteral("plan"));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(f.spansNow(), QStringLiteral("4 planet"));
        QVERIFY(!edit->isVisible());
        QVERIFY(f.canvas()->hasFocus());
        f.settle();
    }
    void escapeClosesTheLabelBoxAndLabelsNothing() {
        TagFixture f({test::plainGoldenPost()});
        f.press("/");
        auto* edit = f.page().findChild<QLineEdit*>(QStringLiteral("labelFinderText"));
        QTest::keyClick(edit, Qt::Key_Escape);
        QVERIFY(!edit->isVisible());
        QCOMPARE(f.spansNow(), QString());
    }
    void groupsOfKeysStandUnderTheirHeadings() {
        const auto group = [](const char* name, int keys) {
            std::vector<KeySheetLine> lines{{{}, QLatin1String(name), true}};
            for (int i = 0; i < keys; ++i) lines.push_back({QString::number(i), QLatin1String(name), false});
            return lines;
        };
        const std::vector<std::vector<KeySheetLine>> groups{group("a", 9), group("b", 4), group("c", 11),
                                                            group("d", 2)};
        for (const auto& [most, room] : {std::pair(2, 40), std::pair(3, 12), std::pair(2, 14), std::pair(1, 6)}) {
            const auto columns = keySheetColumns(groups, most, room);
            QVERIFY(int(columns.size()) <= most);
            std::size_t keys = 0;
            for (const auto& column : columns) {
                QVERIFY(!column.empty() && column.front().isHeading);
                QString heading;
                for (const KeySheetLine& line : column) {
                    if (line.isHeading) heading = line.text;
                    if (!line.key.isEmpty()) QCOMPARE(line.text, heading);
                    keys += !line.key.isEmpty();
                }
            }
            QCOMPARE(keys, std::size_t(26));
        }
        const auto whole = keySheetColumns(groups, 2, 40);
        QCOMPARE(whole.size(), std::size_t(2));
        QCOMPARE(whole[1].front().text, QStringLiteral("c"));  // none is broken where there is room
    }

    void theKeySheetOpensAndAnyKeyClosesIt() {
        TagFixture f({test::goldenPost()});
        f.press("?");
        auto* sheet = f.page().findChild<KeySheet*>();
        QVERIFY(sheet && sheet->isVisible());
        QVERIFY(!f.page().grab().isNull());
        QTest::keyClick(sheet, Qt::Key_1);
        QVERIFY(!sheet->isVisible());
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER, 4 LOC"));
    }
    void textSizeChangesWithControlPlusAndMinus() {
        TagFixture f({test::goldenPost()});
        const int before = Theme::postTextSize();
        const qreal width = f.canvas()->canvasLayout().wordRect(1).width();
        f.press("Ctrl+= Ctrl+=");
        QCOMPARE(Theme::postTextSize(), before + 2);
        QVERIFY(f.canvas()->canvasLayout().wordRect(1).width() > width);
        f.press("Ctrl+- Ctrl+-");
        QCOMPARE(Theme::postTextSize(), before);
    }
    void remappedKeysAreFollowed() {
        TagFixture f({test::plainGoldenPost()});
        auto& registry = f.actions();
        QVERIFY(registry.setKeys(QStringLiteral("tag.label1"), {QKeySequence(Qt::Key_Y)}));
        f.press("End Y");
        QCOMPARE(f.spansNow(), QStringLiteral("4 PER"));
        registry.resetKeys(QStringLiteral("tag.label1"));
        f.settle();
    }
    void everyActionHasAKeyATextAndNoRival() {
        ActionRegistry registry;
        defineTagActions(registry);
        int seen = 0;
        QStringList keys;
        for (const auto& id : registry.ids()) {
            if (!id.startsWith(QLatin1String("tag."))) continue;
            ++seen;
            QVERIFY2(!registry.key(id).isEmpty(), qPrintable(id));
            QVERIFY2(!registry.text(id).isEmpty(), qPrintable(id));
            for (const auto& key : registry.keys(id)) {
                QVERIFY2(!keys.contains(key.toString()), qPrintable(id + QLatin1Char(' ') + key.toString()));
                keys << key.toString();
            }
        }
        QVERIFY(seen > 50);
    }
    void theCanvasTakesNoInputMethodText() {
        TagFixture f({test::chinesePost()});
        QVERIFY(!f.canvas()->testAttribute(Qt::WA_InputMethodEnabled));
        QVERIFY(!f.canvas()->inputMethodQuery(Qt::ImEnabled).toBool());
    }
    void arrowsOfARightToLeftPostGoTheWayItsWordsStand() {
        TagFixture f({test::makePost("r0", {"פגשתי", "את", "Mira", "לונד", "ליד", "קרסונד", "2024", "!"})});
        QVERIFY(f.host().isRightToLeft());
        f.press("Home");
        QCOMPARE(f.editor().caret(), 0);
        f.press("Left Left");
        QCOMPARE(f.editor().caret(), 2);
        f.press("Shift+Left 1");
        QCOMPARE(f.spansNow(), QStringLiteral("2-3 PER"));
        f.press("Alt+Shift+Left");  // the left edge is the end
        QCOMPARE(f.spansNow(), QStringLiteral("2-4 PER"));
        f.press("Alt+Shift+Right Alt+Right");  // the right edge is the beginning
        QCOMPARE(f.spansNow(), QStringLiteral("1-3 PER"));
        f.press("End");
        QCOMPARE(f.editor().caret(), 7);
        f.press("Right");
        QCOMPARE(f.editor().caret(), 6);
        QVERIFY(f.canvas()->wordRect(6).left() > f.canvas()->wordRect(7).left());
        f.settle();
    }
    void arrowsOfAMixedPostGoByReadingOrder() {
        TagFixture f({test::makePost("r2", {"Saw", "יוסי", "כהן", "at", "Norbix", "שלום"})});
        QVERIFY(!f.host().isRightToLeft());
        f.press("Home");
        for (int word = 1; word < 6; ++word) {
            f.press("Right");
            QCOMPARE(f.editor().caret(), word);
        }
        f.press("Home Right Shift+Right 1");
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER"));
        f.settle();
    }
    void aHebrewNameDoesNotTurnTheStatusLine() {
        TagFixture f({test::makePost("r2", {"Saw", "יוסי", "at"}, {"O", "B-PER", "O"})});
        f.press("Home Right");
        QCOMPARE(f.host().statusText(), QStringLiteral("\u2068יוסי\u2069 · PER · word 2 · code points 5–8 · gold ✓"));
    }
    void readOnlyRefusesAndSaysSo() {
        TagFixture f({test::goldenPost()});
        f.close();
        ProjectSession first;
        first.open(f.folder());
        QTRY_VERIFY(first.isOpen());
        f.open();
        QVERIFY(f.session().isReadOnly());
        f.press("Home Right 3");
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER, 4 LOC"));
        QCOMPARE(f.host().noticeKind(), TagHost::Notice::Refused);
        QVERIFY(!f.host().acceptsEdits());
        QCOMPARE(f.host().savedText(), QStringLiteral("read-only"));
    }
    void aPostWithoutWordsTakesAllKeys() {
        TagFixture f({test::makePost("empty", {}), test::goldenPost()});
        f.press("Left Right Up Down Home End Shift+Right 1 Tab Backspace Alt+Right A . E Ctrl+Right Space F F");
        QVERIFY(!f.page().grab().isNull());
        f.press("Return");
        f.waitForRow(1);
        f.settle();
    }
    void keysWithoutAProjectDoNothing() {
        ProjectSession session;
        ActionRegistry actions;
        TagPage page(session, actions);
        page.resize(800, 500);
        page.show();
        for (const int key :
             {Qt::Key_1, Qt::Key_Return, Qt::Key_Tab, Qt::Key_Backspace, Qt::Key_J, Qt::Key_A, Qt::Key_N, Qt::Key_F,
              Qt::Key_Period, Qt::Key_Down, Qt::Key_E, Qt::Key_T, Qt::Key_T, Qt::Key_T}) {
            QTest::keyClick(page.canvas(), static_cast<Qt::Key>(key));
        }
        QVERIFY(!page.host().hasPost());
        QVERIFY(!page.grab().isNull());
    }
};

int main(int argc, char** argv) {
    return mnerva::test::runTagTest<AnnotateKeysTest>(argc, argv);
}
#include "annotate_keys_test.moc"
