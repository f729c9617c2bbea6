#include "ui/pages/train/run_details.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/base/text_border.h"
#include "ui/charts/figure_dialog.h"
#include "ui/charts/table_figure.h"
#include "ui/look/theme.h"
#include "ui/pages/train/check_texts.h"
#include "ui/pages/train/epoch_table.h"
#include "ui/pages/train/run_facts.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {
namespace {

constexpr int kBarSteps = 1000;
constexpr int kLeakMark = 16;
constexpr int kRow = 3 * Theme::kGrid;

QLabel* quietLabel(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setFont(Theme::secondaryFont());
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// "0.0003", "7.52e-7": three digits.
QString rateText(double rate) {
    return optionText(QLocale::c().toString(rate, 'g', 3).toDouble());
}

QTableView* plainTable(const char* name, QAbstractItemModel* model, QWidget* parent,
                       QTableView* table = new QTableView) {
    table->setParent(parent);
    table->setObjectName(QString::fromLatin1(name));
    table->setModel(model);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setFrameShape(QFrame::NoFrame);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->verticalHeader()->setDefaultSectionSize(kRow);
    return table;
}

}  // namespace

RunDetails::RunDetails(TrainHost& host, QWidget* parent)
    : QWidget(parent),
      m_host(host),
      m_pinned(new EpochTableModel(EpochTableModel::Rows::Pinned, this)),
      m_epochs(new EpochTableModel(EpochTableModel::Rows::All, this)),
      m_options(new RunOptionsModel(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * Theme::kGrid, Theme::kGrid, 2 * Theme::kGrid, Theme::kGrid);
    layout->setSpacing(Theme::kGrid);
    m_banner = new Banner(this);
    m_failure = new QLabel(this);
    m_failure->setObjectName(QStringLiteral("runFailure"));
    m_failure->setWordWrap(true);
    m_failure->setTextFormat(Qt::PlainText);
    m_failure->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts = quietLabel(this);
    m_facts->setObjectName(QStringLiteral("runFacts"));
    m_meters = quietLabel(this);
    m_meters->setObjectName(QStringLiteral("meters"));
    m_pinnedTable = plainTable("pinnedScores", m_pinned, this);
    m_pinnedTable->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_pinnedTable->horizontalScrollBar(), &QScrollBar::rangeChanged, this, &RunDetails::fitPinned);
    layout->addWidget(m_banner);
    layout->addLayout(makeTop());
    layout->addWidget(m_facts);
    layout->addWidget(m_failure);
    layout->addWidget(m_pinnedTable);
    layout->addWidget(makeViews(), 1);
    layout->addWidget(m_meters);
    layout->addWidget(makeVerbs());
    connect(&host, &TrainHost::historyChanged, this, [this](const QString& name) {
        if (name == m_run) grow();
    });
    connect(&host, &TrainHost::loaded, this, &RunDetails::refresh);
    connect(&host, &TrainHost::reportWritten, this,
            [this](const QString& path) { Q_EMIT statusMessage(tr("The report is in %1").arg(path)); });
    connect(&host, &TrainHost::systemsChanged, this, &RunDetails::refresh);
    retranslate();
}

QLayout* RunDetails::makeTop() {
    m_title = new QLabel(this);
    m_title->setFont(Theme::headingFont());
    m_title->setTextFormat(Qt::PlainText);
    m_title->setObjectName(QStringLiteral("runTitle"));
    m_showTest = new QCheckBox(this);
    m_showTest->setObjectName(QStringLiteral("showTest"));
    connect(m_showTest, &QCheckBox::toggled, this, &RunDetails::refresh);
    m_export = new QToolButton(this);
    m_export->setObjectName(QStringLiteral("runExport"));
    m_export->setPopupMode(QToolButton::InstantPopup);
    m_export->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto* menu = new QMenu(m_export);
    menu->setObjectName(QStringLiteral("runExportMenu"));
    m_export->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &RunDetails::fillExport);
    m_leak = new QToolButton(this);
    m_leak->setObjectName(QStringLiteral("testLeak"));
    m_leak->setAutoRaise(true);
    m_leak->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_leak, &QToolButton::clicked, this, [this] { showTab(kNotes); });
    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_leak);
    top->addWidget(m_showTest);
    top->addWidget(m_export);
    return top;
}

