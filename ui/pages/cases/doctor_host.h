#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/workflow/doctor/doctor.h"
#include "ui/base/job_runner.h"

namespace mnerva::ui {

class ProjectSession;

/// Behind the view "Label errors" of Cases (error-analysis.md 5): has the labels of the project examined in the
/// background, holds the doubts that are still open, and does what is pressed about the chosen one. A doubt goes when a
/// person has answered it, or when the label it is about is another one, wherever that was changed; it comes back when
/// that is taken back.
class DoctorHost : public QObject {
    Q_OBJECT
public:
    enum class State { NoProject, Idle, Examining, Failed, Ready };

    explicit DoctorHost(ProjectSession& session, QObject* parent = nullptr);

    State state() const { return m_state; }
    const std::optional<Error>& error() const { return m_error; }
    /// Examines when the view is first seen, and again when it is seen after posts or layers have changed.
    void setActive(bool active);
    void examine();
    void cancel();
    /// What is being looked at, and how far: stage of core, done, total (0: unknown).
    Progress progress() const;

    /// Runs whose models judge posts that they had not seen; the first is taken unasked.
    const QStringList& runs() const { return m_runs; }
    QString run() const { return m_run; }  ///< empty: none
    void setRun(const QString& run);
    /// Runs that recorded how their entities were learnt; the first is taken unasked.
    const QStringList& dynamicsRuns() const { return m_dynamicsRuns; }
    QString dynamicsRun() const { return m_dynamicsRun; }  ///< empty: none
    void setDynamicsRun(const QString& run);
    const workflow::DoctorReport& report() const { return m_report; }
    /// Why the probabilities of the run that should judge cannot be used; the other queues are there all the same.
    const std::optional<Error>& trouble() const { return m_trouble; }

    /// Doubts of the chosen queue that are open, likeliest first: places in report().suspects.
    const std::vector<std::size_t>& open() const { return m_open; }
    QString queue() const { return m_queue; }  ///< empty: all
    void setQueue(const QString& queue);
    int count(const std::string& queue) const;  ///< open ones; of all where empty
    int answered() const;                       ///< by "not an error", now and before

    int current() const { return m_current; }  ///< place in open(); -1: none
    void setCurrent(int place);
    const workflow::Suspect* suspect() const;
    void step(int delta);
    /// Shows an entity of report().learnt: the doubt about it where there is one in the list, else its post.
    void showLearnt(std::size_t place);
    /// The one that was asked for and is no doubt of the list, until another doubt is chosen.
    const workflow::LearntEntity* lookedAt() const;
    /// Does what the current doubt suggests, on the corrected layer.
    void fix();
    /// The current doubt is none, and is not raised again.
    void dismiss();

Q_SIGNALS:
    void stateChanged();  ///< also progress
    void listChanged();   ///< open(), counts
    void currentChanged();
    void message(const QString& text);

private:
    enum class Wish { None, Fix, Dismiss };
    struct Answer {
        workflow::DoctorReport report;
        std::map<PostId, std::vector<Verdict>> verdicts;
        QStringList runs, dynamicsRuns;
        QString run, dynamicsRun;
        std::optional<Error> trouble;
    };
    void takeProject();
    void arrived(Answer answer);
    /// Which doubts are open, after something about a post was written or read.
    void look(PostId post);
    void takeVerdicts(const Change& change);
    void takeCurrentPost();
    void refill();
    void wish(Wish wish);
    void fulfil();
    bool write(const workflow::Suspect& suspect, Wish wish);

    ProjectSession& m_session;
    JobRunner m_runner;
    QTimer m_ticker;
    struct Shared;
    std::shared_ptr<Shared> m_shared;  ///< progress, written by the working thread
    State m_state = State::NoProject;
    std::optional<Error> m_error, m_trouble;
    QStringList m_runs, m_dynamicsRuns;
    QString m_run, m_dynamicsRun, m_queue;
    std::optional<std::size_t> m_lookedAt;  ///< place in report().learnt
    bool m_isRunChosen = false, m_isDynamicsRunChosen = false, m_isActive = false, m_isStale = true;
    workflow::DoctorReport m_report;
    std::vector<char> m_isOpen;
    std::multimap<PostId, std::size_t> m_ofPost;
    std::map<PostId, std::vector<Verdict>> m_verdicts;
    std::vector<std::size_t> m_open;
    int m_current = -1, m_dismissed = 0;
    Wish m_wish = Wish::None;
};

}  // namespace mnerva::ui
