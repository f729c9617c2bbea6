#include "ui/pages/train/run_reliability.h"

#include <QLocale>
#include <QVBoxLayout>

#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

enum Colours { kAfterColour = 0, kBeforeColour = 1, kExactColour = 5 };

Chart::Series line(const eval::Reliability& of, const QString& name, int colour) {
    Chart::Series series;
    series.name = name;
    series.colour = colour;
    series.markers = true;
    for (const eval::ReliabilityBin& bin : of.bins) {
        if (bin.count == 0) continue;
        series.x.push_back(bin.confidence);
        series.y.push_back(bin.right);
    }
    return series;
}

}  // namespace

RunReliability::RunReliability(QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::kGrid / 2);
    m_title = new QLabel;
    m_figures = new QLabel;
    m_figures->setObjectName(QStringLiteral("calibrationError"));
    for (QLabel* label : {m_title, m_figures}) {
        label->setFont(Theme::secondaryFont());
        label->setWordWrap(true);
    }
    m_chart = new Chart;
    m_chart->setObjectName(QStringLiteral("reliabilityChart"));
    layout->addWidget(m_title);
    layout->addWidget(m_figures);
    layout->addWidget(m_chart, 1);
}

void RunReliability::retranslate() {
    m_title->setText(tr("Can confidences be believed?"));
    m_title->setToolTip(tr(
        "On the dashed line confidences are exact: of ten entities found with a confidence of 0.8, eight are right."));
    m_chart->setToolTip(m_title->toolTip());
}

void RunReliability::show(const RunInfo& info) {
    const workflow::RunCalibration& found = *info.calibration;
    const QString after = QLocale().toString(found.after.ece, 'f', 3);
    const QString before = QLocale().toString(found.before.ece, 'f', 3);
    if (!found.kept)
        m_figures->setText(
            tr("calibration error %1; calibrating was tried and not kept, as it did not help").arg(before));
    else if (found.onTest)
        m_figures->setText(tr("calibration error on the test posts %1, before %2").arg(after, before));
    else
        m_figures->setText(tr("calibration error on the validation posts %1, before %2").arg(after, before));
    Chart::Series exact;
    exact.name = tr("exact");
    exact.colour = kExactColour;
    exact.dashed = true;
    exact.x = exact.y = {0, 1};
    Chart::Series raw = line(found.before, tr("as the model says"), kBeforeColour);
    raw.dashed = true;
    int entities = 0;  // few make a ragged curve, so their number stands with it
    for (const eval::ReliabilityBin& bin : found.after.bins) entities += int(bin.count);
    m_chart->setTitles(m_title->text(),
                       found.onTest ? tr("confidence, %Ln entities of the test posts", nullptr, entities)
                                    : tr("confidence, %Ln entities of the validation posts", nullptr, entities),
                       tr("share right"));
    if (found.kept)
        m_chart->setSeries({exact, raw, line(found.after, tr("calibrated"), kAfterColour)});
    else
        m_chart->setSeries({exact, raw});
}

}  // namespace mnerva::ui
