#include "ui/pages/attention/map_tiles.h"

#include <QFontMetrics>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

#include "core/vision/geometry.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr int kTilePad = 3;  // round the maps, for the frames
constexpr int kStep = 8, kMostLarger = 40;

}  // namespace

QRect TileLayout::map(int index) const {
    return {kTilePad + index % columns * step(), kTilePad + index / columns * rowHeight(), side, side};
}

QRect TileLayout::place(int index) const {
    return map(index).adjusted(0, 0, 0, caption);
}

int TileLayout::indexAt(const QPoint& point) const {
    const int column = (point.x() - kTilePad) / step(), row = (point.y() - kTilePad) / rowHeight();
    if (point.x() < kTilePad || point.y() < kTilePad || column >= columns) return -1;
    const int index = row * columns + column;
    return index < count && place(index).contains(point) ? index : -1;
}

TileLayout layTiles(int count, int width, int side, int captionHeight) {
    TileLayout layout;
    layout.side = side;
    layout.gap = side >= 72 ? 7 : 8;
    layout.caption = captionHeight;
    layout.count = count;
    layout.columns = std::max(1, (width - 2 * kTilePad + layout.gap) / layout.step());
    return layout;
}

MapTiles::MapTiles(QWidget* parent) : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void MapTiles::setTiles(std::vector<Tile> tiles) {
    m_tiles = std::move(tiles);
    m_hovered = m_marked = -1;
    m_current = m_current < int(m_tiles.size()) ? m_current : -1;
    relayout();
}

void MapTiles::setColours(vision::HeatColours colours) {
    m_colours = colours;
    viewport()->update();
}

void MapTiles::setSide(int side) {
    if (side == m_side) return;
    m_side = side;
    relayout();
}

void MapTiles::setCurrent(int index) {
    if (index == m_current) return;
    m_current = index;
    if (index >= 0 && index < int(m_tiles.size())) setAccessibleDescription(m_tiles[std::size_t(index)].name);
    reveal();
    viewport()->update();
}

void MapTiles::reveal() {
    if (m_current < 0 || m_current >= int(m_tiles.size())) return;
    const QRect place = m_layout.place(m_current);
    QScrollBar* bar = verticalScrollBar();
    if (place.top() < bar->value()) bar->setValue(place.top() - kTilePad);
    if (place.bottom() > bar->value() + viewport()->height())
        bar->setValue(place.bottom() + kTilePad - viewport()->height());
}

void MapTiles::setMarked(int index) {
    if (index == m_marked) return;
    m_marked = index;
    viewport()->update();
}

QRect MapTiles::placeOf(int index) const {
    return m_layout.place(index).translated(0, -verticalScrollBar()->value());
}

int MapTiles::captionHeight() const {
    int lines = 1;
    for (const QString Tile::*line : {&Tile::note, &Tile::figure})
        lines += std::any_of(m_tiles.begin(), m_tiles.end(), [&](const Tile& tile) { return !(tile.*line).isEmpty(); });
    return lines * QFontMetrics(Theme::secondaryFont()).height() + 2;
}

QSize MapTiles::minimumSizeHint() const {
    constexpr int kLeastWidth = 120, kLeastHeight = 80;
    return {kLeastWidth, m_tiles.empty() ? kLeastHeight : m_side + captionHeight() + 2 * kTilePad};
}

TileLayout MapTiles::layoutFor(int width) const {
    const int caption = captionHeight();
    TileLayout layout = layTiles(int(m_tiles.size()), width, m_side, caption);
    // Where there is room for larger maps without scrolling, they are larger.
    for (int side = m_side + kStep; side <= m_side + kMostLarger; side += kStep) {
        const TileLayout larger = layTiles(int(m_tiles.size()), width, side, caption);
        if (larger.height() + 2 * kTilePad > viewport()->height()) break;
        layout = larger;
    }
    return layout;
}

void MapTiles::relayout() {
    m_layout = layoutFor(viewport()->width());
    verticalScrollBar()->setRange(0, std::max(0, m_layout.height() + 2 * kTilePad - viewport()->height()));
    verticalScrollBar()->setPageStep(std::max(1, viewport()->height()));
    verticalScrollBar()->setSingleStep(m_layout.rowHeight());
    reveal();
    updateGeometry();
    viewport()->update();
}

int MapTiles::heightForWidth(int width) const {
    return layoutFor(width).height() + 2 * kTilePad;
}

QSize MapTiles::sizeHint() const {
    return {560, heightForWidth(std::max(560, width()))};
}

