#include "ui/pages/train/train_host.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <algorithm>

#include "core/base/file.h"
#include "core/domain/run_lock.h"
#include "ui/base/text_border.h"
#include "ui/session/predictions.h"

namespace mnerva::ui {
namespace {

JobState jobStateOf(protocol::RunState state) {
    if (state == protocol::RunState::Succeeded) return JobState::Succeeded;
    return state == protocol::RunState::Cancelled ? JobState::Cancelled : JobState::Failed;
}

QStringList namesIn(const nlohmann::json& body, const char* field) {
    QStringList names;
    if (const auto found = body.find(field); found != body.end() && found->is_array())
        for (const auto& name : *found)
            if (name.is_string()) names << fromUtf8(name.get<std::string>());
    return names;
}

/// Where the folder of user data does not exist yet, Qt cannot make the trash in it and would move what is deleted into
/// the working directory.
bool trashCanBeMade() {
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return !data.isEmpty() && QDir().mkpath(data);
}

void removeFolder(const QString& folder) {
    if (trashCanBeMade() && QFile::moveToTrash(folder)) return;
    std::error_code error;
    std::filesystem::remove_all(toPath(folder), error);
    if (error) throw Error(ErrorCode::FileUnwritable, {toUtf8(folder), error.message()});
}

}  // namespace

TrainHost::TrainHost(ProjectSession& session, JobHost& jobs, QObject* parent)
    : QObject(parent), m_session(session), m_jobs(jobs) {
    connect(&session, &ProjectSession::opened, this, [this] {
        m_folder = m_session.folder();
        m_loaded = false;
        m_runs.setRuns({});
        refresh();
    });
    connect(&session, &ProjectSession::closed, this, [this] {
        m_folder.clear();
        m_loaded = false;
        m_reader.cancel();
        m_runs.setRuns({});
    });
    if (session.isOpen()) {
        m_folder = session.folder();
        refresh();
    }
}

TrainHost::~TrainHost() {
    for (auto& [name, live] : m_processes) {
        live.process->disconnect(this);
        if (live.job) live.job->end(JobState::Cancelled);  // its cancel would reach a process that is gone
    }
}

void TrainHost::refresh() {
    if (m_folder.isEmpty()) return;
    m_reader.run<std::vector<RunInfo>>(
        [folder = m_folder](std::stop_token stop) { return readRuns(folder, stop); },
        [this](const auto& answer) {
            if (const auto* error = std::get_if<Error>(&answer)) {
                m_loaded = true;
                Q_EMIT failed(tr("The runs could not be read."), *error);
                return Q_EMIT loaded();
            }
            std::vector<RunInfo> runs = std::get<std::vector<RunInfo>>(answer);
            for (const auto& [name, live] : m_processes) {  // what we watch ourselves is newer than the disk
                const auto found =
                    std::find_if(runs.begin(), runs.end(), [&](const RunInfo& r) { return r.name == name; });
                RunInfo info = found == runs.end() ? live.info : *found;
                info.history = live.process->history().summary();
                takeScores(info, info.history);
                if (found == runs.end())
                    runs.insert(runs.begin(), info);
                else
                    *found = info;
            }
            m_runs.setRuns(std::move(runs));
            m_loaded = true;
            Q_EMIT loaded();
        });
}

void TrainHost::loadSystems() {
    if (!m_systems.empty() || m_systemsCommand) return;
    m_systemsCommand = CommandProcess::run({QStringLiteral("systems")}, this, [this](const CommandResult& result) {
        m_systemsCommand.clear();
        const QString what = tr("The engine did not list its systems, so no run can be set up.");
        if (const auto* error = std::get_if<Error>(&result)) return Q_EMIT failed(what, *error);
        if (!std::holds_alternative<nlohmann::json>(result)) return;
        try {
            m_systems = systemsFromJson(std::get<nlohmann::json>(result));
        } catch (const Error& error) {
            return Q_EMIT failed(what, error);
        }
        Q_EMIT systemsChanged();
        loadDevices();
    });
}

void TrainHost::loadDevices() {
    if (m_devicesCommand || m_devices.size() > 1) return;
    m_devicesCommand = CommandProcess::run({QStringLiteral("doctor")}, this, [this](const CommandResult& result) {
        m_devicesCommand.clear();
        const auto* body = std::get_if<nlohmann::json>(&result);
        if (!body) return;  // without it: cpu, and folders that a person chooses
        if (const QStringList devices = namesIn(*body, "devices"); !devices.isEmpty()) m_devices = devices;
        m_encoders = namesIn(*body, "encoders");
        Q_EMIT systemsChanged();
    });
}

QStringList TrainHost::takenNames() const {
    QStringList names;
    for (const RunInfo& run : m_runs.runs())
        if (process(run.name) || !endedWithNothing(run)) names << run.name;
    return names;
}

void TrainHost::start(const QString& name, const QStringList& arguments, const QString& system, const QString& preset) {
    RunInfo info;
    info.name = name;
    info.system = system;
    info.preset = preset;
    info.folder = fromPath(runsFolder(m_folder) / toPath(name));
    info.started = QDateTime::currentDateTime();
    const RunInfo* old = m_runs.run(m_runs.rowOf(name));
    if (!old || !endedWithNothing(*old) || process(name)) return launch(name, arguments, std::move(info));
    m_clearer.run<bool>(
        [folder = info.folder](std::stop_token) {
            if (QDir(folder).exists()) removeFolder(folder);
            return true;
        },
        [this, name, arguments, info](const auto& answer) {
            if (const auto* error = std::get_if<Error>(&answer))
                return Q_EMIT failed(tr("What is left of the run %1 could not be taken away.").arg(name), *error);
            launch(name, arguments, info);
        });
}

/// Only where the run has no layer yet: one that is there may cover more posts.
void TrainHost::storeTestLayer(const RunInfo& run) {
    const QString name = run.name;
    const auto file = toPath(run.folder) / "predictions-test.jsonl";
    const bool ours = !m_folder.isEmpty() && toPath(run.folder).parent_path() == runsFolder(m_folder);
    if (!ours || m_session.isReadOnly() || !QFile::exists(fromPath(file))) return;
    for (const auto& layer : m_session.layers())
        if (layer.name == toUtf8(name)) return;
    m_session.write(
        [file, layer = toUtf8(name)](project::Project& project) {
            project.storePredictions(layer, readTestTags(readFile(file), file, project.posts(Split::Test)));
        },
        [this, name](std::optional<Error> error) {
            if (error) return Q_EMIT failed(tr("The predictions of %1 were not stored as a layer.").arg(name), *error);
            m_session.refresh();
            Q_EMIT layerStored(name);
        });
}

void TrainHost::resume(const QString& name) {
    const RunInfo* run = m_runs.run(m_runs.rowOf(name));
    if (!run || process(name)) return;
    launch(name, resumeArguments(m_folder, *run), *run);
}

void TrainHost::launch(const QString& name, const QStringList& arguments, RunInfo info) {
    Live& live = m_processes[name];
    live.process = std::make_unique<TrainProcess>();
    TrainProcess* process = live.process.get();
    live.job = m_jobs.add(tr("Training %1").arg(name), [process] { process->stop(); });
    live.info = std::move(info);
    live.arguments = arguments;
    live.info.history = {};
    live.info.valid.reset();
    live.info.test.reset();
    connect(process, &TrainProcess::historyChanged, this, [this, name] { onHistory(name); });
    connect(process, &TrainProcess::ended, this, [this, name](protocol::RunState state) { onEnded(name, state); });
    process->start(arguments);
    live.info.history = process->history().summary();
    m_runs.updateRun(live.info);
    Q_EMIT historyChanged(name);
}

void TrainHost::onHistory(const QString& name) {
    const auto found = m_processes.find(name);
    if (found == m_processes.end()) return;
    Live& live = found->second;
    const protocol::RunHistory& history = live.process->history();
    live.info.history = history.summary();
    takeScores(live.info, history);
    if (live.job) {
        QString detail;
        if (history.isPreparing())
            detail = tr("reading pictures");
        else if (live.process->finishAsked())
            detail = tr("finishing epoch %L1").arg(std::max(1, history.epoch));
        else if (history.epoch > 0)
            detail = tr("epoch %L1 of %L2").arg(history.epoch).arg(history.epochs);
        else
            detail = tr("preparing");
        live.job->setPaused(live.process->isPaused());
        live.job->setProgress(history.isPreparing() ? history.featuresDone / history.featuresTotal : history.fraction(),
                              detail, history.secondsLeft());
    }
    m_runs.updateRun(live.info);
    Q_EMIT historyChanged(name);
}

void TrainHost::onEnded(const QString& name, protocol::RunState state) {
    const auto found = m_processes.find(name);
    if (found == m_processes.end()) return;
    const std::unique_ptr<TrainProcess> process = std::move(found->second.process);
    if (found->second.job) found->second.job->end(jobStateOf(state));
    RunInfo info = found->second.info;
    const QStringList arguments = found->second.arguments;
    m_processes.erase(found);
    info.history = process->history();
    takeScores(info, info.history);
    m_runs.updateRun(info);
    process.get()->disconnect(this);
    if (process->failure() && process->failure()->code() == ErrorCode::ChecksStopped)
        Q_EMIT checksStopped(name, process->history().checks, arguments);
    else if (process->failure())
        Q_EMIT failed(tr("The run %1 failed.").arg(name), *process->failure());
    Q_EMIT historyChanged(name);
    Q_EMIT runEnded(name, state);
    if (state == protocol::RunState::Succeeded) storeTestLayer(info);
    refresh();
}

TrainProcess* TrainHost::process(const QString& name) const {
    const auto found = m_processes.find(name);
    return found == m_processes.end() ? nullptr : found->second.process.get();
}

const protocol::RunHistory* TrainHost::history(const QString& name) const {
    if (const TrainProcess* live = process(name)) return &live->history();
    const RunInfo* run = m_runs.run(m_runs.rowOf(name));
    return run ? &run->history : nullptr;
}

void TrainHost::remove(const QString& name) {
    const RunInfo* run = m_runs.run(m_runs.rowOf(name));
    if (!run || process(name)) return;
    m_remover.run<bool>(
        [folder = run->folder](std::stop_token) {
            requireIdleRun(toPath(folder));  // a run that another window, or none, drives is not taken from under it
            removeFolder(folder);
            return true;
        },
        [this](const auto& answer) {
            if (const auto* error = std::get_if<Error>(&answer))
                Q_EMIT failed(tr("The run could not be deleted."), *error);
            refresh();
        });
}

void TrainHost::useAsSuggestions(const QString& name) {
    if (!m_predicting.isEmpty() || m_folder.isEmpty()) return;
    m_predicting = name;
    // The window holds the project's lock, so the engine writes a file and the window stores what is in it.
    const QString file = fromPath(runsFolder(m_folder) / toPath(name) / "predictions-project.jsonl");
    QStringList arguments{QStringLiteral("predict"),  m_folder, QStringLiteral("--run"), name,
                          QStringLiteral("--output"), file};
    const RunInfo* run = m_runs.run(m_runs.rowOf(name));
    if (run && run->device.startsWith(QLatin1String("cuda"))) arguments << QStringLiteral("--device") << run->device;
    auto command = std::make_shared<QPointer<CommandProcess>>();
    Job* job = m_jobs.add(tr("Suggestions of %1").arg(name), [command] {
        if (*command) (*command)->cancel();
    });
    job->setProgress(-1, tr("predicting"));
    *command = CommandProcess::run(
        arguments, this,
        [this, name, job = QPointer<Job>(job)](const CommandResult& result) { predicted(name, job, result); });
    connect(command->data(), &CommandProcess::message, job, [job](const QString& line) {
        if (const auto progress = progressFromLine(line)) job->setProgress(*progress, tr("predicting"));
    });
    Q_EMIT predictingChanged();
}

void TrainHost::predicted(const QString& name, Job* job, const CommandResult& result) {
    const auto endWith = [this, job = QPointer<Job>(job)](JobState state) {
        m_predicting.clear();
        if (job) job->end(state);
        Q_EMIT predictingChanged();
    };
    if (std::holds_alternative<Cancelled>(result)) return endWith(JobState::Cancelled);
    const QString what = tr("No suggestions were made.");
    if (const auto* error = std::get_if<Error>(&result)) {
        endWith(JobState::Failed);
        return Q_EMIT failed(what, *error);
    }
    const auto file = runsFolder(m_folder) / toPath(name) / "predictions-project.jsonl";
    m_session.write(
        [file, run = toUtf8(name)](project::Project& project) {
            const std::string content = readFile(file);
            project.storePredictions(run, readPredictions(content, file), readRawTags(content));
        },
        [this, name, endWith, what](std::optional<Error> error) {
            endWith(error ? JobState::Failed : JobState::Succeeded);
            if (error) return Q_EMIT failed(what, *error);
            m_session.refresh();
            m_session.setSuggestionLayer(name);
            Q_EMIT suggestionsReady(name);
        });
}

}  // namespace mnerva::ui
