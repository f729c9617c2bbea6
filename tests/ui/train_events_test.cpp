#include "core/protocol/training_history.h"

#include <QSignalSpy>
#include <QTest>

#include "ui/jobs/train_process.h"
#include "ui/support/fake.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;
using nlohmann::json;

namespace {

protocol::RunHistory historyOf(const std::vector<json>& events) {
    protocol::RunHistory history;
    for (const json& event : events) history.add(event);
    return history;
}

json evalEvent(int epoch, const char* split, double f1) {
    return {{"event", "eval"},
            {"epoch", epoch},
            {"split", split},
            {"micro", {{"p", f1}, {"r", f1}, {"f1", f1}}},
            {"types", {{"PER", {{"f1", f1}, {"support", 3}}}}}};
}

json startEvent() {
    return {{"event", "start"},
            {"time", 100.0},
            {"epochs", 4},
            {"steps", 40},
            {"device", "cpu"},
            {"resumed", false},
            {"epoch", 0},
            {"parameters", {{"text", 10}, {"total", 25}}},
            {"options", {{"flood_b", 0.3}}}};
}

/// Starts the stand-in and waits for its end.
struct Ended {
    TrainProcess process;
    protocol::RunState state = protocol::RunState::Unknown;
    int ends = 0;
    explicit Ended(const QString& scenario) {
        QObject::connect(&process, &TrainProcess::ended, &process, [this](protocol::RunState s) {
            state = s;
            ++ends;
        });
        process.start(fakeArguments(QStringLiteral("train"), scenario), fakeCli());
    }
};

}  // namespace

class TrainEventsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linesThatComeInPiecesArePutTogether() {
        protocol::EventLineReader reader;
        QVERIFY(reader.feed(R"({"event": "st)").empty());
        QVERIFY(reader.feed(R"(art"})").empty());
        const auto events = reader.feed("\n{\"event\": \"end\"}\r\n");
        QCOMPARE(events.size(), std::size_t(2));
        QCOMPARE(events[0]["event"].get<std::string>(), std::string("start"));
    }

    void theLastLineNeedsNoLineFeed() {
        protocol::EventLineReader reader;
        QVERIFY(reader.feed(R"({"event": "end"})").empty());
        QCOMPARE(reader.finish().size(), std::size_t(1));
        QCOMPARE(reader.finish().size(), std::size_t(0));
    }

    void garbageIsCountedAndPassedOver() {
        protocol::EventLineReader reader;
        const auto events = reader.feed("what?\n[1]\n\"x\"\n{\"event\": \n\xff\xfe\n{\"event\": \"end\"}\n\n");
        QCOMPARE(events.size(), std::size_t(1));
        QCOMPARE(reader.garbageLines(), 5);
    }

    void aLineWithoutEndIsGivenUp() {
        protocol::EventLineReader reader;
        reader.feed(std::string(3 << 20, 'x'));
        QCOMPARE(reader.garbageLines(), 1);
        const auto events = reader.feed("rest of it\n{\"event\": \"end\"}\n");
        QCOMPARE(events.size(), std::size_t(1));
    }

    void startTellsThePlan() {
        const protocol::RunHistory history = historyOf({startEvent()});
        QCOMPARE(history.state, protocol::RunState::Running);
        QCOMPARE(history.epochs, 4);
        QCOMPARE(history.parameters, 25.0);
        QCOMPARE(history.floodLevel(), 0.3);
        QCOMPARE(history.fraction(), 0.0);
    }

    void workTimeLeavesOutPausesAndWhatLiesBetweenAStopAndGoingOn() {
        json start = startEvent(), again = startEvent();
        start["time"] = 100.0;
        again["time"] = 9000.0;
        const protocol::RunHistory history =
            historyOf({start,
                       {{"event", "step"}, {"time", 110.0}, {"step", 1}, {"epoch", 1}, {"loss", 2.5}},
                       {{"event", "paused"}, {"time", 112.0}},
                       {{"event", "resumed"}, {"time", 500.0}, {"seconds", 388}},
                       {{"event", "step"}, {"time", 505.0}, {"step", 2}, {"epoch", 1}, {"loss", 2.5}},
                       again,
                       {{"event", "end"}, {"time", 9020.0}, {"outcome", "succeeded"}}});
        QCOMPARE(history.workSeconds, 10.0 + 2 + 5 + 20);
    }

    void stepsGiveTheFraction() {
        const protocol::RunHistory history =
            historyOf({startEvent(), {{"event", "step"}, {"time", 110.0}, {"step", 10}, {"epoch", 1}, {"loss", 2.5}}});
        QCOMPARE(history.fraction(), 0.25);
        QCOMPARE(history.secondsLeft(), 30);
        QCOMPARE(history.points.at(0).floodedLoss, 2.5);
    }

    void theTrainersOwnTimeLeftWins() {
        const protocol::RunHistory history = historyOf(
            {startEvent(), {{"event", "step"}, {"time", 110.0}, {"step", 10}, {"loss", 2.5}, {"seconds_left", 77.0}}});
        QCOMPARE(history.secondsLeft(), 77);
    }

