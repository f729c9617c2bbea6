#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/eval/reliability.h"
#include "core/protocol/training_history.h"

namespace mnerva::ui {

/// How far a run's confidences can be believed, as calibration.json tells it.
struct RunCalibration {
    eval::Reliability before, after;
    bool onTest = false;  ///< measured on the test posts; else on the validation posts
    bool kept = true;     ///< false: it would not have helped, so confidences are those of the model
};

/// An F1 with all that must stand beside it.
struct ScoreFigure {
    double f1 = 0;     ///< of all types, 0..1
    int epoch = 0;     ///< whose weights were scored; 0: unknown
    std::string rule;  ///< stable name of the rule ("seqeval-lenient"); empty: unknown
};

/// One run of a project as its folder tells it (run.json, events.jsonl, metrics.json and which files are there).
struct RunInfo {
    QString name, folder;
    QString system, variant, preset, encoder, resnet, device;
    nlohmann::json config = nlohmann::json::object();  ///< run.json as it is
    nlohmann::json options = nlohmann::json::object();
    protocol::RunHistory history;
    QDateTime started, changed;
    bool hasModel = false;             ///< can predict
    bool hasCheckpoint = false;        ///< can be resumed
    std::optional<ScoreFigure> valid;  ///< of the kept epoch on the validation posts: what runs are compared by
    std::optional<ScoreFigure> test;   ///< on the test posts; shown when asked for
    std::optional<RunCalibration> calibration;  ///< of a finished run with enough validation entities
    QString problem;                            ///< why the folder cannot be read as a run, if so
};

/// Takes the figures of a run from its events.
void takeScores(RunInfo& run, const protocol::RunHistory& history);

/// It ended before there was anything to predict with or to go on from: its name is free for another start.
bool endedWithNothing(const RunInfo& run);

/// Folder of a project's runs.
std::filesystem::path runsFolder(const QString& projectFolder);

/// Reads one run folder; never throws: what is odd stands in `problem`.
RunInfo readRun(const std::filesystem::path& folder);

/// All runs, newest first. Throws Cancelled when asked to stop.
std::vector<RunInfo> readRuns(const QString& projectFolder, std::stop_token stop);

/// What is wrong with a name for a new run, as a stable name ("empty", "characters", "long", "taken"); empty when it is
/// good. The rule is that of runNameFault(); names of layers that are no runs count as taken. Compared without regard
/// to case, as some file systems do.
QString runNameProblem(const QString& name, const QStringList& taken);

/// "mpcfn-3": the system with the first number that is free.
QString proposedRunName(const QString& system, const QStringList& taken);

/// A copy's name: "run-2" of "run".
QString copiedRunName(const QString& name, const QStringList& taken);

}  // namespace mnerva::ui
