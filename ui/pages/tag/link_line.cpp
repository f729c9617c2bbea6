#include "ui/pages/tag/link_line.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "ui/look/theme.h"
#include "ui/pages/tag/box_hand.h"
#include "ui/pages/tag/entity_list.h"
#include "ui/pages/tag/picture_panel.h"
#include "ui/pages/tag/tag_canvas.h"
#include "ui/pages/tag/tag_host.h"
#include "ui/session/picture_view.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {

LinkLine::LinkLine(TagCanvas& canvas, EntityList& list, PicturePanel& panel, BoxHand& hand, QWidget* parent)
    : QWidget(parent), m_canvas(canvas), m_list(list), m_panel(panel), m_hand(hand) {
    setObjectName(QStringLiteral("linkLine"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    canvas.viewport()->installEventFilter(this);
    list.viewport()->installEventFilter(this);
    parent->installEventFilter(this);
    connect(&hand, &BoxHand::hovered, this, &LinkLine::showBox);
    for (const auto signal : {&TagHost::changed, &TagHost::postChanged})
        connect(&canvas.host(), signal, this, &LinkLine::clear);
}

void LinkLine::clear() {
    m_lines.clear();
    m_colours.clear();
    if (isVisible()) hide();
}

/// A line from the middle of the first word's lower edge to the nearest point of the box.
void LinkLine::join(const Entity& entity, RegionId box) {
    const PictureView& view = *m_panel.picture();
    for (std::size_t i = 0; i < view.boxes().size(); ++i) {
        if (view.boxes()[i].id != box || !view.areBoxesVisible()) continue;
        const QRectF place = view.boxRect(static_cast<int>(i)).intersected(QRectF(view.rect()));
        const QRectF first = m_canvas.wordRect(entity.first), last = m_canvas.wordRect(entity.last);
        const bool isOneLine = first.top() == last.top();
        const QPointF words(isOneLine ? (first.left() + last.right()) / 2 : first.center().x(), first.bottom());
        if (place.isEmpty() || !QRectF(m_canvas.viewport()->rect()).contains(words)) continue;
        const QPointF from = m_canvas.viewport()->mapTo(parentWidget(), words.toPoint());
        const QPointF at = view.mapTo(parentWidget(), QPoint(0, 0));
        const QRectF target = place.translated(at);
        const QPointF to(std::clamp(from.x(), target.left(), target.right()),
                         std::clamp(from.y(), target.top(), target.bottom()));
        m_lines.emplace_back(from, to);
        m_colours.push_back(Theme::labelColor(entity.type, m_canvas.host().session().labels()));
    }
}

void LinkLine::present() {
    if (m_lines.empty()) return clear();
    setGeometry(parentWidget()->rect());
    raise();
    show();
    update();
}

void LinkLine::showWord(int word) {
    clear();
    if (word < 0 || !m_canvas.host().hasPost()) return;
    for (const RegionLink& link : m_panel.regions().links)
        if (link.entity.overlaps(word, word)) join(link.entity, link.region);
    present();
}

void LinkLine::showBox(RegionId box) {
    clear();
    if (!box.isValid() || !m_canvas.host().hasPost()) return;
    for (const RegionLink& link : m_panel.regions().links)
        if (link.region == box) join(link.entity, link.region);
    present();
}

/// An entity of the list that is dragged out of it; what happens inside of the list is the list's.
bool LinkLine::listEvent(QEvent* event) {
    if (event->type() == QEvent::MouseButtonPress) {
        const auto* press = static_cast<QMouseEvent*>(event);
        const QModelIndex row = m_list.indexAt(press->position().toPoint());
        m_dragged.reset();
        m_isDragging = false;
        if (press->button() != Qt::LeftButton || !row.isValid()) return false;
        const TagFocus mark = m_list.rows().row(row.row()).mark;
        if (mark.isEntity()) m_dragged = mark.entity;
        m_from = press->position();
        return false;
    }
    if (!m_dragged) return false;
    if (event->type() == QEvent::MouseMove) {
        const auto* move = static_cast<QMouseEvent*>(event);
        if (!(move->buttons() & Qt::LeftButton)) return false;
        if (!m_isDragging && (move->position() - m_from).manhattanLength() < QApplication::startDragDistance())
            return true;
        m_isDragging = true;
        m_lines = {{m_list.viewport()->mapTo(parentWidget(), m_from.toPoint()),
                    m_list.viewport()->mapTo(parentWidget(), move->position().toPoint())}};
        m_colours = {Theme::labelColor(m_dragged->type, m_canvas.host().session().labels())};
        present();
        return true;
    }
    if (event->type() != QEvent::MouseButtonRelease) return false;
    const Entity entity = *m_dragged;
    m_dragged.reset();
    if (!std::exchange(m_isDragging, false)) return false;
    clear();
    const QPointF point =
        m_panel.picture()->mapFromGlobal(static_cast<QMouseEvent*>(event)->globalPosition().toPoint());
    if (m_panel.isVisible() && m_panel.picture()->rect().contains(point.toPoint())) m_hand.groundAt(entity, point);
    return false;
}

bool LinkLine::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize) clear();
        return false;
    }
    if (watched == m_list.viewport()) return listEvent(event);
    if (event->type() == QEvent::MouseMove) {
        const auto* move = static_cast<QMouseEvent*>(event);
        if (move->buttons() == Qt::NoButton) showWord(m_canvas.wordAt(move->position()));
    } else if (event->type() == QEvent::Leave || event->type() == QEvent::Wheel) {
        clear();
    }
    return false;
}

void LinkLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const auto& [from, to] = m_lines[i];
        // A dark line under a light one, or the other way round, is seen on any ground.
        painter.setPen(QPen(QColor(255, 255, 255, 190), 4, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(from, to);
        painter.setPen(QPen(m_colours[i], 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(from, to);
        painter.setBrush(m_colours[i]);
        for (const QPointF& end : {from, to}) painter.drawEllipse(end, 3, 3);
    }
}

}  // namespace mnerva::ui
