#pragma once

#include <QCheckBox>
#include <QLabel>
#include <QSlider>
#include <QWidget>
#include <optional>

#include "core/domain/label_set.h"
#include "core/protocol/training_history.h"
#include "ui/charts/chart.h"

namespace mnerva::ui {

/// Loss and F1 of a run as they grow: a third of the height for the loss, the rest for F1; lines of single types when
/// asked for. One more event costs the same at the first step and at the last.
class RunCurves : public QWidget {
    Q_OBJECT
public:
    explicit RunCurves(QWidget* parent = nullptr);

    /// Another run: axes follow the data again.
    void begin();
    void show(const protocol::RunHistory& history, const LabelSet& labels);
    /// F1 again at the next show(): what is known of the run may be another.
    void forgetScores() { m_shown.evals.reset(); }
    void setCaption(const QString& caption, const QString& run);
    void retranslate();
    Chart& loss() { return *m_loss; }
    Chart& f1() { return *m_f1; }

Q_SIGNALS:
    /// Lines of types were asked for or put away.
    void typesToggled();

private:
    void showLoss(const protocol::RunHistory& history);
    void showF1(const protocol::RunHistory& history, const LabelSet& labels);
    QWidget* makeLoss();
    QWidget* makeF1();

    /// What of a run's evaluations stands in the chart.
    struct ShownEvals {
        std::size_t count = 0;
        int bestEpoch = 0;
        bool percent = true, types = false;
        bool operator==(const ShownEvals&) const = default;
    };
    /// What of a run stands in the charts already.
    struct Shown {
        std::size_t points = 0;
        double firstStep = 0, lastStep = 0;
        std::optional<ShownEvals> evals;
    };

    Shown m_shown;
    QLabel *m_f1Title, *m_smoothingLabel;
    Chart *m_loss, *m_f1;
    QSlider* m_smoothing;
    QCheckBox* m_types;
};

}  // namespace mnerva::ui
