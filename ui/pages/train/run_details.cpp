#include "ui/pages/train/run_details.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/base/error_text.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/train/check_texts.h"
#include "ui/pages/train/option_texts.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {
namespace {

constexpr int kBarSteps = 1000;
constexpr int kSmoothingSteps = 99;
constexpr int kUsualSmoothing = 80;
constexpr int kShownWarnings = 6;
enum SeriesColours { kLossColour = 0, kFloodedColour = 1, kF1Colour = 0, kFirstTypeColour = 1 };
enum ReliabilityColours { kAfterColour = 0, kBeforeColour = 1, kExactColour = 5 };

QString smoothingKey() {
    return QStringLiteral("train/smoothing");
}

QLabel* quietLabel(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setFont(Theme::secondaryFont());
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// A chart under what it shows. The title is not in the chart, since a saved figure gets its caption in the paper.
QWidget* titled(QLabel*& title, Chart*& chart, const char* name, QWidget* parent) {
    auto* part = new QWidget(parent);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, Theme::kGrid, 0, 0);
    layout->setSpacing(Theme::kGrid / 2);
    title = new QLabel(part);
    title->setFont(Theme::secondaryFont());
    title->setWordWrap(true);
    chart = new Chart(part);
    chart->setObjectName(QString::fromLatin1(name));
    layout->addWidget(title);
    layout->addWidget(chart, 1);
    return part;
}

QString fileName(const QString& path) {
    return path.contains(QLatin1Char('/')) ? path.section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty) : path;
}

/// "12.3 M" of 12,300,000.
QString countText(double count) {
    const QLocale locale;
    if (count >= 1e6) return RunDetails::tr("%1 M", "millions").arg(locale.toString(count / 1e6, 'f', 1));
    return locale.toString(qint64(count));
}

}  // namespace

RunDetails::RunDetails(TrainHost& host, QWidget* parent)
    : QWidget(parent), m_host(host), m_epochs(new EpochTableModel(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * Theme::kGrid, Theme::kGrid, 2 * Theme::kGrid, Theme::kGrid);
    layout->setSpacing(Theme::kGrid);
    m_banner = new Banner(this);
    m_title = new QLabel(this);
    m_title->setFont(Theme::headingFont());
    m_title->setObjectName(QStringLiteral("runTitle"));
    m_facts = quietLabel(this);
    layout->addWidget(m_banner);
    m_showTest = new QCheckBox(this);
    m_showTest->setObjectName(QStringLiteral("showTest"));
    connect(m_showTest, &QCheckBox::toggled, this, &RunDetails::refresh);
    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_showTest);
    layout->addLayout(top);
    layout->addWidget(m_facts);
    layout->addWidget(makeCharts(), 1);
    m_meters = quietLabel(this);
    m_meters->setObjectName(QStringLiteral("meters"));
    layout->addWidget(m_meters);
    layout->addWidget(makeVerbs());
    m_logTitle = quietLabel(this);
    m_log = quietLabel(this);
    m_log->setObjectName(QStringLiteral("trainLog"));
    layout->addWidget(m_logTitle);
    layout->addWidget(m_log);
    connect(&host, &TrainHost::historyChanged, this, [this](const QString& name) {
        if (name == m_run) grow();
    });
    connect(&host, &TrainHost::loaded, this, &RunDetails::refresh);
    retranslate();
}

