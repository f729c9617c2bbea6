#include "ui/pages/train/train_host.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <algorithm>

#include "core/base/file.h"
#include "core/domain/run_lock.h"
#include "core/project/entity_boxes.h"
#include "core/protocol/prediction_lines.h"
#include "core/protocol/progress_line.h"
#include "core/workflow/report/run_report.h"
#include "core/workflow/runs/test_layer.h"
#include "ui/base/text_border.h"
#include "ui/pages/train/run_options_model.h"

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

QStringList resumeArguments(const QString& projectFolder, const RunInfo& run) {
    QStringList list{QStringLiteral("train"), projectFolder, QStringLiteral("--run"), fromUtf8(run.name)};
    if (!run.record.device.empty()) list << QStringLiteral("--device") << fromUtf8(run.record.device);
    return list << QStringLiteral("--resume");
}

TrainHost::TrainHost(ProjectSession& session, JobHost& jobs, QObject* parent)
    : QObject(parent), m_session(session), m_jobs(jobs), m_library(session.runs()) {
    connect(&session, &ProjectSession::opened, this, [this] { m_folder = m_session.folder(); });
    connect(&session, &ProjectSession::closed, this, [this] { m_folder.clear(); });
    connect(&m_library, &RunLibrary::loaded, this, &TrainHost::loaded);
    connect(&m_library, &RunLibrary::failed, this,
            [this](const Error& error) { Q_EMIT failed(tr("The runs could not be read."), error); });
    connect(&m_library, &RunLibrary::loaded, this, &TrainHost::tellUsedEncoders);
    if (session.isOpen()) m_folder = session.folder();
    m_library.want();
}

TrainHost::~TrainHost() {
    for (auto& [name, live] : m_processes) {
        live.process->disconnect(this);
        if (live.job) live.job->end(JobState::Cancelled);  // its cancel would reach a process that is gone
    }
    if (m_measuringJob) m_measuringJob->end(JobState::Cancelled);
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
        if (const auto found = body->find("precisions"); found != body->end() && found->is_object())
            for (const auto& [device, names] : found->items())
                m_precisions[fromUtf8(device)] = namesIn(*found, device.c_str());
        Q_EMIT systemsChanged();
    });
}

QStringList TrainHost::precisions(const QString& device) const {
    // "cuda" is its first one.
    const auto found = m_precisions.find(device == QLatin1String("cuda") ? QStringLiteral("cuda:0") : device);
    return found == m_precisions.end() || found->second.isEmpty() ? QStringList{QStringLiteral("fp32")} : found->second;
}

void TrainHost::tellUsedEncoders() {
    QStringList encoders, pictures;
    for (const RunInfo& run : m_library.runs()) {
        encoders << fromUtf8(run.record.encoder);
        pictures << fromUtf8(run.record.resnet);
    }
    for (QStringList* list : {&encoders, &pictures}) {
        list->removeDuplicates();
        list->sort();
    }
    m_encoders.setUsed(encoders, pictures);
}

QStringList TrainHost::takenNames() const {
    QStringList names;
    for (const RunInfo& run : m_library.runs())
        if (const QString name = fromUtf8(run.name); process(name) || !endedWithNothing(run)) names << name;
    return names;
}

