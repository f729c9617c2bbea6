#pragma once

#include <QObject>
#include <QPointer>
#include <QTemporaryDir>
#include <memory>

#include "ui/jobs/command_process.h"
#include "ui/jobs/job_host.h"
#include "ui/pages/data/detect_choice.h"
#include "ui/pages/data/detections.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {

/// Lets the engine program look for objects in the pictures of the open project, as one job of the window, and stores
/// what it found. At most one at a time; it ends with its project.
class DetectHost : public QObject {
    Q_OBJECT
public:
    DetectHost(ProjectSession& session, JobHost& jobs, QObject* parent = nullptr);
    ~DetectHost() override;

    bool isRunning() const { return !m_job.isNull(); }
    /// True when start() would do something: a project that may be written, and nothing running.
    bool isReady() const;
    void start(const DetectChoice& choice);

Q_SIGNALS:
    void runningChanged();
    void finished(const mnerva::ui::DetectReport& report);
    /// Nothing was stored.
    void failed(const mnerva::Error& error);

private:
    void answered(const CommandResult& result);
    void store(const DetectReport& report);
    void end(JobState state);
    void projectClosed();

    ProjectSession& m_session;
    JobHost& m_jobs;
    QPointer<Job> m_job;
    QPointer<CommandProcess> m_process;
    std::unique_ptr<QTemporaryDir> m_folder;  ///< of the file that the engine writes
};

}  // namespace mnerva::ui
