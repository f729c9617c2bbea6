#include "ui/jobs/engine_client.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "ui/support/fake.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

namespace {

EngineOptions optionsFor(const QString& scenario, const QStringList& more = {}) {
    EngineOptions options;
    options.program = fakeCli();
    options.arguments = fakeArguments(QStringLiteral("serve"), scenario, more);
    return options;
}

protocol::PredictRequest threeWords() {
    protocol::PredictRequest request;
    request.post.words = {"Kevin", "in", "Toronto"};
    request.wantAttention = true;
    return request;
}

using PredictAnswer = EngineAnswer<EngineClient::Prediction>;

/// Collects answers in the order they come.
struct Answers {
    std::vector<PredictAnswer> list;
    auto take() {
        return [this](const PredictAnswer& answer) { list.push_back(answer); };
    }
};

}  // namespace

class EngineClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void startsOnlyWithTheFirstRequest() {
        EngineClient client(optionsFor(QStringLiteral("good")));
        QCOMPARE(client.state(), EngineClient::State::Stopped);
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        QCOMPARE(client.state(), EngineClient::State::Ready);
    }

    void predictionCarriesTensors() {
        EngineClient client(optionsFor(QStringLiteral("good")));
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        const auto* result = std::get_if<EngineClient::Prediction>(&answers.list[0]);
        QVERIFY(result);
        QCOMPARE((*result)->textToImage.size(), std::size_t(2));
        QCOMPARE((*result)->textToImage[0].shape, (std::vector<int>{2, 3, 53}));
        QCOMPARE((*result)->relevance.size(), std::size_t(2));
        QCOMPARE(client.loadedRun(), std::string("runs/a"));
    }

    void framesThatComeInPiecesArePutTogether() {
        EngineClient client(optionsFor(QStringLiteral("partial")));
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        QVERIFY(std::holds_alternative<EngineClient::Prediction>(answers.list[0]));
    }

    void loadsAModelOnceForManyPredictions() {
        EngineClient client(optionsFor(QStringLiteral("good")));
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        int loads = 0;
        client.load({"runs/b"}, this,
                    [&](const EngineAnswer<nlohmann::json>& a) { loads = std::get<nlohmann::json>(a)["loads"]; });
        MNERVA_WAIT(loads == 2);
        client.predict({"runs/b"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 2);
        client.load({"runs/b"}, this,
                    [&](const EngineAnswer<nlohmann::json>& a) { loads = std::get<nlohmann::json>(a)["loads"]; });
        MNERVA_WAIT(loads == 3);
    }

    void aChangedModelIsLoadedAgain() {
        EngineClient client(optionsFor(QStringLiteral("good")));
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        client.forgetModel();
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 2);
        int loads = 0;
        client.load({"runs/a"}, this,
                    [&](const EngineAnswer<nlohmann::json>& a) { loads = std::get<nlohmann::json>(a)["loads"]; });
        MNERVA_WAIT(loads == 3);
    }

    void garbageIsAProtocolError() {
        EngineClient client(optionsFor(QStringLiteral("garbage")));
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        QCOMPARE(codeOf(answers.list[0]), ErrorCode::ProtocolInvalid);
    }

    void aMessageThatIsNoMapIsAProtocolError() {
        EngineClient client(optionsFor(QStringLiteral("no-map")));
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        QCOMPARE(codeOf(answers.list[0]), ErrorCode::ProtocolInvalid);
    }

    void anOddResultIsAProtocolErrorAndTheEngineLives() {
        EngineClient client(optionsFor(QStringLiteral("odd-result")));
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        QCOMPARE(codeOf(answers.list[0]), ErrorCode::ProtocolInvalid);
        QCOMPARE(client.state(), EngineClient::State::Ready);
    }

    void aFrameThatIsTooLargeIsRefusedBeforeItIsRead() {
        EngineClient client(optionsFor(QStringLiteral("huge")));
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        QCOMPARE(codeOf(answers.list[0]), ErrorCode::ProtocolTooLarge);
    }

    void deathFailsTheRunningRequestWithItsLastWords() {
        EngineClient client(optionsFor(QStringLiteral("die")));
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        QCOMPARE(codeOf(answers.list[0]), ErrorCode::EngineDied);
        QVERIFY(std::get<Error>(answers.list[0]).args().at(0).find("no kernel image") != std::string::npos);
    }

    void waitingRequestsGoToTheNextEngine() {
        QTemporaryDir folder;
        EngineClient client(optionsFor(QStringLiteral("die-once"), {folder.filePath(QStringLiteral("died"))}));
        Answers answers;
        std::string echo;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        client.request("ping", {}, this,
                       [&](const EngineAnswer<nlohmann::json>& a) { echo = std::get<nlohmann::json>(a)["echo"]; });
        MNERVA_WAIT(echo == "ping");
        QCOMPARE(answers.list.size(), std::size_t(1));
        QCOMPARE(codeOf(answers.list[0]), ErrorCode::EngineDied);
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 2);
        QVERIFY(std::holds_alternative<EngineClient::Prediction>(answers.list[1]));
    }

    void afterThreeRestartsAPersonIsAsked() {
        EngineClient client(optionsFor(QStringLiteral("die")));
        QSignalSpy asked(&client, &EngineClient::restartWanted);
        Answers answers;
        for (std::size_t i = 1; i <= 4; ++i) {
            client.predict({"runs/a"}, threeWords(), this, answers.take());
            MNERVA_WAIT(answers.list.size() == i);
        }
        MNERVA_WAIT(asked.size() == 1);
        QCOMPARE(client.state(), EngineClient::State::GaveUp);
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 5);
        QCOMPARE(codeOf(answers.list[4]), ErrorCode::EngineDied);
        QCOMPARE(client.state(), EngineClient::State::GaveUp);
        client.allowRestart();
        QCOMPARE(client.state(), EngineClient::State::Stopped);
    }

    void aSilentEngineIsGivenUp() {
        EngineOptions options = optionsFor(QStringLiteral("silent"));
        options.answerTimeoutMs = 300;
        EngineClient client(options);
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        QCOMPARE(codeOf(answers.list[0]), ErrorCode::EngineSilent);
        MNERVA_WAIT(client.state() == EngineClient::State::Stopped);
    }

    void progressIsASignOfLife() {
        EngineOptions options = optionsFor(QStringLiteral("busy"));
        options.answerTimeoutMs = 3000;
        EngineClient client(options);
        QSignalSpy progress(&client, &EngineClient::progress);
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        QVERIFY(std::holds_alternative<EngineClient::Prediction>(answers.list[0]));
        QCOMPARE(progress.size(), 3);
    }

    void aLoadThatTakesLongerThanTheSilenceAllowedIsNotKilledWhileItSaysThatItGoesOn() {
        EngineOptions options = optionsFor(QStringLiteral("slow-load"));
        options.answerTimeoutMs = 400;
        EngineClient client(options);
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        QVERIFY(std::holds_alternative<EngineClient::Prediction>(answers.list[0]));
    }

    void neitherIsOneWhosePredictionNobodyWaitsForAnyMore() {
        EngineOptions options = optionsFor(QStringLiteral("slow-load"));
        options.answerTimeoutMs = 400;
        EngineClient client(options);
        QSignalSpy progress(&client, &EngineClient::progress);
        Answers answers;
        const auto ticket = client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(!progress.isEmpty());
        client.cancel(ticket);
        MNERVA_WAIT(client.loadedRun() == "runs/a");
        QCOMPARE(client.state(), EngineClient::State::Ready);
    }

    void anEngineThatNeverGreetsFailsAllRequests() {
        EngineOptions options = optionsFor(QStringLiteral("mute"));
        options.helloTimeoutMs = 300;
        EngineClient client(options);
        Answers answers;
        bool pinged = false;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        client.request("ping", {}, this,
                       [&](const EngineAnswer<nlohmann::json>& a) { pinged = std::holds_alternative<Error>(a); });
        MNERVA_WAIT(answers.list.size() == 1 && pinged);
        QCOMPARE(codeOf(answers.list[0]), ErrorCode::EngineSilent);
    }

    void anotherVersionIsAClearError() {
        EngineClient client(optionsFor(QStringLiteral("version")));
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        QCOMPARE(codeOf(answers.list[0]), ErrorCode::EngineVersion);
        QCOMPARE(std::get<Error>(answers.list[0]).args(), (std::vector<std::string>{"99", "1"}));
        MNERVA_WAIT(client.state() == EngineClient::State::Stopped);
    }

    void aProgramThatIsNotThereFailsAtOnce() {
        EngineOptions options;
        options.program = QStringLiteral("/nowhere/mnerva-cli");
        EngineClient client(options);
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        QCOMPARE(codeOf(answers.list[0]), ErrorCode::EngineDied);
        QVERIFY(std::get<Error>(answers.list[0]).args().at(0).find("/nowhere/mnerva-cli") != std::string::npos);
        QCOMPARE(client.state(), EngineClient::State::Stopped);
    }

    void errorsKeepCodeAndArguments() {
        EngineClient client(optionsFor(QStringLiteral("error")));
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        QCOMPARE(codeOf(answers.list[0]), ErrorCode::ImageUnreadable);
        QCOMPARE(std::get<Error>(answers.list[0]).args(), (std::vector<std::string>{"a.jpg"}));
    }

    void aModelThatCannotBeLoadedFailsThePrediction() {
        EngineClient client(optionsFor(QStringLiteral("load-error")));
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        QCOMPARE(codeOf(answers.list[0]), ErrorCode::WeightMissing);
        QVERIFY(client.loadedRun().empty());
    }

    void newestPredictionWins() {
        EngineClient client(optionsFor(QStringLiteral("good")));
        Answers first, second, third;
        client.predict({"runs/a"}, threeWords(), this, first.take());
        client.predict({"runs/a"}, threeWords(), this, second.take());
        client.predict({"runs/a"}, threeWords(), this, third.take());
        MNERVA_WAIT(third.list.size() == 1);
        QCOMPARE(first.list.size(), std::size_t(1));
        QVERIFY(std::holds_alternative<Cancelled>(first.list[0]));
        QVERIFY(std::holds_alternative<Cancelled>(second.list[0]));
        QVERIFY(std::holds_alternative<EngineClient::Prediction>(third.list[0]));
    }

    void cancelEndsARunningRequestAndTheEngineStays() {
        EngineClient client(optionsFor(QStringLiteral("cancel")));
        std::string echo;
        Answers answers;
        QSignalSpy heard(&client, &EngineClient::progress);
        const auto ticket = client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(!heard.isEmpty());  // the prediction itself is on its way now
        client.cancel(ticket);
        MNERVA_WAIT(answers.list.size() == 1);
        QVERIFY(std::holds_alternative<Cancelled>(answers.list[0]));
        client.request("ping", {}, this,
                       [&](const EngineAnswer<nlohmann::json>& a) { echo = std::get<nlohmann::json>(a)["echo"]; });
        MNERVA_WAIT(echo == "ping");
        QCOMPARE(client.state(), EngineClient::State::Ready);
    }

    void aCancelThatIsNotHeardKillsTheEngine() {
        EngineOptions options = optionsFor(QStringLiteral("silent"));
        options.cancelTimeoutMs = 200;
        EngineClient client(options);
        Answers answers;
        QSignalSpy heard(&client, &EngineClient::progress);
        const auto ticket = client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(!heard.isEmpty());  // the prediction itself is on its way now
        client.cancel(ticket);
        MNERVA_WAIT(client.state() == EngineClient::State::Stopped);
        QCOMPARE(answers.list.size(), std::size_t(1));
        QVERIFY(std::holds_alternative<Cancelled>(answers.list[0]));
    }

    void answersOfOthersArePassedOver() {
        EngineClient client(optionsFor(QStringLiteral("late")));
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        QCOMPARE(std::get<EngineClient::Prediction>(answers.list[0])->tags.size(), std::size_t(3));
    }

    void anIdleEngineIsLetGo() {
        EngineOptions options = optionsFor(QStringLiteral("good"));
        options.idleQuitMs = 100;
        EngineClient client(options);
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        MNERVA_WAIT(client.state() == EngineClient::State::Stopped);
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 2);
        QVERIFY(std::holds_alternative<EngineClient::Prediction>(answers.list[1]));
    }

    void anEngineThatDoesNotQuitIsKilled() {
        EngineOptions options = optionsFor(QStringLiteral("stubborn"));
        options.quitTimeoutMs = 200;
        EngineClient client(options);
        Answers answers;
        client.predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(answers.list.size() == 1);
        client.quit();
        MNERVA_WAIT(client.state() == EngineClient::State::Stopped);
    }

    void answersAreDroppedWhenTheirOwnerIsGone() {
        EngineClient client(optionsFor(QStringLiteral("good")));
        int calls = 0;
        auto owner = std::make_unique<QObject>();
        client.predict({"runs/a"}, threeWords(), owner.get(), [&](const PredictAnswer&) { ++calls; });
        owner.reset();
        std::string echo;
        client.request("ping", {}, this,
                       [&](const EngineAnswer<nlohmann::json>& a) { echo = std::get<nlohmann::json>(a)["echo"]; });
        MNERVA_WAIT(echo == "ping");
        QCOMPARE(calls, 0);
    }

    void destroyingTheClientKillsTheEngine() {
        auto client = std::make_unique<EngineClient>(optionsFor(QStringLiteral("silent")));
        Answers answers;
        client->predict({"runs/a"}, threeWords(), this, answers.take());
        MNERVA_WAIT(client->loadedRun() == "runs/a");
        QElapsedTimer clock;
        clock.start();
        client.reset();
        QVERIFY(clock.elapsed() < 2000);
        QVERIFY(answers.list.empty());
    }
};

QTEST_MAIN(EngineClientTest)
#include "engine_client_test.moc"
