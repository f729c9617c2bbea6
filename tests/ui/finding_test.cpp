#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QTimer>
#include <algorithm>
#include <functional>

#include "core/project/post_order.h"
#include "ui/pages/tag/canvas_layout.h"
#include "ui/pages/tag/go_to.h"
#include "ui/pages/tag/picture_wall.h"
#include "ui/pages/tag/post_list.h"
#include "ui/pages/tag/post_list_model.h"
#include "ui/session/order_button.h"
#include "ui/session/order_menu.h"
#include "ui/session/query_counts.h"
#include "ui/support/tag_fixture.h"

using namespace mnerva;
using namespace mnerva::ui;
using project::OrderKey;
using test::makePost;
using test::TagFixture;

namespace {

constexpr int kWait = 20000;

/// Five posts of 3, 1, 4, 1 and 2 words; the third and the last have entities.
std::vector<Post> posts() {
    return {makePost("O_10", {"Kevin", "in", "Toronto"}), makePost("O_11", {"one"}),
            makePost("O_12", {"Ann", "and", "Bob", "again"}, {"B-PER", "O", "B-PER", "O"}), makePost("o_12", {"two"}),
            makePost("O_120", {"Rome", "wins"}, {"B-LOC", "O"})};
}

QString shown(TagFixture& f) {
    QStringList rows;
    for (const int row : f.session().visibleRows()) rows << QString::number(row);
    return rows.join(QLatin1Char(' '));
}

/// The rows of the list as the model has them, which must be those of the session.
QString listed(TagFixture& f) {
    QStringList rows;
    for (int i = 0; i < f.page().listModel()->rowCount(); ++i)
        rows << QString::number(f.session().rowOf(f.page().listModel()->postAt(i)));
    return rows.join(QLatin1Char(' '));
}

void awaitOrder(TagFixture& f, const char* rows) {
    QTRY_VERIFY_WITH_TIMEOUT(!f.session().isSorting(), kWait);
    QTRY_COMPARE_WITH_TIMEOUT(shown(f), QString::fromLatin1(rows), kWait);
    QCOMPARE(listed(f), QString::fromLatin1(rows));
}

QAction* entry(QMenu* menu, const QString& begin) {
    for (QAction* action : menu->actions())
        if (action->text().startsWith(begin)) return action;
    return nullptr;
}

OrderMenu* openedMenu(TagFixture& f) {
    auto* menu = f.page().findChild<OrderMenu*>();
    Q_EMIT menu->aboutToShow();
    return menu;
}

}  // namespace

class FindingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stepsFollowTheOrderThatIsShown() {
        TagFixture f(posts());
        f.session().setOrder({OrderKey::Length});
        awaitOrder(f, "1 3 4 0 2");
        auto* note = f.page().findChild<QLabel*>(QStringLiteral("orderNote"));
        QVERIFY(note->isVisible());
        QCOMPARE(note->text(), QStringLiteral("Length ↑"));
        f.session().setCurrentPost(f.session().summaries()[1].id);
        f.waitForRow(1);
        f.press("J");
        f.waitForRow(3);
        f.press("J J");
        f.waitForRow(0);
        f.press("K");
        f.waitForRow(4);
        // Enter marks the post done and goes on in the same order.
        f.press("Return");
        f.waitForRow(0);
        QCOMPARE(f.session().summaries()[4].status, PostStatus::Done);
        QCOMPARE(f.page().list()->currentIndex().row(), 3);
        QCOMPARE(f.page().findChild<QLabel*>(QStringLiteral("postPlace"))->text(), QStringLiteral("4 / 5"));
    }
    void theOrderHoldsAmongWhatAQueryFinds() {
        TagFixture f(posts());
        f.session().setOrder({OrderKey::Length, true});
        awaitOrder(f, "2 0 4 1 3");
        f.session().setFilter(QStringLiteral("not text:wins not text:two"));
        awaitOrder(f, "2 0 1");
        f.session().setOrder({OrderKey::Length});
        awaitOrder(f, "1 0 2");
        f.session().setFilter({});
        awaitOrder(f, "1 3 4 0 2");
        f.session().setOrder({});
        awaitOrder(f, "0 1 2 3 4");
    }
    void postsKeepTheirPlacesUntilTheyAreSortedAgain() {
        TagFixture f(posts());
        f.session().setOrder({OrderKey::Entities, true});
        awaitOrder(f, "2 4 0 1 3");
        f.session().setCurrentPost(f.session().summaries()[3].id);
        f.waitForRow(3);
        f.press("1");
        f.settle();
        QCOMPARE(f.session().summaries()[3].entityCount, 1);
        QCOMPARE(shown(f), QStringLiteral("2 4 0 1 3"));
        f.session().sortAgain();
        awaitOrder(f, "2 3 4 0 1");
        // Read again, the project is put in the same order.
        f.session().refresh();
        QSignalSpy sorted(&f.session(), &ProjectSession::sortProgressed);
        QTRY_VERIFY_WITH_TIMEOUT(sorted.count() > 0, kWait);
        awaitOrder(f, "2 3 4 0 1");
    }
    void theMenuSaysWhatARunLacks() {
        TagFixture f(posts());
        auto* menu = openedMenu(f);
        QVERIFY(!entry(menu, QStringLiteral("Least sure entity (no run yet)"))->isEnabled());
        QVERIFY(!entry(menu, QStringLiteral("Disagreement of the runs (no run yet)"))->isEnabled());
        QSignalSpy layers(&f.session(), &ProjectSession::layersChanged);
        f.session().write(
            [](project::Project& project) {
                project.storePredictions("sure",
                                         {{PostId{1}, {{"PER", 0, 0, 0.9}}}, {PostId{2}, {{"PER", 0, 0, 0.4}}}});
                project.storePredictions(
                    "mute", {{PostId{2}, {{"LOC", 0, 0, std::nullopt}}}, {PostId{1}, {{"PER", 0, 0, std::nullopt}}}});
            },
            [&f](const std::optional<Error>&) { f.session().refresh(); });
        QTRY_COMPARE_WITH_TIMEOUT(f.session().runNumbers().size(), std::size_t(2), kWait);
        menu = openedMenu(f);
        QMenu* least = entry(menu, QStringLiteral("Least sure entity"))->menu();
        QVERIFY(least);
        QVERIFY(entry(least, QStringLiteral("sure"))->isEnabled());
        QVERIFY(!entry(least, QStringLiteral("mute (keeps no confidences)"))->isEnabled());
        QMenu* picture = entry(menu, QStringLiteral("What the picture changes"))->menu();
        QVERIFY(!entry(picture, QStringLiteral("sure (not asked"))->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(f.session().isFullyLoaded(), kWait);
        entry(least, QStringLiteral("sure"))->trigger();
        awaitOrder(f, "1 0 2 3 4");
        auto* button = f.page().findChild<OrderButton*>();
        QVERIFY2(button->accessibleName().contains(QStringLiteral("Least sure entity: sure ↓")),
                 qPrintable(button->accessibleName()));
        menu = openedMenu(f);
        QVERIFY(entry(menu, QStringLiteral("Descending"))->isChecked());
        entry(menu, QStringLiteral("Disagreement of the runs"))->trigger();
        awaitOrder(f, "1 0 2 3 4");
        menu = openedMenu(f);
        entry(menu, QStringLiteral("Ascending"))->trigger();
        awaitOrder(f, "0 1 2 3 4");
        QCOMPARE(f.session().order().key, OrderKey::Disagreement);
    }
    void aBlindLayerIsNotPutInOrderByRuns() {
        TagFixture f(posts());
        f.session().write([](project::Project& project) { project.addAnnotator("ann", true); },
                          [&f](const std::optional<Error>&) { f.session().refresh(); });
        QTRY_VERIFY_WITH_TIMEOUT(f.session().layers().size() == 3, kWait);
        f.session().setOrder({OrderKey::Disagreement, true});
        QVERIFY(f.session().setEditedLayer(QStringLiteral("ann")));
        QVERIFY(f.session().isBlind());
        QVERIFY(f.session().order().isProject());
        f.session().setOrder({OrderKey::LeastConfidence, true, "run1"});
        QVERIFY(f.session().order().isProject());
        auto* menu = openedMenu(f);
        QVERIFY(!entry(menu, QStringLiteral("Disagreement of the runs (the layer is blind)"))->isEnabled());
    }
    void anOrderOfARunThatIsGoneLeavesWhatWasShown() {
        TagFixture f(posts());
        f.session().setOrder({OrderKey::Length});
        awaitOrder(f, "1 3 4 0 2");
        QSignalSpy failed(&f.session(), &ProjectSession::readFailed);
        f.session().setOrder({OrderKey::LeastConfidence, true, "gone"});
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWait);
        QCOMPARE(f.session().order().key, OrderKey::Length);
        QCOMPARE(shown(f), QStringLiteral("1 3 4 0 2"));
        QVERIFY(!f.session().isSorting());
    }
    void theNextOpenPostWrapsAndSaysSo() {
        TagFixture f(posts());
        f.press("Ctrl+Return Ctrl+Return");  // 0 and 1 are done
        f.waitForRow(2);
        f.press("Shift+J Shift+J");
        f.waitForRow(4);
        f.press("Shift+J");
        f.waitForRow(2);
        QTRY_COMPARE(f.host().statusText(),
                     QStringLiteral("No further open post: from the beginning of the list again."));
        f.press("Shift+K");
        f.waitForRow(4);
        f.press("Shift+K");
        f.waitForRow(3);
        f.press("D");
        f.press("Shift+J D");
        f.waitForRow(4);
        f.press("Shift+J");
        f.waitForRow(2);
        f.press("Shift+J");
        QCOMPARE(f.host().statusText(), QStringLiteral("No other post of the list is open."));
        f.press("D");
        f.press("Shift+J");
        QCOMPARE(f.host().statusText(), QStringLiteral("No post of the list is open."));
        f.waitForRow(2);
    }
    void goToTakesTheNumberInTheListAsItIsShown() {
        TagFixture f(posts());
        f.session().setOrder({OrderKey::Length});
        awaitOrder(f, "1 3 4 0 2");
        f.press("Ctrl+G");
        auto* box = f.page().findChild<GoTo*>();
        auto* text = box->findChild<QLineEdit*>();
        QVERIFY(box->isVisible());
        QTRY_VERIFY(text->hasFocus());
        QTest::keyClicks(text, QStringLiteral("5"));
        QTest::keyClick(text, Qt::Key_Return);
        f.waitForRow(2);
        QVERIFY(!box->isVisible());
        QTRY_VERIFY(f.canvas()->hasFocus());
    }
    void goToListsAllPostsOfAnIdWholeOnesFirst() {
        TagFixture f(posts());
        f.session().setFilter(QStringLiteral("text:wins"));
        QTRY_COMPARE_WITH_TIMEOUT(f.session().visibleRows().size(), std::size_t(1), kWait);
        f.press("Ctrl+G");
        auto* box = f.page().findChild<GoTo*>();
        auto* text = box->findChild<QLineEdit*>();
        auto* list = box->findChild<QListWidget*>();
        QTest::keyClicks(text, QStringLiteral("o_12"));
        QCOMPARE(list->count(), 3);
        QVERIFY2(list->item(0)->text().contains(QStringLiteral("Ann and Bob")), qPrintable(list->item(0)->text()));
        QVERIFY(list->item(0)->text().contains(QStringLiteral("not in the list")));
        QVERIFY(list->item(1)->text().contains(QStringLiteral("two")));
        QVERIFY(list->item(2)->text().contains(QStringLiteral("Rome")));
        QVERIFY(!list->item(2)->text().contains(QStringLiteral("not in the list")));
        QTest::keyClick(text, Qt::Key_Down);
        QTest::keyClick(text, Qt::Key_Return);
        f.waitForRow(3);
    }
    void goToSaysThatNothingFitsAndEscapeLeavesAllAsItWas() {
        TagFixture f(posts());
        QVERIFY(f.page().runAction(QStringLiteral("tag.goTo")));  // as the palette does
        auto* box = f.page().findChild<GoTo*>();
        auto* text = box->findChild<QLineEdit*>();
        auto* list = box->findChild<QListWidget*>();
        for (const char* typed : {"99", "nowhere", "%", "-1", "0", "99999999999999999999"}) {
            text->clear();
            QTest::keyClicks(text, QString::fromLatin1(typed));
            QCOMPARE(list->count(), QByteArray(typed) == "0" ? 2 : 1);  // of "0" two ids hold it
            QTest::keyClick(text, Qt::Key_Return);
            if (QByteArray(typed) == "0") break;
            QVERIFY(box->isVisible());
        }
        f.press("Ctrl+G");
        QTest::keyClick(text, Qt::Key_Escape);
        QVERIFY(!box->isVisible());
    }
    void whatTheQueryFoundIsMarkedInThePost() {
        TagFixture f(posts());
        const auto isMarked = [&] {
            const QImage image = f.canvas()->viewport()->grab().toImage();
            const QColor ground = Theme::color(Theme::Role::WarningSurface);
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (image.pixelColor(x, y) == ground) return true;
            return false;
        };
        QVERIFY(!isMarked());
        f.session().setFilter(QStringLiteral("text:oront"));
        QTRY_COMPARE_WITH_TIMEOUT(f.session().visibleRows().size(), std::size_t(1), kWait);
        QTRY_VERIFY_WITH_TIMEOUT(isMarked(), kWait);
        f.session().setFilter({});
        QTRY_VERIFY_WITH_TIMEOUT(!isMarked(), kWait);
    }
    void hitsStandUnderTheirLetters() {
        CanvasMetrics metrics;
        metrics.wordWidth = metrics.labelWidth =
            metrics.tagWidth = [](const QString& text) { return 10.0 * text.size(); };
        metrics.wordAscent = 10;
        metrics.wordDescent = 4;
        metrics.spaceWidth = 10;
        metrics.margin = 0;
        const auto words = displayOf(std::vector<std::string>{"Kevin", "in", "Toronto"});
        const auto layout = layoutWords(words, JoinRule::Space, 1000, false, metrics);
        // "oront" in Toronto, and "n i" from one word into the next.
        const auto rects = hitRects(layout, words, JoinRule::Space, {{10, 15}, {4, 7}}, metrics);
        QCOMPARE(rects.size(), std::size_t(3));
        const QRectF toronto = layout.wordRect(2);
        QCOMPARE(rects[0].left(), toronto.left() + 10);
        QCOMPARE(rects[0].width(), 50.0);
        QCOMPARE(rects[1].left(), layout.wordRect(0).left() + 40);
        QCOMPARE(rects[1].width(), 10.0);
        QCOMPARE(rects[2].left(), layout.wordRect(1).left());
        QCOMPARE(rects[2].width(), 10.0);
        QVERIFY(hitRects(layout, words, JoinRule::Space, {{90, 95}}, metrics).empty());
    }
    void manyPostsArePutInOrderWithoutHoldingTheWindowUp() {
        std::vector<Post> many;
        for (int i = 0; i < 30000; ++i)
            many.push_back(makePost(std::to_string(i), std::vector<std::string>(static_cast<std::size_t>(1 + i * 7 % 5),
                                                                                i % 3 == 0 ? "three" : "w")));
        TagFixture f(many);
        QTRY_VERIFY_WITH_TIMEOUT(f.session().isFullyLoaded(), kWait);
        f.session().setOrder({OrderKey::Length});
        QVERIFY(f.session().isSorting());
        QCOMPARE(f.session().visibleRows().front(), 0);  // what was shown stays until it is done
        const auto isInOrder = [&](std::size_t rows, int every) {
            const auto& visible = f.session().visibleRows();
            if (visible.size() != rows || f.session().isSorting() || f.session().isFiltering()) return false;
            for (std::size_t i = 1; i < visible.size(); ++i) {
                const std::pair before(visible[i - 1] * 7 % 5, visible[i - 1]), now(visible[i] * 7 % 5, visible[i]);
                if (now <= before || visible[i] % every != 0) return false;
            }
            return true;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isInOrder(30000, 1), kWait);
        f.session().setFilter(QStringLiteral("text:three"));
        QTRY_VERIFY_WITH_TIMEOUT(isInOrder(10000, 3), kWait);
        f.session().setFilter(QStringLiteral("len>0"));  // more than are put in order at once
        QTRY_VERIFY_WITH_TIMEOUT(isInOrder(30000, 1), kWait);
        QCOMPARE(
            f.session().placeOf(f.session().summaries()[static_cast<std::size_t>(f.session().visibleRows()[12345])].id),
            12345);
        f.session().setOrder({OrderKey::Length, true});
        f.session().stopSorting();
        QVERIFY(!f.session().order().isDescending);
        QVERIFY(isInOrder(30000, 1));
    }
    void theWallIsTheListAsPictures() {
        TagFixture f(posts());
        f.session().setOrder({OrderKey::Length});
        awaitOrder(f, "1 3 4 0 2");
        f.press("Shift+W");
        auto* wall = f.page().findChild<PictureWall*>();
        QVERIFY(wall->isVisible());
        QVERIFY(!f.canvas()->isVisible());
        QTRY_VERIFY(wall->hasFocus());
        QCOMPARE(wall->current(), 3);
        QTest::keyClick(wall, Qt::Key_Home);
        f.waitForRow(1);
        QTest::keyClick(wall, Qt::Key_Right);
        f.waitForRow(3);
        QCOMPARE(f.page().list()->currentIndex().row(), 1);
        QTest::keyClick(wall, Qt::Key_Return);
        QVERIFY(!wall->isVisible());
        QTRY_VERIFY(f.canvas()->hasFocus());
        f.press("Shift+W");
        QTest::mouseClick(wall->viewport(), Qt::LeftButton, {}, wall->tileRect(2).center());
        f.waitForRow(4);
        QVERIFY(f.canvas()->isVisible());
        f.press("Shift+W");
        QTest::keyClick(wall, Qt::Key_Escape);
        QVERIFY(f.canvas()->isVisible());
        // What the query leaves is what the wall shows.
        f.session().setFilter(QStringLiteral("text:wins"));
        QTRY_COMPARE_WITH_TIMEOUT(f.session().visibleRows().size(), std::size_t(1), kWait);
        f.press("Shift+W");
        QCOMPARE(wall->rowAt(wall->tileRect(0).center()), 0);
        QCOMPARE(wall->rowAt(wall->tileRect(1).center()), -1);
    }
    void theWallDrawsNoMoreThanIsInSight() {
        std::vector<Post> many;
        for (int i = 0; i < 20000; ++i) many.push_back(makePost(std::to_string(i), {"w"}));
        TagFixture f(many);
        QTRY_VERIFY_WITH_TIMEOUT(f.session().isFullyLoaded(), kWait);
        f.press("Shift+W");
        auto* wall = f.page().findChild<PictureWall*>();
        QTest::keyClick(wall, Qt::Key_End);
        f.waitForRow(19999);
        wall->viewport()->grab();
        const int inSight = (wall->viewport()->height() / wall->tileRect(0).height() + 2) * wall->columns();
        QVERIFY2(wall->drawn() > 0 && wall->drawn() <= inSight, qPrintable(QString::number(wall->drawn())));
        QVERIFY(wall->viewport()->rect().contains(wall->tileRect(19999)));
    }
    void picturesOnRequest() {
        const QString folder = qEnvironmentVariable("MNERVA_PICTURES");
        if (folder.isEmpty()) QSKIP("MNERVA_PICTURES names no folder");
        for (const auto choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
            const QString end =
                choice == Theme::Choice::Light ? QStringLiteral("-light.png") : QStringLiteral("-dark.png");
            Theme::instance()->setChoice(choice);
            TagFixture f(posts());
            f.suggest({{0, {{"LOC", 2, 2, 0.9}}}, {4, {{"LOC", 0, 0, 0.4}}}});
            f.session().refresh();
            QTRY_COMPARE_WITH_TIMEOUT(f.session().runNumbers().size(), std::size_t(1), kWait);
            QTRY_VERIFY_WITH_TIMEOUT(f.session().isFullyLoaded(), kWait);
            f.session().setOrder({OrderKey::LeastConfidence, true, "run1"});
            f.session().setFilter(QStringLiteral("in"));
            QTRY_COMPARE_WITH_TIMEOUT(f.session().visibleRows().size(), std::size_t(3), kWait);
            f.session().setCurrentPost(f.session().summaries()[0].id);
            f.waitForRow(0);
            f.page().grab().save(folder + QStringLiteral("/order") + end);
            auto* menu = openedMenu(f);
            menu->adjustSize();
            menu->grab().save(folder + QStringLiteral("/order-menu") + end);
        }
        Theme::instance()->setChoice(Theme::Choice::Light);
    }
    void aLargeProjectOnRequest() {
        const QString folder = qEnvironmentVariable("MNERVA_LARGE");
        if (folder.isEmpty()) QSKIP("MNERVA_LARGE names no project; find_bench --make makes one");
        ProjectSession session;
        QueryCounts counts(session);
        session.open(folder);
        constexpr int kLong = 300000;
        QTRY_VERIFY_WITH_TIMEOUT(session.isFullyLoaded(), kLong);
        QTRY_VERIFY_WITH_TIMEOUT(!session.runNumbers().empty(), kLong);
        qInfo("%zu posts, %d MB", session.summaries().size(), residentMegabytes());
        // The longest that the window did nothing else.
        QElapsedTimer turn;
        qint64 longest = 0;
        QTimer beat;
        connect(&beat, &QTimer::timeout, &beat, [&] { longest = std::max(longest, turn.restart()); });
        const auto measured = [&](const char* what, const std::function<void()>& begin,
                                  const std::function<bool()>& isDone) {
            longest = 0;
            turn.start();
            beat.start(0);
            QElapsedTimer clock;
            clock.start();
            begin();
            QTRY_VERIFY_WITH_TIMEOUT(isDone(), kLong);
            beat.stop();
            qInfo("%-44s %6lld ms, the window was held up for %lld ms at most, %d MB", what, clock.elapsed(), longest,
                  residentMegabytes());
        };
        const auto isStill = [&] { return !session.isSorting() && !session.isFiltering(); };
        const std::string run = session.runNumbers().front().run;
        for (const auto& order : {project::PostOrder{OrderKey::Length, true},
                                  {OrderKey::Entities, true},
                                  {OrderKey::LeastConfidence, true, run},
                                  {OrderKey::MeanUncertainty, true, run},
                                  {OrderKey::Disagreement, true},
                                  {OrderKey::Changed, true}}) {
            QSignalSpy shownAgain(&session, &ProjectSession::visibleRowsChanged);
            measured(
                std::string(project::orderKeyName(order.key)).c_str(), [&] { session.setOrder(order); },
                [&] { return isStill() && shownAgain.count() > 0; });
            QCOMPARE(session.visibleRows().size(), session.summaries().size());
        }
        session.setOrder({OrderKey::Entities, true});
        for (const char* query : {"name4999", "label:PER", "img:missing", ""}) {
            QSignalSpy shownAgain(&session, &ProjectSession::visibleRowsChanged);
            measured(
                *query ? query : "(all posts)", [&] { session.setFilter(QString::fromLatin1(query)); },
                [&] {
                    return isStill() && shownAgain.count() > 0 && session.foundCount() == session.visibleRows().size();
                });
        }
        const std::vector<std::string> views{"name4999",    "label:PER", "conf<0.5", "disagree(run1,run2)",
                                             "status:done", ""};
        measured(
            "counts of six views", [&] { counts.want(views); },
            [&] {
                return std::all_of(views.begin(), views.end(), [&](const std::string& one) {
                    return counts.count(one).state == QueryCounts::Count::State::Known;
                });
            });
        for (const std::string& view : views) qInfo("  %s: %zu", view.c_str(), counts.count(view).posts);
        QCOMPARE(counts.count("").posts, session.summaries().size());
    }

private:
    static int residentMegabytes() {
        QFile status(QStringLiteral("/proc/self/status"));
        if (!status.open(QIODevice::ReadOnly)) return -1;
        for (const QByteArray& line : status.readAll().split('\n'))
            if (line.startsWith("VmRSS:")) return line.simplified().split(' ').value(1).toInt() / 1024;
        return -1;
    }
};

int main(int argc, char** argv) {
    return test::runTagTest<FindingTest>(argc, argv);
}
#include "finding_test.moc"
