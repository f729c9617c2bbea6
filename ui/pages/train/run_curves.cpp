#include "ui/pages/train/run_curves.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/train/epoch_table_model.h"
#include "ui/session/runs_model.h"

namespace mnerva::ui {
namespace {

constexpr int kSmoothingSteps = 99;
constexpr int kUsualSmoothing = 80;
constexpr int kLeastChart = 120;  // px; below it no curve can be read
enum SeriesColours { kLossColour = 0, kF1Colour = 0 };

QString smoothingKey() {
    return QStringLiteral("train/smoothing");
}
QString typesKey() {
    return QStringLiteral("train/typeLines");
}

QLabel* smallLabel(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setFont(Theme::secondaryFont());
    return label;
}

/// A chart under a line that says what it shows. The title is not in the chart, since a saved figure gets its caption.
QWidget* under(QHBoxLayout* line, Chart* chart, QWidget* parent) {
    auto* part = new QWidget(parent);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    line->setContentsMargins(0, 0, 0, 0);
    chart->setParent(part);
    chart->setMinimumHeight(kLeastChart);
    layout->addLayout(line);
    layout->addWidget(chart, 1);
    return part;
}

bool isActive(const protocol::RunHistory& history) {
    return history.state == protocol::RunState::Running || history.state == protocol::RunState::Paused;
}

}  // namespace

RunCurves::RunCurves(QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setObjectName(QStringLiteral("runSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeLoss());
    splitter->addWidget(makeF1());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({1000, 2000});  // shares; a third of the height for the loss
    layout->addWidget(splitter);
}

QWidget* RunCurves::makeLoss() {
    m_loss = new Chart;
    m_loss->setObjectName(QStringLiteral("lossChart"));
    m_smoothingLabel = smallLabel(this);
    m_smoothing = new QSlider(Qt::Horizontal);
    m_smoothing->setObjectName(QStringLiteral("smoothing"));
    m_smoothing->setRange(0, kSmoothingSteps);
    m_smoothing->setFixedWidth(120);
    auto* line = new QHBoxLayout;
    line->addStretch(1);  // the axis says what goes up
    line->addWidget(m_smoothingLabel);
    line->addSpacing(Theme::kGrid);
    line->addWidget(m_smoothing);
    connect(m_smoothing, &QSlider::valueChanged, this, [this](int value) {
        m_loss->setSmoothing(value / 100.0);
        settings::setValue(smoothingKey(), value);
    });
    m_smoothing->setValue(settings::value(smoothingKey(), kUsualSmoothing).toInt());
    return under(line, m_loss, this);
}

QWidget* RunCurves::makeF1() {
    m_f1 = new Chart;
    m_f1->setObjectName(QStringLiteral("f1Chart"));
    m_f1->countBelow();
    m_f1Title = smallLabel(this);
    m_f1Title->setWordWrap(true);
    m_types = new QCheckBox;
    m_types->setObjectName(QStringLiteral("typeLines"));
    m_types->setFont(Theme::secondaryFont());
    m_types->setChecked(settings::value(typesKey(), false).toBool());
    auto* line = new QHBoxLayout;
    line->addWidget(m_f1Title, 1);
    line->addWidget(m_types);
    connect(m_types, &QCheckBox::toggled, this, [this](bool on) {
        settings::setValue(typesKey(), on);
        Q_EMIT typesToggled();
    });
    return under(line, m_f1, this);
}

void RunCurves::begin() {
    m_shown = {};
    m_loss->showAll();
    m_f1->showAll();
}

void RunCurves::setCaption(const QString& caption, const QString& run) {
    m_loss->setCaption(caption, run + QStringLiteral("-loss"));
    m_f1->setCaption(caption, run + QStringLiteral("-f1"));
}

void RunCurves::retranslate() {
    m_loss->setTitles(tr("Loss"), tr("step"), tr("loss"));
    m_f1->setTitles(tr("F1 on the validation posts"), tr("epoch"), tr("F1"));
    m_smoothingLabel->setText(tr("Smoothing"));
    m_smoothing->setAccessibleName(tr("Smoothing of the loss"));
    m_types->setText(tr("Types"));
    m_types->setToolTip(tr("A line for each type"));
    m_shown = {};
}

void RunCurves::show(const protocol::RunHistory& history, const LabelSet& labels) {
    showLoss(history);
    const ShownEvals evals{history.evals.size(), history.bestEpoch, settings::scoresInPercent(), m_types->isChecked()};
    if (m_shown.evals != evals) showF1(history, labels);
    m_shown.evals = evals;
}

void RunCurves::showLoss(const protocol::RunHistory& history) {
    m_loss->setEmptyText(isActive(history) ? tr("The curve begins with the first step.")
                                           : tr("This run ended before its first step."));
    Chart::Series loss;
    loss.name = tr("loss");
    loss.colour = kLossColour;
    loss.smooth = true;
    const std::vector<protocol::StepPoint>& points = history.points;
    // Points that are shown already stand where they stood, unless the history was thinned or the run begun anew.
    const bool grows = m_shown.points > 0 && m_shown.points <= points.size() &&
                       points[m_shown.points - 1].step == m_shown.lastStep && points.front().step == m_shown.firstStep;
    for (std::size_t i = grows ? m_shown.points : 0; i < points.size(); ++i) {
        loss.x.push_back(points[i].step);
        loss.y.push_back(points[i].loss);
    }
    if (grows)
        m_loss->append(0, loss.x, loss.y);
    else
        m_loss->setSeries({loss});
    m_shown.points = points.size();
    m_shown.firstStep = points.empty() ? 0 : points.front().step;
    m_shown.lastStep = points.empty() ? 0 : points.back().step;
    const double flood = history.floodLevel();
    m_loss->setLevel(flood > 0 ? std::optional<double>(flood) : std::nullopt,
                     tr("flood level %1").arg(QLocale().toString(flood)));
}

void RunCurves::showF1(const protocol::RunHistory& history, const LabelSet& labels) {
    m_f1->setEmptyText(isActive(history) ? tr("The curve begins with the first scored epoch.")
                                         : tr("This run scored no validation posts."));
    Chart::Series all;
    all.name = tr("all types");
    all.markers = true;
    all.colour = kF1Colour;
    // Colours of types are theirs alone, so the line of all is drawn in ink.
    if (m_types->isChecked()) all.paint = [] { return Theme::color(Theme::Role::Text); };
    std::map<std::string, Chart::Series> types;
    for (const protocol::EvalPoint& eval : history.evals) {
        if (eval.split == "test") continue;
        all.x.push_back(eval.epoch);
        all.y.push_back(eval.micro.f1);
        if (!m_types->isChecked()) continue;
        for (const auto& [type, score] : eval.types) {
            if (score.support == 0) continue;
            types[type].x.push_back(eval.epoch);
            types[type].y.push_back(score.f1);
        }
    }
    std::vector<Chart::Series> series{all};
    std::set<std::string> names;
    for (const auto& [type, line] : types) names.insert(type);
    for (const std::string& type : inProjectOrder(names, labels)) {
        Chart::Series& line = types.at(type);
        line.name = fromUtf8(type);
        line.paint = [name = type, labels] { return Theme::labelColor(name, labels); };
        line.dashed = true;
        line.markers = true;
        series.push_back(line);
    }
    m_f1->setValueFactor(settings::scoresInPercent() ? 100 : 1);
    m_f1->setSeries(std::move(series));
    const protocol::EvalPoint* best = history.best();
    // Curves of the types run all around the best point, so what it is stands in the title instead of at it.
    m_f1->setMarks(best ? std::vector<Chart::Mark>{{double(best->epoch), best->micro.f1, {}, kF1Colour}}
                        : std::vector<Chart::Mark>{});
    QString title = tr("F1 on the validation posts");
    if (best)
        title = tr("F1 on the validation posts · epoch %1 kept, with %2", "epoch, score")
                    .arg(QLocale().toString(best->epoch), scoreText(best->micro.f1));
    m_f1Title->setText(title);
}

}  // namespace mnerva::ui
