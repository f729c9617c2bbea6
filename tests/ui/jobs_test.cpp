#include <QEventLoop>
#include <QSignalSpy>
#include <QTest>
#include <memory>
#include <thread>

#include "ui/base/gui_thread.h"
#include "ui/base/job_runner.h"
#include "ui/jobs/command_process.h"
#include "ui/jobs/job_host.h"
#include "ui/jobs/job_panel.h"
#include "ui/support/fake.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

namespace {

std::optional<CommandResult> g_result;

CommandProcess* runFake(const QString& scenario, QObject* parent, const QStringList& more = {}) {
    g_result.reset();
    return CommandProcess::run(
        fakeArguments(QStringLiteral("predict"), scenario, more), parent,
        [](const CommandResult& result) { g_result = result; }, fakeCli());
}

}  // namespace

class JobsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void summaryNamesTheNewestJobAndHowManyMore() {
        JobHost host;
        QVERIFY(host.summary().isEmpty());
        Job* first = host.add(QStringLiteral("Import"));
        first->setProgress(0.5, QStringLiteral("reading"));
        QCOMPARE(host.summary(), QStringLiteral("Import: reading"));
        QCOMPARE(host.summaryFraction(), 0.5);
        host.add(QStringLiteral("Training r1"));
        QVERIFY(host.summary().startsWith(QStringLiteral("Training r1")));
        QVERIFY(host.summary().contains(QLatin1Char('1')));
    }

    void aJobEndsOnce() {
        JobHost host;
        QSignalSpy ended(&host, &JobHost::jobEnded);
        Job* job = host.add(QStringLiteral("Export"));
        job->end(JobState::Succeeded);
        job->end(JobState::Failed);
        job->setProgress(0.1);
        QCOMPARE(ended.size(), 1);
        QCOMPARE(job->state(), JobState::Succeeded);
        QVERIFY(!host.isBusy());
    }

    void cancelIsAskedForOnce() {
        JobHost host;
        int asked = 0;
        Job* job = host.add(QStringLiteral("Import"), [&] { ++asked; });
        QVERIFY(job->canCancel());
        job->cancel();
        job->cancel();
        QCOMPARE(asked, 1);
        QVERIFY(!job->canCancel());
        QVERIFY(host.summary().contains(QStringLiteral("stopping")));
    }

    void cancelAllSurvivesJobsThatEndAtOnce() {
        JobHost host;
        Job* a = nullptr;
        Job* b = nullptr;
        a = host.add(QStringLiteral("a"), [&] { a->end(JobState::Cancelled); });
        b = host.add(QStringLiteral("b"), [&] { b->end(JobState::Cancelled); });
        host.cancelAll();
        QVERIFY(!host.isBusy());
    }

    void timeLeftIsSaidRoundly() {
        QVERIFY(timeLeftText(-1).isEmpty());
        QVERIFY(timeLeftText(3).contains(QStringLiteral("few seconds")));
        QVERIFY(timeLeftText(42).contains(QStringLiteral("50")));
        QVERIFY(timeLeftText(12 * 60).contains(QStringLiteral("12")));
        QVERIFY(timeLeftText(5 * 3600).contains(QStringLiteral("5")));
    }

    void thePanelHasARowForEachJob() {
        JobHost host;
        JobPanel panel(host);
        host.add(QStringLiteral("one"), [] {});
        Job* two = host.add(QStringLiteral("two"));
        QCOMPARE(panel.findChildren<QProgressBar*>().size(), 2);
        two->end(JobState::Succeeded);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(panel.findChildren<QProgressBar*>().size(), 1);
    }

    void theStatusIsHiddenWhileNothingRuns() {
        JobHost host;
        JobStatus status(host);
        QVERIFY(status.isHidden());
        Job* job = host.add(QStringLiteral("one"));
        QVERIFY(!status.isHidden());
        job->end(JobState::Succeeded);
        QVERIFY(status.isHidden());
    }

    void whatThreadsBringRunsInOrderAndNotForTheDead() {
        QObject alive;
        auto dead = std::make_unique<QObject>();
        QList<int> ran;
        onGuiThread(dead.get(), [&] { ran << -1; });
        for (int i = 0; i < 3; ++i) std::thread([&, i] { onGuiThread(&alive, [&ran, i] { ran << i; }); }).join();
        dead.reset();
        QVERIFY(ran.isEmpty());
        MNERVA_WAIT(ran.size() == 3);
        QCOMPARE(ran, (QList<int>{0, 1, 2}));
        // A dialog that one of them opens holds up none behind it.
        bool inside = false;
        onGuiThread(&alive, [&] {
            QEventLoop loop;
            onGuiThread(&alive, [&] { inside = true; });
            onGuiThread(&alive, [&] { loop.quit(); });
            loop.exec();
            ran << 3;
        });
        MNERVA_WAIT(ran.size() == 4);
        QVERIFY(inside);
        // Without the event loop: those of one receiver alone.
        QObject other;
        onGuiThread(&other, [&] { ran << 5; });
        onGuiThread(&alive, [&] { ran << 4; });
        runWaitingFor(&alive);
        QCOMPARE(ran.back(), 4);
        MNERVA_WAIT(ran.back() == 5);
    }

    void theNewestWorkAnswersAlone() {
        JobRunner runner;
        QList<int> answers;
        for (int i = 0; i < 5; ++i)
            runner.run<int>([i](std::stop_token) { return i; },
                            [&](const auto& answer) { answers << std::get<int>(answer); });
        MNERVA_WAIT(!answers.isEmpty());
        QCOMPARE(answers, QList<int>{4});
    }

    void errorsOfTheWorkAreDelivered() {
        JobRunner runner;
        ErrorCode code = ErrorCode::Internal;
        runner.run<int>([](std::stop_token) -> int { throw Error(ErrorCode::FileMissing, {"x"}); },
                        [&](const auto& answer) { code = codeOf(answer); });
        MNERVA_WAIT(code == ErrorCode::FileMissing);
    }

    void foreignExceptionsBecomeErrors() {
        JobRunner runner;
        bool failed = false;
        runner.run<int>([](std::stop_token) -> int { throw std::runtime_error("odd"); },
                        [&](const auto& answer) { failed = std::holds_alternative<Error>(answer); });
        MNERVA_WAIT(failed);
    }

    void aGoneOwnerHearsNothing() {
        bool called = false;
        std::atomic<bool> ran = false;
        {
            JobRunner runner;
            runner.run<int>(
                [&](std::stop_token) {
                    ran = true;
                    return 1;
                },
                [&](const auto&) { called = true; });
        }
        MNERVA_WAIT(ran.load());
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }

    void aCommandGivesItsObject() {
        runFake(QStringLiteral("good"), this);
        MNERVA_WAIT(g_result.has_value());
        QCOMPARE(std::get<nlohmann::json>(*g_result)["posts"].get<int>(), 2);
        QCOMPARE(std::get<nlohmann::json>(*g_result)["arguments"].back().get<std::string>(), std::string("--json"));
    }

    void aFailedCommandKeepsCodeAndArguments() {
        runFake(QStringLiteral("fail"), this);
        MNERVA_WAIT(g_result.has_value());
        QCOMPARE(codeOf(*g_result), ErrorCode::RunMissing);
        QCOMPARE(std::get<Error>(*g_result).args().at(0), std::string("r"));
    }

    void aCrashIsAnError() {
        runFake(QStringLiteral("crash"), this);
        MNERVA_WAIT(g_result.has_value());
        QCOMPARE(codeOf(*g_result), ErrorCode::EngineDied);
    }

    void anAnswerThatIsNoJsonIsAnError() {
        runFake(QStringLiteral("no-json"), this);
        MNERVA_WAIT(g_result.has_value());
        QCOMPARE(codeOf(*g_result), ErrorCode::ProtocolInvalid);
    }

    void aCancelledCommandIsNeitherFailureNorSuccess() {
        CommandProcess* command = runFake(QStringLiteral("wait"), this);
        command->cancel();
        MNERVA_WAIT(g_result.has_value());
        QVERIFY(std::holds_alternative<Cancelled>(*g_result));
    }

    void aMissingProgramIsAnError() {
        g_result.reset();
        CommandProcess::run(
            {}, this, [](const CommandResult& result) { g_result = result; }, QStringLiteral("/nowhere/cli"));
        MNERVA_WAIT(g_result.has_value());
        QCOMPARE(codeOf(*g_result), ErrorCode::EngineDied);
    }

    void theEndIsDroppedWithTheParent() {
        auto parent = std::make_unique<QObject>();
        runFake(QStringLiteral("wait"), parent.get());
        parent.reset();
        QCoreApplication::processEvents();
        QVERIFY(!g_result.has_value());
    }

    void messagesComeLineByLine() {
        CommandProcess* command = runFake(QStringLiteral("good"), this);
        QSignalSpy lines(command, &CommandProcess::message);
        MNERVA_WAIT(g_result.has_value());
        QCOMPARE(lines.size(), 2);
    }

    void aCommandLineIsQuotedForTheShell() {
        QCOMPARE(shellText(QStringLiteral("mnerva-cli"), {QStringLiteral("train"), QStringLiteral("/My Data/it's"),
                                                          QStringLiteral("--set"), QStringLiteral("lr=3e-5")}),
                 QStringLiteral("mnerva-cli train '/My Data/it'\\''s' --set lr=3e-5"));
    }

    void stderrTailKeepsTheLastWords() {
        StderrTail tail;
        tail.feed(QByteArray(50'000, 'x') + "\n\nfirst\n  second \n");
        tail.feed("third");
        QVERIFY(tail.bytes().size() <= 16 * 1024);
        QCOMPARE(tail.text(2), QStringLiteral("second / third"));
    }
};

QTEST_MAIN(JobsTest)
#include "jobs_test.moc"
