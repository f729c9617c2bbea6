#include "ui/pages/cases/dynamics_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/look/theme.h"
#include "ui/pages/cases/doctor_host.h"

namespace mnerva::ui {
namespace {

enum Points { kLearnt, kHard, kSeries };

}  // namespace

DynamicsView::DynamicsView(DoctorHost& host, QWidget* parent) : QWidget(parent), m_host(host) {
    setObjectName(QStringLiteral("dynamicsView"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::kGrid, 0, 0, 0);
    column->setSpacing(Theme::kGrid / 2);
    auto* row = new QHBoxLayout;
    row->addWidget(m_title = new QLabel);
    row->addWidget(m_run = new QComboBox, 1);
    m_run->setObjectName(QStringLiteral("dynamicsRun"));
    m_title->setBuddy(m_run);
    column->addLayout(row);
    column->addWidget(m_chart = new Chart, 1);
    m_chart->setObjectName(QStringLiteral("dynamicsChart"));
    connect(m_run, &QComboBox::activated, this,
            [this](int place) { m_host.setDynamicsRun(m_run->itemData(place).toString()); });
    connect(m_chart, &Chart::pointPressed, this, &DynamicsView::press);
}

void DynamicsView::retranslate() {
    m_title->setText(tr("Learnt by"));
    m_run->setAccessibleName(tr("Learnt by"));
    m_run->setToolTip(tr("The run that recorded after each epoch how likely every training entity was to its model"));
    m_chart->setAccessibleName(tr("Learning dynamics"));
    m_chart->setToolTip(
        tr("Confidence is the mean probability over the epochs, variability its standard deviation. Press a point to "
           "see its post; the right button saves the figure."));
    m_chart->setEmptyText(tr("No run has recorded how its entities were learnt."));
    refresh();
}

QString DynamicsView::caption() const {
    const auto& learnt = m_host.report().learnt;
    const int epochs = learnt.empty() ? 0 : learnt.front().epochs;
    return tr("Learning dynamics of %1: mean probability of each training entity over %2 epochs, and its standard "
              "deviation; %n entities",
              nullptr, static_cast<int>(learnt.size()))
        .arg(m_host.dynamicsRun())
        .arg(epochs);
}

void DynamicsView::refresh() {
    {
        const QSignalBlocker blocked(m_run);
        m_run->clear();
        m_run->addItem(tr("no run"), QString());
        for (const QString& run : m_host.dynamicsRuns()) m_run->addItem(run, run);
        m_run->setCurrentIndex(std::max(0, m_run->findData(m_host.dynamicsRun())));
        m_run->setEnabled(!m_host.dynamicsRuns().isEmpty());
    }
    std::vector<Chart::Series> series(kSeries);
    m_places.assign(kSeries, {});
    const auto& learnt = m_host.report().learnt;
    for (std::size_t i = 0; i < learnt.size(); ++i) {
        const int of = eval::isHardToLearn(learnt[i].dynamics) ? kHard : kLearnt;
        Chart::Series& points = series[static_cast<std::size_t>(of)];
        points.x.push_back(learnt[i].dynamics.variability);
        points.y.push_back(learnt[i].dynamics.confidence);
        m_places[static_cast<std::size_t>(of)].push_back(i);
    }
    series[kLearnt].name = tr("learnt (%L1)", "how many entities").arg(m_places[kLearnt].size());
    series[kLearnt].shape = Chart::Shape::Discs;
    series[kHard].name = tr("never learnt (%L1)", "how many entities").arg(m_places[kHard].size());
    series[kHard].shape = Chart::Shape::Crosses;
    series[kHard].colour = 1;
    if (learnt.empty()) series.clear();
    m_chart->setTitles({}, tr("variability"), tr("confidence"));
    m_chart->setSeries(std::move(series));
    m_chart->setCaption(caption(), QStringLiteral("learning-dynamics"));
    refreshCurrent();
}

void DynamicsView::refreshCurrent() {
    std::vector<Chart::Mark> marks;
    const workflow::Suspect* doubt = m_host.suspect();
    if (const workflow::LearntEntity* looked = m_host.lookedAt())
        marks.push_back({looked->dynamics.variability, looked->dynamics.confidence, {}, 1});
    else if (doubt && doubt->dynamics)
        marks.push_back({doubt->dynamics->variability, doubt->dynamics->confidence, {}, 1});
    m_chart->setMarks(std::move(marks));
}

void DynamicsView::press(int series, int point) {
    if (series < 0 || static_cast<std::size_t>(series) >= m_places.size()) return;
    const auto& places = m_places[static_cast<std::size_t>(series)];
    if (point >= 0 && static_cast<std::size_t>(point) < places.size())
        m_host.showLearnt(places[static_cast<std::size_t>(point)]);
}

}  // namespace mnerva::ui
