#pragma once

#include <QLabel>
#include <QWidget>

#include "ui/charts/chart.h"
#include "ui/session/runs_model.h"

namespace mnerva::ui {

/// How far a run's confidences can be believed: share of right entities over confidence, before and after calibrating;
/// on the diagonal confidences mean what they say.
class RunReliability : public QWidget {
    Q_OBJECT
public:
    explicit RunReliability(QWidget* parent = nullptr);

    /// Of a run that has a calibration.
    void show(const RunInfo& info);
    void begin() { m_chart->showAll(); }
    void retranslate();
    Chart& chart() { return *m_chart; }

private:
    QLabel *m_title, *m_figures;
    Chart* m_chart;
};

}  // namespace mnerva::ui