    void aLossThatIsNoNumberIsPassedOver() {
        const protocol::RunHistory history = historyOf({{{"event", "step"}, {"step", 1}, {"loss", nullptr}}});
        QCOMPARE(history.points.at(0).loss, 0.0);
    }

    void ofEqualEpochsTheLaterIsBest() {
        const protocol::RunHistory history =
            historyOf({evalEvent(1, "valid", 0.8), evalEvent(2, "valid", 0.9), evalEvent(3, "valid", 0.9)});
        QCOMPARE(history.bestEpoch, 3);
        QCOMPARE(history.best()->epoch, 3);
    }

    void theTestIsNoValidation() {
        const protocol::RunHistory history = historyOf({evalEvent(1, "valid", 0.8), evalEvent(1, "test", 0.95)});
        QCOMPARE(history.best()->micro.f1, 0.8);
        QCOMPARE(history.test()->micro.f1, 0.95);
    }

    void resumingDropsWhatIsDoneAgain() {
        json again = startEvent();
        again["resumed"] = true;
        again["epoch"] = 1;
        const protocol::RunHistory history = historyOf({startEvent(),
                                                        {{"event", "step"}, {"step", 10}, {"epoch", 1}, {"loss", 1}},
                                                        evalEvent(1, "valid", 0.5),
                                                        {{"event", "step"}, {"step", 15}, {"epoch", 2}, {"loss", 1}},
                                                        evalEvent(2, "valid", 0.7),
                                                        again});
        QCOMPARE(history.points.size(), std::size_t(1));
        QCOMPARE(history.evals.size(), std::size_t(1));
    }

    void aFailedEndKeepsCodeAndArguments() {
        const protocol::RunHistory history =
            historyOf({{{"event", "end"},
                        {"outcome", "failed"},
                        {"error", {{"code", "disk-full"}, {"args", {"/x"}}, {"text", "t"}}}}});
        QCOMPARE(history.state, protocol::RunState::Failed);
        QCOMPARE(history.failure.code, std::string("disk-full"));
        QCOMPARE(history.failure.args, std::vector<std::string>{"/x"});
    }

    void unknownEventsAreKeptByName() {
        const protocol::RunHistory history = historyOf({{{"event", "moon-phase"}, {"x", 1}}});
        QCOMPARE(history.unknownEvents, std::vector<std::string>{"moon-phase"});
        protocol::RunHistory other;
        QVERIFY(!other.add(json::array({1})));
        QVERIFY(!other.add({{"no", "event"}}));
    }

    void picturesAreReadBeforeTheFirstStep() {
        protocol::RunHistory history = historyOf({startEvent(), {{"event", "features"}, {"done", 3}, {"total", 12}}});
        QVERIFY(history.isPreparing());
        history.add({{"event", "step"}, {"step", 1}, {"loss", 1}});
        QVERIFY(!history.isPreparing());
    }

    void thinningKeepsFirstAndLast() {
        protocol::RunHistory history;
        for (int i = 1; i <= 1000; ++i) history.add({{"event", "step"}, {"step", i}, {"loss", i}});
        history.thin(11);
        QCOMPARE(history.points.size(), std::size_t(11));
        QCOMPARE(history.points.front().step, 1.0);
        QCOMPARE(history.points.back().step, 1000.0);
    }

    void aWholeFileIsReadAgain() {
        QByteArray lines = QByteArray::fromStdString(startEvent().dump()) +
                           "\n{\"event\":\"epoch_start\",\"epoch\":2}\n{\"event\":\"st";
        const protocol::RunHistory history = protocol::readHistory(lines.toStdString());
        QCOMPARE(history.epoch, 2);
        QCOMPARE(history.state, protocol::RunState::Running);
    }

    void aRunGoesToItsEnd() {
        Ended run(QStringLiteral("good"));
        MNERVA_WAIT(run.ends == 1);
        QCOMPARE(run.state, protocol::RunState::Succeeded);
        QCOMPARE(run.process.history().evals.size(), std::size_t(4));
        QCOMPARE(run.process.history().points.size(), std::size_t(30));
        QVERIFY(!run.process.failure());
    }

    void piecesOfLinesOverAPipeAreNoTrouble() {
        Ended run(QStringLiteral("partial"));
        MNERVA_WAIT(run.ends == 1);
        QCOMPARE(run.state, protocol::RunState::Succeeded);
        QCOMPARE(run.process.history().points.size(), std::size_t(30));
    }

    void anEndWithoutLineFeedCounts() {
        Ended run(QStringLiteral("no-line-feed"));
        MNERVA_WAIT(run.ends == 1);
        QCOMPARE(run.state, protocol::RunState::Succeeded);
    }

    /// The pipe alone tells a run that its window is gone, however that happened.
    void theWindowSaysThatItDrivesTheRun() {
        Ended run(QStringLiteral("arguments"));
        MNERVA_WAIT(run.ends == 1);
        const json& said = run.process.history().options.at("arguments");
        QVERIFY(std::find(said.begin(), said.end(), "--until-input-ends") != said.end());
    }

