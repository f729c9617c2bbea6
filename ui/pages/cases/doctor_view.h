#pragma once

#include <QWidget>

#include "ui/pages/cases/doctor_host.h"

class QComboBox;
class QLabel;
class QListWidget;
class QProgressBar;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace mnerva::ui {

class ActionRegistry;
class Banner;
class DoctorModel;
class DynamicsView;
class EmptyState;

/// Labels that may be wrong: the queues with what is open in each, the doubts of the chosen one, likeliest first, and
/// what can be pressed about them (error-analysis.md 5). The post itself is shown below, by the page.
class DoctorView : public QWidget {
    Q_OBJECT
public:
    DoctorView(ProjectSession& session, ActionRegistry& actions, QWidget* parent = nullptr);

    DoctorHost& host() { return m_host; }
    QTableView* table() const { return m_table; }
    /// Beside the doubts about what a run never learnt.
    DynamicsView* dynamics() const { return m_dynamics; }
    /// Runs the action that a key means; false: none of this view.
    bool handleKey(QKeyEvent* event);
    void retranslate();

Q_SIGNALS:
    /// A run over folds, whose models judge posts that they have not seen.
    void trainingWanted();

private:
    QWidget* makeBar();
    void refreshState();
    void refreshList();
    void refreshCurrent();
    void fillQueues();
    void fillEmpty();
    void fillRuns();
    void tellAboutJudges();
    void tellWhatIsOdd();
    QString summary() const;
    /// Nothing is in doubt, and nothing has told probabilities yet.
    bool offersTraining() const;

    ProjectSession& m_session;
    ActionRegistry& m_actions;
    DoctorHost m_host;
    DoctorModel* m_model;
    Banner* m_banner;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QLabel *m_judgeTitle, *m_summary, *m_odd, *m_nothing;
    QComboBox* m_judge;
    QProgressBar* m_progress;
    QToolButton *m_cancel, *m_again, *m_fix, *m_dismiss;
    QListWidget* m_queues;
    QTableView* m_table;
    DynamicsView* m_dynamics;
    bool m_isFilling = false;
};

}  // namespace mnerva::ui
