#include "ui/session/query_line.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "ui/base/settings.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/post_list.h"
#include "ui/pages/tag/tag_page.h"
#include "ui/session/no_match_note.h"
#include "ui/shell/title_bar.h"
#include "ui/support/tag_fixture.h"
#include "ui/support/window.h"

using namespace mnerva;
using namespace mnerva::ui;
using test::makePost;

namespace {

constexpr int kWait = 20000;

std::vector<Post> posts() {
    std::vector<Post> all{makePost("a", {"Kevin", "Durant"}, {"B-PER", "I-PER"}),
                          makePost("b", {"in", "Toronto"}, {"O", "B-LOC"}),
                          makePost("c", {"多", "伦", "多"}, {}, JoinRule::Nothing), makePost("d", {"Kevin", "again"})};
    all[3].split = Split::Test;
    return all;
}

/// The window on a project of four posts, its query line with the focus.
struct Shown {
    Shown() : window(std::make_unique<test::Window>()) {
        test::makeProject(path(), posts(), {"PER", "LOC"});
        window->show();
        window->openProject(path());
        QTRY_VERIFY_WITH_TIMEOUT(session().isFullyLoaded() && session().hasView(), kWait);
        QTRY_VERIFY_WITH_TIMEOUT(!session().queryNames().layers.empty(), kWait);
        window->activateWindow();
        window->focusQuery();
    }
    QString path() const { return folder.filePath(QStringLiteral("project")); }
    ProjectSession& session() const { return window->session(); }
    QueryLine& line() const { return *window->titleBar()->query(); }
    /// Keys as a person presses them: they reach the list of offers while it is there.
    void type(const QString& text) const { QTest::keyClicks(&line(), text); }
    void press(Qt::Key key) const {
        QTest::keyClick(line().offers() ? line().offers() : static_cast<QWidget*>(&line()), key);
    }
    void awaitRows(std::size_t count) const { QTRY_COMPARE_WITH_TIMEOUT(session().visibleRows().size(), count, kWait); }
    QStringList offered() const {
        QStringList all;
        const auto* list = qobject_cast<QAbstractItemView*>(line().offers());
        for (int i = 0; list && i < list->model()->rowCount(); ++i)
            all << list->model()->index(i, 0).data(Qt::UserRole).toString();
        return all;
    }

    QTemporaryDir folder;
    std::unique_ptr<test::Window> window;
};

}  // namespace

class QueryLineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::install(Theme::Choice::Light); }
    void init() {
        m_config = std::make_unique<QTemporaryDir>();
        qputenv("MNERVA_CONFIG_DIR", m_config->path().toUtf8());
        settings::reload();
    }

    void whatIsTypedIsAskedWithoutEnter() {
        Shown f;
        f.type(QStringLiteral("kevin"));
        f.awaitRows(2);
        f.type(QStringLiteral(" split:test"));
        f.awaitRows(1);
        f.press(Qt::Key_Escape);
        if (f.line().offers()) f.press(Qt::Key_Escape);
        QTRY_VERIFY(f.line().text().isEmpty());
        f.awaitRows(4);
    }
    void enterAsksAtOnceRemembersAndGivesTheKeysBack() {
        Shown f;
        QSignalSpy left(&f.line(), &QueryLine::left);
        f.type(QStringLiteral("label:LOC "));
        f.press(Qt::Key_Return);
        QCOMPARE(f.session().filter(), QStringLiteral("label:LOC "));
        f.awaitRows(1);
        QCOMPARE(left.count(), 1);
        QCOMPARE(QueryLine::history(), QStringList{QStringLiteral("label:LOC")});
        QVERIFY(!f.line().hasFocus());
    }
    void whatWasAskedIsOfferedAgain() {
        settings::setValue(QStringLiteral("query/history"), QStringList{QStringLiteral("label:LOC")});
        Shown f;
        f.press(Qt::Key_Down);
        QVERIFY(f.line().offers());
        f.press(Qt::Key_Down);
        f.press(Qt::Key_Return);
        QCOMPARE(f.line().text(), QStringLiteral("label:LOC"));
        f.awaitRows(1);
    }
    void aMistakeIsMarkedAndExplainedAndWhatWasShownStays() {
        Shown f;
        f.type(QStringLiteral("kevin"));
        f.awaitRows(2);
        QSignalSpy left(&f.line(), &QueryLine::left);
        f.type(QStringLiteral(" lable:PER"));
        f.press(Qt::Key_Return);
        QCOMPARE(left.count(), 0);
        QVERIFY(f.line().mistake());
        QCOMPARE(f.line().mistake()->place, (query::Place{6, 11}));
        QVERIFY2(f.line().note().contains(QStringLiteral("lable")), qPrintable(f.line().note()));
        QCOMPARE(f.line().accessibleDescription(), f.line().note());
        QCOMPARE(f.session().visibleRows().size(), std::size_t(2));
        f.press(Qt::Key_Backspace);
        QVERIFY(!f.line().mistake());
        QVERIFY(f.line().note().isEmpty());
    }
    void anUnknownNameIsAMistakeToo() {
        Shown f;
        f.line().insert(QStringLiteral("🔥 "));
        f.type(QStringLiteral("wrong(UMT)"));
        f.press(Qt::Key_Return);
        QVERIFY(f.line().mistake());
        QCOMPARE(f.line().mistake()->kind, query::MistakeKind::LayerUnknown);
        QCOMPARE(f.line().mistake()->place, (query::Place{8, 11}));
        // The same from the reader, which knows all names: what is typed is asked without Enter.
        QTRY_VERIFY_WITH_TIMEOUT(!f.line().note().isEmpty(), kWait);
    }
    void somethingUnfinishedIsNoMistakeAtOnce() {
        Shown f;
        f.type(QStringLiteral("text:\"kev"));
        QVERIFY(!f.line().mistake());
        QTRY_VERIFY_WITH_TIMEOUT(f.line().mistake(), kWait);
        f.type(QStringLiteral("in\""));
        QVERIFY(!f.line().mistake());
        f.awaitRows(2);
    }
    void namesAreCompleted() {
        Shown f;
        f.type(QStringLiteral("la"));
        QCOMPARE(f.offered(), QStringList{QStringLiteral("label:")});
        f.press(Qt::Key_Down);
        f.press(Qt::Key_Return);
        QCOMPARE(f.line().text(), QStringLiteral("label:"));
        QTRY_COMPARE(f.offered(), (QStringList{QStringLiteral("PER"), QStringLiteral("LOC")}));
        f.type(QStringLiteral("l"));
        QCOMPARE(f.offered(), QStringList{QStringLiteral("LOC")});
        f.press(Qt::Key_Down);
        f.press(Qt::Key_Tab);
        QCOMPARE(f.line().text(), QStringLiteral("label:LOC"));
        f.awaitRows(1);
    }
    void theMenuWritesIntoTheLine() {
        Shown f;
        f.type(QStringLiteral("kevin"));
        f.awaitRows(2);
        auto* menu = f.window->titleBar()->findChild<QToolButton*>(QStringLiteral("queryFilter"))->menu();
        const auto choose = [&](const QString& group, const QString& entry) {
            Q_EMIT menu->aboutToShow();
            for (QAction* action : menu->actions()) {
                if (action->text() != group) continue;
                for (QAction* one : action->menu()->actions())
                    if (one->text() == entry) {
                        one->trigger();
                        return true;
                    }
            }
            return false;
        };
        QVERIFY(choose(QStringLiteral("Split"), QStringLiteral("test")));
        QCOMPARE(f.line().text(), QStringLiteral("kevin split:test"));
        f.awaitRows(1);
        QVERIFY(choose(QStringLiteral("Split"), QStringLiteral("train")));
        QCOMPARE(f.line().text(), QStringLiteral("kevin split:train"));
        QVERIFY(choose(QStringLiteral("Split"), QStringLiteral("any")));
        QCOMPARE(f.line().text(), QStringLiteral("kevin"));
        f.awaitRows(2);
        QVERIFY(choose(QStringLiteral("Label"), QStringLiteral("PER")));
        QCOMPARE(f.line().text(), QStringLiteral("kevin label:PER"));
        f.awaitRows(1);
    }
    void anEmptyResultHasItsSentence() {
        Shown f;
        auto* note = f.window->findChild<TagPage*>()->findChild<NoMatchNote*>();
        QVERIFY(note);
        QVERIFY(!note->isVisible());
        f.type(QStringLiteral("nowhere"));
        f.awaitRows(0);
        QTRY_VERIFY_WITH_TIMEOUT(note->isVisible(), kWait);
        Q_EMIT note->linkActivated(QStringLiteral("all"));
        f.awaitRows(4);
        QVERIFY(!note->isVisible());
        QVERIFY(f.line().text().isEmpty());
    }
    void chineseIsFoundAndWhatWasFoundIsMarked() {
        Shown f;
        f.line().setText(QStringLiteral("伦多"));
        f.awaitRows(1);
        QCOMPARE(f.session().foundWords(), std::vector<std::string>{"伦多"});
        auto* list = f.window->findChild<TagPage*>()->list();
        const QImage marked = list->viewport()->grab().toImage();
        const QColor ground = Theme::color(Theme::Role::WarningSurface);
        bool isThere = false;
        for (int y = 0; y < marked.height() && !isThere; ++y)
            for (int x = 0; x < marked.width() && !isThere; ++x) isThere = marked.pixelColor(x, y) == ground;
        QVERIFY(isThere);
    }
    void closingAndOpeningBeginsWithAllPosts() {
        Shown f;
        f.type(QStringLiteral("kevin"));
        f.awaitRows(2);
        f.session().close();
        QVERIFY(f.line().text().isEmpty());
        f.window->openProject(f.path());
        QTRY_COMPARE_WITH_TIMEOUT(f.session().visibleRows().size(), std::size_t(4), kWait);
    }

private:
    std::unique_ptr<QTemporaryDir> m_config;
};

QTEST_MAIN(QueryLineTest)
#include "query_line_test.moc"
