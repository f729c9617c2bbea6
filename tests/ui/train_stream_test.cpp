#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <map>
#include <set>

#include "core/protocol/training_history.h"
#include "ui/pages/train/train_form.h"
#include "ui/support/fake.h"

// The window's side is tested against a stand-in for the trainer; here the stand-in and the real trainer are held
// against one list of what events are made of.

using namespace mnerva;
using namespace mnerva::protocol;
using namespace mnerva::test;
using nlohmann::json;

namespace {

std::vector<json> eventsOf(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, arguments);
    std::vector<json> events;
    if (!process.waitForFinished(240'000)) qWarning("the trainer did not end");
    protocol::EventLineReader reader;
    for (const json& event : reader.feed(process.readAllStandardOutput().toStdString())) events.push_back(event);
    if (reader.garbageLines() > 0) qWarning("garbage: %s", reader.lastGarbage().c_str());
    if (events.empty()) qWarning("%s", process.readAllStandardError().constData());
    return events;
}

std::vector<json> fakeEvents() {
    std::vector<json> events;
    const auto add = [&](const QStringList& arguments) {
        for (json& event : eventsOf(fakeCli(), arguments)) events.push_back(std::move(event));
    };
    for (const char* scenario : {"good", "checks", "fail"})
        add(fakeArguments(QStringLiteral("train"), QLatin1String(scenario)));
    add(fakeArguments(QStringLiteral("train"), QStringLiteral("checks"),
                      {QStringLiteral("--overrule"), QStringLiteral("valid-equals-test")}));
    return events;
}

std::set<std::string> kindsOf(const std::vector<json>& events) {
    std::set<std::string> kinds;
    for (const json& event : events) kinds.insert(event.at("event").get<std::string>());
    return kinds;
}

/// What events hold that their types do not carry, and what they lack: reading and writing one again changes nothing.
QStringList differences(const std::vector<json>& events) {
    QStringList odd;
    for (const json& event : events) {
        const auto read = trainingEventFromJson(event);
        const json again = read ? toJson(*read) : json::object();
        for (const json& change : json::diff(event, again))
            odd << QString::fromStdString(event.value("event", "?") + " " + change.dump());
    }
    odd.removeDuplicates();
    return odd;
}

}  // namespace

class TrainStreamTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theStandInSendsWhatItsTypesHold() {
        const std::vector<json> events = fakeEvents();
        const auto kinds = kindsOf(events);
        QVERIFY(kinds.contains("step") && kinds.contains("end") && kinds.contains("checks"));
        const QStringList odd = differences(events);
        QVERIFY2(odd.isEmpty(), qPrintable(odd.join(u'\n')));
    }

    void aMemberThatNobodySendsAndOneThatIsMissingAreFound() {
        const json whole = toJson({StepEvent{}, {}});
        QVERIFY(differences({whole}).isEmpty());
        json more = whole, less = whole;
        more["gradient_norm"] = 1;
        less.erase("loss");
        QVERIFY(differences({more}).join(u' ').contains(QStringLiteral("gradient_norm")));
        QVERIFY(differences({less}).join(u' ').contains(QStringLiteral("loss")));
        QVERIFY(!differences({{{"event", "new"}, {"what", 1}}}).isEmpty());
    }

