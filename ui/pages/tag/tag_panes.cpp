#include "ui/pages/tag/tag_panes.h"

#include <QMouseEvent>
#include <QPainter>

#include "ui/base/settings.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/tag_canvas.h"

namespace mnerva::ui {
namespace {

constexpr int kDots = 3, kDotStep = 6;

QString settingOf(PaneKind kind, bool side) {
    return QStringLiteral("tag/panes%1%2").arg(static_cast<int>(kind)).arg(QLatin1String(side ? "Side" : "Text"));
}

std::optional<int> recalled(PaneKind kind, bool side) {
    const int pixels = settings::value(settingOf(kind, side), 0).toInt();
    return pixels > 0 ? std::optional<int>(pixels) : std::nullopt;
}

}  // namespace

PaneGrip::PaneGrip(bool across, QWidget* parent) : QWidget(parent), m_across(across) {
    setCursor(across ? Qt::SplitHCursor : Qt::SplitVCursor);
    setAttribute(Qt::WA_Hover);
}

void PaneGrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || m_down) painter.fillRect(rect(), Theme::color(Theme::Role::Hover));
    const QPointF middle = QRectF(rect()).center();
    const QColor line = Theme::color(Theme::Role::Hairline);
    if (m_across)
        painter.fillRect(QRectF(width() / 2, 0, 1, height()), line);
    else
        painter.fillRect(QRectF(0, height() / 2, width(), 1), line);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::color(m_down ? Theme::Role::Accent : Theme::Role::SecondaryText));
    for (int i = 0; i < kDots; ++i) {
        const qreal shift = (i - (kDots - 1) / 2) * kDotStep;
        painter.drawEllipse(middle + (m_across ? QPointF(0, shift) : QPointF(shift, 0)), 1.5, 1.5);
    }
}

void PaneGrip::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    m_down = true;
    m_from = event->globalPosition();
    Q_EMIT dragStarted();
    update();
}

void PaneGrip::mouseMoveEvent(QMouseEvent* event) {
    if (!m_down) return;
    const QPointF by = event->globalPosition() - m_from;
    Q_EMIT dragged(static_cast<int>(m_across ? by.x() : by.y()));
}

void PaneGrip::mouseReleaseEvent(QMouseEvent*) {
    m_down = false;
    update();
}

void PaneGrip::mouseDoubleClickEvent(QMouseEvent* event) {
    m_down = false;
    if (event->button() == Qt::LeftButton) Q_EMIT given();
}

TagPanes::TagPanes(TagCanvas& canvas, QWidget& entities, QWidget& picture, QWidget* parent)
    : QWidget(parent),
      m_canvas(canvas),
      m_entities(entities),
      m_picture(picture),
      m_textGrip(new PaneGrip(false, this)),
      m_sideGrip(new PaneGrip(true, this)) {
    setObjectName(QStringLiteral("tagPanes"));
    m_textGrip->setObjectName(QStringLiteral("textGrip"));
    m_sideGrip->setObjectName(QStringLiteral("sideGrip"));
    for (QWidget* pane : {static_cast<QWidget*>(&canvas), &entities, &picture}) pane->setParent(this);
    connect(&canvas, &TagCanvas::laidOut, this, &TagPanes::arrange);
    for (PaneGrip* grip : {m_textGrip, m_sideGrip}) {
        const bool side = grip == m_sideGrip;
        connect(grip, &PaneGrip::dragStarted, this, [this, side] {
            const QRect& beside = m_places.kind == PaneKind::Beside ? m_places.picture : m_places.entities;
            m_dragFrom = side ? beside.width() : m_places.text.height();
        });
        connect(grip, &PaneGrip::dragged, this, [this, side](int pixels) { drag(side, pixels); });
        connect(grip, &PaneGrip::given, this, [this, side] {
            settings::remove(settingOf(m_places.kind, side));
            m_hasRecalled = false;
            arrange();
        });
    }
}

void TagPanes::setHasPictures(bool has) {
    if (has == m_needs.hasPictures) return;
    m_needs.hasPictures = has;
    arrange();
}

void TagPanes::setAspect(double aspect) {
    if (aspect == m_needs.aspect) return;
    m_needs.aspect = aspect;
    arrange();
}

void TagPanes::setNarrow(bool narrow) {
    if (narrow == m_needs.isNarrow) return;
    m_needs.isNarrow = narrow;
    arrange();
}

void TagPanes::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void TagPanes::drag(bool side, int pixels) {
    const int wanted = std::max(1, m_dragFrom + (side ? -pixels : pixels));
    (side ? m_needs.side : m_needs.text) = wanted;
    settings::setValue(settingOf(m_places.kind, side), wanted);
    arrange();
}

/// The kind follows from the window and the photo alone; what was dragged is looked up for it.
void TagPanes::recall() {
    const PaneKind kind = layoutPanes(m_needs).kind;
    if (m_hasRecalled && kind == m_recalled) return;
    m_hasRecalled = true;
    m_recalled = kind;
    m_needs.side = recalled(kind, true);
    m_needs.text = recalled(kind, false);
}

/// The height of the text follows from its width: what is laid out meanwhile asks for another round.
void TagPanes::arrange() {
    m_again = true;
    if (m_arranging) return;
    m_arranging = true;
    for (int round = 0; m_again && round < 3; ++round) {
        m_again = false;
        place();
    }
    m_arranging = false;
}

void TagPanes::place() {
    m_needs.room = size();
    m_needs.textHeight = m_canvas.wantedHeight();
    m_needs.linePitch = m_canvas.linePitch();
    recall();
    const PaneLayout places = layoutPanes(m_needs);
    m_places = places;
    m_picture.setVisible(m_needs.hasPictures);
    m_canvas.setGeometry(places.text);
    m_entities.setGeometry(places.entities);
    if (m_needs.hasPictures) m_picture.setGeometry(places.picture);
    m_textGrip->setVisible(!places.textGrip.isNull());
    m_sideGrip->setVisible(!places.sideGrip.isNull());
    m_textGrip->setGeometry(places.textGrip);
    m_sideGrip->setGeometry(places.sideGrip);
    m_textGrip->raise();
    m_sideGrip->raise();
}

}  // namespace mnerva::ui
