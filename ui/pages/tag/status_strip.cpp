#include "ui/pages/tag/status_strip.h"

#include <QFontDatabase>
#include <QPainter>
#include <QToolButton>
#include <cmath>

#include "ui/look/theme.h"
#include "ui/pages/tag/tag_host.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {

namespace {

constexpr int kStripPad = 16;

}  // namespace

StatusStrip::StatusStrip(TagHost& host, QWidget* parent)
    : QWidget(parent), m_host(host), m_retry(new QToolButton(this)) {
    setObjectName(QStringLiteral("tagStatus"));
    setFixedHeight(32);
    m_retry->setObjectName(QStringLiteral("retrySave"));
    m_retry->hide();
    connect(m_retry, &QToolButton::clicked, &host.session(), &ProjectSession::retrySave);
    for (const auto signal : {&TagHost::statusChanged, &TagHost::postChanged})
        connect(&host, signal, this, &StatusStrip::refresh);
    connect(&host, &TagHost::refusedAction, this, [this] { m_shake.start(); });
    m_shake.setDuration(150);
    m_shake.setStartValue(0.0);
    m_shake.setEndValue(1.0);
    connect(&m_shake, &QVariantAnimation::valueChanged, this, qOverload<>(&QWidget::update));
    retranslate();
}

void StatusStrip::retranslate() {
    m_retry->setText(tr("Save again"));
    m_retry->setToolTip(tr("Try to write the last change again"));
    refresh();
}

void StatusStrip::refresh() {
    const bool failed = m_host.session().isSaveFailed();
    m_retry->setVisible(failed);
    m_retry->adjustSize();
    const QSize size = m_retry->sizeHint();
    m_retry->setGeometry(width() - kStripPad - size.width(), (height() - size.height()) / 2, size.width(),
                         size.height());
    setAccessibleName(m_host.statusText());
    setAccessibleDescription(m_host.savedText());
    setToolTip(m_host.noticeKind() == TagHost::Notice::Failed ? m_host.statusText() : QString());
    update();
}

void StatusStrip::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    refresh();
}

void StatusStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto kind = m_host.noticeKind();
    QColor back = Theme::color(Theme::Role::Surface), text = Theme::color(Theme::Role::SecondaryText);
    switch (kind) {
        case TagHost::Notice::Failed:
            back = Theme::color(Theme::Role::BadSurface);
            text = Theme::color(Theme::Role::Bad);
            break;
        case TagHost::Notice::Refused:
            back = Theme::color(Theme::Role::WarningSurface);
            text = Theme::color(Theme::Role::Text);
            break;
        case TagHost::Notice::Question:
            back = Theme::color(Theme::Role::InfoSurface);
            text = Theme::color(Theme::Role::Text);
            break;
        case TagHost::Notice::Info:
            text = Theme::color(Theme::Role::Text);
            break;
        case TagHost::Notice::None:
            break;
    }
    painter.fillRect(rect(), back);
    painter.fillRect(QRect(0, 0, width(), 1), Theme::color(Theme::Role::Hairline));
    const double at = m_shake.state() == QAbstractAnimation::Running ? m_shake.currentValue().toDouble() : 0;
    const double shift = 2 * std::sin(at * 4 * 3.14159265358979);

    painter.setFont(Theme::secondaryFont());
    int right = width() - kStripPad;
    if (m_retry->isVisibleTo(this)) right = m_retry->x() - 8;
    const QString saved = m_host.savedText();
    const int savedWidth = painter.fontMetrics().horizontalAdvance(saved);
    painter.setPen(m_host.session().isSaveFailed() ? Theme::color(Theme::Role::Bad)
                                                   : Theme::color(Theme::Role::SecondaryText));
    painter.drawText(QRect(right - savedWidth, 0, savedWidth + 1, height()), Qt::AlignVCenter | Qt::AlignRight, saved);
    const QRect left(kStripPad, 0, right - savedWidth - kStripPad - (saved.isEmpty() ? 0 : 24), height());
    painter.setPen(text);
    painter.drawText(QRectF(left).translated(shift, 0), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(m_host.statusText(), Qt::ElideRight, left.width()));
}

}  // namespace mnerva::ui