QWidget* RunDetails::makeViews() {
    auto* whole = new QWidget(this);
    auto* column = new QVBoxLayout(whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::kGrid / 2);
    m_tabs = new QTabBar;
    m_tabs->setObjectName(QStringLiteral("runTabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (int tab = 0; tab < kTabCount; ++tab) m_tabs->addTab(QString());
    m_curves = new RunCurves;
    m_epochTable = plainTable("epochTable", m_epochs, whole, new EpochTable);
    m_reliability = new RunReliability;
    m_optionTable = plainTable("runOptions", m_options, whole);
    m_optionTable->verticalHeader()->hide();
    m_notes = new RunNotes;
    connect(m_notes, &RunNotes::postsWanted, this, &RunDetails::postsWanted);
    auto* notes = new QScrollArea;
    notes->setWidget(m_notes);
    notes->setWidgetResizable(true);
    notes->setFrameShape(QFrame::NoFrame);
    m_views = new QStackedWidget;
    for (QWidget* view : std::initializer_list<QWidget*>{m_curves, m_epochTable, m_reliability, m_optionTable, notes})
        m_views->addWidget(view);
    column->addWidget(m_tabs);
    column->addWidget(m_views, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_views, &QStackedWidget::setCurrentIndex);
    connect(m_curves, &RunCurves::typesToggled, this, &RunDetails::grow);
    for (Chart* chart : {&m_curves->loss(), &m_curves->f1(), &m_reliability->chart()}) {
        connect(chart, &Chart::saveFailed, this, &RunDetails::figureFailed);
        connect(chart, &Chart::saved, this,
                [this](const QString& path) { Q_EMIT statusMessage(tr("The figure is in %1").arg(path)); });
    }
    return whole;
}

void RunDetails::figureFailed(const Error& error) {
    m_banner->showError(error, tr("The figure was not saved."));
}

void RunDetails::fillExport() {
    QMenu* menu = m_export->menu();
    menu->clear();
    const auto add = [&](const char* name, const QString& text, bool isEnabled, auto&& run) {
        QAction* action = menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setEnabled(isEnabled);
        connect(action, &QAction::triggered, this, run);
    };
    const RunInfo* info = m_host.runs().run(m_host.runs().rowOf(m_run));
    add("exportReport", tr("Report of the run as one page (HTML)…"), info, [this] { saveReport(); });
    menu->addSeparator();
    add("exportLoss", tr("Loss as figure…"), info, [this] { m_curves->loss().askAndSave(); });
    add("exportF1", tr("F1 as figure…"), info, [this] { m_curves->f1().askAndSave(); });
    add("exportCalibration", tr("Calibration as figure…"), info && info->calibration,
        [this] { m_reliability->chart().askAndSave(); });
    add("exportEpochs", tr("Epochs as figure…"), info && m_epochs->rowCount() > 0,
        [this] { saveTable(*m_epochTable, QStringLiteral("-epochs")); });
    add("exportOptions", tr("Settings as figure…"), info && m_options->rowCount() > 0,
        [this] { saveTable(*m_optionTable, QStringLiteral("-settings")); });
}

void RunDetails::saveReport() {
    const QString path =
        dialogs::file(this, {QStringLiteral("save-report"), dialogs::FileRequest::Kind::SaveFile, tr("Save report"),
                             m_run + QStringLiteral(".html"), tr("HTML page (*.html)")});
    if (!path.isEmpty()) m_host.writeReport(m_run, path);
}

void RunDetails::saveTable(const QTableView& table, const QString& ending) {
    Figure figure = tableFigure(table);
    figure.name = m_run + ending;
    figure.caption = m_caption;
    const FigureSaving saving = askAndSaveFigure(this, QStringLiteral("save-chart"), figure);
    if (saving.error)
        figureFailed(*saving.error);
    else if (!saving.path.isEmpty())
        Q_EMIT statusMessage(tr("The figure is in %1").arg(saving.path));
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

void RunDetails::showTab(Tab tab) {
    if (m_tabs->isTabVisible(tab)) m_tabs->setCurrentIndex(tab);
}

void RunDetails::setRun(const QString& name) {
    if (m_run != name) {
        m_run = name;
        m_curves->begin();
        m_reliability->begin();
    }
    refresh();
}

void RunDetails::retranslate() {
    m_curves->retranslate();
    m_reliability->retranslate();
    m_showTest->setText(tr("Show the test score"));
    m_showTest->setToolTip(tr("Choose between runs by their validation F1, and look at the test when you have chosen"));
    m_export->setText(tr("Export"));
    m_export->setIcon(Theme::icon(QStringLiteral("export")));
    m_export->setAccessibleName(tr("Save what is known of the run"));
    m_finish->setText(tr("Finish this epoch"));
    m_finish->setToolTip(tr("Goes on to the end of the epoch, keeps the best model and tests it"));
    m_stop->setText(tr("Stop now"));
    m_stop->setToolTip(tr("Stops at once; the last checkpoint stays"));
    const QStringList tabs{tr("Curves"), tr("Epochs"), tr("Calibration"), tr("Settings"), tr("Worth knowing")};
    for (int tab = 0; tab < kTabCount; ++tab) m_tabs->setTabText(tab, tabs[tab]);
    m_tabs->setAccessibleName(tr("What of the run is looked at"));
    m_epochTable->setAccessibleName(tr("Scores by epoch and type"));
    m_pinnedTable->setAccessibleName(tr("Scores of the best epoch and of the test"));
    m_optionTable->setAccessibleName(tr("What the run was started with"));
    m_leak->setText(tr("Test posts were seen"));
    m_notes->retranslate();
    m_epochs->retranslate();
    m_pinned->retranslate();
    refresh();
}

void RunDetails::refresh() {
    const RunInfo* info = m_host.runs().run(m_host.runs().rowOf(m_run));
    if (info) {
        if (info->calibration) m_reliability->show(*info);
        m_tabs->setTabVisible(kCalibration, info->calibration.has_value());
        m_options->setRun(info->record, m_host.systems());
        m_optionTable->setColumnHidden(RunOptionsModel::kPresetValue, !systemOf(info->record, m_host.systems()));
        const int changed = m_options->changedCount();
        m_tabs->setTabText(kSettings, changed > 0 ? tr("Settings · %Ln changed", nullptr, changed) : tr("Settings"));
        m_caption = runCaption(*info);
        m_curves->setCaption(m_caption, m_run);
        m_reliability->chart().setCaption(m_caption, m_run + QStringLiteral("-calibration"));
    }
    m_curves->forgetScores();
    grow();
}

/// What one more event changes: costs the same at the first step and at the last.
void RunDetails::grow() {
    const RunInfo* info = m_host.runs().run(m_host.runs().rowOf(m_run));
    const protocol::RunHistory* history = m_host.history(m_run);
    if (!info || !history) return;
    showFacts(*info, *history);
    m_curves->show(*history, m_host.labels());
    m_showTest->setVisible(info->test.has_value());
    for (EpochTableModel* model : {m_pinned, m_epochs}) {
        model->setTestShown(m_showTest->isChecked());
        model->setHistory(*history, m_host.labels());
    }
    fitPinned();
    m_tabs->setTabVisible(kEpochs, m_epochs->rowCount() > 0);
    showProgress(*history);
    showVerbs();
    showNotes(*history);
}

/// All rows are seen, beside a scroll bar too where there are more types than fit.
void RunDetails::fitPinned() {
    const int rows = m_pinned->rowCount();
    m_pinnedTable->setVisible(rows > 0);
    if (rows == 0) return;
    const QScrollBar* bar = m_pinnedTable->horizontalScrollBar();
    // A style may make rows higher than asked for.
    m_pinnedTable->setFixedHeight(m_pinnedTable->horizontalHeader()->sizeHint().height() +
                                  rows * m_pinnedTable->rowHeight(0) + 2 +
                                  (bar->maximum() > 0 ? bar->sizeHint().height() : 0));
}

void RunDetails::showFacts(const RunInfo& info, const protocol::RunHistory& history) {
    m_title->setText(fromUtf8(info.name));
    m_facts->setText(runFacts(info, history).join(QStringLiteral(" · ")));
    m_facts->setToolTip(runFingerprints(info.record));
    const QString why = failureText(history);
    m_failure->setText(why);
    m_failure->setVisible(!why.isEmpty());
}

void RunDetails::showProgress(const protocol::RunHistory& history) {
    const bool active = history.state == protocol::RunState::Running || history.state == protocol::RunState::Paused;
    QStringList meters;
    if (!history.points.empty()) {
        const protocol::StepPoint& last = history.points.back();
        const QLocale locale;
        if (last.learningRate > 0) meters << tr("learning rate %1").arg(rateText(last.learningRate));
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
        parts << epochText(history);
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

/// What makes the test score too high is told beside it, and leads to the note.
void RunDetails::showNotes(const protocol::RunHistory& history) {
    m_notes->show(history);
    m_tabs->setTabVisible(kNotes, m_notes->count() > 0);
    m_tabs->setTabText(kNotes, tr("Worth knowing · %L1").arg(m_notes->count()));
    QStringList leaks;
    for (const protocol::TrainCheck& check : history.checks)
        if (protocol::leaksIntoTest(check)) leaks << checkText(check);
    m_leak->setVisible(!leaks.isEmpty());
    m_leak->setIcon(QIcon(Theme::pixmap(QStringLiteral("warning"), Theme::color(Theme::Role::Warning), kLeakMark)));
    leaks.prepend(tr("The test score is too high: training saw posts of the test, or nearly so."));
    m_leak->setToolTip(leaks.join(QLatin1Char('\n')));
}

}  // namespace mnerva::ui
