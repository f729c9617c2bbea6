#pragma once

#include <QCheckBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QWidget>

#include "ui/pages/train/epoch_table_model.h"
#include "ui/pages/train/run_curves.h"
#include "ui/pages/train/run_notes.h"
#include "ui/pages/train/run_options_model.h"
#include "ui/pages/train/run_reliability.h"
#include "ui/pages/train/train_host.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {

/// One run: what it is, its best epoch and test always in sight, then one view of it (curves, epochs, calibration, what
/// it was started with, what was odd), how far it is, and the three verbs.
class RunDetails : public QWidget {
    Q_OBJECT
public:
    explicit RunDetails(TrainHost& host, QWidget* parent = nullptr);

    enum Tab { kCurves, kEpochs, kCalibration, kSettings, kNotes, kTabCount };

    void setRun(const QString& name);
    QString run() const { return m_run; }
    void retranslate();
    Banner& banner() { return *m_banner; }
    Chart& lossChart() { return m_curves->loss(); }
    /// The test score of runs that have one; hidden until a person asks for it.
    void showTest(bool shown);
    /// Does nothing where the run has no such view.
    void showTab(Tab tab);

Q_SIGNALS:
    /// A sentence for the status line.
    void statusMessage(const QString& text);
    /// Posts that a note speaks of are to be shown.
    void postsWanted(const std::vector<mnerva::PostId>& posts, const QString& title);

private:
    QLayout* makeTop();
    QWidget* makeViews();
    QWidget* makeVerbs();
    void refresh();
    void grow();
    void fitPinned();
    void showProgress(const protocol::RunHistory& history);
    void showVerbs();
    void showFacts(const RunInfo& info, const protocol::RunHistory& history);
    void showNotes(const protocol::RunHistory& history);
    void stopNow();
    void fillExport();
    void saveReport();
    void saveTable(const QTableView& table, const QString& ending);
    void figureFailed(const Error& error);
    dialogs::Question stopQuestion() const;

    TrainHost& m_host;
    QString m_run, m_caption;
    EpochTableModel *m_pinned, *m_epochs;
    RunOptionsModel* m_options;
    Banner* m_banner;
    QLabel *m_title, *m_facts, *m_failure, *m_meters, *m_progressText;
    QCheckBox* m_showTest;
    QToolButton *m_export, *m_leak;
    RunNotes* m_notes;
    QTabBar* m_tabs;
    QStackedWidget* m_views;
    RunCurves* m_curves;
    RunReliability* m_reliability;
    QTableView *m_pinnedTable, *m_epochTable, *m_optionTable;
    QProgressBar* m_bar;
    QWidget* m_verbs;
    QPushButton *m_pause, *m_finish, *m_stop;
};

}  // namespace mnerva::ui
