#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>

#include "core/base/error.h"
#include "core/protocol/detection_lines.h"
#include "core/protocol/prediction_lines.h"
#include "core/protocol/training_history.h"
#include "ui/jobs/child_process.h"
#include "ui/session/runs_model.h"

using namespace mnerva;
using namespace mnerva::ui;

namespace {

// Deep enough to end the stack of whoever reads nested values by recursion.
const std::string kDeep = std::string(200000, '[') + std::string(200000, ']');

void put(const std::filesystem::path& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

template <class Work>
ErrorCode codeOf(Work work) {
    try {
        work();
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::Internal;
}

}  // namespace

/// What a received project or another program makes the window read.
class HostileFilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDeepRunRecordIsAProblemOfThatRun() {
        const QTemporaryDir temporary;
        const std::filesystem::path folder = temporary.path().toStdString();
        put(folder / "run.json", R"({"options":)" + kDeep + "}");
        const RunInfo run = workflow::readRun(folder);
        QCOMPARE(run.problem, std::string("run.json"));
    }

    void deepMetricsCalibrationAndEventsAreLeftOut() {
        const QTemporaryDir temporary;
        const std::filesystem::path folder = temporary.path().toStdString();
        put(folder / "run.json", R"({"system":"mpcfn","options":{}})");
        put(folder / "metrics.json", R"({"test":)" + kDeep + "}");
        put(folder / "calibration.json", R"({"test":)" + kDeep + "}");
        put(folder / "events.jsonl",
            R"({"event":"step","loss":)" + kDeep + "}\n" + R"({"event":"step","step":7})" + "\n");
        const RunInfo run = workflow::readRun(folder);
        QVERIFY(run.problem.empty());
        QCOMPARE(run.record.system, std::string("mpcfn"));
        QVERIFY(!run.calibration);
        QCOMPARE(run.history.points.size(), std::size_t(1));
        QCOMPARE(run.history.points[0].step, 7.0);
    }

    void manyEventsTakeLittleAtATime() {
        std::string lines;
        for (int i = 1; i <= 200'000; ++i) lines += R"({"event":"step","step":)" + std::to_string(i) + "}\n";
        const protocol::RunHistory history = protocol::readHistory(lines);
        QCOMPARE(history.points.back().step, 200'000.0);
    }

    void deepLinesOfPredictionsAndDetectionsAreNamed() {
        const std::string line = R"({"post":1,"entities":)" + kDeep + "}";
        QCOMPARE(codeOf([&] { protocol::readPredictionLines(line, "predictions.jsonl"); }), ErrorCode::LineInvalid);
        const std::string boxes = R"({"post":1,"boxes":)" + kDeep + "}";
        QCOMPARE(codeOf([&] { protocol::readDetectionLines(boxes, "detections.jsonl", {}); }), ErrorCode::LineInvalid);
    }

    void aDeepReportOfAChildIsNone() {
        QVERIFY(!errorFromReport(QByteArray::fromStdString(R"({"error":)" + kDeep + "}")));
    }
};

QTEST_MAIN(HostileFilesTest)
#include "hostile_files_test.moc"
