#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>

#include "ui/session/query_line.h"
#include "ui/session/views_popup.h"
#include "ui/shell/title_bar.h"
#include "ui/support/tag_fixture.h"
#include "ui/support/window.h"

using namespace mnerva;
using namespace mnerva::ui;
using project::OrderKey;
using test::makePost;

namespace {

constexpr int kWait = 20000;

/// The window on a project of four posts, one of them with an entity.
struct Shown {
    explicit Shown(const std::string& stored = {}) {
        test::makeProject(path(),
                          {makePost("a", {"Kevin", "Durant"}, {"B-PER", "I-PER"}), makePost("b", {"in", "a", "b"}),
                           makePost("c", {"x"}), makePost("d", {"Kevin", "again"})});
        if (!stored.empty())
            project::Project::open(toPath(path()), project::OpenMode::ReadWrite, "test")
                ->setSetting("window/views", stored);
        open();
    }
    void open() {
        window = std::make_unique<test::Window>();
        window->show();
        window->openProject(path());
        QTRY_VERIFY_WITH_TIMEOUT(session().isFullyLoaded() && session().hasView(), kWait);
        QTRY_VERIFY_WITH_TIMEOUT(!session().queryNames().layers.empty(), kWait);
        window->activateWindow();
    }
    QString path() const { return folder.filePath(QStringLiteral("project")); }
    ProjectSession& session() const { return window->session(); }
    ViewsPopup& popup() const { return *window->titleBar()->views(); }
    SavedViews& views() const { return popup().views(); }
    QListWidget* list() const { return popup().findChild<QListWidget*>(QStringLiteral("viewsList")); }
    QLineEdit* name() const { return popup().findChild<QLineEdit*>(QStringLiteral("viewName")); }
    QString note() const { return popup().findChild<QLabel*>(QStringLiteral("viewsNote"))->text(); }
    QString count(int row) const { return list()->item(row)->data(ViewsPopup::CountRole).toString(); }
    void show() const {
        QTest::keyClick(window.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(popup().isVisible(), kWait);
    }
    void filter(const QString& query, std::size_t rows) const {
        session().setFilter(query);
        QTRY_COMPARE_WITH_TIMEOUT(session().visibleRows().size(), rows, kWait);
    }
    void save(const QString& text) const {
        name()->setFocus();
        QTest::keyClicks(name(), text);
        QTest::keyClick(name(), Qt::Key_Return);
    }
    QStringList names() const {
        QStringList all;
        for (const auto& view : views().list()) all << fromUtf8(view.name);
        return all;
    }
    void close() {
        QVERIFY(!session().saveNow());
        window.reset();
    }

    QTemporaryDir folder;
    std::unique_ptr<test::Window> window;
};

}  // namespace

class ViewsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aViewIsSavedOpenedAndKeptWithTheProject() {
        Shown f;
        f.filter(QStringLiteral("kevin"), 2);
        f.session().setOrder({OrderKey::Length, true});
        f.show();
        QTRY_VERIFY(f.name()->hasFocus());  // there is no view yet
        f.save(QStringLiteral("Kevins"));
        QCOMPARE(f.names(), QStringList{QStringLiteral("Kevins")});
        QCOMPARE(f.note(), QStringLiteral("“Kevins” is saved."));
        QTRY_COMPARE_WITH_TIMEOUT(f.count(0), QStringLiteral("2"), kWait);
        QTest::keyClick(f.list(), Qt::Key_Escape);
        f.session().setOrder({});
        f.filter({}, 4);
        f.close();
        f.open();
        QVERIFY(f.session().filter().isEmpty());
        f.show();
        QTRY_VERIFY(f.list()->hasFocus());
        QTest::keyClick(f.list(), Qt::Key_Return);
        QVERIFY(!f.popup().isVisible());
        QCOMPARE(f.session().filter(), QStringLiteral("kevin"));
        QCOMPARE(f.window->titleBar()->query()->text(), QStringLiteral("kevin"));
        QCOMPARE(f.session().order(), (project::PostOrder{OrderKey::Length, true}));
        QTRY_COMPARE_WITH_TIMEOUT(f.session().visibleRows().size(), std::size_t(2), kWait);
        QCOMPARE(f.views().shown(), 0);
    }
    void countsFollowWhatIsEdited() {
        Shown f;
        f.filter(QStringLiteral("label:PER"), 1);
        f.show();
        f.save(QStringLiteral("people"));
        f.session().setFilter({});
        f.save(QStringLiteral("all"));
        QTRY_COMPARE_WITH_TIMEOUT(f.count(0), QStringLiteral("1"), kWait);
        QTRY_COMPARE_WITH_TIMEOUT(f.count(1), QStringLiteral("4"), kWait);
        const auto state = f.session().view().state;
        QVERIFY(f.session().apply(project::removeEntity(state, state.entities.front())));
        QTRY_COMPARE_WITH_TIMEOUT(f.count(0), QStringLiteral("0"), kWait);
        f.session().undo();
        QTRY_COMPARE_WITH_TIMEOUT(f.count(0), QStringLiteral("1"), kWait);
    }
    void countsWaitForTheQueryLineAndThenGoOn() {
        Shown f(project::toText({{"kevins", "kevin"}, {"all", ""}}));
        f.session().setFilter(QStringLiteral("len>0"));
        QVERIFY(f.session().isFiltering());
        f.popup().openUnder(*f.window->titleBar());  // the query goes first
        QTRY_COMPARE_WITH_TIMEOUT(f.count(0), QStringLiteral("2"), kWait);
        QTRY_COMPARE_WITH_TIMEOUT(f.count(1), QStringLiteral("4"), kWait);
    }
    void aViewIsRenamedInItsPlace() {
        Shown f;
        f.show();
        f.save(QStringLiteral("all"));
        f.save(QStringLiteral("other"));
        f.list()->setCurrentRow(0);
        QTest::keyClick(f.list(), Qt::Key_F2);
        auto* editor = qobject_cast<QLineEdit*>(f.list()->indexWidget(f.list()->currentIndex()));
        if (!editor) editor = f.list()->viewport()->findChild<QLineEdit*>();
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, QStringLiteral("everything"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(f.names(), (QStringList{QStringLiteral("everything"), QStringLiteral("other")}));
        QTRY_COMPARE(f.note(), QStringLiteral("“all” is called “everything” now."));
        // A name that is taken is refused, and the old one stands there again.
        f.list()->setCurrentRow(0);
        QTest::keyClick(f.list(), Qt::Key_F2);
        QTRY_VERIFY(f.list()->viewport()->findChild<QLineEdit*>());
        editor = f.list()->viewport()->findChild<QLineEdit*>();
        editor->selectAll();
        QTest::keyClicks(editor, QStringLiteral("OTHER"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(f.note().startsWith(QStringLiteral("There is a view of this name")));
        QCOMPARE(f.list()->item(0)->text(), QStringLiteral("everything"));
        QCOMPARE(f.names().front(), QStringLiteral("everything"));
    }
    void whatWasDoneToViewsIsTakenBack() {
        Shown f;
        f.show();
        f.save(QStringLiteral("one"));
        f.save(QStringLiteral("two"));
        f.list()->setFocus();
        f.list()->setCurrentRow(0);
        QTest::keyClick(f.list(), Qt::Key_Delete);
        QCOMPARE(f.names(), QStringList{QStringLiteral("two")});
        QCOMPARE(f.note(), QStringLiteral("“one” is deleted."));
        QTest::mouseClick(f.popup().findChild<QToolButton*>(QStringLiteral("undoView")), Qt::LeftButton);
        QCOMPARE(f.names(), (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
        f.filter(QStringLiteral("kevin"), 2);
        f.list()->setCurrentRow(1);
        QTest::mouseClick(f.popup().findChild<QToolButton*>(QStringLiteral("updateView")), Qt::LeftButton);
        QCOMPARE(f.views().list()[1].query, std::string("kevin"));
        f.list()->setFocus();
        for (int i = 0; i < 3; ++i) QTest::keyClick(f.list(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(f.views().list().empty());
        f.close();
        const auto project = project::Project::open(toPath(f.path()), project::OpenMode::ReadOnly, "test");
        QVERIFY(project::savedQueriesFrom(project->setting("window/views")).list.empty());
    }
    void aBadNameIsRefusedWithItsReason() {
        Shown f;
        f.show();
        f.save(QStringLiteral("  "));
        QVERIFY(f.names().isEmpty());
        QCOMPARE(f.note(), QStringLiteral("A view needs a name."));
        f.save(QStringLiteral("Open"));
        f.name()->clear();
        f.save(QStringLiteral("oPEN"));
        QCOMPARE(f.names().size(), 1);
        QVERIFY(f.note().startsWith(QStringLiteral("There is a view of this name")));
        QCOMPARE(f.name()->text(), QStringLiteral("oPEN"));  // what was typed stays
    }
    void aViewThatCannotBeAskedSaysWhy() {
        Shown f(project::toText({{"broken", "(kevin"}, {"gone", "wrong(UMT)"}, {"good", "kevin"}}));
        f.show();
        QTRY_COMPARE_WITH_TIMEOUT(f.count(2), QStringLiteral("2"), kWait);
        QTRY_COMPARE_WITH_TIMEOUT(f.count(0), QStringLiteral("cannot be asked"), kWait);
        QTRY_COMPARE_WITH_TIMEOUT(f.count(1), QStringLiteral("cannot be asked"), kWait);
        QVERIFY(!f.list()->item(0)->toolTip().isEmpty());
        QVERIFY2(f.list()->item(1)->toolTip().contains(QStringLiteral("UMT")),
                 qPrintable(f.list()->item(1)->toolTip()));
        // Opened all the same: the line marks where it is wrong.
        f.list()->setCurrentRow(0);
        QTest::keyClick(f.list(), Qt::Key_Return);
        QCOMPARE(f.window->titleBar()->query()->text(), QStringLiteral("(kevin"));
        f.window->focusQuery();
        QTest::keyClick(f.window->titleBar()->query(), Qt::Key_Return);
        QVERIFY(f.window->titleBar()->query()->mistake());
        QCOMPARE(f.window->titleBar()->query()->mistake()->kind, query::MistakeKind::ParenthesisOpen);
        QCOMPARE(f.window->titleBar()->query()->mistake()->place.first, std::size_t(0));
    }
    void whatCannotBeReadIsToldAndKeptAside() {
        const std::string stored = R"({"views":[{"name":"good","query":"kevin"},{"name":7},"x"]})";
        Shown f(stored);
        f.show();
        QCOMPARE(f.names(), QStringList{QStringLiteral("good")});
        QCOMPARE(f.note(), QStringLiteral("2 saved views cannot be read and are left out."));
        f.save(QStringLiteral("mine"));
        f.close();
        const auto project = project::Project::open(toPath(f.path()), project::OpenMode::ReadOnly, "test");
        QCOMPARE(project::savedQueriesFrom(project->setting("window/views")).list.size(), std::size_t(2));
        QCOMPARE(project->setting("window/views/unread"), stored);
    }
    void aBlindLayerLearnsNothingFromCounts() {
        Shown f(project::toText({{"people", "label:PER"}, {"kevins", "kevin"}}));
        f.session().write([](project::Project& project) { project.addAnnotator("ann", true); },
                          [&f](const std::optional<Error>&) { f.session().refresh(); });
        QTRY_COMPARE_WITH_TIMEOUT(f.session().layers().size(), std::size_t(3), kWait);
        QVERIFY(f.session().setEditedLayer(QStringLiteral("ann")));
        QTRY_VERIFY_WITH_TIMEOUT(f.session().isFullyLoaded() && f.session().hasView(), kWait);
        f.show();
        QTRY_COMPARE_WITH_TIMEOUT(f.count(1), QStringLiteral("2"), kWait);
        QTRY_COMPARE_WITH_TIMEOUT(f.count(0), QStringLiteral("cannot be asked"), kWait);
    }
    void picturesOfThePopup() {
        const QString folder = qEnvironmentVariable("MNERVA_PICTURES");
        if (folder.isEmpty()) QSKIP("MNERVA_PICTURES names no folder");
        for (const auto choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
            Theme::instance()->setChoice(choice);
            Shown f(project::toText({{"Open posts", "status:open"},
                                     {"没把握的人名", "label:PER conf<0.6 status:open", {OrderKey::Length, true}},
                                     {"Broken", "(kevin"}}));
            f.filter(QStringLiteral("status:open"), 4);
            f.show();
            QTRY_COMPARE_WITH_TIMEOUT(f.count(2), QStringLiteral("cannot be asked"), kWait);
            f.list()->setCurrentRow(1);
            QTest::keyClick(f.list(), Qt::Key_Delete);
            f.popup().grab().save(folder + (choice == Theme::Choice::Light ? QStringLiteral("/views-light.png")
                                                                           : QStringLiteral("/views-dark.png")));
        }
        Theme::instance()->setChoice(Theme::Choice::Light);
    }
};

int main(int argc, char** argv) {
    return test::runTagTest<ViewsTest>(argc, argv);
}
#include "views_test.moc"
