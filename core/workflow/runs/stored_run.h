#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/eval/reliability.h"
#include "core/protocol/run_record.h"
#include "core/protocol/training_history.h"

namespace mnerva::workflow {

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

/// One run of a project as its folder tells it: run.json, events.jsonl, metrics.json, calibration.json and which files
/// are there.
struct StoredRun {
    std::string name;
    std::filesystem::path folder;
    nlohmann::json config = nlohmann::json::object();  ///< run.json as it is
    protocol::RunRecord record;                        ///< what of it is understood; filled up from the events
    protocol::RunHistory history;
    double started = 0, changed = 0;  ///< seconds since 1970; 0: unknown
    std::string stamp;                ///< equal: nothing in the folder has changed since
    bool isThere = true;              ///< its folder exists
    bool hasModel = false;            ///< can predict
    bool hasCheckpoint = false;       ///< can be resumed
    /// Of the kept epoch on the validation posts: what runs are compared by. None of a run over folds.
    std::optional<ScoreFigure> valid;
    std::optional<ScoreFigure> test;            ///< on the test posts; shown when asked for
    std::optional<RunCalibration> calibration;  ///< of a finished run with enough validation entities
    std::string problem;                        ///< why the folder cannot be read as a run, if so
};

/// Takes the figures of a run from its events.
void takeScores(StoredRun& run, const protocol::RunHistory& history);

/// Looks again at what a run leaves behind when it ends: its files, its calibration. Its events are not read.
void takeResults(StoredRun& run);

/// It ended before there was anything to predict with or to go on from: its name is free for another start.
bool endedWithNothing(const StoredRun& run);

/// Folder of a project's runs.
std::filesystem::path runsFolder(const std::filesystem::path& projectFolder);

/// Reads one run folder; never throws: what is odd stands in `problem`.
StoredRun readRun(const std::filesystem::path& folder);

/// All runs, newest first; those of `known` whose folder has not changed are taken over, not read. Throws Cancelled
/// when asked to stop.
std::vector<StoredRun> readRuns(const std::filesystem::path& projectFolder, const std::stop_token& stop,
                                std::span<const StoredRun> known = {});

/// What is wrong with a name for a new run, as a stable name ("empty", "characters", "long", "taken"); empty when it is
/// good. The rule is that of runNameFault(); names of layers that are no runs count as taken. Compared without regard
/// to case, as some file systems do.
std::string_view runNameProblem(const std::string& name, std::span<const std::string> taken);

/// "mpcfn-3": the system with the first number that is free.
std::string proposedRunName(const std::string& system, std::span<const std::string> taken);

/// A copy's name: "run-2" of "run".
std::string copiedRunName(const std::string& name, std::span<const std::string> taken);

}  // namespace mnerva::workflow
