#include "ui/jobs/job_panel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>

#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr int kPanelWidth = 420;
constexpr int kBarWidth = 96;
constexpr int kBarSteps = 1000;

void showFraction(QProgressBar& bar, double fraction) {
    bar.setRange(0, fraction < 0 ? 0 : kBarSteps);
    if (fraction >= 0) bar.setValue(int(fraction * kBarSteps));
}

QProgressBar* makeBar(QWidget* parent) {
    auto* bar = new QProgressBar(parent);
    bar->setTextVisible(false);
    bar->setFixedHeight(6);
    return bar;
}

}  // namespace

JobPanel::JobPanel(JobHost& jobs, QWidget* parent) : QFrame(parent), m_jobs(jobs) {
    setObjectName(QStringLiteral("jobPanel"));
    setFrameShape(QFrame::StyledPanel);
    setMinimumWidth(kPanelWidth);
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(Theme::kGrid, Theme::kGrid, Theme::kGrid, Theme::kGrid);
    m_layout->setSpacing(Theme::kGrid);
    m_empty = new QLabel(this);
    m_layout->addWidget(m_empty);
    connect(&jobs, &JobHost::jobAdded, this, &JobPanel::addRow);
    connect(&jobs, &JobHost::jobChanged, this, &JobPanel::updateRow);
    connect(&jobs, &JobHost::jobEnded, this, &JobPanel::removeRow);
    for (Job* job : jobs.jobs()) addRow(job);
    retranslate();
}

void JobPanel::retranslate() {
    m_empty->setText(tr("Nothing is running."));
    setAccessibleName(tr("Running jobs"));
    for (Job* job : m_jobs.jobs()) updateRow(job);
}

void JobPanel::addRow(Job* job) {
    Row row;
    row.widget = new QWidget(this);
    auto* lines = new QVBoxLayout(row.widget);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(2);
    auto* top = new QHBoxLayout;
    row.title = new QLabel(row.widget);
    row.cancel = new QToolButton(row.widget);
    row.cancel->setAutoRaise(true);
    top->addWidget(row.title, 1);
    top->addWidget(row.cancel);
    row.bar = makeBar(row.widget);
    row.detail = new QLabel(row.widget);
    row.detail->setFont(Theme::secondaryFont());
    lines->addLayout(top);
    lines->addWidget(row.bar);
    lines->addWidget(row.detail);
    m_layout->addWidget(row.widget);
    connect(row.cancel, &QToolButton::clicked, job, &Job::cancel);
    m_rows[job] = row;
    m_empty->setVisible(false);
    updateRow(job);
    adjustSize();
}

void JobPanel::updateRow(Job* job) {
    const auto found = m_rows.find(job);
    if (found == m_rows.end()) return;
    const Row& row = found->second;
    row.title->setText(job->title());
    showFraction(*row.bar, job->fraction());
    const bool paused = job->state() == JobState::Paused;
    const QString left = paused ? QString() : timeLeftText(job->secondsLeft());
    QStringList parts;
    if (job->cancelAsked()) parts << tr("stopping…");
    if (paused) parts << tr("paused");
    if (!job->detail().isEmpty()) parts << job->detail();
    if (!left.isEmpty()) parts << left;
    row.detail->setText(parts.join(QStringLiteral(" · ")));
    const bool grows = row.detail->isHidden() != parts.isEmpty();
    row.detail->setVisible(!parts.isEmpty());
    row.cancel->setText(tr("Cancel"));
    row.cancel->setVisible(job->canCancel());
    row.cancel->setAccessibleName(tr("Cancel %1").arg(job->title()));
    if (!grows) return;
    // While the panel is hidden its layout does not hear of a row that grows, and a popup does not follow its layout.
    row.widget->updateGeometry();
    adjustSize();
}

void JobPanel::removeRow(Job* job) {
    const auto found = m_rows.find(job);
    if (found == m_rows.end()) return;
    found->second.widget->deleteLater();
    m_rows.erase(found);
    m_empty->setVisible(m_rows.empty());
    adjustSize();
}

JobStatus::JobStatus(JobHost& jobs, QWidget* parent) : QWidget(parent), m_jobs(jobs) {
    setObjectName(QStringLiteral("jobStatus"));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Theme::kGrid);
    m_text = new QLabel(this);
    m_bar = makeBar(this);
    m_bar->setFixedWidth(kBarWidth);
    line->addWidget(m_text);
    line->addWidget(m_bar);
    m_panel = new JobPanel(jobs, this);
    m_panel->setWindowFlags(Qt::Popup);
    connect(&jobs, &JobHost::summaryChanged, this, &JobStatus::refresh);
    retranslate();
}

void JobStatus::retranslate() {
    m_panel->retranslate();
    setToolTip(tr("Show all running jobs"));
    refresh();
}

void JobStatus::refresh() {
    const QString text = m_jobs.summary();
    setVisible(!text.isEmpty());
    m_text->setText(text);
    setAccessibleName(text);
    showFraction(*m_bar, m_jobs.summaryFraction());
    if (text.isEmpty()) m_panel->hide();
}

void JobStatus::mousePressEvent(QMouseEvent*) {
    openPanel();
}

void JobStatus::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Space) return openPanel();
    QWidget::keyPressEvent(event);
}

void JobStatus::openPanel() {
    m_panel->adjustSize();
    m_panel->move(mapToGlobal(QPoint(0, -m_panel->height() - 4)));
    m_panel->show();
}

}  // namespace mnerva::ui