QWidget* RunDetails::makeCharts() {
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(QStringLiteral("runSplitter"));
    splitter->setChildrenCollapsible(false);
    m_loss = new Chart(splitter);
    m_loss->setObjectName(QStringLiteral("lossChart"));
    auto* scores = new QSplitter(Qt::Horizontal, splitter);
    scores->setChildrenCollapsible(false);
    scores->addWidget(titled(m_f1Title, m_f1, "f1Chart", scores));
    m_f1->countBelow();
    m_reliabilityPart = titled(m_reliabilityTitle, m_reliability, "reliabilityChart", scores);
    scores->addWidget(m_reliabilityPart);
    scores->setStretchFactor(0, 3);
    scores->setStretchFactor(1, 2);
    auto* smoothing = new QWidget(splitter);
    auto* line = new QHBoxLayout(smoothing);
    line->setContentsMargins(0, 0, 0, 0);
    m_lossTitle = new QLabel(smoothing);
    m_lossTitle->setFont(Theme::secondaryFont());
    m_smoothingLabel = new QLabel(smoothing);
    m_smoothingLabel->setFont(Theme::secondaryFont());
    m_smoothing = new QSlider(Qt::Horizontal, smoothing);
    m_smoothing->setObjectName(QStringLiteral("smoothing"));
    m_smoothing->setRange(0, kSmoothingSteps);
    m_smoothing->setFixedWidth(120);
    line->addWidget(m_lossTitle, 1);
    line->addWidget(m_smoothingLabel);
    line->addWidget(m_smoothing);
    auto* top = new QWidget(splitter);
    auto* topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(0, 0, 0, 0);
    topLayout->setSpacing(0);
    topLayout->addWidget(smoothing);
    topLayout->addWidget(m_loss, 1);
    m_table = new QTableView(splitter);
    m_table->setObjectName(QStringLiteral("epochTable"));
    m_table->setModel(m_epochs);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->verticalHeader()->setDefaultSectionSize(3 * Theme::kGrid);
    splitter->addWidget(top);
    splitter->addWidget(scores);
    splitter->addWidget(m_table);
    splitter->setSizes({220, 200, 140});
    connect(m_smoothing, &QSlider::valueChanged, this, [this](int value) {
        m_loss->setSmoothing(value / 100.0);
        settings::setValue(smoothingKey(), value);
    });
    for (Chart* chart : {m_loss, m_f1, m_reliability})
        connect(chart, &Chart::saveFailed, this,
                [this](const Error& error) { m_banner->showError(error, tr("The figure was not saved.")); });
    m_smoothing->setValue(settings::value(smoothingKey(), kUsualSmoothing).toInt());
    return splitter;
}

QWidget* RunDetails::makeVerbs() {
    m_verbs = new QWidget(this);
    auto* lines = new QVBoxLayout(m_verbs);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(Theme::kGrid / 2);
    m_bar = new QProgressBar(m_verbs);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(6);
    auto* line = new QHBoxLayout;
    m_progressText = new QLabel(m_verbs);
    m_pause = new QPushButton(m_verbs);
    m_pause->setObjectName(QStringLiteral("pauseRun"));
    m_finish = new QPushButton(m_verbs);
    m_finish->setObjectName(QStringLiteral("finishRun"));
    m_stop = new QPushButton(m_verbs);
    m_stop->setObjectName(QStringLiteral("stopRun"));
    line->addWidget(m_progressText, 1);
    for (QPushButton* button : {m_pause, m_finish, m_stop}) line->addWidget(button);
    lines->addWidget(m_bar);
    lines->addLayout(line);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (TrainProcess* process = m_host.process(m_run)) process->isPaused() ? process->resume() : process->pause();
    });
    connect(m_finish, &QPushButton::clicked, this, [this] {
        if (TrainProcess* process = m_host.process(m_run)) process->finish();
    });
    connect(m_stop, &QPushButton::clicked, this, &RunDetails::stopNow);
    return m_verbs;
}

/// The question says what is true while it is open: the run goes on behind it.
dialogs::Question RunDetails::stopQuestion() const {
    dialogs::Question question{QStringLiteral("stop-run"),
                               tr("Stop training?"),
                               {},
                               {},
                               {tr("Stop now"), tr("Finish this epoch"), tr("Go on training")}};
    question.now = [this, name = m_run]() -> std::pair<QString, QString> {
        const TrainProcess* process = m_host.process(name);
        if (!process) return {tr("%1 has ended meanwhile: nothing is lost.").arg(name), QString()};
        const protocol::RunHistory& history = process->history();
        return {tr("The work on epoch %L1 is lost.").arg(std::max(1, history.epoch)),
                history.checkpoint ? tr("The checkpoint of the last whole epoch stays; the run can be resumed from it.")
                                   : tr("No epoch is complete yet, so nothing of this run can be used.")};
    };
    return question;
}

