#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QToolButton>

#include "core/base/file.h"
#include "support/tag_fixture.h"
#include "ui/pages/data/gazetteer_dialog.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {

using namespace test;
using Work = GazetteerHost::Work;

class GazetteerTest : public QObject {
    Q_OBJECT

    static std::vector<Post> posts() {
        return {makePost("a", {"Ann", "met", "Bob", "in", "Rome"}, {"B-PER", "O", "O", "O", "B-LOC"}),
                makePost("b", {"#Rome", "and", "Rome", "and", "Oslo"}), makePost("c", {"Acme", "Inc.", "of", "Ann"})};
    }
    struct Opened {
        explicit Opened(TagFixture& f) : dialog(f.session(), &f.page()) {
            dialog.show();
            settle();
        }
        template <typename Widget>
        Widget& part(const char* name) {
            return *dialog.findChild<Widget*>(QLatin1String(name));
        }
        void settle() {
            QTRY_VERIFY(dialog.host().isReady());
            QTRY_VERIFY(dialog.host().work() == Work::None && dialog.host().report());
        }
        void click(QWidget& button) {
            QTest::mouseClick(&button, Qt::LeftButton);
            QApplication::processEvents();
        }
        void clickAndSettle(const char* name) {
            const auto before = dialog.host().definition();
            click(part<QWidget>(name));
            QTRY_VERIFY(!(dialog.host().definition() == before));
            settleWritten();
        }
        /// The step is on the disk and what it finds is known.
        void settleWritten() {
            QTRY_VERIFY(!dialog.host().session().isSaving());
            settle();
        }
        void tagged() {
            QWidget* empty = dialog.findChild<QWidget*>(QStringLiteral("gazetteerEmpty"));
            click(*empty->findChild<QPushButton*>());
            QTRY_COMPARE(int(dialog.host().definition().sources.size()), 1);
            settleWritten();
        }
        void drop(const QStringList& files) {
            QMimeData data;
            QList<QUrl> urls;
            for (const QString& file : files) urls << QUrl::fromLocalFile(file);
            data.setUrls(urls);
            QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(&dialog, &enter);
            if (!enter.isAccepted()) return;
            QDropEvent event(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(&dialog, &event);
        }
        QString count() { return part<QLabel>("gazetteerCount").text(); }
        QString notes() { return part<QLabel>("gazetteerNotes").text(); }
        int sources() { return part<QTableWidget>("gazetteerSources").rowCount(); }
        GazetteerDialog dialog;
    };
    static QString write(TagFixture& f, const char* name, const char* text) {
        const QString file = f.folder() + QStringLiteral("/../") + QLatin1String(name);
        writeFileAtomic(toPath(file), text);
        return file;
    }

private Q_SLOTS:
    void cleanup() { dialogs::setAnswers({}); }
    void oneClickMakesAListOfTheTaggedNamesAndEnterAcceptsWhatItSuggests() {
        TagFixture f(posts());
        Opened o(f);
        QVERIFY(!o.part<QPushButton>("gazetteerApply").isEnabled());
        o.tagged();
        QVERIFY2(o.count().startsWith(QStringLiteral("5 suggestion(s)")), qPrintable(o.count()));
        QCOMPARE(o.sources(), 1);
        auto& examples = o.part<QTableWidget>("gazetteerExamples");
        QCOMPARE(examples.rowCount(), 5);
        QCOMPARE(examples.item(0, 1)->text(), QStringLiteral("Ann"));
        o.click(o.part<QPushButton>("gazetteerApply"));
        QTRY_VERIFY(o.dialog.host().hasLayer());
        QTRY_COMPARE(f.session().suggestionLayer(), QStringLiteral("word-lists"));
        QVERIFY(o.dialog.banner()->text().contains(QStringLiteral("5 suggestion(s)")));
        o.dialog.close();
        f.session().setCurrentPost(f.session().summaries().at(1).id);
        f.waitForRow(1);
        QTRY_COMPARE(spans(f.session().view().state.suggestions), QStringLiteral("0 LOC, 2 LOC"));
        f.canvas()->setFocus();
        f.press("Tab Return");
        QTRY_COMPARE(f.session().view().state.entities.size(), std::size_t(1));
        f.settle();
    }
    void filesAreDroppedAndWhatIsOddIsSaid() {
        TagFixture f(posts());
        Opened o(f);
        o.drop({write(f, "loc.txt", "Rome\nRome\n\nOslo\n"), write(f, "list.txt", "Bob\tPER\nAcme\tFIRM\n"),
                write(f, "empty.txt", "\n\n")});
        QTRY_COMPARE(o.sources(), 2);
        QTRY_VERIFY(o.dialog.banner()->kind() == Banner::Kind::Error);  // the last one has no name
        o.settleWritten();
        QCOMPARE(o.part<QTableWidget>("gazetteerSources").item(0, 1)->text(), QStringLiteral("LOC"));
        QVERIFY2(o.count().startsWith(QStringLiteral("5 suggestion(s)")), qPrintable(o.count()));
        QVERIFY2(o.notes().contains(QStringLiteral("FIRM is no label")), qPrintable(o.notes()));
        o.click(o.part<QPushButton>("gazetteerAddLabels"));
        QTRY_VERIFY(f.session().labels().contains("FIRM"));
        QTRY_VERIFY(o.count().startsWith(QStringLiteral("6 suggestion(s)")));
        QVERIFY(f.session().canUndo());
        f.settle();
    }
    void optionsChangeWhatIsFoundAndUndoTakesThemBack() {
        TagFixture f(posts());
        Opened o(f);
        o.drop({write(f, "loc.txt", "rome\nOslo\n")});
        QTRY_COMPARE(o.sources(), 1);
        o.settleWritten();
        QVERIFY2(o.count().startsWith(QStringLiteral("4 suggestion(s)")), qPrintable(o.count()));
        o.clickAndSettle("gazetteerMarks");
        QVERIFY2(o.count().startsWith(QStringLiteral("3 suggestion(s)")), qPrintable(o.count()));
        o.clickAndSettle("gazetteerCase");
        QVERIFY2(o.count().startsWith(QStringLiteral("1 suggestion(s)")), qPrintable(o.count()));
        o.part<QSpinBox>("gazetteerLeast").setFocus();
        QTest::keyClick(&o.part<QSpinBox>("gazetteerLeast"), Qt::Key_Up);
        o.settleWritten();
        QCOMPARE(o.dialog.host().definition().sources.at(0).leastLength, 3);
        for (int step = 0; step < 4; ++step) {
            QTest::keyClick(&o.dialog, Qt::Key_Z, Qt::ControlModifier);
            o.settleWritten();
        }
        QCOMPARE(o.sources(), 0);
        QVERIFY(!o.dialog.host().canUndo());
        QTest::keyClick(&o.dialog, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(o.sources(), 1);
        o.settleWritten();
        QVERIFY2(o.count().startsWith(QStringLiteral("4 suggestion(s)")), qPrintable(o.count()));
    }
    void aPatternSaysWhereItIsWrongAndIsNotTaken() {
        TagFixture f(posts());
        Opened o(f);
        o.tagged();
        o.clickAndSettle("gazetteerAddPattern");
        QCOMPARE(o.sources(), 2);
        auto& pattern = o.part<QLineEdit>("gazetteerPattern");
        pattern.selectAll();
        QTest::keyClicks(&pattern, QStringLiteral("Acme (Inc"));
        QVERIFY2(o.part<QLabel>("gazetteerMistake").text().startsWith(QStringLiteral("At character 6, \"(\": ")),
                 qPrintable(o.part<QLabel>("gazetteerMistake").text()));
        QTest::keyClick(&pattern, Qt::Key_Return);
        QVERIFY(o.dialog.host().definition().sources.at(1).pattern != "Acme (Inc");
        QTest::keyClicks(&pattern, QStringLiteral(")\\."));
        QTest::keyClick(&pattern, Qt::Key_Return);
        QTRY_COMPARE(o.dialog.host().definition().sources.at(1).pattern, std::string("Acme (Inc)\\."));
        QVERIFY(o.part<QLabel>("gazetteerMistake").text().isEmpty());
        o.settleWritten();
        QVERIFY2(o.count().startsWith(QStringLiteral("6 suggestion(s)")), qPrintable(o.count()));
        QVERIFY(o.dialog.isVisible());
    }
    void sourcesAreOrderedSwitchedOffAndTakenAway() {
        TagFixture f(posts());
        Opened o(f);
        o.drop({write(f, "per.txt", "Rome\n"), write(f, "loc.txt", "Rome\n")});
        QTRY_COMPARE(o.sources(), 2);
        o.settleWritten();
        auto& clashes = o.part<QTableWidget>("gazetteerClashes");
        QCOMPARE(clashes.rowCount(), 1);
        QCOMPARE(clashes.item(0, 1)->text(), QStringLiteral("PER by per"));
        auto& sources = o.part<QTableWidget>("gazetteerSources");
        sources.setFocus();
        QTest::keyClick(&sources, Qt::Key_Down);
        o.clickAndSettle("gazetteerUp");
        QCOMPARE(clashes.item(0, 1)->text(), QStringLiteral("LOC by loc"));
        QCOMPARE(sources.item(0, 0)->text(), QStringLiteral("loc"));
        QCOMPARE(sources.currentRow(), 0);
        QTest::keyClick(&sources, Qt::Key_Space);
        o.settleWritten();
        QCOMPARE(sources.item(0, 0)->checkState(), Qt::Unchecked);
        QCOMPARE(clashes.rowCount(), 0);
        o.clickAndSettle("gazetteerRemove");
        QCOMPARE(o.sources(), 1);
        QCOMPARE(sources.item(0, 0)->text(), QStringLiteral("per"));
    }
    void theLayerHasANameOfItsOwnAndIsDeleted() {
        TagFixture f(posts());
        f.suggest({{0, {{"PER", 2, 2, 0.9}}}});
        Opened o(f);
        o.tagged();
        auto& layer = o.part<QLineEdit>("gazetteerLayer");
        layer.selectAll();
        QTest::keyClicks(&layer, QStringLiteral("run1"));
        QTest::keyClick(&layer, Qt::Key_Return);
        QTRY_VERIFY(o.dialog.banner()->kind() == Banner::Kind::Error);  // it is that of a run
        QTRY_COMPARE(o.dialog.host().definition().layer, std::string("word-lists"));
        o.settleWritten();
        layer.setFocus();
        layer.selectAll();
        QTest::keyClicks(&layer, QStringLiteral("names"));
        QTest::keyClick(&layer, Qt::Key_Return);
        o.settleWritten();
        o.click(o.part<QPushButton>("gazetteerApply"));
        QTRY_COMPARE(f.session().suggestionLayer(), QStringLiteral("names"));
        QTRY_VERIFY(o.part<QPushButton>("gazetteerDelete").isEnabled());
        o.click(o.part<QPushButton>("gazetteerDelete"));
        QTRY_VERIFY(!o.dialog.host().hasLayer());
        QCOMPARE(f.session().suggestionLayer(), QString());
        QTRY_VERIFY(!o.part<QPushButton>("gazetteerDelete").isEnabled());
        f.settle();
    }
    void whatCannotBeReadIsSaidAndCanBeBegunAnew() {
        TagFixture f(posts());
        bool done = false;
        f.session().write([](project::Project& project) { project.setSetting("gazetteer", "{"); },
                          [&done](const std::optional<Error>& error) { done = !error; });
        QTRY_VERIFY(done);
        GazetteerDialog dialog(f.session(), &f.page());
        dialog.show();
        QTRY_VERIFY(dialog.banner()->kind() == Banner::Kind::Error);
        QVERIFY(!dialog.host().isReady());
        for (QPushButton* button : dialog.banner()->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Start anew")) QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(dialog.host().isReady());
        QTRY_VERIFY(dialog.host().canChange());
    }
    void aProjectThatIsOnlyReadShowsItsListsAndChangesNothing() {
        TagFixture f(posts());
        {
            Opened o(f);
            o.tagged();
        }
        f.close();
        const auto holder = project::Project::open(toPath(f.folder()), project::OpenMode::ReadWrite, "other");
        f.open();
        QVERIFY(f.session().isReadOnly());
        Opened o(f);
        QCOMPARE(o.sources(), 1);
        QVERIFY(o.count().startsWith(QStringLiteral("5 suggestion(s)")));
        for (const char* name : {"gazetteerApply", "gazetteerFiles", "gazetteerTagged", "gazetteerAddPattern"})
            QVERIFY2(!o.part<QPushButton>(name).isEnabled(), name);
        o.drop({write(f, "loc.txt", "Rome\n")});
        QCOMPARE(o.sources(), 1);
    }
};

}  // namespace mnerva::ui

int main(int argc, char** argv) {
    return mnerva::test::runTagTest<mnerva::ui::GazetteerTest>(argc, argv);
}
#include "gazetteer_test.moc"
