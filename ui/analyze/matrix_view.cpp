#include "ui/analyze/matrix_view.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "core/vision/geometry.h"
#include "ui/common/text_border.h"
#include "ui/common/theme.h"

namespace mnerva::ui {
namespace {

constexpr double kMaxRowHead = 128;
constexpr double kHeadPad = 6;
constexpr double kOpaque = 1.0;  // no picture lies under the matrix: colour alone tells the weight

/// Groups of a row: seven cells each, then one a crop.
int groupOf(const MatrixLayout& layout, int region) {
    if (region < vision::kGridCells) return region / vision::kGridSide;
    const int rows = std::max(1, layout.rowsPerCrop);
    return vision::kGridSide + (region - vision::kGridCells) / rows;
}

}  // namespace

double MatrixLayout::columnLeft(int region) const {
    return region * cellWidth + groupOf(*this, region) * groupGap;
}

QRectF MatrixLayout::cell(int word, int region) const {
    return {columnLeft(region), word * cellHeight, cellWidth, cellHeight};
}

std::pair<int, int> MatrixLayout::cellAt(const QPointF& point) const {
    const int word = int(std::floor(point.y() / cellHeight));
    if (word < 0 || word >= words || point.x() < 0) return {-1, -1};
    for (int region = 0; region < regions; ++region) {
        const double left = columnLeft(region);
        if (point.x() >= left && point.x() < left + cellWidth) return {word, region};
    }
    return {word, -1};
}

MatrixView::MatrixView(QWidget* parent) : QAbstractScrollArea(parent) {
    setObjectName(QStringLiteral("attentionMatrix"));
    setFrameShape(QFrame::NoFrame);
    viewport()->setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Words and regions"));
}

void MatrixView::setWords(const QStringList& words) {
    m_words = words;
    m_map = {};
    m_hoverWord = m_hoverRegion = -1;
    relayout();
}

void MatrixView::setMap(const AttentionMap& map, double maximum, const vision::HeatOptions& options) {
    m_map = map;
    m_maximum = maximum;
    m_options = options;
    m_options.maxAlpha = kOpaque;
    relayout();
}

void MatrixView::setCurrentWord(int word) {
    if (m_current == word) return;
    m_current = word;
    const double top = word * m_layout.cellHeight;
    QScrollBar* bar = verticalScrollBar();
    const double room = viewport()->height() - m_layout.columnHead;
    if (top < bar->value()) bar->setValue(int(top));
    if (top + m_layout.cellHeight > bar->value() + room) bar->setValue(int(top + m_layout.cellHeight - room));
    viewport()->update();
}

void MatrixView::setMarkedRegion(int region) {
    if (m_marked == region) return;
    m_marked = region;
    viewport()->update();
}

void MatrixView::relayout() {
    const QFontMetricsF body(Theme::bodyFont()), small(Theme::secondaryFont());
    m_layout.words = int(m_words.size());
    m_layout.regions = m_map.isEmpty() ? vision::kGridCells : m_map.regions;
    m_layout.rowsPerCrop = m_map.rowsPerCrop;
    double widest = 0;
    for (const QString& word : m_words) widest = std::max(widest, body.horizontalAdvance(word));
    m_layout.rowHead = std::min(kMaxRowHead, widest) + 2 * kHeadPad;
    m_layout.columnHead = small.horizontalAdvance(QStringLiteral("c3·4")) + 2 * kHeadPad;
    m_layout.cellHeight = std::ceil(body.height()) + 2;
    m_layout.cellWidth = std::max(13.0, std::ceil(small.height()) - 1);
    updateBars();
    viewport()->update();
}

void MatrixView::updateBars() {
    const double wide = m_layout.contentWidth() - (viewport()->width() - m_layout.rowHead);
    const double high = m_layout.contentHeight() - (viewport()->height() - m_layout.columnHead);
    horizontalScrollBar()->setRange(0, int(std::max(0.0, std::ceil(wide) + 4)) * (wide > 0));
    horizontalScrollBar()->setPageStep(std::max(1, int(viewport()->width() - m_layout.rowHead)));
    verticalScrollBar()->setRange(0, int(std::max(0.0, std::ceil(high))));
    verticalScrollBar()->setPageStep(std::max(1, int(viewport()->height() - m_layout.columnHead)));
    verticalScrollBar()->setSingleStep(int(m_layout.cellHeight));
}

MatrixView::Paper MatrixView::paper(bool screen) const {
    if (screen)
        return {Theme::color(Theme::Role::Surface),       Theme::color(Theme::Role::Text),
                Theme::color(Theme::Role::SecondaryText), Theme::color(Theme::Role::Hairline),
                Theme::color(Theme::Role::Accent),        Theme::color(Theme::Role::AccentSurface)};
    return {
        Qt::white, Qt::black, QColor(0x50, 0x50, 0x50), QColor(0xd8, 0xd8, 0xd8), Qt::black, QColor(0xee, 0xee, 0xee)};
}

void MatrixView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    paint(painter, QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value()), QRectF(viewport()->rect()),
          paper(true), true);
}

