#include "ui/shell/status_line.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>

#include "ui/jobs/job_panel.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr int kMessageMs = 6000;

}  // namespace

StatusLine::StatusLine(ProjectSession& session, JobHost& jobs, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_saved(new QLabel),
      m_done(new QLabel),
      m_message(new QLabel),
      m_device(new QLabel),
      m_job(new JobStatus(jobs)) {
    setObjectName(QStringLiteral("statusLine"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 3, 12, 3);
    row->setSpacing(24);
    m_saved->setObjectName(QStringLiteral("statusSaved"));
    m_done->setObjectName(QStringLiteral("statusDone"));
    m_message->setObjectName(QStringLiteral("statusMessage"));
    m_device->setObjectName(QStringLiteral("statusDevice"));
    for (QLabel* label : {m_saved, m_done, m_message, m_device}) {
        label->setFont(Theme::secondaryFont());
        label->setTextFormat(Qt::PlainText);
    }
    m_message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(m_saved);
    row->addWidget(m_done);
    row->addWidget(m_message, 1);
    row->addWidget(m_job);
    row->addWidget(m_device);
    m_messageEnd.setSingleShot(true);
    connect(&m_messageEnd, &QTimer::timeout, m_message, &QLabel::clear);

    connect(&session, &ProjectSession::saved, this, [this](const QDateTime& at) {
        m_savedAt = at;
        m_failed = false;
        showSaved();
    });
    connect(&session, &ProjectSession::saveFailed, this, [this] {
        m_failed = m_session.isSaveFailed();
        showSaved();
    });
    for (const auto signal : {&ProjectSession::opened, &ProjectSession::closed}) {
        connect(&session, signal, this, [this] {
            m_savedAt = {};
            m_failed = false;
            showSaved();
            showDone();
        });
    }
    connect(&session, &ProjectSession::infoChanged, this, &StatusLine::showDone);
    connect(&session, &ProjectSession::stateChanged, this, [this] {
        if (m_session.isSaving()) showSaved();
    });
    if (Theme* theme = Theme::instance()) connect(theme, &Theme::changed, this, &StatusLine::retranslate);
    retranslate();
}

void StatusLine::showMessage(const QString& text) {
    m_message->setText(text);
    m_message->setToolTip(text);
    m_messageEnd.start(kMessageMs);
}

void StatusLine::setDevice(const QString& device) {
    m_device->setText(device);
    m_device->setToolTip(tr("Where models run"));
}

void StatusLine::retranslate() {
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, Theme::color(Theme::Role::SecondaryText));
    for (QLabel* label : {m_done, m_device}) label->setPalette(quiet);
    m_device->setToolTip(tr("Where models run"));
    m_job->retranslate();
    showSaved();
    showDone();
}

QString StatusLine::savedText() const {
    return m_saved->text();
}
QString StatusLine::doneText() const {
    return m_done->text();
}

void StatusLine::showSaved() {
    using R = Theme::Role;
    QPalette ink = palette();
    ink.setColor(QPalette::WindowText, Theme::color(m_failed ? R::Bad : R::SecondaryText));
    m_saved->setPalette(ink);
    if (!m_session.isOpen()) {
        m_saved->setText(tr("No project"));
    } else if (m_failed) {
        m_saved->setText(tr("✗ not saved"));
    } else if (m_session.isReadOnly()) {
        m_saved->setText(tr("read-only"));
    } else if (m_savedAt.isValid()) {
        m_saved->setText(tr("✓ saved %1").arg(m_savedAt.toLocalTime().toString(QStringLiteral("HH:mm:ss"))));
    } else {
        m_saved->setText(tr("✓ all saved"));
    }
}

void StatusLine::showDone() {
    int posts = 0, done = 0;
    for (const auto& [split, count] : m_session.info().postsOfSplit) posts += count;
    for (const auto& [split, count] : m_session.info().doneOfSplit) done += count;
    const QLocale locale;
    m_done->setText(posts == 0 ? QString()
                               : tr("%1 of %2 posts done").arg(locale.toString(done), locale.toString(posts)));
}

void StatusLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::color(Theme::Role::Raised));
    painter.fillRect(QRect(0, 0, width(), 1), Theme::color(Theme::Role::Hairline));
}

}  // namespace mnerva::ui
