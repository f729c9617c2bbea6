#pragma once

#include <QCheckBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSlider>
#include <QTableView>
#include <QWidget>
#include <optional>

#include "ui/charts/chart.h"
#include "ui/pages/train/epoch_table_model.h"
#include "ui/pages/train/train_host.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {

/// One run: what it is, its loss and F1 as they grow, how far its confidences can be believed, F1 by type and epoch,
/// how far it is, the three verbs, what was odd.
class RunDetails : public QWidget {
    Q_OBJECT
public:
    explicit RunDetails(TrainHost& host, QWidget* parent = nullptr);

    void setRun(const QString& name);
    QString run() const { return m_run; }
    void retranslate();
    Banner& banner() { return *m_banner; }
    Chart& lossChart() { return *m_loss; }
    /// The test score of runs that have one; hidden until a person asks for it.
    void showTest(bool shown);

private:
    QWidget* makeCharts();
    QWidget* makeVerbs();
    void refresh();
    void grow();
    void showLoss(const protocol::RunHistory& history);
    void showF1(const protocol::RunHistory& history);
    void showReliability(const RunInfo& info);
    void showProgress(const protocol::RunHistory& history);
    void showVerbs();
    void showFacts(const RunInfo& info, const protocol::RunHistory& history);
    void showLog(const protocol::RunHistory& history);
    void stopNow();
    dialogs::Question stopQuestion() const;

    /// What of a run's evaluations stands in the chart.
    struct ShownEvals {
        std::size_t count = 0;
        int bestEpoch = 0;
        bool percent = true;
        bool operator==(const ShownEvals&) const = default;
    };
    /// What of a run stands in the charts already.
    struct Shown {
        std::size_t points = 0;
        double firstStep = 0, lastStep = 0;
        std::optional<ShownEvals> evals;
    };

    TrainHost& m_host;
    QString m_run;
    Shown m_shown;
    Banner* m_banner;
    QLabel *m_title, *m_facts, *m_meters, *m_progressText, *m_log, *m_logTitle, *m_smoothingLabel;
    QLabel *m_lossTitle, *m_f1Title, *m_reliabilityTitle;
    Chart *m_loss, *m_f1, *m_reliability;
    QWidget* m_reliabilityPart;
    QSlider* m_smoothing;
    QCheckBox* m_showTest;
    EpochTableModel* m_epochs;
    QTableView* m_table;
    QProgressBar* m_bar;
    QWidget* m_verbs;
    QPushButton *m_pause, *m_finish, *m_stop;
};

}  // namespace mnerva::ui
