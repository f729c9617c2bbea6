#include "ui/pages/train/train_page.h"

#include <QDialogButtonBox>
#include <QScrollArea>

#include "ui/pages/train/option_list.h"
#include "ui/pages/train/option_texts.h"
#include "ui/pages/train/run_options_model.h"
#include "ui/support/train_fixture.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

using Shown = TrainFixture;

namespace {

/// A system with epochs, learning rate (which it may not heed) and a switch.
std::vector<SystemField> threeOptions(bool offersRate) {
    nlohmann::json rate{{"name", "lr"}, {"group", "essential"}, {"type", "real"}, {"default", 3e-5}};
    if (!offersRate) rate["offered"] = false;
    const nlohmann::json epochs{{"name", "epochs"},
                                {"group", "essential"},
                                {"type", "int"},
                                {"default", 50},
                                {"sentence", "How often the training posts are gone through."}};
    const nlohmann::json flag{{"name", "cp"}, {"group", "ablation"}, {"type", "bool"}, {"default", true}};
    const nlohmann::json system{
        {"name", "mpcfn"}, {"variants", {"paper"}}, {"options", nlohmann::json::array({epochs, rate, flag})}};
    return systemsFromJson({{"systems", nlohmann::json::array({system})}});
}

}  // namespace

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
    void numbersAreWrittenShortAndReadBackTheSame() {
        QCOMPARE(optionText(3e-4), QStringLiteral("0.0003"));
        QCOMPARE(optionText(3e-5), QStringLiteral("3e-5"));
        QCOMPARE(optionText(1e-12), QStringLiteral("1e-12"));
        QCOMPARE(optionText(0.0), QStringLiteral("0"));
        QCOMPARE(optionText(1234.5), QStringLiteral("1234.5"));
        for (const double number : {0.1, 1.0 / 3, 2.5e-7, 1e300, 123456789.25})
            QCOMPARE(QLocale::c().toDouble(optionText(number)), number);
    }

    void valuesAreSaidInWordsWhereTheyMeanMoreThanANumber() {
        OptionField option;
        option.type = QStringLiteral("real");
        option.unit = QStringLiteral("norm");
        option.zero = QStringLiteral("not clipped");
        QCOMPARE(optionReadText(option, QStringLiteral("0")), QStringLiteral("not clipped"));
        QCOMPARE(optionReadText(option, QStringLiteral("0.0")), QStringLiteral("not clipped"));
        QCOMPARE(optionReadText(option, QStringLiteral("1")), QStringLiteral("1 norm"));
        OptionField flag;
        flag.type = QStringLiteral("bool");
        QCOMPARE(optionReadText(flag, QStringLiteral("true")), QStringLiteral("on"));
        QCOMPARE(optionReadText(flag, QStringLiteral("false")), QStringLiteral("off"));
    }

    void whatASystemDoesNotHeedIsNotOfferedButARunThatSetItLoads() {
        const std::vector<SystemField> systems = threeOptions(false);
        TrainForm form;
        form.setSystems(systems);
        form.setSystem(systems[0].name);
        OptionList options(form);
        QVERIFY(options.findChild<QWidget*>(QStringLiteral("option-epochs")));
        QVERIFY(!options.findChild<QWidget*>(QStringLiteral("option-lr")));
        form.recall({{"system", "mpcfn"}, {"options", {{"lr", 0.5}}}});
        QVERIFY(form.arguments(QStringLiteral("/p")).contains(QStringLiteral("lr=0.5")));
        protocol::RunRecord record;
        record.system = "mpcfn";
        record.options = {{"epochs", 50}, {"lr", systems[0].option(QStringLiteral("lr"))->fallback}};
        RunOptionsModel model;
        model.setRun(record, systems);
        QCOMPARE(model.rowCount(), 1);
        record.options["lr"] = 0.5;
        model.setRun(record, systems);
        QCOMPARE(model.rowCount(), 2);
    }

    void anOptionIsFoundByTitleNameOrSentence() {
        TrainForm form;
        form.setSystems(threeOptions(true));
        form.setSystem(QStringLiteral("mpcfn"));
        OptionList options(form);
        const int all = options.shownCount();
        QCOMPARE(all, 3);
        options.setFilter(QStringLiteral("GONE training"));
        QCOMPARE(options.shownCount(), 1);
        QVERIFY(!options.findChild<QWidget*>(QStringLiteral("option-epochs"))->isHidden());
        QVERIFY(options.findChild<QWidget*>(QStringLiteral("option-cp"))->parentWidget()->isHidden());
        options.setFilter({});
        QCOMPARE(options.shownCount(), all);
    }
};

int main(int argc, char** argv) {
    return runTagTest<NewRunTest>(argc, argv);
}
#include "new_run_test.moc"