/// Asks only where something would be lost: the work since the last checkpoint.
void RunDetails::stopNow() {
    const QString name = m_run;
    TrainProcess* process = m_host.process(name);
    if (!process) return;
    const protocol::RunHistory& history = process->history();
    const bool losesWork =
        !history.points.empty() && !(history.checkpoint && history.points.back().epoch < history.epoch);
    if (losesWork) {
        const int answer = dialogs::ask(this, stopQuestion());
        process = m_host.process(name);  // it may have ended meanwhile
        if (!process) return;
        if (answer == 1) return process->finish();
        if (answer != 0) return;
    }
    process->stop();
}

void RunDetails::showTest(bool shown) {
    m_showTest->setChecked(shown);
}

void RunDetails::setRun(const QString& name) {
    if (m_run != name) {
        m_run = name;
        m_shown = {};
        m_loss->showAll();
        m_f1->showAll();
        m_reliability->showAll();
    }
    refresh();
}

void RunDetails::retranslate() {
    m_lossTitle->setText(tr("Loss"));
    m_loss->setTitles(m_lossTitle->text(), tr("step"), tr("loss"));
    m_f1->setTitles(tr("F1 on the validation posts"), tr("epoch"), tr("F1"));
    m_reliabilityTitle->setText(tr("Can confidences be believed?"));
    m_reliabilityTitle->setToolTip(tr(
        "On the dashed line confidences are exact: of ten entities found with a confidence of 0.8, eight are right."));
    m_reliability->setToolTip(m_reliabilityTitle->toolTip());
    m_smoothingLabel->setText(tr("Smoothing"));
    m_smoothing->setAccessibleName(tr("Smoothing of the loss"));
    m_showTest->setText(tr("Show the test score"));
    m_showTest->setToolTip(tr("Choose between runs by their validation F1, and look at the test when you have chosen"));
    m_finish->setText(tr("Finish this epoch"));
    m_finish->setToolTip(tr("Goes on to the end of the epoch, keeps the best model and tests it"));
    m_stop->setText(tr("Stop now"));
    m_stop->setToolTip(tr("Stops at once; the last checkpoint stays"));
    m_logTitle->setText(tr("Worth knowing"));
    m_table->setAccessibleName(tr("F1 by epoch and type"));
    m_epochs->retranslate();
    m_shown = {};
    refresh();
}

void RunDetails::refresh() {
    const RunInfo* info = m_host.runs().run(m_host.runs().rowOf(m_run));
    if (info) showReliability(*info);
    m_shown.evals.reset();
    grow();
}

/// What one more event changes: costs the same at the first step and at the last.
void RunDetails::grow() {
    const RunInfo* info = m_host.runs().run(m_host.runs().rowOf(m_run));
    const protocol::RunHistory* history = m_host.history(m_run);
    if (!info || !history) return;
    showFacts(*info, *history);
    showLoss(*history);
    const ShownEvals evals{history->evals.size(), history->bestEpoch, settings::scoresInPercent()};
    if (m_shown.evals != evals) showF1(*history);
    m_shown.evals = evals;
    m_showTest->setVisible(info->test.has_value());
    m_epochs->setTestShown(m_showTest->isChecked());
    m_epochs->setHistory(*history);
    m_table->setVisible(m_epochs->rowCount() > 0);
    showProgress(*history);
    showVerbs();
    showLog(*history);
}