void MapTiles::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setFont(Theme::secondaryFont());
    for (int index = 0; index < int(m_tiles.size()); ++index) {
        const QRect place = placeOf(index);
        if (place.bottom() < 0 || place.top() > viewport()->height()) continue;
        const QRect map = m_layout.map(index).translated(0, -verticalScrollBar()->value());
        paintTile(painter, m_tiles[std::size_t(index)], map, index == m_current,
                  index == m_marked || index == m_hovered);
    }
}

void MapTiles::paintTile(QPainter& painter, const Tile& tile, const QRect& map, bool isCurrent, bool isMarked) const {
    const vision::HeatColours colours = tile.isSigned ? vision::HeatColours::Diverging : m_colours;
    const double maximum = tile.maximum > 0 ? tile.maximum : vision::heatMaximum(tile.cells, colours);
    if (tile.cells.size() == std::size_t(vision::kGridCells)) {
        for (int cell = 0; cell < vision::kGridCells; ++cell) {
            const int row = cell / vision::kGridSide, column = cell % vision::kGridSide;
            const int left = map.left() + map.width() * column / vision::kGridSide;
            const int right = map.left() + map.width() * (column + 1) / vision::kGridSide;
            const int top = map.top() + map.height() * row / vision::kGridSide;
            const int bottom = map.top() + map.height() * (row + 1) / vision::kGridSide;
            const double weight = maximum > 0 ? double(tile.cells[std::size_t(cell)]) / maximum : 0;
            painter.fillRect(QRect(left, top, right - left, bottom - top),
                             QColor::fromRgb(vision::heatInk(weight, colours)));
        }
    } else {
        painter.fillRect(map, Theme::color(Theme::Role::Raised));
        painter.setPen(Theme::color(Theme::Role::DisabledText));
        painter.drawText(map, Qt::AlignCenter, QStringLiteral("–"));
    }
    painter.setBrush(Qt::NoBrush);
    if (isCurrent || isMarked) {
        painter.setPen(QPen(Theme::color(isCurrent ? Theme::Role::Accent : Theme::Role::SecondaryText), 2));
        painter.drawRect(map.adjusted(-1, -1, 1, 1));
    } else if (tile.isSigned) {  // white at zero has no edge of its own on light paper
        painter.setPen(QPen(Theme::color(Theme::Role::Hairline), 1));
        painter.drawRect(map.adjusted(0, 0, -1, -1));
    }
    const QFontMetrics metrics(painter.font());
    painter.setPen(isCurrent              ? Theme::color(Theme::Role::Accent)
                   : tile.color.isValid() ? Theme::ink(tile.color)
                                          : Theme::color(Theme::Role::Text));
    QRect line(map.left() - 2, map.bottom() + 2, map.width() + m_layout.gap, metrics.height());
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(tile.name, Qt::ElideRight, line.width()));
    painter.setPen(Theme::color(Theme::Role::SecondaryText));
    for (const QString& text : {tile.figure, tile.note}) {
        if (text.isEmpty()) continue;
        line.translate(0, metrics.height());
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(text, Qt::ElideRight, line.width()));
    }
}

void MapTiles::hover(int index) {
    if (index == m_hovered) return;
    m_hovered = index;
    viewport()->update();
    Q_EMIT hovered(index);
}

void MapTiles::mouseMoveEvent(QMouseEvent* event) {
    hover(m_layout.indexAt(event->position().toPoint() + QPoint(0, verticalScrollBar()->value())));
}

void MapTiles::mousePressEvent(QMouseEvent* event) {
    const int index = m_layout.indexAt(event->position().toPoint() + QPoint(0, verticalScrollBar()->value()));
    if (index >= 0) Q_EMIT chosen(index);
}

void MapTiles::keyPressEvent(QKeyEvent* event) {
    int to = m_current;
    switch (event->key()) {
        case Qt::Key_Left:
            to -= 1;
            break;
        case Qt::Key_Right:
            to += 1;
            break;
        case Qt::Key_Up:
            to -= m_layout.columns;
            break;
        case Qt::Key_Down:
            to += m_layout.columns;
            break;
        default:
            return QAbstractScrollArea::keyPressEvent(event);
    }
    if (to >= 0 && to < int(m_tiles.size())) Q_EMIT chosen(to);
}

void MapTiles::leaveEvent(QEvent*) {
    hover(-1);
}

void MapTiles::resizeEvent(QResizeEvent*) {
    relayout();
}

void MapTiles::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) relayout();
}

bool MapTiles::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int index = m_layout.indexAt(help->pos() + QPoint(0, verticalScrollBar()->value()));
        const QString tip = index < 0 ? QString() : m_tiles[std::size_t(index)].tip;
        if (tip.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), tip, viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

}  // namespace mnerva::ui
