#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTest>

#include "ui/pages/tag/alike_dialog.h"
#include "ui/support/tag_fixture.h"

namespace mnerva::ui {

using test::TagFixture;

/// Key A: the mentions of the whole project that are alike, in a list with ticks.
class AlikeTest : public QObject {
    Q_OBJECT

    /// Four posts; the first is current.
    static std::vector<Post> posts() {
        return {test::makePost("a", {"Kevin", "Durant", "meets", "kevin", "DURANT"}),
                test::makePost("b", {"#KevinDurant", "again"}),
                test::makePost("c", {"Kevin", "Durant", "sings"}, {"B-ORG", "I-ORG", "O"}),
                test::makePost("d", {"Kevin", "Durantt", "runs"}), test::makePost("e", {"nobody", "here"})};
    }
    /// Labels the first mention and presses A; the dialog, when all is found.
    static AlikeDialog* opened(TagFixture& f) {
        f.press("Home Shift+Right 1");
        f.press("Shift+Tab A");
        auto* dialog = f.page().findChild<AlikeDialog*>();
        if (!dialog) return nullptr;
        (void)QTest::qWaitFor([&] { return !dialog->host().isSearching(); });
        return dialog;
    }
    static QString listed(const AlikeDialog& dialog) {
        const QAbstractItemModel& model = *dialog.table()->model();
        QStringList rows;
        for (int row = 0; row < model.rowCount(); ++row) {
            const bool ticked = model.index(row, AlikeModel::Tick).data(Qt::CheckStateRole).toInt() == Qt::Checked;
            rows << (ticked ? QStringLiteral("+") : QStringLiteral("-")) +
                        model.index(row, AlikeModel::PostName).data().toString() + QLatin1Char(' ') +
                        model.index(row, AlikeModel::Context).data(AlikeModel::WordsRole).toString();
        }
        return rows.join(QStringLiteral(", "));
    }
    static QString entitiesOnDisk(TagFixture& f, int row) {
        QString text;
        bool done = false;
        f.session().read(
            [&, post = f.session().summaries()[static_cast<std::size_t>(row)].id](const project::Project& project) {
                text = test::spans(project.view(post).state.entities);
            },
            [&] { done = true; });
        (void)QTest::qWaitFor([&] { return done; });
        return text;
    }

private Q_SLOTS:
    void aListsTheMentionsOfTheProjectAndEnterLabelsTheTickedOnes() {
        TagFixture f(posts());
        AlikeDialog* dialog = opened(f);
        QVERIFY(dialog);
        QCOMPARE(listed(*dialog),
                 QStringLiteral("+a kevin DURANT, +b #KevinDurant, -c Kevin Durant, -d Kevin Durantt"));
        QCOMPARE(dialog->applyButton()->text(), QStringLiteral("Label 2 mention(s)"));
        const QString count = dialog->findChild<QLabel*>(QStringLiteral("alikeCount"))->text();
        QVERIFY2(count.contains(QStringLiteral("1 are PER already")), qPrintable(count));
        QTest::keyClick(dialog->table(), Qt::Key_Return);
        QTRY_COMPARE(f.spansNow(), QStringLiteral("0-1 PER, 3-4 PER"));
        QTRY_VERIFY(!f.page().findChild<AlikeDialog*>());
        QVERIFY2(f.host().statusText().contains(QStringLiteral("2 mention(s) labelled PER in 2 post(s)")),
                 qPrintable(f.host().statusText()));
        QCOMPARE(entitiesOnDisk(f, 1), QStringLiteral("0 PER"));
        QCOMPARE(f.session().summaries()[1].entityCount, 1);
        f.press("Ctrl+Z");
        QTRY_COMPARE(f.spansNow(), QStringLiteral("0-1 PER"));
        f.settle();
        QCOMPARE(entitiesOnDisk(f, 1), QString());
        QCOMPARE(entitiesOnDisk(f, 2), QStringLiteral("0-1 ORG"));
    }
    void aTableWithNothingToDoSaysWhy() {
        TagFixture f(
            {test::makePost("a", {"Kevin", "Durant"}), test::makePost("b", {"Kevin", "Durant"}, {"B-PER", "I-PER"})});
        AlikeDialog* dialog = opened(f);
        QVERIFY(dialog);
        const auto* note = dialog->findChild<QLabel*>(QStringLiteral("alikeNothing"));
        QCOMPARE(dialog->table()->model()->rowCount(), 0);
        QVERIFY(note->isVisible());
        QVERIFY2(note->text().contains(QStringLiteral("PER already")), qPrintable(note->text()));
        auto* label = dialog->findChild<QComboBox*>(QStringLiteral("alikeLabel"));
        label->setFocus();
        QTest::keyClick(label, Qt::Key_End);  // delete their labels
        QVERIFY(dialog->table()->model()->rowCount() > 0);
        QVERIFY(!note->isVisible());
        QTest::keyClick(dialog, Qt::Key_Escape);
        f.settle();
    }
    void otherLabelsAndNearMentionsAreTickedOnlyWhenAskedFor() {
        TagFixture f(posts());
        AlikeDialog* dialog = opened(f);
        QVERIFY(dialog);
        QTest::keyClick(dialog->findChild<QCheckBox*>(QStringLiteral("alikeOverride")), Qt::Key_Space);
        QTest::keyClick(dialog->findChild<QCheckBox*>(QStringLiteral("alikeNear")), Qt::Key_Space);
        QCOMPARE(listed(*dialog),
                 QStringLiteral("+a kevin DURANT, +b #KevinDurant, +c Kevin Durant, +d Kevin Durantt"));
        QTest::keyClick(dialog->table(), Qt::Key_Return);
        QTRY_VERIFY(!f.page().findChild<AlikeDialog*>());
        QCOMPARE(entitiesOnDisk(f, 2), QStringLiteral("0-1 PER"));
        QCOMPARE(entitiesOnDisk(f, 3), QStringLiteral("0-1 PER"));
        f.settle();
    }
    void spaceTakesOneOutAndTheMouseTicksIt() {
        TagFixture f(posts());
        AlikeDialog* dialog = opened(f);
        QVERIFY(dialog);
        QTest::keyClick(dialog->table(), Qt::Key_Down);
        QTest::keyClick(dialog->table(), Qt::Key_Space);
        QVERIFY(listed(*dialog).startsWith(QStringLiteral("-a kevin DURANT, +b")));
        const QRect tick = dialog->table()->visualRect(dialog->table()->model()->index(2, AlikeModel::Tick));
        QTest::mouseClick(dialog->table()->viewport(), Qt::LeftButton, {}, QPoint(tick.left() + 10, tick.center().y()));
        QVERIFY2(listed(*dialog).contains(QStringLiteral("+c")), qPrintable(listed(*dialog)));
        // Who ticks a mention with another label wants it to have this one.
        QTest::mouseClick(dialog->applyButton(), Qt::LeftButton);
        QTRY_VERIFY(!f.page().findChild<AlikeDialog*>());
        QCOMPARE(entitiesOnDisk(f, 2), QStringLiteral("0-1 PER"));
        QCOMPARE(f.spansNow(), QStringLiteral("0-1 PER"));
        f.settle();
    }
    void deletingTakesTheLabelsOfAllEqualEntities() {
        TagFixture f(posts());
        AlikeDialog* dialog = opened(f);
        QVERIFY(dialog);
        auto* label = dialog->findChild<QComboBox*>(QStringLiteral("alikeLabel"));
        QTest::keyClick(label, Qt::Key_End);
        QCOMPARE(listed(*dialog), QStringLiteral("+a Kevin Durant, +c Kevin Durant"));
        QCOMPARE(dialog->applyButton()->text(), QStringLiteral("Delete 2 label(s)"));
        QTest::mouseClick(dialog->applyButton(), Qt::LeftButton);
        QTRY_COMPARE(f.spansNow(), QString());
        QCOMPARE(entitiesOnDisk(f, 2), QString());
        f.press("Ctrl+Z");
        QTRY_COMPARE(f.spansNow(), QStringLiteral("0-1 PER"));
        f.settle();
    }
    void escapeLeavesEverything() {
        TagFixture f(posts());
        AlikeDialog* dialog = opened(f);
        QVERIFY(dialog);
        QTest::keyClick(dialog->table(), Qt::Key_Escape);
        QTRY_VERIFY(!f.page().findChild<AlikeDialog*>());
        QCOMPARE(entitiesOnDisk(f, 1), QString());
        QCOMPARE(f.spansNow(), QStringLiteral("0-1 PER"));
        f.settle();
    }
    void closingTheProjectWhileItIsSearchedEndsTheSearch() {
        TagFixture f(posts());
        f.press("Home Shift+Right 1 Shift+Tab A");
        QVERIFY(f.page().findChild<AlikeDialog*>());
        QVERIFY(!f.session().close());
        QTRY_VERIFY(!f.page().findChild<AlikeDialog*>());
    }
    void aThousandPostsAreShownAgainAfterwards() {
        std::vector<Post> many;
        for (int i = 0; i < 1500; ++i) many.push_back(test::makePost(std::to_string(i), {"Rome", "stands"}));
        TagFixture f(many);
        f.press("Home 2 Shift+Tab A");
        auto* dialog = f.page().findChild<AlikeDialog*>();
        QVERIFY(dialog);
        QTRY_COMPARE(dialog->table()->model()->rowCount(), 1499);
        QTest::keyClick(dialog->table(), Qt::Key_Return);
        QTRY_VERIFY(!f.page().findChild<AlikeDialog*>());
        QTRY_VERIFY(f.session().isFullyLoaded());
        QTRY_COMPARE(f.session().summaries().size(), std::size_t(1500));
        QTRY_COMPARE(f.session().summaries().back().entityCount, 1);
        f.press("Ctrl+Z");
        QTRY_COMPARE(f.session().summaries().back().entityCount, 0);
        f.settle();
        QCOMPARE(entitiesOnDisk(f, 0), QStringLiteral("0 LOC"));
    }
};

}  // namespace mnerva::ui

int main(int argc, char** argv) {
    return mnerva::test::runTagTest<mnerva::ui::AlikeTest>(argc, argv);
}
#include "alike_test.moc"
