#include "ui/train/train_page.h"

#include <QMessageBox>
#include <QScopeGuard>
#include <QTemporaryDir>

#include "core/domain/run_lock.h"
#include "ui/common/text_border.h"
#include "ui/support/run_fixture.h"
#include "ui/train/check_texts.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

namespace {

struct Shown : RunFixture {
    std::unique_ptr<TrainPage> page;
    void show() {
        page = std::make_unique<TrainPage>(session, jobs);
        page->resize(1200, 700);
        page->show();
        page->activated();
        if (session.isOpen()) QTRY_VERIFY(page->host().isLoaded() && !page->host().isLoadingSystems());
    }
    QPushButton& button(const char* name) { return *page->findChild<QPushButton*>(QString::fromLatin1(name)); }
    RunState stateOf(const QString& run) {
        const RunHistory* history = page->host().history(run);
        return history ? history->state : RunState::Unknown;
    }
    void start(const QString& name, const QString& scenario) {
        qputenv("MNERVA_FAKE", (QStringLiteral("train=") + scenario).toUtf8());
        page->host().start(name, {QStringLiteral("train"), folder()}, QStringLiteral("mpcfn"),
                           QStringLiteral("sample"));
    }
};

}  // namespace

class TrainPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutRunsTheFirstStepIsShown() {
        Shown f;
        f.open();
        f.show();
        QVERIFY(f.page->findChild<EmptyState*>()->isVisible());
        QVERIFY(f.page->findChild<EmptyState*>()->button()->isVisible());
    }

    void runsAreListedWithTheirScores() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.addRun(QStringLiteral("r2"), "cancelled", false);
        f.open();
        f.show();
        QCOMPARE(f.page->host().runs().rowCount(), 2);
        QCOMPARE(f.stateOf(QStringLiteral("r2")), RunState::Cancelled);
        QVERIFY(f.button("cloneRun").isEnabled());
    }

    void aCalibratedRunShowsWhetherItsConfidencesCanBeBelieved() {
        Shown f;
        f.addRun(QStringLiteral("plain"));
        f.addRun(QStringLiteral("r1"));
        eval::Reliability before, after;
        before = eval::reliabilityOf({{0.95, true}, {0.9, false}, {0.75, true}, {0.72, false}, {0.3, false}});
        after = eval::reliabilityOf({{0.6, true}, {0.5, false}, {0.55, true}, {0.4, false}, {0.1, false}});
        const nlohmann::json curves{{"before", eval::toJson(before)}, {"after", eval::toJson(after)}};
        writeFile(f.folder() + QStringLiteral("/runs/r1/calibration.json"),
                  QByteArray::fromStdString(nlohmann::json{{"method", "platt"}, {"valid", curves}}.dump()));
        writeFile(f.folder() + QStringLiteral("/runs/plain/calibration.json"), "{\"valid\": 3}");
        f.open();
        f.show();
        auto* details = f.page->findChild<RunDetails*>();
        auto* chart = details->findChild<Chart*>(QStringLiteral("reliabilityChart"));
        details->setRun(QStringLiteral("r1"));
        QVERIFY(chart->isVisible());
        QVERIFY(chart->xRange().first <= 0 && chart->xRange().second >= 1);
        if (const QString target = qEnvironmentVariable("MNERVA_SHOTS"); !target.isEmpty())
            QVERIFY(details->grab().save(target + QStringLiteral("/reliability.png")));
        details->setRun(QStringLiteral("plain"));
        QVERIFY(!chart->isVisible());
    }

    void whatARunCanDoFollowsItsState() {
        Shown f;
        f.addRun(QStringLiteral("r1"), "cancelled", false);
        f.open();
        f.show();
        QVERIFY(f.button("resumeRun").isEnabled());
        QVERIFY(!f.button("useAsSuggestions").isEnabled());
        QVERIFY(f.button("deleteRun").isEnabled());
    }

    void aRunIsWatchedToItsEnd() {
        Shown f;
        f.open();
        f.show();
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.start(QStringLiteral("live"), QStringLiteral("good"));
        QVERIFY(f.jobs.isBusy());
        MNERVA_WAIT(ended.size() == 1);
        QVERIFY(!f.jobs.isBusy());
        QCOMPARE(ended.at(0).at(1).value<RunState>(), RunState::Succeeded);
    }

    void aFailedRunSaysWhyInThePage() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.start(QStringLiteral("live"), QStringLiteral("early"));
        MNERVA_WAIT(ended.size() == 1);
        QVERIFY(f.page->findChild<Banner*>()->text().contains(QStringLiteral("config.json")));
    }

    void checksThatStopARunAreAskedAboutAndCanBeOverruled() {
        Shown f;
        f.open();
        f.show();
        f.answer = 1;  // do not train
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.start(QStringLiteral("live"), QStringLiteral("checks"));
        MNERVA_WAIT(ended.size() == 1);
        QCOMPARE(f.asked, QStringList{QStringLiteral("checks-stopped")});
        QCOMPARE(ended.at(0).at(1).value<RunState>(), RunState::Failed);
        f.answer = 0;
        f.start(QStringLiteral("again"), QStringLiteral("checks"));
        MNERVA_WAIT(ended.size() == 3);
        QCOMPARE(ended.at(2).at(0).toString(), QStringLiteral("again"));
        QCOMPARE(ended.at(2).at(1).value<RunState>(), RunState::Succeeded);
    }

    void countsInFindingsAreWrittenAsTheLanguageWritesThem() {
        const QLocale before;
        const auto restore = qScopeGuard([&] { QLocale::setDefault(before); });
        QLocale::setDefault(QLocale(QLocale::English));
        TrainCheck check;
        check.code = "pictures-unreadable";
        check.args = {"1204", "4000"};
        QCOMPARE(checkText(check), QStringLiteral("1,204 of 4,000 pictures are missing or cannot be read"));
    }

    void wordsOfPostsInAQuestionAreNoHtml() {
        const QString text = QStringLiteral("<b>RT</b> & more");
        const std::unique_ptr<QMessageBox> box(
            dialogs::makeBox(nullptr, {QStringLiteral("q"),
                                       QStringLiteral("Title"),
                                       text,
                                       text,
                                       {QStringLiteral("Do"), QStringLiteral("Do not")}}));
        int shown = 0;
        for (const QLabel* label : box->findChildren<QLabel*>())
            if (label->text() == text) {
                ++shown;
                QCOMPARE(label->textFormat(), Qt::PlainText);
            }
        QCOMPARE(shown, 2);
        QCOMPARE(box->defaultButton()->text(), QStringLiteral("Do not"));
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

    void stopAsksOnlyWhenWorkIsLost() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        f.start(QStringLiteral("live"), QStringLiteral("long"));
        MNERVA_WAIT(f.page->host().history(QStringLiteral("live"))->points.size() > 2);
        f.page->findChild<QTableView*>(QStringLiteral("runList"))
            ->selectRow(f.page->host().runs().rowOf(QStringLiteral("live")));
        f.answer = 2;  // go on
        f.button("stopRun").click();
        QCOMPARE(f.asked, QStringList{QStringLiteral("stop-run")});
        QVERIFY(!f.page->host().process(QStringLiteral("live"))->stopAsked());
        f.answer = 0;
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.button("stopRun").click();
        MNERVA_WAIT(ended.size() == 1);
        QCOMPARE(ended.at(0).at(1).value<RunState>(), RunState::Cancelled);
    }

    void pauseBecomesContinue() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        f.start(QStringLiteral("live"), QStringLiteral("long"));
        f.page->findChild<QTableView*>(QStringLiteral("runList"))
            ->selectRow(f.page->host().runs().rowOf(QStringLiteral("live")));
        const QString before = f.button("pauseRun").text();
        f.button("pauseRun").click();
        MNERVA_WAIT(f.button("pauseRun").text() != before);
        QCOMPARE(f.jobs.jobs().front()->state(), JobState::Paused);
        f.button("pauseRun").click();
        MNERVA_WAIT(f.button("pauseRun").text() == before);
    }

    void theJobsCancelStopsTheRun() {
        Shown f;
        f.open();
        f.show();
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.start(QStringLiteral("live"), QStringLiteral("long"));
        f.jobs.cancelAll();
        MNERVA_WAIT(ended.size() == 1);
        QCOMPARE(ended.at(0).at(1).value<RunState>(), RunState::Cancelled);
    }

    void deletingAsksFirstAndGoesToTheTrashEvenOfAFreshAccount() {
        const QTemporaryDir account;
        const QString data = account.filePath(QStringLiteral("not/yet/there"));
        const QByteArray before = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", data.toUtf8());
        const auto restore = qScopeGuard([&] { qputenv("XDG_DATA_HOME", before); });
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        f.answer = 1;
        f.button("deleteRun").click();
        QCOMPARE(f.asked, QStringList{QStringLiteral("delete-run")});
        QVERIFY(QDir(f.folder() + QStringLiteral("/runs/r1")).exists());
        f.answer = 0;
        f.button("deleteRun").click();
        MNERVA_WAIT(!QDir(f.folder() + QStringLiteral("/runs/r1")).exists());
        MNERVA_WAIT(f.page->host().runs().rowCount() == 0);
        QVERIFY(QDir(data + QStringLiteral("/Trash/files/r1")).exists());
        QVERIFY(!QDir(QStringLiteral("files/r1")).exists());
    }

    void aRunThatAProcessTrainsIsNotDeleted() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        const QString folder = f.folder() + QStringLiteral("/runs/r1");
        std::vector<ErrorCode> failures;
        connect(&f.page->host(), &TrainHost::failed, this,
                [&](const QString&, const Error& error) { failures.push_back(error.code()); });
        {
            const RunLock lock = RunLock::take(toPath(folder));
            f.page->host().remove(QStringLiteral("r1"));
            MNERVA_WAIT(failures == std::vector<ErrorCode>{ErrorCode::RunBusy});
        }
        QVERIFY(QFile::exists(folder + QStringLiteral("/model.safetensors")));
    }

    void predictionsBecomeSuggestions() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        QSignalSpy ready(&f.page->host(), &TrainHost::suggestionsReady);
        f.button("useAsSuggestions").click();
        MNERVA_WAIT(ready.size() == 1);
        QCOMPARE(f.session.suggestionLayer(), QStringLiteral("r1"));
        MNERVA_WAIT(f.session.layers().size() >= 2);
        QVERIFY(!f.page->host().isPredicting());
    }

    void aPredictionThatFailsChangesNothing() {
        Shown f;
        qputenv("MNERVA_FAKE", "predict=fail");
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        QSignalSpy failed(&f.page->host(), &TrainHost::failed);
        f.button("useAsSuggestions").click();
        MNERVA_WAIT(failed.size() == 1);
        QVERIFY(f.session.suggestionLayer().isEmpty());
        QVERIFY(!f.jobs.isBusy());
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

    void destroyingThePageStopsWhatRuns() {
        Shown f;
        f.open();
        f.show();
        f.start(QStringLiteral("live"), QStringLiteral("long"));
        f.page.reset();
        QVERIFY(!f.jobs.isBusy());
    }
};

int main(int argc, char** argv) {
    return runTagTest<TrainPageTest>(argc, argv);
}
#include "train_page_test.moc"
