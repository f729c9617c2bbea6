#include "ui/pages/train/train_page.h"

#include <QDialogButtonBox>
#include <QScrollArea>

#include "ui/support/train_fixture.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

using Shown = TrainFixture;

class NewRunTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStartThatFailedIsOneSentenceAndOnePressFromTheNext() {
        Shown f;
        f.open();
        f.show();
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.start(QStringLiteral("live"), QStringLiteral("early"));
        MNERVA_WAIT(ended.size() == 1);
        MNERVA_WAIT(f.page->host().runs().rowCount() == 0);
        auto* empty = f.page->findChild<EmptyState*>();
        MNERVA_WAIT(empty->isVisible());
        QVERIFY(empty->findChild<QLabel*>(QStringLiteral("emptyStateSentence"))
                    ->text()
                    .contains(QStringLiteral("config.json")));
        QTest::mouseClick(empty->button(), Qt::LeftButton);
        auto* dialog = f.page->findChild<NewRunDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->form().runName(), QStringLiteral("live"));
    }
    void aSystemChosenInTheFormGivesItsNameToTheRun() {
        Shown f;
        f.addRun(QStringLiteral("mpcfn-1"));
        f.open();
        f.show();
        NewRunDialog dialog(f.session, f.page->host());
        dialog.show();
        auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("runName"));
        QCOMPARE(name->text(), QStringLiteral("mpcfn-2"));
        auto* system = dialog.findChild<QComboBox*>(QStringLiteral("system"));
        system->setFocus();
        QTest::keyClick(system, Qt::Key_Down);
        QCOMPARE(name->text(), QStringLiteral("umt-1"));
        name->selectAll();
        QTest::keyClicks(name, QStringLiteral("mine"));
        QTest::keyClick(system, Qt::Key_Up);
        QCOMPARE(name->text(), QStringLiteral("mine"));
    }
    void theButtonsOfTheFormAreInSightOnASmallScreen() {
        Shown f;
        f.open();
        f.show();
        NewRunDialog dialog(f.session, f.page->host());
        dialog.show();
        dialog.findChild<QComboBox*>(QStringLiteral("encoder"))->setEditText(QStringLiteral("/nowhere"));
        dialog.findChild<QComboBox*>(QStringLiteral("resnet"))->setEditText(QStringLiteral("/nowhere"));
        dialog.form().setDevice(QStringLiteral("gpu"));
        dialog.form().setRunName({});
        dialog.setOptionsUnfolded(true);
        dialog.resize(768, 600);
        MNERVA_WAIT(dialog.findChild<QLabel*>(QStringLiteral("problem-encoder"))->isVisible());
        dialog.resize(768, 600);
        QCOMPARE(dialog.height(), 600);
        for (const QPushButton* button : dialog.findChild<QDialogButtonBox*>()->findChildren<QPushButton*>()) {
            QVERIFY(button->isVisible());
            QVERIFY(dialog.rect().contains(QRect(button->mapTo(&dialog, QPoint()), button->size())));
        }
        // The last option can be reached.
        auto* scroll = dialog.findChild<QScrollArea*>(QStringLiteral("newRunOptions"));
        QWidget* last = dialog.findChild<QWidget*>(QStringLiteral("option-cp"));
        QVERIFY(last);
        last->setFocus();
        scroll->ensureWidgetVisible(last);
        QVERIFY(scroll->viewport()->rect().contains(last->mapTo(scroll->viewport(), last->rect().center())));
    }
    void theFormStartsWithWhatTheEngineOffers() {
        Shown f;
        f.open();
        f.show();
        NewRunDialog dialog(f.session, f.page->host());
        dialog.show();
        MNERVA_WAIT(!dialog.isChecking());
        QCOMPARE(dialog.form().systemName(), QStringLiteral("mpcfn"));
        QVERIFY(dialog.form().problems().count(QStringLiteral("data")) == 0);
        const auto* line = dialog.findChild<QPlainTextEdit*>(QStringLiteral("commandLine"));
        QVERIFY(line->toPlainText().startsWith(QStringLiteral("mnerva-cli train ")));
    }
    void aWrongEncoderIsMarkedAtItsField() {
        Shown f;
        f.open();
        f.show();
        NewRunDialog dialog(f.session, f.page->host());
        dialog.show();
        dialog.findChild<QComboBox*>(QStringLiteral("encoder"))->setEditText(QStringLiteral("/nowhere"));
        auto* problem = dialog.findChild<QLabel*>(QStringLiteral("problem-encoder"));
        MNERVA_WAIT(problem->isVisible());
        dialog.accept();
        QVERIFY(dialog.isVisible());
        dialog.findChild<QComboBox*>(QStringLiteral("encoder"))->setCurrentIndex(0);
        MNERVA_WAIT(!problem->isVisible());
        QCOMPARE(dialog.form().encoder(), QStringLiteral("tiny"));
    }
    void choosingAPresetFillsTheOptions() {
        Shown f;
        f.open();
        f.show();
        NewRunDialog dialog(f.session, f.page->host());
        dialog.setOptionsUnfolded(true);
        dialog.show();
        auto* preset = dialog.findChild<QComboBox*>(QStringLiteral("preset"));
        preset->setCurrentIndex(preset->findData(QStringLiteral("sample")));
        QCOMPARE(dialog.findChild<QLineEdit*>(QStringLiteral("option-epochs"))->text(), QStringLiteral("8"));
    }
    void acceptingStartsTheRun() {
        Shown f;
        f.open();
        f.show();
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.page->newRun();
        auto* dialog = f.page->findChild<NewRunDialog*>();
        QVERIFY(dialog);
        MNERVA_WAIT(!dialog->isChecking() && dialog->form().isReady());
        dialog->accept();
        MNERVA_WAIT(ended.size() == 1);
        QCOMPARE(ended.at(0).at(0).toString(), QStringLiteral("mpcfn-1"));
    }
    void aFileOfAnOptionCanBeChosen() {
        Shown f;
        f.open();
        f.show();
        TrainForm form;
        SystemField system;
        system.name = QStringLiteral("s");
        OptionField option;
        option.name = QStringLiteral("word_vectors");
        option.type = QStringLiteral("text");
        option.fallback = "";
        system.options = {option};
        form.setSystems({system});
        OptionList list(form);
        f.files = QStringList{QStringLiteral("/far/away/vectors.bin")};
        list.findChild<QToolButton*>(QStringLiteral("option-file-word_vectors.choose"))->click();
        QCOMPARE(form.text(QStringLiteral("word_vectors")), QStringLiteral("/far/away/vectors.bin"));
        form.reset(QStringLiteral("word_vectors"));
        QVERIFY(list.findChild<QLineEdit*>(QStringLiteral("option-file-word_vectors.path"))->text().isEmpty());
    }
};

int main(int argc, char** argv) {
    return runTagTest<NewRunTest>(argc, argv);
}
#include "new_run_test.moc"