    // A whole run of the real trainer, resumed once, with its checks, its calibration and the look at the data: what
    // was written then is read today, and today's trainer is held against the same types below.
    void theGoldenRunIsReadWhole() {
        QFile file(QStringLiteral(MNERVA_SOURCE_DIR "/tests/golden/run/stream.jsonl"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        EventLineReader reader;
        const std::vector<json> events = reader.feed(file.readAll().toStdString());
        QCOMPARE(reader.garbageLines(), 0);
        const QStringList odd = differences(events);
        QVERIFY2(odd.isEmpty(), qPrintable(odd.join(u'\n')));
        const std::set<std::string> wanted{"checks",     "start",       "features",    "epoch_start", "step",    "eval",
                                           "checkpoint", "predictions", "calibration", "paused",      "resumed", "end"};
        const std::set<std::string> kinds = kindsOf(events);
        for (const std::string& kind : wanted) QVERIFY2(kinds.contains(kind), kind.c_str());
    }

#ifdef MNERVA_HAS_ENGINE
    void initTestCase() {
        const QString data = m_folder.filePath(QStringLiteral("data"));
        const auto run = [](const QStringList& arguments) {
            QProcess process;
            process.start(cli(), arguments);
            process.waitForFinished(120'000);
            QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        };
        run({QStringLiteral("sample"), data, QStringLiteral("--posts"), QStringLiteral("40"), QStringLiteral("--seed"),
             QStringLiteral("3")});
        run({QStringLiteral("init"), project()});
        run({QStringLiteral("import"), project(), data + QStringLiteral("/train.txt"),
             data + QStringLiteral("/valid.txt"), data + QStringLiteral("/test.txt"), QStringLiteral("--images"),
             data + QStringLiteral("/images"), QStringLiteral("--crops"), data + QStringLiteral("/crops.json"),
             QStringLiteral("--crop-dir"), data + QStringLiteral("/crops")});
        m_events = eventsOf(cli(), arguments(QStringLiteral("real")));
        QVERIFY(!m_events.empty());
    }

    void everyTextThatTheEngineListsIsTranslated() {
        QProcess process;
        process.start(cli(), {QStringLiteral("systems"), QStringLiteral("--json")});
        QVERIFY(process.waitForFinished(120'000));
        QTranslator chinese;
        QVERIFY(chinese.load(QStringLiteral(":/translations/mnerva_zh_CN.qm")));
        QStringList missing;
        int texts = 0;
        const auto hold = [&](const QString& text) {
            ++texts;
            if (!text.isEmpty() && chinese.translate("options", text.toUtf8().constData()).isEmpty()) missing << text;
        };
        const auto holdSystem = [&](const ui::SystemField& system) {
            for (const ui::OptionField& option : system.options) {
                QVERIFY2(!option.title.isEmpty() && !option.sentence.isEmpty(), qPrintable(option.name));
                for (const QString& text : {option.title, option.sentence, option.unit, option.groupTitle}) hold(text);
                for (qsizetype i = 0; i < option.choices.size(); ++i)
                    if (const QString& title = option.choiceTitles.at(i); title != option.choices.at(i)) hold(title);
            }
            for (const auto& [name, title] : system.presetTitles) hold(title);
        };
        for (const ui::SystemField& system :
             ui::systemsFromJson(json::parse(process.readAllStandardOutput().toStdString()))) {
            hold(system.title);
            holdSystem(system);
            for (const ui::SystemField& other : system.others) holdSystem(other);
        }
        QVERIFY(texts > 500);
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
    }

    void theTrainerSendsWhatItsTypesHold() {
        const QStringList odd = differences(m_events);
        QVERIFY2(odd.isEmpty(), qPrintable(odd.join(u'\n')));
    }

    void theStandInSendsWhatTheTrainerSends() {
        const auto fake = kindsOf(fakeEvents());
        for (const std::string& kind : kindsOf(m_events))
            if (kind != "calibration")  // only with enough entities of the validation posts
                QVERIFY2(fake.contains(kind), kind.c_str());
    }

    void theWindowReadsTheTrainersEvents() {
        protocol::RunHistory history;
        for (const json& event : m_events) QVERIFY(history.add(event));
        QCOMPARE(history.state, protocol::RunState::Succeeded);
        QVERIFY(history.unknownEvents.empty());
        QCOMPARE(history.epochs, 2);
        QVERIFY(history.parameters > 0);
        QVERIFY(history.steps > 0);
        QVERIFY(!history.points.empty());
        const protocol::StepPoint& last = history.points.back();
        QCOMPARE(last.step, history.steps);
        QVERIFY(last.loss > 0 && last.learningRate >= 0 && last.postsPerSecond > 0 && last.memoryMiB > 1);
        QVERIFY(history.best() && history.best()->rule == "seqeval-lenient" && history.best()->micro.support > 0);
        QCOMPARE(history.best()->epoch, history.bestEpoch);
        QVERIFY(history.test());
        QVERIFY(history.checkpoint);
    }

    void aFailureOfTheTrainerIsReadWithItsCode() {
        QStringList again = arguments(QStringLiteral("lost"));
        again[again.indexOf(QStringLiteral("tiny"))] = m_folder.filePath(QStringLiteral("no-encoder"));
        protocol::RunHistory history;
        const std::vector<json> events = eventsOf(cli(), again);
        for (const json& event : events) history.add(event);
        QVERIFY(history.state == protocol::RunState::Failed || history.state == protocol::RunState::Unknown);
        if (history.state == protocol::RunState::Failed) QVERIFY(!history.failure.code.empty());
        QVERIFY2(differences(events).isEmpty(), qPrintable(differences(events).join(u'\n')));
    }

private:
    static QString cli() {
        return QStringLiteral(MNERVA_BIN_DIR "/mnerva-cli");
    }
    QString project() const {
        return m_folder.filePath(QStringLiteral("project"));
    }
    QStringList arguments(const QString& run) const {
        return {QStringLiteral("train"),     project(),
                QStringLiteral("--system"),  QStringLiteral("mpcfn"),
                QStringLiteral("--encoder"), QStringLiteral("tiny"),
                QStringLiteral("--resnet"),  QStringLiteral("random18"),
                QStringLiteral("--preset"),  QStringLiteral("sample"),
                QStringLiteral("--set"),     QStringLiteral("epochs=2"),
                QStringLiteral("--set"),     QStringLiteral("tiny_hidden=32"),
                QStringLiteral("--run"),     run,
                QStringLiteral("--json")};
    }
    QTemporaryDir m_folder;
    std::vector<json> m_events;
#endif
};

QTEST_MAIN(TrainStreamTest)
#include "train_stream_test.moc"