QSize MatrixView::wholeSize() const {
    return QSizeF(m_layout.rowHead + m_layout.contentWidth() + kHeadPad,
                  m_layout.columnHead + m_layout.contentHeight() + kHeadPad)
        .toSize();
}

void MatrixView::paintWhole(QPainter& painter) const {
    paint(painter, {}, QRectF(QPointF(), QSizeF(wholeSize())), paper(false), false);
}

void MatrixView::paint(QPainter& painter, const QPointF& offset, const QRectF& room, const Paper& colours,
                       bool screen) const {
    painter.fillRect(room, colours.surface);
    if (m_words.isEmpty()) return;
    painter.save();
    painter.setClipRect(room.adjusted(m_layout.rowHead, m_layout.columnHead, 0, 0));
    paintCells(painter, QPointF(m_layout.rowHead, m_layout.columnHead) - offset, room, colours, screen);
    painter.restore();
    paintHeads(painter, offset, room, colours, screen);
}

void MatrixView::paintCells(QPainter& painter, const QPointF& origin, const QRectF& room, const Paper& colours,
                            bool screen) const {
    const double right = m_layout.contentWidth();
    for (int word = 0; word < m_layout.words; ++word) {
        const double top = origin.y() + word * m_layout.cellHeight;
        if (top + m_layout.cellHeight < room.top() || top > room.bottom()) continue;
        const bool lit = screen && (word == m_current || word == m_hoverWord);
        if (lit) painter.fillRect(QRectF(origin.x(), top, right, m_layout.cellHeight), colours.chosen);
        painter.fillRect(QRectF(origin.x(), top + m_layout.cellHeight - 1, right, 1), colours.hairline);
        if (word >= m_map.words) continue;
        for (int region = 0; region < m_map.regions; ++region) {
            const double weight = m_map.at(word, region);
            if (weight < m_options.threshold || weight <= 0 || m_maximum <= 0) continue;
            const QRectF cell = m_layout.cell(word, region).translated(origin).adjusted(1, 1, -1, -2);
            painter.fillRect(cell, QColor::fromRgba(vision::heatColour(weight / m_maximum, m_options)));
        }
    }
    if (!screen) return;
    painter.setBrush(Qt::NoBrush);
    for (const int region : {m_marked, m_hoverRegion}) {
        if (region < 0 || region >= m_layout.regions) continue;
        painter.setPen(QPen(colours.accent, 1));
        painter.drawRect(QRectF(origin.x() + m_layout.columnLeft(region), origin.y(), m_layout.cellWidth - 1,
                                m_layout.contentHeight() - 1));
    }
}

