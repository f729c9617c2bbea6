#include "ui/pages/cases/doctor_view.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/cases/cases_actions.h"
#include "ui/pages/cases/doctor_model.h"
#include "ui/pages/cases/dynamics_view.h"
#include "ui/session/project_session.h"
#include "ui/widgets/action_keys.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/empty_state.h"

namespace mnerva::ui {
namespace {

enum DoctorPages { kNoDoubts, kListPage };
constexpr int kQueueWidth = 400, kDoubtRow = 28;
constexpr QChar kFigureSpace(0x2007);

QToolButton* textButton(const char* name) {
    auto* button = new QToolButton;
    button->setObjectName(QLatin1String(name));
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    return button;
}

/// Gives out-of-sample probabilities; the rest of the line is the person's.
QString trainCommand(const QString& folder) {
    return QStringLiteral("mnerva-cli train \"%1\" --folds 5").arg(folder);
}

}  // namespace

DoctorView::DoctorView(ProjectSession& session, ActionRegistry& actions, QWidget* parent)
    : QWidget(parent), m_session(session), m_actions(actions), m_host(session), m_model(new DoctorModel(m_host, this)) {
    setObjectName(QStringLiteral("doctorView"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * Theme::kGrid, 0, 2 * Theme::kGrid, Theme::kGrid);
    column->setSpacing(Theme::kGrid);
    column->addWidget(m_banner = new Banner);
    m_banner->setObjectName(QStringLiteral("doctorBanner"));
    column->addWidget(makeBar());
    column->addWidget(m_odd = new QLabel);
    m_odd->setObjectName(QStringLiteral("doctorOdd"));
    m_odd->setTextFormat(Qt::PlainText);
    m_odd->setWordWrap(true);
    m_odd->setFont(Theme::secondaryFont());
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_empty = new EmptyState(QStringLiteral("cases")));
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    m_queues = new QListWidget;
    m_queues->setObjectName(QStringLiteral("doctorQueues"));
    m_queues->setFrameShape(QFrame::NoFrame);
    m_queues->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_queues->setTextElideMode(Qt::ElideNone);
    m_queues->setWordWrap(true);
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("doctorTable"));
    m_table->setModel(m_model);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(true);
    m_table->setAlternatingRowColors(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(kDoubtRow);
    m_table->verticalHeader()->setResizeContentsPrecision(0);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(DoctorModel::kReason, QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setColumnWidth(DoctorModel::kWords, 128);
    m_table->setColumnWidth(DoctorModel::kLabel, 132);
    m_table->setColumnWidth(DoctorModel::kPost, 144);
    m_table->setColumnWidth(DoctorModel::kScore, 56);
    m_table->setTabKeyNavigation(false);
    splitter->addWidget(m_queues);
    auto* middle = new QWidget;
    auto* lines = new QVBoxLayout(middle);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->addWidget(m_table);
    lines->addWidget(m_nothing = new QLabel);
    m_nothing->setObjectName(QStringLiteral("doctorNothing"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setMargin(2 * Theme::kGrid);
    splitter->addWidget(middle);
    splitter->addWidget(m_dynamics = new DynamicsView(m_host));
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({kQueueWidth, 2 * kQueueWidth, kQueueWidth});
    m_stack->addWidget(splitter);
    column->addWidget(m_stack, 1);
    connect(&m_host, &DoctorHost::stateChanged, this, &DoctorView::refreshState);
    connect(&m_host, &DoctorHost::listChanged, this, &DoctorView::refreshList);
    connect(&m_host, &DoctorHost::currentChanged, this, &DoctorView::refreshCurrent);
    connect(m_empty, &EmptyState::triggered, this, [this] {
        if (offersTraining())
            Q_EMIT trainingWanted();
        else
            m_host.examine();
    });
    connect(m_queues, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (item && !m_isFilling) m_host.setQueue(item->data(Qt::UserRole).toString());
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& row) {
        if (row.isValid() && !m_isFilling) m_host.setCurrent(row.row());
    });
    retranslate();
}

QWidget* DoctorView::makeBar() {
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::kGrid);
    row->addWidget(m_judgeTitle = new QLabel);
    row->addWidget(m_judge = new QComboBox);
    m_judge->setObjectName(QStringLiteral("doctorJudge"));
    m_judge->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    row->addWidget(m_again = textButton("doctorAgain"));
    row->addWidget(m_progress = new QProgressBar);
    m_progress->setObjectName(QStringLiteral("doctorProgress"));
    m_progress->setFixedWidth(22 * Theme::kGrid);
    row->addWidget(m_cancel = textButton("doctorCancel"));
    row->addWidget(m_summary = new QLabel, 1);
    m_summary->setObjectName(QStringLiteral("doctorSummary"));
    m_summary->setFont(Theme::secondaryFont());
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    row->addWidget(m_fix = textButton("doctorFix"));
    row->addWidget(m_dismiss = textButton("doctorDismiss"));
    connect(m_fix, &QToolButton::clicked, &m_host, &DoctorHost::fix);
    connect(m_dismiss, &QToolButton::clicked, &m_host, &DoctorHost::dismiss);
    connect(m_again, &QToolButton::clicked, &m_host, &DoctorHost::examine);
    connect(m_cancel, &QToolButton::clicked, &m_host, &DoctorHost::cancel);
    connect(m_judge, &QComboBox::activated, this,
            [this](int place) { m_host.setRun(m_judge->itemData(place).toString()); });
    m_actions.describe(m_fix, QStringLiteral("doctor.fix"));
    m_actions.describe(m_dismiss, QStringLiteral("doctor.dismiss"));
    return bar;
}

bool DoctorView::handleKey(QKeyEvent* event) {
    return runRowOfKey(m_actions, QStringLiteral("doctor"), doctorActions(), m_host, event);
}

void DoctorView::retranslate() {
    m_judgeTitle->setText(tr("Judged by"));
    m_judge->setAccessibleName(tr("Judged by"));
    m_judge->setToolTip(tr("The run over folds whose models judge posts that they had not seen"));
    m_again->setText(tr("Examine again"));
    m_again->setToolTip(tr("Look at all labels anew"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setToolTip(tr("Stop looking; what was found before stays"));
    m_fix->setText(tr("Apply the correction"));
    m_dismiss->setText(tr("Not an error"));
    m_queues->setAccessibleName(tr("Kinds of doubt"));
    m_table->setAccessibleName(tr("Doubts about labels"));
    m_model->retranslate();
    m_dynamics->retranslate();
    fillRuns();
    refreshState();
    refreshList();
}

QString DoctorView::summary() const {
    const workflow::DoctorReport& report = m_host.report();
    if (m_host.state() != DoctorHost::State::Ready) return {};
    QString text = tr("%n doubt(s) open", nullptr, m_host.count({}));
    text += QStringLiteral(" · ") + tr("%n answered", nullptr, m_host.answered());
    if (report.withOdds > 0)
        text += QStringLiteral(" · ") +
                tr("about %n word(s) with a wrong tag, by the probabilities of %1 posts", nullptr, report.expectedWords)
                    .arg(report.withOdds);
    return text;
}

bool DoctorView::offersTraining() const {
    return m_host.state() == DoctorHost::State::Ready && m_host.runs().isEmpty() && m_host.report().posts > 0 &&
           !m_session.isReadOnly();
}

void DoctorView::fillRuns() {
    const QSignalBlocker blocked(m_judge);
    m_judge->clear();
    m_judge->addItem(tr("no probabilities"), QString());
    for (const QString& run : m_host.runs()) m_judge->addItem(run, run);
    m_judge->setCurrentIndex(std::max(0, m_judge->findData(m_host.run())));
    m_judge->setEnabled(!m_host.runs().isEmpty());
}

/// Without models that had not seen the posts the best queues are empty: that, and the way to them.
void DoctorView::tellAboutJudges() {
    const workflow::DoctorReport& report = m_host.report();
    if (m_host.state() != DoctorHost::State::Ready) return m_banner->clear();
    if (report.inSample > 0) {
        m_banner->showMessage(Banner::Kind::Warning,
                              tr("%1 of %2 posts were seen in training by what judges them, so that it may repeat "
                                 "their errors.")
                                  .arg(report.inSample)
                                  .arg(report.withOdds));
    } else if (m_host.runs().isEmpty()) {
        const QString command = trainCommand(m_session.folder());
        const QString text =
            tr("Only models that have not seen a post can judge its labels. Train over folds, and likely wrong types, "
               "wrong boundaries, missing and spurious entities are listed too.");
        if (m_banner->text().startsWith(text)) return;  // it stands there, with its button
        m_banner->showMessage(Banner::Kind::Info, text);
        if (!m_session.isReadOnly()) m_banner->addButton(tr("Train over folds…"), [this] { Q_EMIT trainingWanted(); });
        m_banner->addButton(tr("Copy the command"), [command] { QApplication::clipboard()->setText(command); });
    } else {
        m_banner->clear();
    }
}

/// What cannot be used of what runs left behind; the queues hold what the rest says.
void DoctorView::tellWhatIsOdd() {
    QStringList sentences;
    if (m_host.trouble())
        sentences << tr("The probabilities of %1 are not used. %2").arg(m_host.run(), errorText(*m_host.trouble()));
    for (const auto& [code, count] : m_host.report().odd.counts())
        sentences << QStringLiteral("%1: %2").arg(m_host.dynamicsRun(), findingText(code, count));
    m_odd->setText(sentences.join(QLatin1Char('\n')));
    m_odd->setVisible(!sentences.isEmpty());
}

void DoctorView::refreshState() {
    using State = DoctorHost::State;
    const State state = m_host.state();
    const bool isExamining = state == State::Examining;
    m_progress->setVisible(isExamining);
    m_cancel->setVisible(isExamining);
    m_again->setVisible(!isExamining);
    m_again->setEnabled(state != State::NoProject);
    m_summary->setText(summary());
    if (isExamining) {
        const Progress progress = m_host.progress();
        m_progress->setRange(0, static_cast<int>(progress.total));
        m_progress->setValue(static_cast<int>(progress.done));
        fillEmpty();
        if (m_host.report().suspects.empty()) m_stack->setCurrentIndex(kNoDoubts);
        return;
    }
    fillRuns();
    tellAboutJudges();
    tellWhatIsOdd();
    m_dynamics->refresh();
    if (state == State::Failed) m_banner->showError(*m_host.error(), tr("The labels could not be examined."));
    fillEmpty();
    const bool isListed = state == State::Ready && m_host.count({}) > 0;
    m_stack->setCurrentIndex(isListed ? kListPage : kNoDoubts);
    refreshCurrent();
}

void DoctorView::fillEmpty() {
    using State = DoctorHost::State;
    switch (m_host.state()) {
        case State::NoProject:
            m_empty->setSentence(tr("No project is open."));
            return m_empty->setButton({});
        case State::Idle:
            m_empty->setSentence(tr("The labels have not been examined."));
            return m_empty->setButton(tr("Examine the labels"));
        case State::Examining:
            m_empty->setSentence(tr("Looking at the labels…"));
            return m_empty->setButton({});
        case State::Failed:
            m_empty->setSentence(tr("The labels could not be examined."));
            return m_empty->setButton(tr("Try again"));
        case State::Ready:
            m_empty->setSentence(m_host.report().posts == 0 ? tr("There are no posts yet.")
                                                            : tr("No label is in doubt. Nothing is left to decide."));
            m_empty->setButton(offersTraining() ? tr("Train over folds…") : QString());
    }
}

void DoctorView::fillQueues() {
    m_isFilling = true;
    m_queues->clear();
    const int all = m_host.count({});
    const int digits = static_cast<int>(QLocale().toString(all).size());
    const auto add = [this, digits](const QString& text, const QString& queue, int count) {
        auto* item = new QListWidgetItem(tr("%1  %2", "how many, and the kind of doubt")
                                             .arg(QLocale().toString(count).rightJustified(digits, kFigureSpace), text),
                                         m_queues);
        item->setData(Qt::UserRole, queue);
        item->setToolTip(text.toHtmlEscaped());
        if (count == 0) item->setForeground(palette().color(QPalette::PlaceholderText));
        if (queue == m_host.queue()) m_queues->setCurrentItem(item);
    };
    add(tr("All doubts"), {}, all);
    for (const std::string& queue : workflow::doctorQueues())
        add(queueText(queue), fromUtf8(queue), m_host.count(queue));
    m_isFilling = false;
}

void DoctorView::refreshList() {
    fillQueues();
    m_dynamics->setVisible(m_host.queue() == QLatin1String("hard-to-learn") && !m_host.dynamicsRuns().isEmpty());
    m_summary->setText(summary());
    fillEmpty();
    if (m_host.state() == DoctorHost::State::Ready)
        m_stack->setCurrentIndex(m_host.count({}) > 0 ? kListPage : kNoDoubts);
    const bool isEmpty = m_host.open().empty();
    m_table->setVisible(!isEmpty);
    m_nothing->setVisible(isEmpty);
    m_nothing->setText(m_host.queue() == QLatin1String("hard-to-learn") && m_host.dynamicsRuns().isEmpty()
                           ? tr("No run has recorded how its entities were learnt. Train one with the option Learning "
                                "dynamics.")
                           : tr("There is no doubt of this kind."));
    refreshCurrent();
}

void DoctorView::refreshCurrent() {
    m_isFilling = true;
    const int row = m_host.current();
    if (row >= 0 && row < m_model->rowCount()) {
        m_table->setCurrentIndex(m_model->index(row, 0));
        m_table->scrollTo(m_model->index(row, 0));
    }
    m_isFilling = false;
    m_dynamics->refreshCurrent();
    m_fix->setEnabled(m_host.suspect());
    m_dismiss->setEnabled(m_host.suspect());
}

}  // namespace mnerva::ui
