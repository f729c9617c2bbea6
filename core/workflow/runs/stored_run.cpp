#include "core/workflow/runs/stored_run.h"

#include <sys/stat.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/domain/run_lock.h"
#include "core/domain/run_name.h"
#include "core/protocol/held_out.h"
#include "core/text/folding.h"

namespace mnerva::workflow {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using protocol::RunState;

constexpr std::uint64_t kMostEventBytes = 64u << 20;
constexpr std::size_t kKeptPoints = 2'000;
constexpr double kAliveSeconds = 120;  // a run that wrote nothing for longer is taken as interrupted
constexpr const char* kEvents = "events.jsonl";
constexpr const char* kModel = "model.safetensors";
constexpr const char* kCheckpoint = "state.safetensors";

std::optional<ScoreFigure> figureOf(const json& body, int epoch) {
    if (!body.is_object()) return std::nullopt;
    const auto micro = body.find("micro");
    const json& holder = micro != body.end() && micro->is_object() ? *micro : body;
    const auto f1 = holder.find("f1");
    if (f1 == holder.end() || !f1->is_number()) return std::nullopt;
    const auto rule = body.find("rule");
    return ScoreFigure{f1->get<double>(), epoch,
                       rule != body.end() && rule->is_string() ? rule->get<std::string>() : std::string()};
}

/// metrics.json: what events do not tell, since they may have been thinned or lost.
void readMetrics(StoredRun& run, const std::optional<json>& metrics) {
    takeScores(run, run.history);
    if (!metrics) return;
    int epoch = 0;
    if (const auto best = metrics->find("best"); best != metrics->end() && best->is_object())
        epoch = wholeNumberOr(*best, "epoch", 0);
    if (!run.valid && epoch > 0 && metrics->contains("epochs") && metrics->at("epochs").is_array())
        for (const json& entry : metrics->at("epochs"))
            if (entry.is_object() && wholeNumberOr(entry, "epoch", 0) == epoch)
                run.valid = figureOf(entry.value("valid", json()), epoch);
    if (!run.test) run.test = figureOf(metrics->value("test", json()), epoch);
}

/// The test posts tell more, as nothing was fitted on them.
std::optional<RunCalibration> calibrationOf(const std::optional<json>& body) {
    if (!body) return std::nullopt;
    for (const char* split : {"test", "valid"}) {
        const json curves = body->value(split, json::object());
        if (!curves.is_object()) continue;
        const auto before = eval::reliabilityFromJson(curves.value("before", json()));
        const auto after = eval::reliabilityFromJson(curves.value("after", json()));
        if (before && after && after->count > 0)
            return RunCalibration{*before, *after, split == std::string_view("test"),
                                  !body->contains("kept") || (*body)["kept"] != false};
    }
    return std::nullopt;
}

struct stat stateOf(const fs::path& path) {
    struct stat state {};
    if (::stat(path.c_str(), &state) != 0) state = {};
    return state;
}

double secondsOf(const struct stat& state) {
    return static_cast<double>(state.st_mtim.tv_sec) + static_cast<double>(state.st_mtim.tv_nsec) * 1e-9;
}

/// Size, time and place of every file that readRun() looks at.
std::string stampOf(const fs::path& folder) {
    std::string out;
    for (const char* name : {"run.json", kEvents, "metrics.json", "calibration.json", kModel, kCheckpoint}) {
        const struct stat state = stateOf(folder / name);
        out += std::to_string(state.st_ino) + ":" + std::to_string(state.st_size) + ":" +
               std::to_string(state.st_mtim.tv_sec) + "." + std::to_string(state.st_mtim.tv_nsec) + " ";
    }
    return out;
}

double now() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// A run whose process holds its lock lives, however long it has said nothing; one whose lock is free does not. Only
/// runs of 0.1.0, which have no lock, are judged by the time of their last event.
void settleState(StoredRun& run) {
    RunState& state = run.history.state;
    const bool unsettled = state == RunState::Running || state == RunState::Paused || state == RunState::Unknown;
    if (RunLock::isKnown(run.folder)) {
        const bool held = RunLock::isHeld(run.folder);
        if (held && state != RunState::Paused) state = RunState::Running;
        if (!held && unsettled) state = RunState::Interrupted;
        return;
    }
    if (!unsettled) return;
    const bool alive = run.changed > 0 && now() - run.changed < kAliveSeconds;
    state = alive && state != RunState::Unknown ? state : RunState::Interrupted;
}

bool isSettled(RunState state) {
    return state == RunState::Succeeded || state == RunState::Failed || state == RunState::Cancelled;
}

bool isTaken(const std::string& name, std::span<const std::string> taken) {
    return std::any_of(taken.begin(), taken.end(),
                       [&](const std::string& t) { return text::folded(t) == text::folded(name); });
}

/// A run over folds goes on where its first fold has a checkpoint, or was done.
bool hasBegunFold(const fs::path& folder) {
    std::error_code ignored;
    const fs::path first = folder / "folds" / "1";
    return fs::is_regular_file(first / kCheckpoint, ignored) ||
           fs::is_regular_file(first / protocol::kHeldOutFile, ignored);
}

}  // namespace