void RunDetails::showFacts(const RunInfo& info, const protocol::RunHistory& history) {
    const protocol::RunRecord& record = info.record;
    m_title->setText(fromUtf8(info.name));
    QStringList facts{fromUtf8(record.system).toUpper()};
    if (!record.encoder.empty()) facts << fileName(fromUtf8(record.encoder));
    if (!record.resnet.empty()) facts << fileName(fromUtf8(record.resnet));
    if (!record.preset.empty()) facts << tr("preset %1").arg(fromUtf8(record.preset));
    if (!record.device.empty()) facts << fromUtf8(record.device);
    if (history.parameters > 0) facts << tr("%1 weights").arg(countText(history.parameters));
    facts << runStateText(history.state);
    if (info.valid) facts << validText(*info.valid);
    if (info.test && m_showTest->isChecked()) facts << testText(*info.test);
    if (info.calibration) {
        const QLocale locale;
        const QString after = locale.toString(info.calibration->after.ece, 'f', 3);
        const QString before = locale.toString(info.calibration->before.ece, 'f', 3);
        if (!info.calibration->kept)
            facts << tr("calibration error %1; calibrating was tried and not kept, as it did not help").arg(before);
        else if (info.calibration->onTest)
            facts << tr("calibration error on the test posts %1, before %2").arg(after, before);
        else
            facts << tr("calibration error on the validation posts %1, before %2").arg(after, before);
    }
    facts.removeAll(QString());
    m_facts->setText(facts.join(QStringLiteral(" · ")));
}

