#pragma once

#include <QObject>
#include <QStringList>
#include <optional>
#include <vector>

#include "core/workflow/quality/adjudication.h"
#include "core/workflow/quality/agreement.h"
#include "ui/base/job_runner.h"

namespace mnerva::ui {

class ProjectSession;

/// Behind the view "Agreement" of Cases (error-analysis.md 6): layers held against each other, and the conflicts
/// between them, which are decided one by one into the corrected layer. Layers are read and counted in the background.
class AgreementHost : public QObject {
    Q_OBJECT
public:
    enum class State { NoProject, TooFew, Reading, Failed, Ready };
    /// What goes with a decision.
    struct Remark {
        std::string cause;  ///< one of kDecisionCauses, or empty
        std::string note;
        bool isForGuideline = false;
    };

    explicit AgreementHost(ProjectSession& session, QObject* parent = nullptr);

    State state() const { return m_state; }
    const std::optional<Error>& error() const { return m_error; }
    void setActive(bool active);
    QStringList knownLayers() const;  ///< annotators first, then runs
    QStringList layers() const { return m_layers; }
    void setLayers(const QStringList& layers);

    const workflow::LayerAgreement& agreement() const { return m_agreement; }
    const workflow::Adjudication& adjudication() const { return m_adjudication; }
    const std::vector<workflow::Conflict>& conflicts() const { return m_adjudication.conflicts; }
    int current() const { return m_current; }  ///< place in conflicts(); -1: none
    void setCurrent(int place);
    const workflow::Conflict* conflict() const;
    void step(int delta);

    const Remark& remark() const { return m_remark; }
    void setRemark(const Remark& remark) { m_remark = remark; }
    /// Decides the current conflict: what layer `number` (from 1) says there becomes that of the corrected layer; 0:
    /// nothing is labelled there. The next one that is open follows.
    void take(int number);
    /// What is agreed on becomes the corrected layer of the posts that nobody has touched there.
    void start();
    /// A new layer for a person.
    void addAnnotator(const QString& name, bool isBlind);

Q_SIGNALS:
    void stateChanged();
    void currentChanged();
    void remarkChanged();
    void failed(const mnerva::Error& error);
    void message(const QString& text);

private:
    struct Answer {
        workflow::LayerAgreement agreement;
        workflow::Adjudication adjudication;
    };
    void takeProject();
    void takeLayers();
    void read();
    void fulfil();
    void decide(const workflow::Conflict& conflict, int number);

    ProjectSession& m_session;
    JobRunner m_runner, m_starter;
    State m_state = State::NoProject;
    std::optional<Error> m_error;
    QStringList m_layers;
    workflow::LayerAgreement m_agreement;
    workflow::Adjudication m_adjudication;
    Remark m_remark;
    int m_current = -1, m_wish = -1;
    bool m_isActive = false, m_isStale = true, m_isChosen = false;
};

}  // namespace mnerva::ui
