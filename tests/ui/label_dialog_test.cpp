#include "ui/pages/tag/label_dialog.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include "ui/pages/tag/chip_bar.h"
#include "ui/support/tag_fixture.h"

namespace mnerva::ui {

using test::TagFixture;

/// Labels are made and changed where one tags, each time in one undo step.
class LabelDialogTest : public QObject {
    Q_OBJECT

    static std::vector<Post> posts() {
        return {test::makePost("a", {"Kevin", "meets", "Ann"}), test::makePost("b", {"Ann", "sings"}, {"B-PER", "O"}),
                test::makePost("c", {"nobody", "here"})};
    }
    static LabelDialog* opened(TagFixture& f, const QString& keys) {
        f.press(keys);
        return f.page().findChild<LabelDialog*>();
    }
    static void type(QLineEdit* field, const QString& text) {
        field->selectAll();
        QTest::keyClicks(field, text);
    }
    static QStringList names(TagFixture& f) {
        QStringList out;
        for (const std::string& type : f.session().labels().types) out << QString::fromStdString(type);
        return out;
    }
    static void saved(TagFixture& f) {
        QTRY_VERIFY(!f.page().findChild<LabelDialog*>());
        f.settle();
    }

private Q_SLOTS:
    void aNewLabelHasItsKeyAtOnceAndGoesWithOneUndo() {
        TagFixture f(posts());
        const QStringList before = names(f);
        LabelDialog* dialog = opened(f, QStringLiteral("Shift+L"));
        QVERIFY(dialog);
        QVERIFY(!dialog->saveButton()->isEnabled());  // a label needs a name
        type(dialog->nameField(), QStringLiteral("EVENT"));
        dialog->setColour(QStringLiteral("#336699"));
        dialog->guideline()->setPlainText(QStringLiteral("Feasts and *games*."));
        QTest::keyClick(dialog->nameField(), Qt::Key_Return);
        saved(f);
        QTRY_COMPARE(names(f), before + QStringList{QStringLiteral("EVENT")});
        QCOMPARE(f.session().labels().noteOf("EVENT").colour, std::string("#336699"));
        QTRY_COMPARE(f.page().findChild<ChipBar*>()->chips().back()->name(), QStringLiteral("EVENT"));
        QVERIFY(
            f.page().findChild<ChipBar*>()->chips().back()->toolTip().contains(QStringLiteral("Feasts and *games*.")));
        f.press("Home");
        f.press(QString::number(before.size() + 1));
        QCOMPARE(f.spansNow(), QStringLiteral("0 EVENT"));
        f.press("Ctrl+Z");
        f.press("Ctrl+Z");
        QTRY_COMPARE(names(f), before);
        QTRY_COMPARE(f.spansNow(), QString());
    }
    void aColourGoesBackToTheUsualOne() {
        TagFixture f(posts());
        f.press("Home 1");
        LabelDialog* dialog = opened(f, QStringLiteral("Shift+Tab L"));
        QVERIFY(dialog);
        auto* usual = dialog->findChild<QToolButton*>(QStringLiteral("labelUsualColour"));
        QVERIFY(!usual->isVisible());
        dialog->setColour(QStringLiteral("#336699"));
        QTest::mouseClick(dialog->saveButton(), Qt::LeftButton);
        saved(f);
        QTRY_COMPARE(f.session().labels().noteOf("PER").colour, std::string("#336699"));
        dialog = opened(f, QStringLiteral("L"));
        QVERIFY(dialog);
        usual = dialog->findChild<QToolButton*>(QStringLiteral("labelUsualColour"));
        QTest::mouseClick(usual, Qt::LeftButton);
        QVERIFY(!usual->isVisible());
        QTest::mouseClick(dialog->saveButton(), Qt::LeftButton);
        saved(f);
        QTRY_COMPARE(f.session().labels().noteOf("PER").colour, std::string());
    }
    void aRenamedLabelTakesItsEntitiesAlongAndSaysHowManyBefore() {
        TagFixture f(posts());
        f.press("Home 1");  // PER, as in the second post
        f.settle();
        const QStringList before = names(f);
        LabelDialog* dialog = opened(f, QStringLiteral("Shift+Tab L"));
        QVERIFY(dialog);
        QCOMPARE(dialog->nameField()->text(), QStringLiteral("PER"));
        type(dialog->nameField(), QStringLiteral("PERSON"));
        QTRY_VERIFY2(dialog->message().contains(QStringLiteral("2 entities in 2 posts")),
                     qPrintable(dialog->message()));
        QVERIFY(dialog->message().contains(QStringLiteral("stays, as the last one")));  // gold has it
        QTest::mouseClick(dialog->saveButton(), Qt::LeftButton);
        saved(f);
        QTRY_COMPARE(f.spansNow(), QStringLiteral("0 PERSON"));
        QTRY_COMPARE(names(f).first(), QStringLiteral("PERSON"));
        QCOMPARE(names(f).last(), QStringLiteral("PER"));
        QVERIFY2(f.host().statusText().contains(QStringLiteral("2 entities")), qPrintable(f.host().statusText()));
        f.press("Ctrl+Z");
        QTRY_COMPARE(names(f), before);
        QTRY_COMPARE(f.spansNow(), QStringLiteral("0 PER"));
    }
    void theNameOfAnotherLabelMergesAndOneThatLooksAlikeIsRefused() {
        TagFixture f(posts());
        f.press("Home 1");
        LabelDialog* dialog = opened(f, QStringLiteral("Shift+Tab L"));
        QVERIFY(dialog);
        type(dialog->nameField(), QStringLiteral("loc"));
        QVERIFY(!dialog->saveButton()->isEnabled());
        QVERIFY(dialog->message().contains(QStringLiteral("LOC")));
        type(dialog->nameField(), QStringLiteral("LOC"));
        QVERIFY(dialog->saveButton()->isEnabled());
        QCOMPARE(dialog->saveButton()->text(), QStringLiteral("Merge"));
        QTRY_VERIFY2(dialog->message().contains(QStringLiteral("both become one")), qPrintable(dialog->message()));
        QTest::mouseClick(dialog->saveButton(), Qt::LeftButton);
        saved(f);
        QTRY_COMPARE(f.spansNow(), QStringLiteral("0 LOC"));
    }
    void deletingSaysWhatGoesAndAsksOnce() {
        TagFixture f(posts());
        const QStringList before = names(f);
        LabelDialog* dialog = opened(f, QStringLiteral("Shift+L"));
        type(dialog->nameField(), QStringLiteral("EVENT"));
        QTest::keyClick(dialog->nameField(), Qt::Key_Return);
        saved(f);
        f.press("Home");
        f.press(QString::number(before.size() + 1));
        QCOMPARE(f.spansNow(), QStringLiteral("0 EVENT"));
        f.settle();  // what is counted is what is on the disk
        dialog = opened(f, QStringLiteral("Shift+Tab L"));
        QVERIFY(dialog);
        QTest::mouseClick(dialog->removeButton(), Qt::LeftButton);
        QTRY_VERIFY2(dialog->removeButton()->text().startsWith(QStringLiteral("Delete label and 1 ")),
                     qPrintable(dialog->removeButton()->text()));
        QCOMPARE(f.spansNow(), QStringLiteral("0 EVENT"));  // not yet
        QTest::mouseClick(dialog->removeButton(), Qt::LeftButton);
        saved(f);
        QTRY_COMPARE(names(f), before);
        QTRY_COMPARE(f.spansNow(), QString());
        f.press("Ctrl+Z");
        QTRY_COMPARE(f.spansNow(), QStringLiteral("0 EVENT"));
    }
    void theKeyIsThePlaceAmongTheLabels() {
        TagFixture f(posts());
        const QStringList before = names(f);
        f.press("Home 1");
        LabelDialog* dialog = opened(f, QStringLiteral("Shift+Tab L"));
        dialog->keyField()->setCurrentIndex(1);
        QTest::mouseClick(dialog->saveButton(), Qt::LeftButton);
        saved(f);
        QTRY_COMPARE(names(f).at(1), QStringLiteral("PER"));
        QCOMPARE(names(f).size(), before.size());
    }
    void aRightClickOnAChipOpensItsLabel() {
        TagFixture f(posts());
        LabelChip* chip = f.page().findChild<ChipBar*>()->chips().at(1);
        QContextMenuEvent event(QContextMenuEvent::Mouse, chip->rect().center(),
                                chip->mapToGlobal(chip->rect().center()));
        QCoreApplication::sendEvent(chip, &event);
        auto* dialog = f.page().findChild<LabelDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->nameField()->text(), chip->name());
        QTest::keyClick(dialog, Qt::Key_Escape);
    }
};

}  // namespace mnerva::ui

int main(int argc, char** argv) {
    return mnerva::test::runTagTest<mnerva::ui::LabelDialogTest>(argc, argv);
}
#include "label_dialog_test.moc"
