#pragma once

#include <QObject>
#include <QTimer>
#include <array>
#include <memory>
#include <optional>

#include "ui/base/job_runner.h"
#include "ui/jobs/job_host.h"
#include "ui/session/project_session.h"
#include "ui/session/run_library.h"

namespace mnerva::ui {

/// Behind the attention page: which runs can be asked, what they say about the current post, kept for a while so that
/// going back asks nobody.
class AttentionHost : public QObject {
    Q_OBJECT
public:
    enum Slot { kFirst, kSecond, kSlots };
    /// Hidden: a blind layer is edited, and what a run says is not to be seen (error-analysis.md 6).
    enum class State { Idle, NoRun, NoPost, Hidden, Waiting, Ready, Failed };

    AttentionHost(ProjectSession& session, JobHost& jobs, QObject* parent = nullptr);

    /// Runs of the project that have a model, newest first.
    const std::vector<RunInfo>& runs() const { return m_runs; }
    bool areRunsRead() const { return m_library.isLoaded(); }
    /// Looks for what has changed of them.
    void refreshRuns() { m_library.refresh(); }
    /// "" for none.
    void setRun(Slot slot, const QString& name);
    QString run(Slot slot) const { return m_slots[slot].run; }
    /// What setRun() takes for a run's weights of its last epoch; without it a run is that of its best one.
    static QString lastEpochOf(const QString& run);

    /// Nothing is asked while the page cannot be seen.
    void setActive(bool active);
    State state(Slot slot) const { return m_slots[slot].state; }
    const std::optional<Error>& error(Slot slot) const { return m_slots[slot].error; }
    /// What the run says about the current post; null until it has answered.
    EngineClient::Prediction result(Slot slot) const { return m_slots[slot].result; }
    /// Words of the post the results belong to.
    int wordCount() const;
    void retry(Slot slot);
    /// The model behind a slot, for further questions to its engine; nothing where no run is chosen.
    std::optional<protocol::LoadRequest> modelOf(Slot slot) const;
    EngineClient& engineOf(Slot slot);
    JobHost& jobs() { return m_jobs; }
    ProjectSession& session() { return m_session; }
    bool isActive() const { return m_active; }

Q_SIGNALS:
    void runsChanged();
    void changed(int slot);
    /// A run was trained further, or is gone: what it said is forgotten.
    void forgotten(const QString& run);

private:
    struct Place {
        QString run;
        State state = State::NoRun;
        std::optional<Error> error;
        EngineClient::Prediction result;
        EngineClient::Ticket ticket = 0;
    };
    void takeRuns();
    void askBoth();
    void ask(Slot slot);
    void answered(Slot slot, const QString& run, PostId post, const EngineAnswer<EngineClient::Prediction>& answer);
    void set(Slot slot, State state);
    const RunInfo* runInfo(const QString& name) const;

    ProjectSession& m_session;
    JobHost& m_jobs;
    RunLibrary& m_library;
    std::vector<RunInfo> m_runs;
    std::array<Place, kSlots> m_slots;
    QTimer m_debounce;
    bool m_active = false;
};

}  // namespace mnerva::ui
