#include "ui/pages/attention/similar_tiles.h"

#include <QFontMetrics>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

#include "core/vision/geometry.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/heat_legend.h"
#include "ui/session/lanes_picture.h"
#include "ui/session/picture_cache.h"

namespace mnerva::ui {
namespace {

constexpr int kLeastSide = 84, kMostSide = 240, kSideStep = 4, kSignRoom = 16, kPad = 6;

int foundCaptionHeight() {
    return 2 * QFontMetrics(Theme::secondaryFont()).height() + 6;
}

}  // namespace

SimilarTiles::SimilarTiles(QWidget* parent) : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    for (const auto signal : {&PictureCache::ready, &PictureCache::missing})
        connect(&PictureCache::instance(), signal, this, [this] { viewport()->update(); });
}

TileLayout SimilarTiles::layFor(int count, const QSize& room, int caption) {
    TileLayout best = layTiles(count, room.width(), kLeastSide, caption);
    for (int side = kLeastSide; side <= kMostSide; side += kSideStep) {
        const TileLayout next = layTiles(count, room.width(), side, caption);
        if (next.height() + kPad > room.height() || next.step() > room.width()) break;
        best = next;
    }
    return best;
}

void SimilarTiles::setFound(const std::vector<SimilarHost::Found>& found, const LabelSet& labels) {
    m_found = found;
    m_labels = labels;
    m_hovered = -1;
    m_current = m_found.empty() ? -1 : 0;
    verticalScrollBar()->setValue(0);
    relayout();
    setAccessibleDescription(textOf(m_current));
}

void SimilarTiles::setHeat(vision::HeatColours colours, double least) {
    m_colours = colours;
    m_least = least;
    viewport()->update();
}

void SimilarTiles::relayout() {
    m_layout = layFor(int(m_found.size()), viewport()->size(), foundCaptionHeight());
    verticalScrollBar()->setRange(0, std::max(0, m_layout.height() + kPad - viewport()->height()));
    verticalScrollBar()->setPageStep(std::max(1, viewport()->height()));
    verticalScrollBar()->setSingleStep(m_layout.rowHeight());
    viewport()->update();
}

QRect SimilarTiles::placeOf(int index) const {
    return m_layout.place(index).translated(0, -verticalScrollBar()->value());
}

int SimilarTiles::indexAt(const QPoint& point) const {
    return m_layout.indexAt(point + QPoint(0, verticalScrollBar()->value()));
}

QString SimilarTiles::textOf(int index) const {
    if (index < 0 || index >= int(m_found.size())) return {};
    const SimilarHost::Found& of = m_found[std::size_t(index)];
    const QString what = tr("%1 as %2 in post %3", "words, type, id")
                             .arg(fromUtf8(of.entity.text), fromUtf8(of.entity.type), fromUtf8(of.entity.id));
    return of.isJudged ? tr("%1: %2, %3", "entity, right or wrong, figure")
                             .arg(what, fromUtf8(caseWords().of(of.error)), weightText(of.value))
                       : tr("%1: %2", "entity and figure").arg(what, weightText(of.value));
}

void SimilarTiles::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setFont(Theme::secondaryFont());
    for (int index = 0; index < int(m_found.size()); ++index) {
        const QRect place = placeOf(index);
        if (place.bottom() < 0 || place.top() > viewport()->height()) continue;
        const QRect photo = m_layout.map(index).translated(0, -verticalScrollBar()->value());
        paintPhoto(painter, m_found[std::size_t(index)], photo);
        const bool isCurrent = index == m_current && hasFocus();
        if (isCurrent || index == m_hovered) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(Theme::color(isCurrent ? Theme::Role::Accent : Theme::Role::SecondaryText), 2));
            painter.drawRect(photo.adjusted(-1, -1, 1, 1));
        }
        paintCaption(painter, m_found[std::size_t(index)],
                     QRect(photo.left(), photo.bottom() + 3, photo.width(), place.bottom() - photo.bottom()));
    }
}

