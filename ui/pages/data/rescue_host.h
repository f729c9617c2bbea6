#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <atomic>
#include <memory>

#include "core/project/backup.h"
#include "core/project/repair.h"
#include "ui/base/job_runner.h"
#include "ui/jobs/job_host.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {

/// Backups and repairs in the background. A project that was opened to be written is backed up once a day, some
/// seconds after it was opened; that asks nothing of anybody, and ends with the project.
class RescueHost : public QObject {
    Q_OBJECT
public:
    RescueHost(ProjectSession& session, JobHost& jobs, QObject* parent = nullptr);
    ~RescueHost() override;

    /// Time between opening and the backup of the day; tests take less.
    void setDelay(int milliseconds) { m_delay.setInterval(milliseconds); }
    bool isBusy() const { return m_isBusy; }
    /// A backup of the open project now.
    void backUp();
    /// Makes a sound file of what can be read of a project that nobody has open.
    void repair(const QString& folder);
    /// Puts a project file in the place of that of a project which nobody has open.
    void replace(const QString& folder, const QString& database);

Q_SIGNALS:
    /// `isDaily`: nobody asked for it. Nothing made: nothing had changed.
    void backedUp(const mnerva::project::DailyBackup& backup, bool isDaily);
    void repaired(const QString& folder, const mnerva::project::RepairReport& report);
    /// `aside`: where the file is kept that was there before; empty: there was none.
    void replaced(const QString& folder, const QString& aside);
    void failed(const mnerva::Error& error, const QString& what);

private:
    template <class T>
    void run(const QString& title, bool isOfSession, std::function<T(const ProgressSink&, std::stop_token)> body,
             std::function<void(const T&)> done, const QString& what);
    void startDaily();
    void projectClosed();
    void end(JobState state);

    ProjectSession& m_session;
    JobHost& m_jobs;
    JobRunner m_runner;
    QPointer<Job> m_job;
    QTimer m_delay, m_showJob, m_poll;
    std::shared_ptr<std::atomic<int>> m_permille;  ///< how far, told by the working thread; negative: unknown
    QString m_title;
    bool m_isBusy = false, m_isOfSession = false;
};

}  // namespace mnerva::ui
