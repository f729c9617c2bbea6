#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <map>
#include <set>

#include "core/protocol/training_event.h"
#include "core/protocol/training_history.h"
#include "ui/support/fake.h"

// The window's side is tested against a stand-in for the trainer; here the stand-in and the real trainer are held
// against one list of what events are made of.

using namespace mnerva;
using namespace mnerva::protocol;
using namespace mnerva::test;
using nlohmann::json;

namespace {

/// Names of members by kind, as they were seen: those in every event of a kind, and those in any.
struct Seen {
    std::set<std::string> always, ever;
    bool first = true;
    void add(const json& object) {
        std::set<std::string> names;
        for (const auto& [name, value] : object.items())
            if (name != "event" && name != "time") names.insert(name);
        ever.insert(names.begin(), names.end());
        if (std::exchange(first, false)) always = names;
        std::erase_if(always, [&](const std::string& name) { return !names.contains(name); });
    }
};
using Stream = std::map<std::string, Seen>;

void note(Stream& stream, const json& event) {
    const std::string kind = event.at("event");
    stream[kind].add(event);
    if (kind == "eval") {
        stream["micro"].add(event.at("micro"));
        for (const auto& [type, score] : event.at("types").items()) stream["type"].add(score);
    }
    if (kind == "checks" || kind == "start")
        for (const json& check : event.at("checks")) stream["check"].add(check);
    if (event.contains("error")) stream["error"].add(event.at("error"));
}

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

[[maybe_unused]] Stream streamOf(const std::vector<json>& events) {  // of the real trainer, where there is one
    Stream stream;
    for (const json& event : events) note(stream, event);
    return stream;
}

Stream fakeStream() {
    Stream stream;
    for (const char* scenario : {"good", "checks", "fail"})
        for (const json& event : eventsOf(fakeCli(), fakeArguments(QStringLiteral("train"), QLatin1String(scenario))))
            note(stream, event);
    for (const json& event :
         eventsOf(fakeCli(), fakeArguments(QStringLiteral("train"), QStringLiteral("checks"),
                                           {QStringLiteral("--overrule"), QStringLiteral("valid-equals-test")})))
        note(stream, event);
    return stream;
}

/// What a stream has that the list does not allow, and the other way round.
QStringList differences(const Stream& stream) {
    QStringList odd;
    for (const auto& [kind, seen] : stream) {
        const TrainingEventKind* listed = trainingEventKind(kind);
        if (!listed) {
            odd << QStringLiteral("unlisted event %1").arg(QString::fromStdString(kind));
            continue;
        }
        const auto say = [&](const char* what, const std::string& key) {
            odd << QStringLiteral("%1 %2.%3")
                       .arg(QLatin1String(what), QString::fromStdString(kind), QString::fromStdString(key));
        };
        for (const std::string& key : seen.ever)
            if (!hasKey(*listed, key)) say("unlisted", key);
        const QStringList keys =
            QString::fromLatin1(listed->keys.data(), qsizetype(listed->keys.size())).split(u' ', Qt::SkipEmptyParts);
        for (const QString& key : keys)
            if (!key.endsWith(u'?') && !seen.always.contains(key.toStdString())) say("missing", key.toStdString());
    }
    return odd;
}

}  // namespace

class TrainStreamTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theStandInSendsWhatIsListed() {
        const Stream stream = fakeStream();
        QVERIFY(stream.contains("step") && stream.contains("end") && stream.contains("check"));
        const QStringList odd = differences(stream);
        QVERIFY2(odd.isEmpty(), qPrintable(odd.join(u'\n')));
    }

    void aMemberThatNobodySendsIsFound() {
        Stream stream;
        note(stream, {{"event", "step"}, {"gradient_norm", 1}});
        const QStringList odd = differences(stream);
        QVERIFY(odd.contains(QStringLiteral("unlisted step.gradient_norm")));
        QVERIFY(odd.contains(QStringLiteral("missing step.loss")));
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

    void theTrainerSendsWhatIsListed() {
        const QStringList odd = differences(streamOf(m_events));
        QVERIFY2(odd.isEmpty(), qPrintable(odd.join(u'\n')));
    }

    void theStandInSendsWhatTheTrainerSends() {
        const Stream real = streamOf(m_events), fake = fakeStream();
        for (const auto& [kind, seen] : real) {
            if (kind == "calibration") continue;  // only with enough entities of the validation posts
            const auto same = fake.find(kind);
            QVERIFY2(same != fake.end(), kind.c_str());
            for (const std::string& key : seen.always)
                QVERIFY2(same->second.ever.contains(key), (kind + "." + key).c_str());
            for (const std::string& key : same->second.always)
                QVERIFY2(seen.ever.contains(key), (kind + "." + key).c_str());
        }
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
        if (history.state == protocol::RunState::Failed) QVERIFY(!history.failureCode.empty());
        QVERIFY2(differences(streamOf(events)).isEmpty(), qPrintable(differences(streamOf(events)).join(u'\n')));
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
