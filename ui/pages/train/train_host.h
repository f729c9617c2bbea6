#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>
#include <map>
#include <memory>

#include "core/protocol/run_estimate.h"
#include "ui/base/job_runner.h"
#include "ui/jobs/command_process.h"
#include "ui/jobs/job_host.h"
#include "ui/jobs/train_process.h"
#include "ui/pages/train/train_form.h"
#include "ui/session/encoder_library.h"
#include "ui/session/project_session.h"
#include "ui/session/run_library.h"

namespace mnerva::ui {

/// Arguments of mnerva-cli to go on with a run; the engine takes the rest from its run.json.
QStringList resumeArguments(const QString& projectFolder, const RunInfo& run);

/// Behind the train page: the runs of the open project, the running ones, and what can be done with them.
class TrainHost : public QObject {
    Q_OBJECT
public:
    TrainHost(ProjectSession& session, JobHost& jobs, QObject* parent = nullptr);
    ~TrainHost() override;

    const LabelSet& labels() const { return m_session.labels(); }
    RunsModel& runs() { return m_library.model(); }
    /// False until the runs of the open project have been read once.
    bool isLoaded() const { return m_library.isLoaded(); }
    /// Looks for what has changed of the runs, in the background.
    void refresh() { m_library.refresh(); }
    /// Names that a new run cannot have: those of all runs but for starts that failed before anything was learned.
    QStringList takenNames() const;

    /// Systems of this engine; empty until loadSystems() was answered.
    const std::vector<SystemField>& systems() const { return m_systems; }
    const QStringList& devices() const { return m_devices; }
    /// Number formats that a run on this device would compute in, as `doctor` says; fp32 where it says nothing.
    QStringList precisions(const QString& device) const;
    /// Encoders of this machine and those of the runs.
    EncoderLibrary& encoderLibrary() { return m_encoders; }
    /// Asks the engine once; systemsChanged() or failed() follows.
    void loadSystems();
    bool isLoadingSystems() const { return !m_systemsCommand.isNull(); }

    /// Starts a run with arguments as TrainForm makes them; `name` is the run's. What is left of an earlier start that
    /// ended with nothing goes to the trash.
    void start(const QString& name, const QStringList& arguments, const QString& system, const QString& preset);
    void resume(const QString& name);
    /// Moves the run's folder to the trash, or deletes it where there is none.
    void remove(const QString& name);
    /// Predicts the whole project with the run and shows the result as suggestions.
    void useAsSuggestions(const QString& name);
    /// Writes all that is known of a run as one page (core/workflow/report); reportWritten() or failed() follows.
    void writeReport(const QString& name, const QString& path);
    /// Runs a few steps of a run, with arguments as TrainForm makes them: measured() or measuringFailed() follows, or
    /// neither where it was cancelled. One at a time, the newest.
    void measure(const QStringList& arguments);
    void cancelMeasuring();
    bool isMeasuring() const { return !m_measuring.isNull(); }
    bool isPredicting() const { return !m_predicting.isEmpty(); }

    /// The running process of a run, or null.
    TrainProcess* process(const QString& name) const;
    bool hasRunning() const { return !m_processes.empty(); }
    /// What is known of a run: live, or as read from its folder; null for an unknown name.
    const protocol::RunHistory* history(const QString& name) const;

Q_SIGNALS:
    void loaded();
    void systemsChanged();
    void historyChanged(const QString& run);
    void runEnded(const QString& run, mnerva::protocol::RunState state);
    /// What a finished run says of the test posts is a layer of its name now, for evaluate, compare and export.
    void layerStored(const QString& run);
    /// The models of a run over folds have judged every training post, and what they say is a layer of its name.
    void heldOutStored(const QString& run);
    /// The run's layer is shown as suggestions now.
    void suggestionsReady(const QString& run);
    void predictingChanged();
    void measuringChanged();
    void measured(const mnerva::protocol::RunEstimate& estimate);
    void measuringFailed(const mnerva::Error& error);
    void reportWritten(const QString& path);
    /// A run was not started because of these findings in its data; `arguments` are those it was asked for with.
    void checksStopped(const QString& run, const std::vector<mnerva::protocol::TrainCheck>& checks,
                       const QStringList& arguments);
    /// `what` is a sentence about what could not be done.
    void failed(const QString& what, const mnerva::Error& error);

private:
    void launch(const QString& name, const QStringList& arguments, RunInfo info);
    void onHistory(const QString& name);
    void onEnded(const QString& name, protocol::RunState state);
    void predicted(const QString& name, Job* job, const CommandResult& result);
    void loadDevices();
    void tellUsedEncoders();
    void storeTestLayer(const RunInfo& run);
    void storeHeldOutLayer(const RunInfo& run);
    std::filesystem::path runFolder(const QString& name) const;

    struct Live {
        std::unique_ptr<TrainProcess> process;
        QPointer<Job> job;
        RunInfo info;
        QStringList arguments;
    };

    ProjectSession& m_session;
    JobHost& m_jobs;
    RunLibrary& m_library;
    JobRunner m_remover, m_clearer;
    std::map<QString, Live> m_processes;
    std::vector<SystemField> m_systems;
    QStringList m_devices{QStringLiteral("cpu")};
    QPointer<CommandProcess> m_systemsCommand, m_devicesCommand;
    QPointer<CommandProcess> m_measuring;
    QPointer<Job> m_measuringJob;
    std::map<QString, QStringList> m_precisions;
    EncoderLibrary m_encoders;
    QString m_folder, m_predicting;
};

}  // namespace mnerva::ui
