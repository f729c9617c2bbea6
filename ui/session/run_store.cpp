#include "ui/session/run_store.h"

#include <QRegularExpression>
#include <algorithm>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/domain/run_lock.h"
#include "core/domain/run_name.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr JsonLimits kRunLimits{std::size_t{64} << 20, 64, std::size_t{1} << 20};
constexpr std::uint64_t kMostEventBytes = 64u << 20;
constexpr std::size_t kKeptPoints = 2'000;
constexpr qint64 kAliveSeconds = 120;  // a run that wrote nothing for longer is taken as interrupted

QString text(const json& object, std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (const auto found = object.find(name); found != object.end() && found->is_string())
            return fromUtf8(found->get<std::string>());
    return {};
}

/// A run folder may come from anybody: what cannot be read there is a file that is not there.
std::optional<json> objectIn(const fs::path& path) {
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) return std::nullopt;
    try {
        json body = readJson(path, kRunLimits);
        return body.is_object() ? std::optional(std::move(body)) : std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

std::optional<ScoreFigure> figureOf(const json& body, int epoch) {
    if (!body.is_object()) return std::nullopt;
    const auto micro = body.find("micro");
    const json& holder = micro != body.end() && micro->is_object() ? *micro : body;
    const auto f1 = holder.find("f1");
    if (f1 == holder.end() || !f1->is_number()) return std::nullopt;
    return ScoreFigure{f1->get<double>(), epoch, toUtf8(text(body, {"rule"}))};
}

void readConfig(RunInfo& run, const json& config) {
    run.config = config;
    run.system = text(config, {"system"});
    run.variant = text(config, {"variant"});
    run.preset = text(config, {"preset"});
    run.encoder = text(config, {"encoder"});
    run.resnet = text(config, {"resnet"});
    run.device = text(config, {"device"});
    if (config.contains("options") && config["options"].is_object()) run.options = config["options"];
}

/// metrics.json: what events do not tell, since they may have been thinned or lost.
void readResults(RunInfo& run, const std::optional<json>& metrics) {
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

QDateTime modified(const fs::path& path) {
    std::error_code error;
    const auto time = fs::last_write_time(path, error);
    if (error) return {};
    const auto system = std::chrono::file_clock::to_sys(time);
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(system.time_since_epoch()).count());
}

/// A run whose process holds its lock lives, however long it has said nothing; one whose lock is free does not. Only
/// runs of 0.1.0, which have no lock, are judged by the time of their last event.
void settleState(RunInfo& run) {
    protocol::RunState& state = run.history.state;
    if (RunLock::isKnown(toPath(run.folder))) {
        const bool held = RunLock::isHeld(toPath(run.folder));
        if (held && state != protocol::RunState::Paused) state = protocol::RunState::Running;
        if (!held && (state == protocol::RunState::Running || state == protocol::RunState::Paused ||
                      state == protocol::RunState::Unknown))
            state = protocol::RunState::Interrupted;
        return;
    }
    if (state != protocol::RunState::Running && state != protocol::RunState::Paused &&
        state != protocol::RunState::Unknown)
        return;
    const bool alive = run.changed.isValid() && run.changed.secsTo(QDateTime::currentDateTime()) < kAliveSeconds;
    state = alive && state != protocol::RunState::Unknown ? state : protocol::RunState::Interrupted;
}

}  // namespace

void takeScores(RunInfo& run, const protocol::RunHistory& history) {
    const auto figure = [](const protocol::EvalPoint* point) -> std::optional<ScoreFigure> {
        if (!point) return std::nullopt;
        return ScoreFigure{point->micro.f1, point->epoch, point->rule};
    };
    run.valid = figure(history.best());
    run.test = figure(history.test());
}

bool endedWithNothing(const RunInfo& run) {
    const protocol::RunState state = run.history.state;
    return (state == protocol::RunState::Failed || state == protocol::RunState::Cancelled) && !run.hasModel &&
           !run.hasCheckpoint;
}

fs::path runsFolder(const QString& projectFolder) {
    return toPath(projectFolder) / "runs";
}

RunInfo readRun(const fs::path& folder) {
    RunInfo run;
    run.name = fromPath(folder.filename());
    run.folder = fromPath(folder);
    std::error_code ignored;
    try {
        const auto config = objectIn(folder / "run.json");
        if (config)
            readConfig(run, *config);
        else
            run.problem = QStringLiteral("run.json");
        const fs::path events = folder / "events.jsonl";
        if (fs::is_regular_file(events, ignored))
            run.history = protocol::readHistory(readFile(events, kMostEventBytes));
        run.history.thin(kKeptPoints);
        run.changed = modified(fs::exists(events, ignored) ? events : folder);
        readResults(run, objectIn(folder / "metrics.json"));
        run.calibration = calibrationOf(objectIn(folder / "calibration.json"));
    } catch (const Error& error) {
        run.problem = fromUtf8(error.args().empty() ? std::string() : error.args().front());
    }
    if (run.options.empty()) run.options = run.history.options;
    if (run.device.isEmpty()) run.device = fromUtf8(run.history.device);
    run.started =
        run.history.startTime > 0 ? QDateTime::fromMSecsSinceEpoch(qint64(run.history.startTime * 1000)) : run.changed;
    run.hasModel = fs::is_regular_file(folder / "model.safetensors", ignored);
    run.hasCheckpoint = fs::is_regular_file(folder / "state.safetensors", ignored);
    settleState(run);
    return run;
}

std::vector<RunInfo> readRuns(const QString& projectFolder, std::stop_token stop) {
    std::vector<RunInfo> runs;
    std::error_code error;
    for (fs::directory_iterator entry(runsFolder(projectFolder), error), end; !error && entry != end;
         entry.increment(error)) {
        if (stop.stop_requested()) throw Cancelled{};
        std::error_code ignored;
        if (!entry->is_directory(ignored) || entry->path().filename().string().front() == '.') continue;
        runs.push_back(readRun(entry->path()));
    }
    std::sort(runs.begin(), runs.end(), [](const RunInfo& a, const RunInfo& b) {
        return a.started != b.started ? a.started > b.started : a.name > b.name;
    });
    return runs;
}

QString runNameProblem(const QString& name, const QStringList& taken) {
    switch (runNameFault(toUtf8(name))) {
        case RunNameFault::Empty:
            return QStringLiteral("empty");
        case RunNameFault::TooLong:
            return QStringLiteral("long");
        case RunNameFault::Characters:
            return QStringLiteral("characters");
        case RunNameFault::Reserved:
            return QStringLiteral("taken");
        case RunNameFault::None:
            break;
    }
    return taken.contains(name, Qt::CaseInsensitive) ? QStringLiteral("taken") : QString();
}

QString proposedRunName(const QString& system, const QStringList& taken) {
    const QString stem = system.isEmpty() ? QStringLiteral("run") : system;
    for (int number = 1;; ++number) {
        const QString name = QStringLiteral("%1-%2").arg(stem, QString::number(number));
        if (!taken.contains(name, Qt::CaseInsensitive)) return name;
    }
}

QString copiedRunName(const QString& name, const QStringList& taken) {
    static const QRegularExpression numbered(QStringLiteral("^(.*)-\\d+$"));
    const auto match = numbered.match(name);
    return proposedRunName(match.hasMatch() ? match.captured(1) : name, taken);
}

}  // namespace mnerva::ui
