#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <vector>

#include "ui/jobs/engine_client.h"

namespace mnerva::ui {

enum class JobState { Running, Paused, Succeeded, Failed, Cancelled };

/// One long piece of work as people see it: title, how far, time left, Cancel. Owned by the JobHost until it has ended;
/// whoever does the work reports here. It ends exactly once; later reports are ignored.
class Job : public QObject {
    Q_OBJECT
public:
    Job(int id, QString title, std::function<void()> cancel, QObject* parent = nullptr);

    int id() const { return m_id; }
    const QString& title() const { return m_title; }
    const QString& detail() const { return m_detail; }
    JobState state() const { return m_state; }
    bool isActive() const { return m_state == JobState::Running || m_state == JobState::Paused; }
    bool canCancel() const { return isActive() && m_cancel && !m_cancelAsked; }
    bool cancelAsked() const { return m_cancelAsked; }
    double fraction() const { return m_fraction; }     ///< 0..1; negative: unknown
    int secondsLeft() const { return m_secondsLeft; }  ///< negative: unknown
    int elapsedMs() const { return int(m_clock.elapsed()); }

    /// `secondsLeft` negative: reckoned from the time gone by.
    void setProgress(double fraction, const QString& detail = {}, int secondsLeft = -1);
    void setPaused(bool paused);
    /// Nothing is lost when the window ends it: closing asks nobody because of it.
    void setExpendable(bool expendable) { m_isExpendable = expendable; }
    bool isExpendable() const { return m_isExpendable; }
    /// Asks the work to stop; the end comes when it has.
    void cancel();
    void end(JobState state, const QString& detail = {});

Q_SIGNALS:
    void changed();
    void ended();

private:
    int m_id;
    QString m_title, m_detail;
    std::function<void()> m_cancel;
    JobState m_state = JobState::Running;
    bool m_cancelAsked = false, m_isExpendable = false;
    double m_fraction = -1;
    int m_secondsLeft = -1;
    QElapsedTimer m_clock;
};

/// All long work of the window, and the engine it shares. Owned by the main window.
class JobHost : public QObject {
    Q_OBJECT
public:
    explicit JobHost(QObject* parent = nullptr);
    ~JobHost() override;

    /// A new running job; `cancel` is called at most once, when a person asks for it (empty: it cannot be cancelled).
    Job* add(const QString& title, std::function<void()> cancel = {});
    /// Those that have not ended, oldest first.
    const std::vector<Job*>& jobs() const { return m_jobs; }
    /// Work is under way that closing would end; expendable jobs do not count.
    bool isBusy() const;
    /// One line for the status bar: the newest job with its progress, and how many more there are. Empty when idle.
    QString summary() const;
    /// Fraction that goes with the summary; negative: unknown or idle.
    double summaryFraction() const;
    void cancelAll();

    /// The engine that answers predictions; started by the first request.
    EngineClient& engine();
    /// A second engine with a model of its own, for comparisons.
    EngineClient& secondEngine();

Q_SIGNALS:
    void jobAdded(mnerva::ui::Job* job);
    void jobChanged(mnerva::ui::Job* job);
    /// The job is deleted after this signal.
    void jobEnded(mnerva::ui::Job* job);
    /// Something of summary() changed.
    void summaryChanged();

private:
    std::vector<Job*> m_jobs;
    std::unique_ptr<EngineClient> m_engine, m_secondEngine;
    int m_lastId = 0;
};

/// "3 min 20 s left", rounded so that it does not flicker; empty when unknown.
QString timeLeftText(int seconds);

}  // namespace mnerva::ui
