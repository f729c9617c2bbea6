#include "ui/jobs/job_host.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace mnerva::ui {
namespace {
constexpr int kTrustAfterMs = 2000;  // before that, a rate says nothing
}

Job::Job(int id, QString title, std::function<void()> cancel, QObject* parent)
    : QObject(parent), m_id(id), m_title(std::move(title)), m_cancel(std::move(cancel)) {
    m_clock.start();
}

void Job::setProgress(double fraction, const QString& detail, int secondsLeft) {
    if (!isActive()) return;
    m_fraction = fraction < 0 ? -1 : std::min(1.0, fraction);
    m_detail = detail;
    m_secondsLeft = secondsLeft;
    if (secondsLeft < 0 && m_fraction > 0.01 && elapsedMs() > kTrustAfterMs)
        m_secondsLeft = int(std::lround(elapsedMs() / 1000.0 * (1 - m_fraction) / m_fraction));
    Q_EMIT changed();
}

void Job::setPaused(bool paused) {
    const JobState wanted = paused ? JobState::Paused : JobState::Running;
    if (!isActive() || m_state == wanted) return;
    m_state = wanted;
    Q_EMIT changed();
}

void Job::cancel() {
    if (!canCancel()) return;
    m_cancelAsked = true;
    const auto cancelWork = std::move(m_cancel);
    m_cancel = nullptr;
    Q_EMIT changed();
    cancelWork();
}

void Job::end(JobState state, const QString& detail) {
    if (!isActive()) return;
    m_state = state;
    if (!detail.isEmpty()) m_detail = detail;
    m_cancel = nullptr;
    Q_EMIT ended();
}

JobHost::JobHost(QObject* parent) : QObject(parent) {}

JobHost::~JobHost() {
    // The engines' last answers may reach owners that still look at jobs: they go first.
    m_engine.reset();
    m_secondEngine.reset();
}

Job* JobHost::add(const QString& title, std::function<void()> cancel) {
    auto* job = new Job(++m_lastId, title, std::move(cancel), this);
    m_jobs.push_back(job);
    connect(job, &Job::changed, this, [this, job] {
        Q_EMIT jobChanged(job);
        Q_EMIT summaryChanged();
    });
    connect(job, &Job::ended, this, [this, job] {
        std::erase(m_jobs, job);
        Q_EMIT jobEnded(job);
        Q_EMIT summaryChanged();
        job->deleteLater();
    });
    Q_EMIT jobAdded(job);
    Q_EMIT summaryChanged();
    return job;
}

bool JobHost::isBusy() const {
    return std::any_of(m_jobs.begin(), m_jobs.end(), [](const Job* job) { return !job->isExpendable(); });
}

QString JobHost::summary() const {
    if (m_jobs.empty()) return {};
    const Job& job = *m_jobs.back();
    QString text = job.title();
    if (job.cancelAsked())
        text = tr("%1: stopping…").arg(text);
    else if (job.state() == JobState::Paused)
        text = tr("%1: paused").arg(text);
    else if (!job.detail().isEmpty())
        text = tr("%1: %2", "a job and what it is doing").arg(text, job.detail());
    const QString left =
        job.isActive() && job.state() != JobState::Paused ? timeLeftText(job.secondsLeft()) : QString();
    if (!left.isEmpty()) text = tr("%1, %2", "a job and its time left").arg(text, left);
    const int others = int(m_jobs.size()) - 1;
    return others > 0 ? tr("%1 · and %Ln more", nullptr, others).arg(text) : text;
}

double JobHost::summaryFraction() const {
    return m_jobs.empty() ? -1 : m_jobs.back()->fraction();
}

void JobHost::cancelAll() {
    const std::vector<Job*> jobs = m_jobs;  // cancelling may end a job at once
    for (Job* job : jobs) job->cancel();
}

EngineClient& JobHost::engine() {
    if (!m_engine) m_engine = std::make_unique<EngineClient>();
    return *m_engine;
}

EngineClient& JobHost::secondEngine() {
    if (!m_secondEngine) m_secondEngine = std::make_unique<EngineClient>();
    return *m_secondEngine;
}

QString timeLeftText(int seconds) {
    const auto say = [](const char* text, int n) {
        return QCoreApplication::translate("mnerva::ui::JobHost", text, nullptr, n);
    };
    if (seconds < 0) return {};
    if (seconds < 10) return say(QT_TRANSLATE_NOOP("mnerva::ui::JobHost", "a few seconds left"), 0);
    if (seconds < 60) return say(QT_TRANSLATE_N_NOOP("mnerva::ui::JobHost", "%n s left"), (seconds + 9) / 10 * 10);
    const int minutes = (seconds + 30) / 60;
    if (minutes < 90) return say(QT_TRANSLATE_N_NOOP("mnerva::ui::JobHost", "%n min left"), minutes);
    return say(QT_TRANSLATE_N_NOOP("mnerva::ui::JobHost", "%n h left"), (minutes + 30) / 60);
}

}  // namespace mnerva::ui