    void signsOfLifeAreNoUnknownEvents() {
        const protocol::RunHistory history =
            historyOf({{{"event", "alive"}},
                       {{"event", "evaluating"}, {"split", "valid"}, {"done", 1}, {"total", 9}},
                       {{"event", "calibration"}, {"kept", false}}});
        QVERIFY(history.unknownEvents.empty());
    }

    void garbageOnThePipeIsNoTrouble() {
        Ended run(QStringLiteral("garbage"));
        MNERVA_WAIT(run.ends == 1);
        QCOMPARE(run.state, protocol::RunState::Succeeded);
    }

    void eventsOfANewerTrainerAreNoTrouble() {
        Ended run(QStringLiteral("unknown"));
        MNERVA_WAIT(run.ends == 1);
        QCOMPARE(run.state, protocol::RunState::Succeeded);
        QCOMPARE(run.process.history().unknownEvents.size(), std::size_t(1));
    }

    void aFailureIsTranslatedFromItsCode() {
        Ended run(QStringLiteral("fail"));
        MNERVA_WAIT(run.ends == 1);
        QCOMPARE(run.state, protocol::RunState::Failed);
        QCOMPARE(run.process.failure()->code(), ErrorCode::NumberNotFinite);
    }

    void aFailureBeforeTheFirstEventKeepsItsCode() {
        Ended run(QStringLiteral("early"));
        MNERVA_WAIT(run.ends == 1);
        QCOMPARE(run.state, protocol::RunState::Failed);
        QCOMPARE(run.process.failure()->code(), ErrorCode::EncoderIncomplete);
        QCOMPARE(run.process.failure()->args().at(1), std::string("config.json"));
    }

    void aCrashTellsItsLastWords() {
        Ended run(QStringLiteral("crash"));
        MNERVA_WAIT(run.ends == 1);
        QCOMPARE(run.state, protocol::RunState::Failed);
        QCOMPARE(run.process.failure()->code(), ErrorCode::EngineDied);
        QVERIFY(run.process.failure()->args().at(0).find("out of memory") != std::string::npos);
    }

    void leavingWithoutAnEndIsAFailure() {
        Ended run(QStringLiteral("exit"));
        MNERVA_WAIT(run.ends == 1);
        QCOMPARE(run.state, protocol::RunState::Failed);
    }

    void aMissingTrainerIsAFailure() {
        TrainProcess process;
        QSignalSpy ended(&process, &TrainProcess::ended);
        process.start({}, QStringLiteral("/nowhere/mnerva-cli"));
        MNERVA_WAIT(ended.size() == 1);
        QCOMPARE(process.failure()->code(), ErrorCode::EngineDied);
    }

    void stopEndsTheRunAsCancelled() {
        Ended run(QStringLiteral("long"));
        MNERVA_WAIT(!run.process.history().points.empty());
        run.process.stop();
        QVERIFY(run.process.stopAsked());
        MNERVA_WAIT(run.ends == 1);
        QCOMPARE(run.state, protocol::RunState::Cancelled);
    }

    void finishEndsAfterTheEpochWithItsTest() {
        Ended run(QStringLiteral("long"));
        MNERVA_WAIT(!run.process.history().points.empty());
        run.process.finish();
        MNERVA_WAIT(run.ends == 1);
        QCOMPARE(run.state, protocol::RunState::Succeeded);
        QCOMPARE(run.process.history().points.size(), std::size_t(10));
        QVERIFY(run.process.history().test());
    }

    void pauseHoldsTheRunUntilItGoesOn() {
        Ended run(QStringLiteral("long"));
        MNERVA_WAIT(!run.process.history().points.empty());
        QSignalSpy events(&run.process, &TrainProcess::eventReceived);
        run.process.pause();
        QCOMPARE(run.process.history().state, protocol::RunState::Paused);
        const auto lastEvent = [&] { return events.last().at(0).value<nlohmann::json>()["event"].get<std::string>(); };
        MNERVA_WAIT(!events.isEmpty() && lastEvent() == "paused");
        const int seen = int(events.size());
        QVERIFY(!QTest::qWaitFor([&] { return int(events.size()) != seen; }, 100));
        run.process.resume();
        MNERVA_WAIT(run.ends == 1);
        QCOMPARE(run.state, protocol::RunState::Succeeded);
    }

    void finishWakesAPausedRun() {
        Ended run(QStringLiteral("long"));
        MNERVA_WAIT(!run.process.history().points.empty());
        run.process.pause();
        run.process.finish();
        MNERVA_WAIT(run.ends == 1);
        QCOMPARE(run.state, protocol::RunState::Succeeded);
    }

    void destroyingTheProcessKillsIt() {
        auto process = std::make_unique<TrainProcess>();
        QSignalSpy ended(process.get(), &TrainProcess::ended);
        process->start(fakeArguments(QStringLiteral("train"), QStringLiteral("long")), fakeCli());
        TrainProcess* raw = process.get();
        MNERVA_WAIT(!raw->history().points.empty());
        QElapsedTimer clock;
        clock.start();
        process.reset();
        QVERIFY(clock.elapsed() < 2000);
        QCOMPARE(ended.size(), 0);
    }
};

QTEST_MAIN(TrainEventsTest)
#include "train_events_test.moc"