void takeScores(StoredRun& run, const protocol::RunHistory& history) {
    const auto figure = [](const protocol::EvalPoint* point) -> std::optional<ScoreFigure> {
        if (!point) return std::nullopt;
        return ScoreFigure{point->micro.f1, point->epoch, point->rule};
    };
    // Each fold has its own model and its own best epoch; none of them is the run's.
    run.valid = history.folds > 0 ? std::nullopt : figure(history.best());
    run.test = figure(history.test());
}

void takeResults(StoredRun& run) {
    std::error_code ignored;
    run.isThere = fs::is_directory(run.folder, ignored);
    run.hasModel = fs::is_regular_file(run.folder / kModel, ignored);
    run.hasCheckpoint = fs::is_regular_file(run.folder / kCheckpoint, ignored) || hasBegunFold(run.folder);
    run.calibration = calibrationOf(protocol::readRunObject(run.folder / "calibration.json"));
    const fs::path events = run.folder / kEvents;
    run.changed = secondsOf(stateOf(fs::exists(events, ignored) ? events : run.folder));
    run.stamp = stampOf(run.folder);
}

bool endedWithNothing(const StoredRun& run) {
    const RunState state = run.history.state;
    return (state == RunState::Failed || state == RunState::Cancelled) && !run.hasModel && !run.hasCheckpoint;
}

fs::path runsFolder(const fs::path& projectFolder) {
    return projectFolder / "runs";
}

StoredRun readRun(const fs::path& folder) {
    StoredRun run;
    run.name = folder.filename().string();
    run.folder = folder;
    std::error_code ignored;
    try {
        if (const auto config = protocol::readRunObject(folder / "run.json")) {
            run.config = *config;
            run.record = protocol::runRecordFromJson(*config);
        } else {
            run.problem = "run.json";
        }
        takeResults(run);
        if (const fs::path events = folder / kEvents; fs::is_regular_file(events, ignored))
            run.history = protocol::readHistory(readFile(events, kMostEventBytes));
        run.history.thin(kKeptPoints);
        readMetrics(run, protocol::readRunObject(folder / "metrics.json"));
    } catch (const Error& error) {
        run.problem = error.args().empty() ? std::string() : error.args().front();
    }
    if (run.record.options.empty()) run.record.options = run.history.options;
    if (run.record.device.empty()) run.record.device = run.history.device;
    run.started = run.history.startTime > 0 ? run.history.startTime : run.changed;
    settleState(run);
    return run;
}

std::vector<StoredRun> readRuns(const fs::path& projectFolder, const std::stop_token& stop,
                                std::span<const StoredRun> known) {
    std::vector<StoredRun> runs;
    std::error_code error;
    for (fs::directory_iterator entry(runsFolder(projectFolder), error), end; !error && entry != end;
         entry.increment(error)) {
        if (stop.stop_requested()) throw Cancelled{};
        std::error_code ignored;
        const fs::path& folder = entry->path();
        if (!entry->is_directory(ignored) || folder.filename().string().front() == '.') continue;
        const auto same = std::find_if(known.begin(), known.end(), [&](const StoredRun& run) {
            return run.folder == folder && run.problem.empty() && isSettled(run.history.state);
        });
        // Whether the lock of a run is held stands in no file, so one that is not over is always read.
        if (same != known.end() && same->stamp == stampOf(folder) && !RunLock::isHeld(folder))
            runs.push_back(*same);
        else
            runs.push_back(readRun(folder));
    }
    std::sort(runs.begin(), runs.end(), [](const StoredRun& a, const StoredRun& b) {
        return a.started != b.started ? a.started > b.started : a.name > b.name;
    });
    return runs;
}

std::string_view runNameProblem(const std::string& name, std::span<const std::string> taken) {
    switch (runNameFault(name)) {
        case RunNameFault::Empty:
            return "empty";
        case RunNameFault::TooLong:
            return "long";
        case RunNameFault::Characters:
            return "characters";
        case RunNameFault::Reserved:
            return "taken";
        case RunNameFault::None:
            break;
    }
    return isTaken(name, taken) ? "taken" : "";
}

std::string proposedRunName(const std::string& system, std::span<const std::string> taken) {
    const std::string stem = system.empty() ? "run" : system;
    for (int number = 1;; ++number)
        if (std::string name = stem + "-" + std::to_string(number); !isTaken(name, taken)) return name;
}

std::string copiedRunName(const std::string& name, std::span<const std::string> taken) {
    const std::size_t dash = name.rfind('-');
    const bool numbered = dash != std::string::npos && dash + 1 < name.size() &&
                          name.find_first_not_of("0123456789", dash + 1) == std::string::npos;
    return proposedRunName(numbered ? name.substr(0, dash) : name, taken);
}

}  // namespace mnerva::workflow
