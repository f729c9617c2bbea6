#include <QClipboard>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include "ui/pages/tag/chip_bar.h"
#include "ui/pages/tag/entity_list.h"
#include "ui/pages/tag/post_list.h"
#include "ui/support/tag_fixture.h"

using namespace mnerva;
using namespace mnerva::ui;
using test::TagFixture;

static QPoint middleOf(TagFixture& f, int word) {
    return f.canvas()->wordRect(word).center().toPoint();
}

static void click(TagFixture& f, int word, Qt::KeyboardModifiers modifiers = {}) {
    QTest::mouseClick(f.canvas()->viewport(), Qt::LeftButton, modifiers, middleOf(f, word));
}

static void drag(TagFixture& f, const QPoint& from, const QPoint& to) {
    auto* target = f.canvas()->viewport();
    QTest::mousePress(target, Qt::LeftButton, {}, from);
    // QTest::mouseMove has no buttons; a drag needs them.
    for (const QPoint& at : {(from + to) / 2, to}) {
        QMouseEvent move(QEvent::MouseMove, QPointF(at), QPointF(target->mapToGlobal(at)), Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QApplication::sendEvent(target, &move);
    }
    QTest::mouseRelease(target, Qt::LeftButton, {}, to);
}

static LabelChip* chip(TagFixture& f, const char* name) {
    return f.page().findChild<LabelChip*>(QStringLiteral("chip_") + QLatin1String(name));
}

static void turnWheel(QWidget* widget, int steps) {
    QWheelEvent wheel(QPointF(5, 5), QPointF(widget->mapToGlobal(QPoint(5, 5))), {}, QPoint(0, 120 * steps),
                      Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &wheel);
}

static void clickStatus(TagFixture& f, int row) {
    QTest::mouseClick(f.page().list()->viewport(), Qt::LeftButton, {}, f.page().list()->statusRect(row).center());
}

static void clickBeside(TagFixture& f) {
    QTest::mouseClick(f.canvas()->viewport(), Qt::LeftButton, {}, QPoint(2, f.canvas()->viewport()->height() - 2));
}

static QAbstractButton* button(TagFixture& f, const char* name) {
    return f.page().findChild<QAbstractButton*>(QLatin1String(name));
}

class AnnotateMouseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aClickTakesTheWord() {
        TagFixture f({test::plainGoldenPost()});
        click(f, 4);
        QCOMPARE(f.editor().caret(), 4);
        f.press("2");
        QCOMPARE(f.spansNow(), QStringLiteral("4 LOC"));
        f.settle();
    }
    void theMouseMarksAPostDoneAndFlaggedAndTakesBothBack() {
        TagFixture f({test::goldenPost(), test::chinesePost()});
        auto* flag = button(f, "flagButton");
        clickStatus(f, 0);
        QCOMPARE(f.session().view().state.status, PostStatus::Done);
        QTest::mouseClick(flag, Qt::LeftButton);
        QVERIFY(flag->isChecked());
        QCOMPARE(f.session().view().state.status, PostStatus::DoneFlagged);
        QCOMPARE(f.session().rowOf(f.session().currentPost()), 0);
        clickStatus(f, 0);
        QCOMPARE(f.session().view().state.status, PostStatus::Flagged);
        f.settle();
    }
    void aClickOnACircleOfAnotherPostStaysHereAndIsUndone() {
        TagFixture f({test::goldenPost(), test::chinesePost()});
        clickStatus(f, 1);
        QCOMPARE(f.session().summaries().at(1).status, PostStatus::Done);
        f.settle();
        QCOMPARE(f.session().rowOf(f.session().currentPost()), 0);
        QVERIFY(f.canvas()->hasFocus());
        f.session().undo();
        QTRY_COMPARE(f.session().summaries().at(1).status, PostStatus::Open);
        f.settle();
    }
    void theBarGoesBackAndOnAndSaysWhere() {
        TagFixture f({test::goldenPost(), test::chinesePost()});
        auto* place = f.page().findChild<QLabel*>(QStringLiteral("postPlace"));
        QCOMPARE(place->text(), QStringLiteral("1 / 2"));
        QVERIFY(!button(f, "previousPost")->isEnabled());
        QTest::mouseClick(button(f, "nextPost"), Qt::LeftButton);
        f.waitForRow(1);
        QTRY_COMPARE(place->text(), QStringLiteral("2 / 2"));
        QVERIFY(!button(f, "nextPost")->isEnabled());
        QTest::mouseClick(button(f, "previousPost"), Qt::LeftButton);
        f.waitForRow(0);
        QVERIFY(f.canvas()->hasFocus());
    }
    void theDoneButtonDoesWhatEnterDoesAndSaysSo() {
        TagFixture f({test::plainGoldenPost(), test::chinesePost()});
        f.suggest({{0, {{"PER", 1, 2, 0.9}}}});
        auto* done = button(f, "doneButton");
        QTRY_VERIFY(done->text().startsWith(QStringLiteral("Accept")));
        QTest::mouseClick(done, Qt::LeftButton);
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER"));
        QVERIFY(done->text().startsWith(QStringLiteral("Done")));
        QTest::mouseClick(done, Qt::LeftButton);
        f.waitForRow(1);
        QCOMPARE(f.session().summaries().at(0).status, PostStatus::Done);
        QVERIFY(f.canvas()->hasFocus());
        f.settle();
    }
    void aClickOnAPostLeavesTheKeysOnTheText() {
        TagFixture f({test::goldenPost(), test::chinesePost()});
        auto* list = f.page().list();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(1, 0)).center());
        f.waitForRow(1);
        QVERIFY(f.canvas()->hasFocus());
        f.press("Home 1");
        QCOMPARE(f.spansNow(), QStringLiteral("0 PER"));
        f.settle();
    }
    void aChipWithNothingSelectedSticksUntilEscape() {
        TagFixture f({test::plainGoldenPost(), test::chinesePost()});
        QTest::mouseClick(chip(f, "PER"), Qt::LeftButton);
        QCOMPARE(f.spansNow(), QString());
        QVERIFY(chip(f, "PER")->isSticky());
        QVERIFY(button(f, "stickyButton")->isVisible());
        drag(f, middleOf(f, 1), middleOf(f, 2));
        QTest::mouseClick(chip(f, "LOC"), Qt::LeftButton);  // another one takes its place
        click(f, 4);
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER, 4 LOC"));
        click(f, 4);  // a click on what has the label already takes nothing off
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER, 4 LOC"));
        clickBeside(f);
        QVERIFY(f.host().stickyLabel());
        f.press("J");
        f.waitForRow(1);
        QVERIFY(f.host().stickyLabel());
        f.press("Esc");
        QVERIFY(!f.host().stickyLabel());
        QVERIFY(!button(f, "stickyButton")->isVisible());
        click(f, 0);
        QCOMPARE(f.spansNow(), QString());
        f.settle();
    }
    void theMouseAloneEndsAStickyLabel() {
        TagFixture f({test::plainGoldenPost()});
        QTest::mouseClick(chip(f, "PER"), Qt::LeftButton);
        QTest::mouseClick(chip(f, "PER"), Qt::LeftButton);
        QVERIFY(!f.host().stickyLabel());
        QTest::mouseClick(chip(f, "ORG"), Qt::LeftButton);
        QTest::mouseClick(button(f, "stickyButton"), Qt::LeftButton);
        QVERIFY(!f.host().stickyLabel());
        QCOMPARE(f.spansNow(), QString());
    }
    void afterAClickOnEmptySpaceAChipSticks() {
        TagFixture f({test::plainGoldenPost()});
        drag(f, middleOf(f, 1), middleOf(f, 2));
        clickBeside(f);
        QVERIFY(!f.editor().selection());
        QTest::mouseClick(chip(f, "PER"), Qt::LeftButton);
        QCOMPARE(f.spansNow(), QString());
        QVERIFY(f.host().stickyLabel());
    }
    void theMenuAlwaysFinishesThePost() {
        TagFixture f({test::plainGoldenPost(), test::chinesePost()});
        f.suggest({{0, {{"PER", 1, 2, 0.9}}}});
        const QPoint at = middleOf(f, 4);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, f.canvas()->viewport()->mapToGlobal(at));
        QApplication::sendEvent(f.canvas()->viewport(), &event);
        auto* menu = f.page().findChild<QMenu*>(QStringLiteral("labelMenu"));
        QVERIFY(menu);
        QAction* finish = nullptr;
        for (QAction* action : menu->actions())
            if (action->text().startsWith(QStringLiteral("Finish the post"))) finish = action;
        QVERIFY(finish && finish->isEnabled());
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(finish).center());
        f.waitForRow(1);
        QCOMPARE(f.session().summaries().at(0).status, PostStatus::Done);
        f.settle();
    }
    void theEntityListAndTheTextAreOneSelection() {
        TagFixture f({test::goldenPost()});
        auto* list = f.page().entities();
        QCOMPARE(list->model()->rowCount(), 2);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(1, 0)).center());
        QCOMPARE(f.editor().caret(), 4);
        QVERIFY(f.editor().focus().isEntity());
        QVERIFY(f.canvas()->hasFocus());
        click(f, 1);
        QCOMPARE(list->currentIndex().row(), 0);
        QVERIFY(list->selectionModel()->isSelected(list->model()->index(0, 0)));
        f.press("3");
        QCOMPARE(list->model()->index(0, 0).data(EntityListModel::TypeRole).toString(), QStringLiteral("ORG"));
        QCOMPARE(list->model()->index(0, 0).data(EntityListModel::SourceRole).toString(), QStringLiteral("by hand"));
        QCOMPARE(list->model()->index(1, 0).data(EntityListModel::SourceRole).toString(), QStringLiteral("gold"));
        click(f, 3);
        QVERIFY(!list->selectionModel()->hasSelection());
        f.settle();
    }
    void theEntityListSaysWhatIsSuggestedAndHowSure() {
        TagFixture f({test::plainGoldenPost()});
        f.suggest({{0, {{"PER", 1, 2, 0.918}}}});
        auto* list = f.page().entities();
        QTRY_COMPARE(list->model()->rowCount(), 1);
        const QModelIndex row = list->model()->index(0, 0);
        QCOMPARE(row.data(EntityListModel::ConfidenceRole).toString(), QStringLiteral("0.91"));
        QCOMPARE(row.data(EntityListModel::SourceRole).toString(), QStringLiteral("run1"));
        QTest::mouseClick(button(f, "removeButton"), Qt::LeftButton);
        QCOMPARE(list->model()->rowCount(), 0);
        QVERIFY(!f.page().grab().isNull());
        f.settle();
    }
    /// From open to done with not one key: drags, chips, sticky labels, the entity list and the buttons of the bar.
    void thirtyPostsFromOpenToDoneByMouseAlone() {
        std::vector<Post> posts;
        for (int i = 0; i < 30; ++i)
            posts.push_back(
                test::makePost("p" + std::to_string(i), {"so", "Ann", "Lee", "left", "Paris", "with", "Bob"}));
        TagFixture f(posts);
        std::vector<std::pair<int, std::vector<Entity>>> suggested;
        for (int i = 2; i < 30; i += 3) suggested.push_back({i, {{"PER", 1, 2, 0.9}, {"ORG", 4, 4, 0.6}}});
        f.suggest(suggested);
        for (int i = 0; i < 30; ++i) {
            f.waitForRow(i);
            if (i % 3 == 0) {  // select, then the chip
                drag(f, middleOf(f, 1), middleOf(f, 2));
                QTest::mouseClick(chip(f, "PER"), Qt::LeftButton);
                click(f, 4);
                QTest::mouseClick(chip(f, "LOC"), Qt::LeftButton);
                click(f, 6);
                QTest::mouseClick(chip(f, "PER"), Qt::LeftButton);
            } else if (i % 3 == 1) {  // labels that stick
                clickBeside(f);
                QTest::mouseClick(chip(f, "PER"), Qt::LeftButton);
                drag(f, middleOf(f, 1), middleOf(f, 2));
                click(f, 6);
                QTest::mouseClick(chip(f, "LOC"), Qt::LeftButton);
                click(f, 4);
                QTest::mouseClick(button(f, "stickyButton"), Qt::LeftButton);
            } else {  // one suggestion is right, one is turned down
                QTRY_COMPARE(f.editor().pending().size(), std::size_t(2));
                QTest::mouseClick(button(f, "doneButton"), Qt::LeftButton);
                QTest::mouseClick(button(f, "removeButton"), Qt::LeftButton);
                click(f, 4);
                QTest::mouseClick(chip(f, "LOC"), Qt::LeftButton);
                click(f, 6);
                QTest::mouseClick(chip(f, "PER"), Qt::LeftButton);
            }
            QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER, 4 LOC, 6 PER"));
            QTest::mouseClick(button(f, "doneButton"), Qt::LeftButton);
        }
        f.settle();
        f.reopen();
        QTRY_VERIFY(f.session().isFullyLoaded());
        const PostRows& rows = f.session().summaries();
        for (std::size_t row = 0; row < rows.size(); ++row) {
            QCOMPARE(rows.statusAt(row), PostStatus::Done);
            QCOMPARE(rows.entityCountAt(row), 3);
        }
    }
    void aRightToLeftPostTakesClicksAndDragsWhereItsWordsStand() {
        TagFixture f({test::makePost("r0", {"פגשתי", "את", "Mira", "לונד", "ליד", "קרסונד"})});
        QVERIFY(middleOf(f, 0).x() > middleOf(f, 5).x());
        click(f, 5);
        f.press("2");
        drag(f, middleOf(f, 2), middleOf(f, 3));
        f.press("1");
        QCOMPARE(f.spansNow(), QStringLiteral("2-3 PER, 5 LOC"));
        // The left grip is the end: dragged further left it takes the next word.
        const QRectF end = f.canvas()->wordRect(3);
        click(f, 2);
        drag(f, QPoint(static_cast<int>(end.left()) - 3, static_cast<int>(end.center().y())), middleOf(f, 4));
        QCOMPARE(f.spansNow(), QStringLiteral("2-4 PER, 5 LOC"));
        f.settle();
    }
    void aDragSelectsWholeWordsAsItGrows() {
        TagFixture f({test::plainGoldenPost()});
        auto* target = f.canvas()->viewport();
        QTest::mousePress(target, Qt::LeftButton, {}, middleOf(f, 1));
        const QPoint half = f.canvas()->wordRect(2).topLeft().toPoint() + QPoint(3, 5);
        QMouseEvent move(QEvent::MouseMove, QPointF(half), QPointF(target->mapToGlobal(half)), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(target, &move);
        QVERIFY(f.editor().selection() == (WordRange{1, 2}));  // snapped while the button is still down
        QTest::mouseRelease(target, Qt::LeftButton, {}, half);
        QTest::mouseClick(chip(f, "PER"), Qt::LeftButton);
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER"));
        f.settle();
    }
    void aDragToTheLeftSelectsToo() {
        TagFixture f({test::plainGoldenPost()});
        drag(f, middleOf(f, 4), middleOf(f, 2));
        QVERIFY(f.editor().selection() == (WordRange{2, 4}));
    }
    void aShiftClickExtendsTheSelection() {
        TagFixture f({test::plainGoldenPost()});
        click(f, 1);
        click(f, 3, Qt::ShiftModifier);
        QVERIFY(f.editor().selection() == (WordRange{1, 3}));
    }
    void aDoubleClickTakesTheExistingEntityAndNeverMakesAnother() {
        TagFixture f({test::goldenPost()});
        QTest::mouseDClick(f.canvas()->viewport(), Qt::LeftButton, {}, middleOf(f, 2));
        QVERIFY(f.editor().focus().isEntity());
        QVERIFY(!f.editor().selection());
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER, 4 LOC"));
    }
    void aDoubleClickInChineseTakesTheWordOfTheLanguage() {
        TagFixture f({test::chinesePost()});
        QTest::mouseDClick(f.canvas()->viewport(), Qt::LeftButton, {}, middleOf(f, 3));
        QVERIFY(f.editor().selection());
        QCOMPARE(f.editor().selection()->first, 2);
        QVERIFY(f.editor().selection()->last >= 3);
    }
    void aSecondClickCyclesWhatOverlaps() {
        TagFixture f({test::goldenPost()});
        f.suggest({{0, {{"ORG", 1, 1, 0.8}}}});
        click(f, 1);
        const bool before = f.editor().focus().isSuggestion();
        click(f, 1);
        QCOMPARE(f.editor().focus().isSuggestion(), !before);
    }
    void theRightEdgeIsDragged() {
        TagFixture f({test::goldenPost()});
        click(f, 1);
        const QPoint edge = f.canvas()->wordRect(2).toRect().adjusted(0, 0, 3, 0).topRight() + QPoint(0, 10);
        drag(f, edge, middleOf(f, 3));
        QCOMPARE(f.spansNow(), QStringLiteral("1-3 PER, 4 LOC"));
        f.settle();
    }
    void theLeftEdgeIsDragged() {
        TagFixture f({test::goldenPost()});
        click(f, 1);
        const QPoint edge = f.canvas()->wordRect(1).topLeft().toPoint() + QPoint(-2, 10);
        drag(f, edge, middleOf(f, 0));
        QCOMPARE(f.spansNow(), QStringLiteral("0-2 PER, 4 LOC"));
        f.settle();
    }
    void anEdgeDraggedPastTheOtherStopsAtOneWord() {
        TagFixture f({test::goldenPost()});
        click(f, 1);
        const QPoint edge = f.canvas()->wordRect(1).topLeft().toPoint() + QPoint(-2, 10);
        drag(f, edge, middleOf(f, 4));
        QCOMPARE(f.spansNow(), QStringLiteral("2 PER, 4 LOC"));
        f.settle();
    }
    void aChipLabelsTheWordAndShowsTheCount() {
        TagFixture f({test::goldenPost()});
        QCOMPARE(chip(f, "PER")->count(), 1);
        click(f, 3);
        QTest::mouseClick(chip(f, "ORG"), Qt::LeftButton);
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER, 3 ORG, 4 LOC"));
        QCOMPARE(chip(f, "ORG")->count(), 1);
        QVERIFY(chip(f, "ORG")->accessibleName().contains(QStringLiteral("ORG")));
        f.settle();
    }
    void theWheelTurnsTheStickyLabelAndADragLabelsAtOnce() {
        TagFixture f({test::plainGoldenPost()});
        auto* bar = f.page().findChild<ChipBar*>();
        turnWheel(bar, -1);
        turnWheel(bar, -1);
        QCOMPARE(f.host().stickyLabel(), std::optional<int>(1));
        QVERIFY(chip(f, "LOC")->isSticky());
        drag(f, middleOf(f, 1), middleOf(f, 2));
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 LOC"));
        turnWheel(bar, 1);
        turnWheel(bar, 1);
        QVERIFY(!f.host().stickyLabel());
        f.settle();
    }
    void escapeTurnsTheStickyLabelOff() {
        TagFixture f({test::plainGoldenPost()});
        turnWheel(f.page().findChild<ChipBar*>(), -1);
        QVERIFY(f.host().stickyLabel());
        f.press("Esc");
        QVERIFY(!f.host().stickyLabel());
    }
    void theRightButtonOpensALabelMenuWithKeys() {
        TagFixture f({test::plainGoldenPost()});
        const QPoint at = middleOf(f, 4);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, f.canvas()->viewport()->mapToGlobal(at));
        QApplication::sendEvent(f.canvas()->viewport(), &event);
        auto* menu = f.page().findChild<QMenu*>(QStringLiteral("labelMenu"));
        QVERIFY(menu);
        QCOMPARE(f.editor().caret(), 4);
        QCOMPARE(menu->actions().first()->text(), QStringLiteral("PER\t1"));
        menu->actions().at(1)->trigger();
        QCOMPARE(f.spansNow(), QStringLiteral("4 LOC"));
        menu->close();
        f.settle();
    }
    void aClickBesideTheWordsDropsTheSelection() {
        TagFixture f({test::plainGoldenPost()});
        drag(f, middleOf(f, 1), middleOf(f, 2));
        QTest::mouseClick(f.canvas()->viewport(), Qt::LeftButton, {},
                          QPoint(f.canvas()->viewport()->width() - 5, middleOf(f, 1).y()));
        QVERIFY(!f.editor().selection());
    }
    void controlWheelChangesTheTextSize() {
        TagFixture f({test::goldenPost()});
        const int before = Theme::postTextSize();
        QWheelEvent wheel(QPointF(50, 50), QPointF(50, 50), {}, QPoint(0, 120), Qt::NoButton, Qt::ControlModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(f.canvas()->viewport(), &wheel);
        QCOMPARE(Theme::postTextSize(), before + 1);
        Theme::instance()->setPostTextSize(before);
    }
    void draggingOnAnEmptyPostDoesNothing() {
        TagFixture f({test::makePost("empty", {})});
        drag(f, QPoint(30, 30), QPoint(200, 90));
        QTest::mouseDClick(f.canvas()->viewport(), Qt::LeftButton, {}, QPoint(40, 40));
        QVERIFY(!f.editor().selection());
    }
    void theMouseDragsOverALineEnd() {
        std::vector<std::string> words(60, "word");
        TagFixture f({test::makePost("long", words)});
        const int second = f.canvas()->canvasLayout().firstWordOfLine(1);
        drag(f, middleOf(f, second - 1), middleOf(f, second + 1));
        QVERIFY(f.editor().selection() == (WordRange{second - 1, second + 1}));
        f.press("1");
        QVERIFY(!f.page().grab().isNull());
        f.settle();
    }
};

int main(int argc, char** argv) {
    return mnerva::test::runTagTest<AnnotateMouseTest>(argc, argv);
}
#include "annotate_mouse_test.moc"
