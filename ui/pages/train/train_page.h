#pragma once

#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

#include "ui/pages/train/new_run_dialog.h"
#include "ui/pages/train/run_details.h"
#include "ui/pages/train/train_host.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/page.h"

namespace mnerva::ui {

/// The runs of the project on the left, the chosen one on the right; new runs start here.
class TrainPage : public Page {
    Q_OBJECT
public:
    TrainPage(ProjectSession& session, JobHost& jobs, QWidget* parent = nullptr);

    void retranslate() override;
    void activated() override;
    /// "folds": the form of a run over folds.
    void asked(const QString& what) override;
    std::vector<CaptureDialog> dialogsForCapture() override;
    std::vector<CaptureState> statesForCapture() override;
    bool readyForCapture() const override;

    TrainHost& host() { return m_host; }
    /// Opens the form; the run starts when it is accepted.
    void newRun();

Q_SIGNALS:
    /// The run's predictions are shown as suggestions now.
    void suggestionsReady(const QString& run);
    /// Posts that a run's data were warned of are to be shown.
    void postsWanted(const std::vector<mnerva::PostId>& posts, const QString& title);

private:
    QWidget* makeList();
    void onChecksStopped(const QString& run, const std::vector<protocol::TrainCheck>& checks,
                         const QStringList& arguments);
    void onRunEnded(const QString& run, protocol::RunState state);
    void showDone(const QString& run, const QString& detail);
    void showJudged(const QString& run);
    void offerAgain(const QString& run);
    void refreshState();
    void refreshButtons();
    void openForm(NewRunDialog* dialog);
    /// The form as it was, with the name of a start that ended with nothing.
    void startAgain(const QString& run);
    void cloneRun();
    void resumeRun();
    void removeRun();
    void openFolder();
    void suggest();
    const RunInfo* chosen() const;
    void choose(const QString& name);

    ProjectSession& m_session;
    TrainHost m_host;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QSplitter* m_splitter;
    QTableView* m_list;
    RunDetails* m_details;
    QString m_lastFailure, m_failedStart;  ///< shown where there is no run to show them at
    bool m_heldOut = false;                ///< what was started last was a run over folds
    QPushButton *m_new, *m_clone, *m_resume, *m_remove, *m_folder, *m_suggest;
};

}  // namespace mnerva::ui
