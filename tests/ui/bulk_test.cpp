#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTest>

#include "ui/pages/data/bulk_dialog.h"
#include "ui/support/tag_fixture.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {

using test::TagFixture;

/// One step over all posts of a query, from its dialog.
class BulkTest : public QObject {
    Q_OBJECT

    static std::vector<Post> posts() {
        return {test::makePost("a", {"Ann", "met", "ann", "in", "Rome"}, {"B-PER", "O", "B-LOC", "O", "B-LOC"}),
                test::makePost("b", {"Ann", "left"}, {"B-PER", "O"}), test::makePost("c", {"nobody", "came"})};
    }
    struct Opened {
        explicit Opened(TagFixture& f) : dialog(f.session(), &f.page()) {
            dialog.show();
            (void)QTest::qWaitFor([this] { return dialog.host().state() == BulkHost::State::Ready; });
        }
        template <typename Widget>
        Widget& part(const char* name) {
            return *dialog.findChild<Widget*>(QLatin1String(name));
        }
        /// Chooses by the keys of the list, as a person does.
        void choose(const char* name, const QString& text) {
            auto& box = part<QComboBox>(name);
            box.setFocus();
            QTest::keyClick(&box, Qt::Key_Home);
            for (int i = 0; i < box.count() && box.currentText() != text; ++i) QTest::keyClick(&box, Qt::Key_Down);
            QCOMPARE(box.currentText(), text);
        }
        void settle() {
            QTRY_VERIFY(!dialog.isAboutToAsk());
            QTRY_VERIFY(dialog.host().state() != BulkHost::State::Looking);
        }
        QString count() { return part<QLabel>("bulkCount").text(); }
        BulkDialog dialog;
    };

private Q_SLOTS:
    void cleanup() { dialogs::setAnswers({}); }
    void itRelabelsWhatThePreviewSaysAndUndoTakesItBack() {
        TagFixture f(posts());
        Opened o(f);
        o.choose("bulkFrom", QStringLiteral("PER"));
        o.choose("bulkTo", QStringLiteral("ORG"));
        o.settle();
        QVERIFY2(o.count().startsWith(QStringLiteral("2 of 3 post(s)")), qPrintable(o.count()));
        auto& examples = o.part<QTableWidget>("bulkExamples");
        QCOMPARE(examples.rowCount(), 2);
        QCOMPARE(examples.item(0, 0)->text(), QStringLiteral("PER → ORG"));
        QCOMPARE(examples.item(0, 1)->text(), QStringLiteral("Ann"));
        QCOMPARE(examples.item(0, 2)->text(), QStringLiteral("[Ann] met ann in Rome"));
        QCOMPARE(o.dialog.applyButton()->text(), QStringLiteral("Change 2 post(s)"));
        QTest::mouseClick(o.dialog.applyButton(), Qt::LeftButton);
        QTRY_COMPARE(o.dialog.host().state(), BulkHost::State::Written);
        QCOMPARE(f.spansNow(), QStringLiteral("0 ORG, 2 LOC, 4 LOC"));
        QVERIFY(f.session().canUndo());
        f.session().undo();
        QTRY_COMPARE(f.spansNow(), QStringLiteral("0 PER, 2 LOC, 4 LOC"));
        f.settle();
        QVERIFY(!f.session().canUndo());
    }
    void theListOfPostsIsSaved() {
        TagFixture f(posts());
        const QString file = f.folder() + QStringLiteral("/../posts.tsv");
        dialogs::Answers answers;
        answers.files = [file](const dialogs::FileRequest&) { return QStringList{file}; };
        dialogs::setAnswers(answers);
        Opened o(f);
        o.choose("bulkDoing", QStringLiteral("Delete entities"));
        QTest::keyClicks(&o.part<QLineEdit>("bulkText"), QStringLiteral("ANN"));
        o.choose("bulkFrom", QStringLiteral("any label"));
        o.settle();
        QTest::mouseClick(o.dialog.applyButton(), Qt::LeftButton);
        QTRY_COMPARE(o.dialog.host().state(), BulkHost::State::Written);
        QTest::mouseClick(&o.part<QPushButton>("bulkReport"), Qt::LeftButton);
        QFile saved(file);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QCOMPARE(saved.readAll(), QByteArray("id\tremoved\tadded\tstatus\na\tPER 1, LOC 3\t\t\nb\tPER 1\t\t\n"));
        f.settle();
    }
    void theQuerySaysWhichPosts() {
        TagFixture f(posts());
        Opened o(f);
        QTest::keyClicks(&o.part<QLineEdit>("bulkQuery"), QStringLiteral("rome"));
        o.choose("bulkDoing", QStringLiteral("Set the status"));
        o.settle();
        QVERIFY2(o.count().startsWith(QStringLiteral("1 of 1 post(s)")), qPrintable(o.count()));
        QTest::keyClicks(&o.part<QLineEdit>("bulkQuery"), QStringLiteral(" ("));
        o.settle();
        QVERIFY(!o.part<QLabel>("bulkMistake").text().isEmpty());
        QVERIFY(!o.dialog.applyButton()->isEnabled());
        QTest::keyClick(&o.part<QLineEdit>("bulkQuery"), Qt::Key_Backspace);
        o.settle();
        QVERIFY(o.part<QLabel>("bulkMistake").text().isEmpty());
        QTest::mouseClick(o.dialog.applyButton(), Qt::LeftButton);
        QTRY_COMPARE(f.session().view().state.status, PostStatus::Done);
        f.settle();
    }
    void suggestionsAboveAConfidenceAreAccepted() {
        TagFixture f(posts());
        f.suggest({{0, {{"MISC", 1, 1, 0.95}}}, {2, {{"MISC", 0, 0, 0.5}}}});
        QTRY_COMPARE(f.session().layers().size(), std::size_t(2));
        f.session().refresh();
        QTRY_COMPARE(f.session().layers().size(), std::size_t(3));
        Opened o(f);
        o.choose("bulkDoing", QStringLiteral("Accept suggestions"));
        o.settle();
        QVERIFY2(o.count().startsWith(QStringLiteral("1 of 3 post(s)")), qPrintable(o.count()));
        QCOMPARE(o.part<QTableWidget>("bulkExamples").item(0, 0)->text(), QStringLiteral("MISC 0.95"));
        o.part<QDoubleSpinBox>("bulkAbove").setValue(0.5);
        o.settle();
        QVERIFY2(o.count().startsWith(QStringLiteral("2 of 3 post(s)")), qPrintable(o.count()));
        QTest::mouseClick(o.dialog.applyButton(), Qt::LeftButton);
        QTRY_COMPARE(f.spansNow(), QStringLiteral("0 PER, 1 MISC, 2 LOC, 4 LOC"));
        f.settle();
    }
    void nothingToChangeCannotBePressed() {
        TagFixture f(posts());
        Opened o(f);
        QTest::keyClicks(&o.part<QLineEdit>("bulkQuery"), QStringLiteral("absent"));
        o.settle();
        QVERIFY2(o.count().startsWith(QStringLiteral("0 of 0 post(s)")), qPrintable(o.count()));
        QVERIFY(!o.dialog.applyButton()->isEnabled());
        QTest::keyClick(&o.dialog, Qt::Key_Return);
        QCOMPARE(o.dialog.host().state(), BulkHost::State::Ready);
        QVERIFY(!f.session().canUndo());
    }
};

}  // namespace mnerva::ui

int main(int argc, char** argv) {
    return mnerva::test::runTagTest<mnerva::ui::BulkTest>(argc, argv);
}
#include "bulk_test.moc"
