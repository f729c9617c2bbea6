#pragma once

#include <QObject>
#include <QTimer>
#include <atomic>
#include <memory>
#include <optional>

#include "core/query/mistake.h"
#include "core/workflow/bulk/bulk.h"
#include "ui/base/job_runner.h"

namespace mnerva::ui {

class ProjectSession;

/// A step over all posts of a query: what it would do, doing it, and the list of what was done.
class BulkHost : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, Looking, Ready, Writing, Written };

    explicit BulkHost(ProjectSession& session, QObject* parent = nullptr);
    ~BulkHost() override;

    ProjectSession& session() const { return m_session; }
    State state() const { return m_state; }
    /// What would be done, or was done.
    const workflow::BulkPlan& plan() const { return m_plan; }
    /// What is wrong with the query.
    const std::optional<query::Mistake>& mistake() const { return m_mistake; }
    double fraction() const;  ///< 0..1 of looking or writing; below 0: not known
    bool isReady() const;

    /// Looks again, in the background, among the posts that are shown where these were picked (showOnly);
    /// stateChanged() tells what was found. Nothing in `step`: there is nothing to do.
    void ask(const QString& query, const std::optional<workflow::BulkStep>& step);
    void apply();
    /// Ends what goes on; what was being written is as it was.
    void cancel();
    /// Writes the list of posts. Throws Error.
    void saveReport(const QString& file) const;

Q_SIGNALS:
    void stateChanged();
    void progressed();
    void failed(const mnerva::Error& error);

private:
    struct Found {
        std::optional<query::Mistake> mistake;
        workflow::BulkPlan plan;
    };
    /// Thousandths, written where it is worked.
    using Counter = std::shared_ptr<std::atomic<int>>;
    static Found look(const std::filesystem::path& folder, const std::string& query, const workflow::BulkStep& step,
                      const Counter& counter, std::stop_token stop);
    void found(const std::variant<Found, Error, Cancelled>& answer);
    void setState(State state);

    ProjectSession& m_session;
    State m_state = State::Idle;
    std::string m_query;
    std::optional<workflow::BulkStep> m_step;
    workflow::BulkPlan m_plan;
    std::optional<query::Mistake> m_mistake;
    Counter m_counter;
    QTimer m_tick;
    std::stop_source m_stopWriting;
    JobRunner m_look;
};

}  // namespace mnerva::ui