/// The whole photo, small, under its heat; where there is none the map alone.
void SimilarTiles::paintPhoto(QPainter& painter, const SimilarHost::Found& found, const QRect& place) const {
    painter.fillRect(place, Theme::color(Theme::Role::Raised));
    const QString path = found.image.outside ? QString() : fromUtf8(found.image.path);
    const double ratio = devicePixelRatioF();
    QImage photo;
    if (!path.isEmpty()) photo = PictureCache::instance().picture(path, (QSizeF(place.size()) * ratio).toSize());
    vision::HeatOptions options;
    options.colours = std::any_of(found.cells.begin(), found.cells.end(), [](float weight) { return weight < 0; })
                          ? vision::HeatColours::Diverging
                          : m_colours;
    QRectF target(place);
    const QSize full =
        photo.isNull() ? QSize(vision::kGridCells, vision::kGridCells) : PictureCache::instance().fullSize(path);
    if (!photo.isNull()) {
        const QSizeF size = QSizeF(photo.size()).scaled(place.size(), Qt::KeepAspectRatio);
        target = QRectF(place.left() + (place.width() - size.width()) / 2,
                        place.top() + (place.height() - size.height()) / 2, size.width(), size.height());
        painter.setRenderHint(QPainter::SmoothPixmapTransform, true);
        painter.drawImage(target, photo);
    }
    const double maximum = std::max(vision::heatMaximum(found.cells, options.colours), m_least);
    if (found.cells.size() != std::size_t(vision::kGridCells) || maximum <= 0 || full.isEmpty()) return;
    const double x = target.width() / full.width(), y = target.height() / full.height();
    painter.save();
    painter.setClipRect(target);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (int cell = 0; cell < vision::kGridCells; ++cell) {
        const vision::Rect at = vision::cellRect(cell, full.width(), full.height());
        const QRectF exact(target.left() + at.x * x, target.top() + at.y * y, at.width * x, at.height * y);
        const QRectF whole(QPointF(exact.topLeft().toPoint()), QPointF(exact.bottomRight().toPoint()));
        const double weight = double(found.cells[std::size_t(cell)]) / maximum;
        painter.fillRect(whole, photo.isNull() ? QColor::fromRgb(vision::heatInk(weight, options.colours))
                                               : QColor::fromRgba(vision::heatColour(weight, options)));
    }
    painter.restore();
}

void SimilarTiles::paintCaption(QPainter& painter, const SimilarHost::Found& found, const QRect& below) const {
    const QFontMetrics metrics(painter.font());
    const QString type = fromUtf8(found.entity.type);
    const int typeWidth = metrics.horizontalAdvance(type);
    QRect line(below.left(), below.top(), below.width(), metrics.height());
    painter.setPen(Theme::color(Theme::Role::Text));
    const int room = std::max(0, line.width() - typeWidth - 6);
    const QString name = metrics.elidedText(fromUtf8(found.entity.text), Qt::ElideRight, room);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, name);
    painter.setPen(Theme::labelColor(found.entity.type, m_labels));
    painter.drawText(line.adjusted(std::min(room, metrics.horizontalAdvance(name)) + 6, 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter, type);
    line.translate(0, metrics.height() + 1);
    const QString figure = weightText(found.value);
    painter.setPen(Theme::color(Theme::Role::SecondaryText));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, figure);
    if (!found.isJudged) return;
    const QColor ink = Theme::color(found.error ? Theme::Role::Bad : Theme::Role::Good);
    const int signs = found.error == eval::ErrorKind::BoundaryAndType ? 2 * kSignRoom - 4 : kSignRoom;
    paintVerdict(painter, line, found.error, ink);
    painter.setPen(ink);
    painter.drawText(line.adjusted(signs, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(fromUtf8(caseWords().of(found.error)), Qt::ElideRight,
                                        line.width() - signs - metrics.horizontalAdvance(figure) - 6));
}

void SimilarTiles::setCurrent(int index) {
    if (m_found.empty()) return;
    m_current = std::clamp(index, 0, int(m_found.size()) - 1);
    const QRect place = m_layout.place(m_current);
    QScrollBar* bar = verticalScrollBar();
    if (place.top() < bar->value()) bar->setValue(place.top() - 4);
    if (place.bottom() > bar->value() + viewport()->height()) bar->setValue(place.bottom() + 4 - viewport()->height());
    setAccessibleDescription(textOf(m_current));
    viewport()->update();
}

void SimilarTiles::mouseMoveEvent(QMouseEvent* event) {
    const int index = indexAt(event->position().toPoint());
    viewport()->setCursor(index >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (std::exchange(m_hovered, index) != index) viewport()->update();
}

void SimilarTiles::mousePressEvent(QMouseEvent* event) {
    const int index = indexAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || index < 0) return;
    setCurrent(index);
    Q_EMIT opened(index);
}

void SimilarTiles::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
            return setCurrent(m_current - 1);
        case Qt::Key_Right:
            return setCurrent(m_current + 1);
        case Qt::Key_Up:
            return setCurrent(m_current - m_layout.columns);
        case Qt::Key_Down:
            return setCurrent(m_current + m_layout.columns);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_current >= 0) Q_EMIT opened(m_current);
            return;
        default:
            QAbstractScrollArea::keyPressEvent(event);
    }
}

void SimilarTiles::leaveEvent(QEvent*) {
    if (std::exchange(m_hovered, -1) != -1) viewport()->update();
}

void SimilarTiles::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void SimilarTiles::resizeEvent(QResizeEvent*) {
    relayout();
}

void SimilarTiles::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) relayout();
}

bool SimilarTiles::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString tip = textOf(indexAt(help->pos()));
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), tip, viewport());
    return true;
}

}  // namespace mnerva::ui
