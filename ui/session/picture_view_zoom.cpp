#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/session/picture_view.h"

namespace mnerva::ui {
namespace {

constexpr double kZoomStep = 1.25, kClickZoom = 2.5;
constexpr int kWheelStep = 120, kPanPixels = 48;

/// Where a side of the picture begins: over all of the room where it is longer, as it was asked for where it can be.
double begin(double wanted, double from, double room, double length) {
    return std::clamp(wanted, from + room - length, from);
}

}  // namespace

QRectF PictureView::roomForPicture() const {
    QRectF room(rect());
    if (m_edges) room.adjust(kEdgeLeft, kEdgeTop, 0, 0);
    if (m_legend) room.setHeight(std::max(0.0, room.height() - kLegendHeight));
    return room;
}

QSizeF PictureView::fitted() const {
    return QSizeF(m_fileSize).scaled(roomForPicture().size(), Qt::KeepAspectRatio);
}

QRectF PictureView::pictureRect() const {
    if (m_image.isNull() || m_fileSize.isEmpty()) return {};
    const QRectF room = roomForPicture();
    if (room.width() < 1 || room.height() < 1) return {};
    const QSizeF size = fitted() * m_zoom;
    QPointF at(room.left() + (room.width() - size.width()) / 2, room.top());
    if (size.width() > room.width())
        at.setX(begin(room.center().x() - m_centre.x() * size.width(), room.left(), room.width(), size.width()));
    if (size.height() > room.height())
        at.setY(begin(room.center().y() - m_centre.y() * size.height(), room.top(), room.height(), size.height()));
    return {at, size};
}

QPointF PictureView::toFile(const QPointF& point) const {
    const QRectF picture = pictureRect();
    if (picture.isEmpty()) return {};
    return {(point.x() - picture.left()) * m_fileSize.width() / picture.width(),
            (point.y() - picture.top()) * m_fileSize.height() / picture.height()};
}

QRectF PictureView::fromFile(const QRectF& place) const {
    const QRectF picture = pictureRect();
    if (picture.isEmpty()) return {};
    const qreal x = picture.width() / m_fileSize.width(), y = picture.height() / m_fileSize.height();
    return {picture.left() + place.left() * x, picture.top() + place.top() * y, place.width() * x, place.height() * y};
}

void PictureView::setCellShown(bool shown) {
    if (shown == m_showsCell) return;
    m_showsCell = shown;
    update();
}

void PictureView::setZoomable(bool on) {
    m_zoomable = on;
    // A click leaves the keys where they are; Tab and F6 come here.
    setFocusPolicy(on ? Qt::TabFocus : Qt::NoFocus);
}

/// Keeps in mind what stands in the middle when the picture's corner is there.
void PictureView::placePicture(QPointF topLeft) {
    const QRectF room = roomForPicture();
    const QSizeF size = fitted() * m_zoom;
    if (size.isEmpty()) return;
    if (size.width() > room.width()) topLeft.setX(begin(topLeft.x(), room.left(), room.width(), size.width()));
    if (size.height() > room.height()) topLeft.setY(begin(topLeft.y(), room.top(), room.height(), size.height()));
    m_centre = {size.width() > room.width() ? (room.center().x() - topLeft.x()) / size.width() : 0.5,
                size.height() > room.height() ? (room.center().y() - topLeft.y()) / size.height() : 0.5};
    update();
}

void PictureView::setZoom(double zoom, const QPointF& point) {
    const QRectF before = pictureRect();
    zoom = std::clamp(zoom, 1.0, kMostZoom);
    if (before.isEmpty() || zoom == m_zoom) return;
    const QPointF place((point.x() - before.left()) / before.width(), (point.y() - before.top()) / before.height());
    m_zoom = zoom;
    const QSizeF size = fitted() * m_zoom;
    placePicture({point.x() - place.x() * size.width(), point.y() - place.y() * size.height()});
    m_scaled = {};
    if (m_zoom > 1)
        setCursor(Qt::OpenHandCursor);
    else
        unsetCursor();
    if (!m_path.isEmpty()) request();  // as sharp as it is large
    update();
}

void PictureView::zoomBy(int steps) {
    const double wanted = steps == 0 ? 1 : m_zoom * std::pow(kZoomStep, steps);
    setZoom(wanted < 1.01 ? 1 : wanted, roomForPicture().center());
}

void PictureView::panBy(const QPointF& pixels) {
    if (m_zoom > 1) placePicture(pictureRect().topLeft() + pixels);
}

void PictureView::paintPart(QPainter& painter, const QRectF& picture) const {
    const QRectF seen = picture.intersected(QRectF(rect()));
    if (seen.isEmpty()) return;
    const double x = m_image.width() / picture.width(), y = m_image.height() / picture.height();
    const QRectF part((seen.left() - picture.left()) * x, (seen.top() - picture.top()) * y, seen.width() * x,
                      seen.height() * y);
    painter.drawImage(seen, m_grey ? m_image.convertToFormat(QImage::Format_Grayscale8) : m_image, part);
}

void PictureView::wheelEvent(QWheelEvent* event) {
    if (!m_zoomable || !hasPicture()) return QWidget::wheelEvent(event);
    event->accept();
    m_wheel += event->angleDelta().y();
    const int steps = m_wheel / kWheelStep;
    m_wheel %= kWheelStep;
    if (steps == 0) return;
    const double wanted = m_zoom * std::pow(kZoomStep, steps);
    setZoom(wanted < 1.01 ? 1 : wanted, event->position());
}

void PictureView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (!m_zoomable || event->button() != Qt::LeftButton) return QWidget::mouseDoubleClickEvent(event);
    setZoom(m_zoom > 1 ? 1 : kClickZoom, event->position());
}

void PictureView::keyPressEvent(QKeyEvent* event) {
    const QPointF step = event->key() == Qt::Key_Left    ? QPointF(kPanPixels, 0)
                         : event->key() == Qt::Key_Right ? QPointF(-kPanPixels, 0)
                         : event->key() == Qt::Key_Up    ? QPointF(0, kPanPixels)
                         : event->key() == Qt::Key_Down  ? QPointF(0, -kPanPixels)
                                                         : QPointF();
    if (!m_zoomable || step.isNull() || m_zoom <= 1) return QWidget::keyPressEvent(event);
    panBy(step);
}

}  // namespace mnerva::ui