void RunDetails::showLoss(const protocol::RunHistory& history) {
    const bool active = history.state == protocol::RunState::Running || history.state == protocol::RunState::Paused;
    m_loss->setEmptyText(active ? tr("The curve begins with the first step.")
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

void RunDetails::showF1(const protocol::RunHistory& history) {
    const bool active = history.state == protocol::RunState::Running || history.state == protocol::RunState::Paused;
    m_f1->setEmptyText(active ? tr("The curve begins with the first scored epoch.")
                              : tr("This run scored no validation posts."));
    Chart::Series all;
    all.name = tr("all types");
    all.markers = true;
    all.colour = kF1Colour;
    std::map<std::string, Chart::Series> types;
    for (const protocol::EvalPoint& eval : history.evals) {
        if (eval.split == "test") continue;
        all.x.push_back(eval.epoch);
        all.y.push_back(eval.micro.f1);
        for (const auto& [type, score] : eval.types) {
            if (score.support == 0) continue;
            types[type].x.push_back(eval.epoch);
            types[type].y.push_back(score.f1);
        }
    }
    std::vector<Chart::Series> series{all};
    int colour = kFirstTypeColour;
    for (auto& [type, line] : types) {
        line.name = fromUtf8(type);
        line.colour = colour++;
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
    if (best && !best->rule.empty())
        title = tr("F1 on the validation posts, %1 · epoch %2 kept, with %3", "rule, epoch, score")
                    .arg(ruleText(best->rule), QLocale().toString(best->epoch), scoreText(best->micro.f1));
    else if (best)
        title = tr("F1 on the validation posts · epoch %1 kept, with %2", "epoch, score")
                    .arg(QLocale().toString(best->epoch), scoreText(best->micro.f1));
    m_f1Title->setText(title);
}

/// Share of right entities over confidence: on the diagonal, confidences mean what they say.
void RunDetails::showReliability(const RunInfo& info) {
    m_reliabilityPart->setVisible(info.calibration.has_value());
    if (!info.calibration) return;
    const auto line = [&](const eval::Reliability& of, const QString& name, int colour) {
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
    };
    Chart::Series exact;
    exact.name = tr("exact");
    exact.colour = kExactColour;
    exact.dashed = true;
    exact.x = exact.y = {0, 1};
    Chart::Series before = line(info.calibration->before, tr("as the model says"), kBeforeColour);
    before.dashed = true;
    int entities = 0;  // few make a ragged curve, so their number stands with it
    for (const eval::ReliabilityBin& bin : info.calibration->after.bins) entities += int(bin.count);
    m_reliability->setTitles(m_reliabilityTitle->text(),
                             info.calibration->onTest
                                 ? tr("confidence, %Ln entities of the test posts", nullptr, entities)
                                 : tr("confidence, %Ln entities of the validation posts", nullptr, entities),
                             tr("share right"));
    if (info.calibration->kept)
        m_reliability->setSeries({exact, before, line(info.calibration->after, tr("calibrated"), kAfterColour)});
    else
        m_reliability->setSeries({exact, before});
}

void RunDetails::showProgress(const protocol::RunHistory& history) {
    const bool active = history.state == protocol::RunState::Running || history.state == protocol::RunState::Paused;
    QStringList meters;
    if (!history.points.empty()) {
        const protocol::StepPoint& last = history.points.back();
        const QLocale locale;
        if (last.learningRate > 0)
            meters << tr("learning rate %1").arg(locale.toString(last.learningRate, 'g', 3).toLower());
        if (last.postsPerSecond > 0) meters << tr("%1 posts/s").arg(locale.toString(last.postsPerSecond, 'f', 1));
        if (last.memoryMiB > 0) meters << tr("%1 MB of memory").arg(locale.toString(last.memoryMiB, 'f', 0));
        meters << tr("loss %1").arg(locale.toString(last.loss, 'g', 4));
    }
    m_meters->setText(meters.join(QStringLiteral(" · ")));
    m_meters->setVisible(!meters.isEmpty());
    if (!active) return;
    double fraction = history.fraction();
    QStringList parts;
    if (history.isPreparing()) {
        fraction = history.featuresDone / history.featuresTotal;
        parts << tr("reading pictures");
    } else if (history.epoch > 0) {
        parts << tr("epoch %L1 of %L2").arg(history.epoch).arg(history.epochs);
    } else {
        fraction = -1;
        parts << tr("preparing");
    }
    if (history.state == protocol::RunState::Paused) parts << tr("paused; the model stays loaded");
    if (history.state == protocol::RunState::Running) parts << timeLeftText(history.secondsLeft());
    parts.removeAll(QString());
    m_progressText->setText(parts.join(QStringLiteral(" · ")));
    m_bar->setRange(0, fraction < 0 ? 0 : kBarSteps);
    if (fraction >= 0) m_bar->setValue(int(fraction * kBarSteps));
}

void RunDetails::showVerbs() {
    const TrainProcess* process = m_host.process(m_run);
    m_verbs->setVisible(process != nullptr);
    if (!process) return;
    m_pause->setText(process->isPaused() ? tr("Continue") : tr("Pause"));
    m_pause->setEnabled(!process->stopAsked() && !process->finishAsked());
    m_finish->setEnabled(!process->stopAsked() && !process->finishAsked());
    m_stop->setEnabled(!process->stopAsked());
    if (process->stopAsked()) m_progressText->setText(tr("stopping…"));
    if (process->finishAsked() && !process->stopAsked())
        m_progressText->setText(tr("%1 · ends after this epoch").arg(m_progressText->text()));
}

void RunDetails::showLog(const protocol::RunHistory& history) {
    QStringList lines;
    if (const QString why = failureText(history); !why.isEmpty()) lines << why;
    for (const protocol::TrainCheck& check : history.checks)
        lines << (check.overruled ? tr("%1 (overruled)").arg(checkText(check)) : checkText(check));
    for (const protocol::WarningEvent& warning : history.warnings) {
        if (lines.size() >= kShownWarnings) {
            lines << tr("and %Ln more", nullptr, int(history.warnings.size()) - kShownWarnings);
            break;
        }
        const QString line = findingText(warning.code, warning.count);
        lines << (warning.text.empty() ? line : tr("%1 (%2)").arg(line, fromUtf8(warning.text)));
    }
    m_log->setText(lines.join(QLatin1Char('\n')));
    m_log->setVisible(!lines.isEmpty());
    m_logTitle->setVisible(!lines.isEmpty());
}

}  // namespace mnerva::ui
