#pragma once

#include <QWidget>
#include <vector>

#include "ui/charts/chart.h"

class QComboBox;
class QLabel;

namespace mnerva::ui {

class DoctorHost;

/// How a run learnt its training entities: mean probability over variability, a point for each entity
/// (error-analysis.md 5). The corner of what was never learnt has marks of its own; a point that is pressed leads to
/// its post.
class DynamicsView : public QWidget {
    Q_OBJECT
public:
    explicit DynamicsView(DoctorHost& host, QWidget* parent = nullptr);

    Chart* chart() const { return m_chart; }
    /// The points anew, after the labels were examined or one was answered.
    void refresh();
    /// The ring around what is looked at.
    void refreshCurrent();
    void retranslate();

private:
    void press(int series, int point);
    QString caption() const;

    DoctorHost& m_host;
    QLabel* m_title;
    QComboBox* m_run;
    Chart* m_chart;
    std::vector<std::vector<std::size_t>> m_places;  ///< of each series: of its points in report().learnt
};

}  // namespace mnerva::ui
