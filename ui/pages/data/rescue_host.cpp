#include "ui/pages/data/rescue_host.h"

#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

constexpr int kDelayMs = 5000, kShowAfterMs = 400, kPollMs = 200;

}  // namespace

RescueHost::RescueHost(ProjectSession& session, JobHost& jobs, QObject* parent)
    : QObject(parent), m_session(session), m_jobs(jobs), m_permille(std::make_shared<std::atomic<int>>(-1)) {
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    m_showJob.setSingleShot(true);
    m_showJob.setInterval(kShowAfterMs);
    connect(&session, &ProjectSession::opened, this, [this] {
        if (!m_session.isReadOnly()) m_delay.start();
    });
    connect(&session, &ProjectSession::closed, this, &RescueHost::projectClosed);
    connect(&m_delay, &QTimer::timeout, this, &RescueHost::startDaily);
    connect(&m_showJob, &QTimer::timeout, this, [this] {
        m_job = m_jobs.add(m_title, [this] {
            m_runner.cancel();
            end(JobState::Cancelled);
        });
        m_job->setExpendable(m_isOfSession);
        m_poll.start();
    });
    m_poll.setInterval(kPollMs);
    connect(&m_poll, &QTimer::timeout, this, [this] {
        if (m_job) m_job->setProgress(m_permille->load() / 1000.0);
    });
}

RescueHost::~RescueHost() {
    end(JobState::Cancelled);
}

void RescueHost::projectClosed() {
    m_delay.stop();
    if (!m_isBusy || !m_isOfSession) return;
    m_runner.cancel();
    end(JobState::Cancelled);
}

void RescueHost::end(JobState state) {
    m_isBusy = false;
    m_showJob.stop();
    m_poll.stop();
    if (m_job) m_job->end(state);
    m_job.clear();
}

template <class T>
void RescueHost::run(const QString& title, bool isOfSession,
                     std::function<T(const ProgressSink&, std::stop_token)> body, std::function<void(const T&)> done,
                     const QString& what) {
    m_title = title;
    m_isBusy = true;
    m_isOfSession = isOfSession;
    m_showJob.start();
    m_permille->store(-1);
    const ProgressSink progress = [permille = m_permille](const Progress& told) {
        if (told.total > 0) permille->store(static_cast<int>(told.done * 1000 / told.total));
    };
    m_runner.run<T>([body = std::move(body), progress](std::stop_token stop) { return body(progress, stop); },
                    [this, done = std::move(done), what](const std::variant<T, Error, Cancelled>& answer) {
                        if (const auto* result = std::get_if<T>(&answer)) {
                            end(JobState::Succeeded);
                            done(*result);
                        } else if (const auto* error = std::get_if<Error>(&answer)) {
                            end(JobState::Failed);
                            Q_EMIT failed(*error, what);
                        } else {
                            end(JobState::Cancelled);
                        }
                    });
}

void RescueHost::startDaily() {
    if (m_isBusy || !m_session.isOpen()) return;
    run<project::DailyBackup>(
        tr("Backup of the day"), true,
        [folder = toPath(m_session.folder())](const ProgressSink& progress, std::stop_token stop) {
            return project::backUpDaily(folder, progress, stop);
        },
        [this](const project::DailyBackup& backup) { Q_EMIT backedUp(backup, true); },
        tr("The backup of the day could not be made."));
}

void RescueHost::backUp() {
    if (m_isBusy || !m_session.isOpen()) return;
    run<project::DailyBackup>(
        tr("Backup"), true,
        [folder = toPath(m_session.folder())](const ProgressSink& progress, std::stop_token stop) {
            return project::DailyBackup{project::backUp(folder, progress, stop), {}};
        },
        [this](const project::DailyBackup& backup) { Q_EMIT backedUp(backup, false); },
        tr("The backup could not be made."));
}

void RescueHost::repair(const QString& folder) {
    if (m_isBusy) return;
    run<project::RepairReport>(
        tr("Repairing the project"), false,
        [path = toPath(folder)](const ProgressSink& progress, std::stop_token stop) {
            return project::repair(path, {}, toUtf8(ProjectSession::programName()), progress, stop);
        },
        [this, folder](const project::RepairReport& report) { Q_EMIT repaired(folder, report); },
        tr("The project could not be repaired; its file is as it was."));
}

void RescueHost::replace(const QString& folder, const QString& database) {
    if (m_isBusy) return;
    run<std::filesystem::path>(
        tr("Restoring the project"), false,
        [path = toPath(folder), from = toPath(database)](const ProgressSink& progress, std::stop_token stop) {
            return project::replaceDatabase(path, from, toUtf8(ProjectSession::programName()), progress, stop);
        },
        [this, folder](const std::filesystem::path& aside) {
            Q_EMIT replaced(folder, aside.empty() ? QString() : fromPath(aside));
        },
        tr("The project could not be restored; it is as it was."));
}

}  // namespace mnerva::ui