void MatrixView::paintHeads(QPainter& painter, const QPointF& offset, const QRectF& room, const Paper& colours,
                            bool screen) const {
    const QFontMetricsF body(Theme::bodyFont());
    painter.save();
    painter.setClipRect(QRectF(room.left(), m_layout.columnHead, m_layout.rowHead, room.height()));
    painter.setFont(Theme::bodyFont());
    for (int word = 0; word < m_layout.words; ++word) {
        const QRectF box(0, m_layout.columnHead + word * m_layout.cellHeight - offset.y(), m_layout.rowHead,
                         m_layout.cellHeight);
        if (box.bottom() < m_layout.columnHead || box.top() > room.bottom()) continue;
        if (screen && (word == m_current || word == m_hoverWord)) painter.fillRect(box, colours.chosen);
        painter.setPen(screen && word == m_current ? colours.accent : colours.text);
        painter.drawText(box.adjusted(kHeadPad, 0, -kHeadPad, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         body.elidedText(m_words[word], Qt::ElideRight, m_layout.rowHead - 2 * kHeadPad));
    }
    painter.restore();
    painter.save();
    painter.setClipRect(QRectF(m_layout.rowHead, room.top(), room.width(), m_layout.columnHead));
    painter.setFont(Theme::secondaryFont());
    for (int region = 0; region < m_layout.regions; ++region) {
        const double x = m_layout.rowHead + m_layout.columnLeft(region) - offset.x();
        if (x + m_layout.cellWidth < m_layout.rowHead || x > room.right()) continue;
        const bool lit = screen && (region == m_marked || region == m_hoverRegion);
        painter.setPen(lit ? colours.accent : colours.quiet);
        painter.save();
        painter.translate(x + m_layout.cellWidth / 2, m_layout.columnHead - kHeadPad / 2);
        painter.rotate(-90);
        painter.drawText(QRectF(0, -m_layout.cellWidth, m_layout.columnHead, 2 * m_layout.cellWidth),
                         Qt::AlignLeft | Qt::AlignVCenter, fromUtf8(m_map.regionName(region)));
        painter.restore();
    }
    painter.restore();
}

QPointF MatrixView::toCells(const QPointF& point) const {
    return point - QPointF(m_layout.rowHead - horizontalScrollBar()->value(),
                           m_layout.columnHead - verticalScrollBar()->value());
}

void MatrixView::hover(int word, int region) {
    if (word == m_hoverWord && region == m_hoverRegion) return;
    m_hoverWord = word;
    m_hoverRegion = region;
    viewport()->update();
    Q_EMIT cellHovered(word, region);
}

void MatrixView::mouseMoveEvent(QMouseEvent* event) {
    if (event->position().y() < m_layout.columnHead) return hover(-1, -1);
    const auto [word, region] = m_layout.cellAt(toCells(event->position()));
    if (event->position().x() < m_layout.rowHead)
        hover(m_layout.cellAt({0, toCells(event->position()).y()}).first, -1);
    else
        hover(word, region);
}

void MatrixView::mousePressEvent(QMouseEvent* event) {
    if (event->position().y() < m_layout.columnHead) return;
    const int word = m_layout.cellAt({0, toCells(event->position()).y()}).first;
    if (word >= 0) Q_EMIT wordChosen(word);
}

void MatrixView::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Up ? -1 : event->key() == Qt::Key_Down ? 1 : 0;
    if (step == 0) return QAbstractScrollArea::keyPressEvent(event);
    const int word = std::clamp(m_current + step, 0, std::max(0, m_layout.words - 1));
    Q_EMIT wordChosen(word);
}

void MatrixView::leaveEvent(QEvent*) {
    hover(-1, -1);
}

void MatrixView::resizeEvent(QResizeEvent*) {
    updateBars();
}

void MatrixView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) relayout();
}

bool MatrixView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto [word, region] = m_layout.cellAt(toCells(help->pos()));
        if (word >= 0 && region >= 0 && word < m_map.words && region < m_map.regions)
            QToolTip::showText(help->globalPos(), tr("%1 and %2: %3", "word, region, weight")
                                                      .arg(m_words[word], fromUtf8(m_map.regionName(region)),
                                                           QLocale().toString(m_map.at(word, region), 'f', 4)));
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

}  // namespace mnerva::ui