void TrainHost::start(const QString& name, const QStringList& arguments, const QString& system, const QString& preset) {
    RunInfo info;
    info.name = toUtf8(name);
    info.record.system = toUtf8(system);
    info.record.preset = toUtf8(preset);
    info.folder = runFolder(name);
    info.started = double(QDateTime::currentMSecsSinceEpoch()) / 1000;
    const RunInfo* old = m_library.run(name);
    if (!old || !endedWithNothing(*old) || process(name)) return launch(name, arguments, std::move(info));
    m_clearer.run<bool>(
        [folder = info.folder](std::stop_token) {
            if (std::filesystem::exists(folder)) removeFolder(fromPath(folder));
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
    const QString name = fromUtf8(run.name);
    const auto file = run.folder / "predictions-test.jsonl";
    const bool ours = !m_folder.isEmpty() && run.folder == runFolder(name);
    if (!ours || m_session.isReadOnly() || !QFile::exists(fromPath(file))) return;
    for (const auto& layer : m_session.layers())
        if (layer.name == toUtf8(name)) return;
    m_session.write(
        [file, layer = toUtf8(name)](project::Project& project) {
            const workflow::TestLayer said = workflow::testLayer(readFile(file), file, project.posts(Split::Test));
            project.storePredictions(layer, said.entities);
            if (said.boxes) project::storeEntityBoxes(project, layer, *said.boxes);
        },
        [this, name](std::optional<Error> error) {
            if (error) return Q_EMIT failed(tr("The predictions of %1 were not stored as a layer.").arg(name), *error);
            m_session.refresh();
            Q_EMIT layerStored(name);
        });
}

/// The engine could not: this window holds the project.
void TrainHost::storeHeldOutLayer(const RunInfo& run) {
    const QString name = fromUtf8(run.name);
    if (m_folder.isEmpty() || run.folder != runFolder(name) || m_session.isReadOnly()) return;
    m_session.write(
        [folder = run.folder, layer = toUtf8(name)](project::Project& project) {
            const workflow::HeldOutLayer said =
                workflow::heldOutLayer(protocol::readHeldOutFile(folder), project.posts(std::nullopt));
            project.storePredictions(layer, said.entities, said.tags);
        },
        [this, name](std::optional<Error> error) {
            if (error) return Q_EMIT failed(tr("The predictions of %1 were not stored as a layer.").arg(name), *error);
            m_session.refresh();
            Q_EMIT heldOutStored(name);
        });
}

void TrainHost::resume(const QString& name) {
    const RunInfo* run = m_library.run(name);
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
    m_library.live(live.info);
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
            detail = epochText(history);
        else
            detail = tr("preparing");
        live.job->setPaused(live.process->isPaused());
        live.job->setProgress(history.isPreparing() ? history.featuresDone / history.featuresTotal : history.fraction(),
                              detail, history.secondsLeft());
    }
    m_library.live(live.info);
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
    m_library.ended(info);
    process.get()->disconnect(this);
    if (process->failure() && process->failure()->code() == ErrorCode::ChecksStopped)
        Q_EMIT checksStopped(name, process->history().checks, arguments);
    else if (process->failure())
        Q_EMIT failed(tr("The run %1 failed.").arg(name), *process->failure());
    Q_EMIT historyChanged(name);
    Q_EMIT runEnded(name, state);
    if (state != protocol::RunState::Succeeded) return;
    if (info.history.folds > 0)
        storeHeldOutLayer(info);
    else
        storeTestLayer(info);
}

std::filesystem::path TrainHost::runFolder(const QString& name) const {
    return workflow::runsFolder(toPath(m_folder)) / toPath(name);
}

TrainProcess* TrainHost::process(const QString& name) const {
    const auto found = m_processes.find(name);
    return found == m_processes.end() ? nullptr : found->second.process.get();
}

const protocol::RunHistory* TrainHost::history(const QString& name) const {
    if (const TrainProcess* live = process(name)) return &live->history();
    const RunInfo* run = m_library.run(name);
    return run ? &run->history : nullptr;
}

void TrainHost::remove(const QString& name) {
    const RunInfo* run = m_library.run(name);
    if (!run || process(name)) return;
    m_remover.run<bool>(
        [folder = run->folder](std::stop_token) {
            requireIdleRun(folder);  // a run that another window, or none, drives is not taken from under it
            removeFolder(fromPath(folder));
            return true;
        },
        [this](const auto& answer) {
            if (const auto* error = std::get_if<Error>(&answer))
                Q_EMIT failed(tr("The run could not be deleted."), *error);
            m_library.refresh();
        });
}

void TrainHost::useAsSuggestions(const QString& name) {
    if (!m_predicting.isEmpty() || m_folder.isEmpty()) return;
    m_predicting = name;
    // The window holds the project's lock, so the engine writes a file and the window stores what is in it.
    const QString file = fromPath(runFolder(name) / "predictions-project.jsonl");
    QStringList arguments{QStringLiteral("predict"),  m_folder, QStringLiteral("--run"), name,
                          QStringLiteral("--output"), file};
    const RunInfo* run = m_library.run(name);
    if (run && run->record.device.starts_with("cuda"))
        arguments << QStringLiteral("--device") << fromUtf8(run->record.device);
    auto command = std::make_shared<QPointer<CommandProcess>>();
    Job* job = m_jobs.add(tr("Suggestions of %1").arg(name), [command] {
        if (*command) (*command)->cancel();
    });
    job->setProgress(-1, tr("predicting"));
    *command = CommandProcess::run(
        arguments, this,
        [this, name, job = QPointer<Job>(job)](const CommandResult& result) { predicted(name, job, result); });
    connect(command->data(), &CommandProcess::message, job, [job](const QString& line) {
        if (const auto progress = protocol::progressFromLine(toUtf8(line)))
            job->setProgress(double(progress->done) / double(progress->total), tr("predicting"));
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
    const auto file = runFolder(name) / "predictions-project.jsonl";
    m_session.write(
        [file, run = toUtf8(name)](project::Project& project) {
            std::vector<std::pair<PostId, std::vector<Entity>>> entities;
            project::RawTags tags;
            std::optional<project::EntityBoxes> boxes;
            for (protocol::PredictionLine& line : protocol::readPredictionLines(readFile(file), file)) {
                if (line.boxes && !boxes) boxes.emplace();
                if (line.boxes) (*boxes)[line.number] = std::move(*line.boxes);
                entities.emplace_back(line.number, std::move(line.entities));
                if (!line.tags.empty()) tags[line.number] = std::move(line.tags);
            }
            project.storePredictions(run, entities, tags);
            if (boxes) project::storeEntityBoxes(project, run, *boxes);
        },
        [this, name, endWith, what](std::optional<Error> error) {
            endWith(error ? JobState::Failed : JobState::Succeeded);
            if (error) return Q_EMIT failed(what, *error);
            m_session.refresh();
            m_session.setSuggestionLayer(name);
            Q_EMIT suggestionsReady(name);
        });
}

void TrainHost::measure(const QStringList& arguments) {
    cancelMeasuring();
    auto command = std::make_shared<QPointer<CommandProcess>>();
    m_measuringJob = m_jobs.add(tr("Measuring a run"), [command] {
        if (*command) (*command)->cancel();
    });
    m_measuringJob->setProgress(-1, tr("loading the model"));
    const QPointer<Job> job = m_measuringJob;
    *command = CommandProcess::run(
        arguments + QStringList{QStringLiteral("--measure")}, this, [this, job, command](const CommandResult& result) {
            const bool isNewest = m_measuring == *command;
            if (isNewest) m_measuring.clear();
            const auto* error = std::get_if<Error>(&result);
            const auto* body = std::get_if<nlohmann::json>(&result);
            if (job) job->end(body ? JobState::Succeeded : error ? JobState::Failed : JobState::Cancelled);
            if (!isNewest) return;
            Q_EMIT measuringChanged();
            if (error) Q_EMIT measuringFailed(*error);
            if (body) Q_EMIT measured(protocol::runEstimateFromJson(*body));
        });
    m_measuring = *command;
    connect(command->data(), &CommandProcess::message, this, [job](const QString& line) {
        const auto progress = protocol::progressFromLine(toUtf8(line));
        if (job && progress && progress->total > 0)
            job->setProgress(double(progress->done) / double(progress->total), tr("timing steps"));
    });
    Q_EMIT measuringChanged();
}

void TrainHost::cancelMeasuring() {
    if (!m_measuring) return;
    CommandProcess* running = m_measuring;
    m_measuring.clear();  // its end is told to the list of jobs alone
    running->cancel();
    Q_EMIT measuringChanged();
}

void TrainHost::writeReport(const QString& name, const QString& path) {
    workflow::RunReportOptions options;
    options.program = toUtf8(QStringLiteral("Mnerva ") + QCoreApplication::applicationVersion());
    const RunInfo* info = m_library.run(name);
    if (const SystemField* system = info ? systemOf(info->record, m_systems) : nullptr) {
        const nlohmann::json* preset = system->preset(fromUtf8(info->record.preset));
        for (const OptionField& option : system->options) {
            const std::string key = toUtf8(option.name);
            options.presetValues[key] = preset && preset->contains(key) ? preset->at(key) : option.fallback;
        }
    }
    const auto failure = std::make_shared<std::optional<Error>>();
    m_session.read(
        [failure, options, run = toUtf8(name), path](const project::Project& project) {
            try {
                writeFileAtomic(toPath(path), workflow::runReport(project, run, options));
            } catch (const Error& error) {
                *failure = error;
            }
        },
        [this, failure, path] {
            if (*failure)
                Q_EMIT failed(tr("The report was not written."), **failure);
            else
                Q_EMIT reportWritten(path);
        });
}

}  // namespace mnerva::ui
