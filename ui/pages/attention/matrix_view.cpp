#include "ui/pages/attention/matrix_view.h"

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
#include <limits>

#include "core/vision/geometry.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/heat_legend.h"

namespace mnerva::ui {
namespace {

constexpr double kMaxRowHead = 128;
constexpr double kHeadPad = 6;
constexpr double kSmallestCell = 7;

QString groupName(const MatrixLayout& layout, int region) {
    const int group = layout.groupOf(region);
    const bool grid = group < vision::kGridSide;
    return QLatin1Char(grid ? 'R' : 'c') + QString::number(grid ? group + 1 : group - vision::kGridSide + 1);
}

}  // namespace

int MatrixLayout::groupOf(int region) const {
    if (region < vision::kGridCells) return region / vision::kGridSide;
    return vision::kGridSide + (region - vision::kGridCells) / std::max(1, rowsPerCrop);
}

double MatrixLayout::columnLeft(int region) const {
    return region * cellWidth + groupOf(region) * groupGap;
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

void MatrixView::setMap(const project::AttentionMap& map) {
    m_map = map;
    relayout();
}

void MatrixView::setHeat(double maximum, const vision::HeatOptions& options) {
    m_maximum = maximum;
    m_options = options;
    viewport()->update();
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

MatrixLayout MatrixView::layoutFor(double width) const {
    const QFontMetricsF body(Theme::bodyFont()), small(Theme::secondaryFont());
    MatrixLayout layout;
    layout.words = int(m_words.size());
    layout.regions = m_map.isEmpty() ? vision::kGridCells : m_map.regions;
    layout.rowsPerCrop = m_map.rowsPerCrop;
    double widest = 0;
    for (const QString& word : m_words) widest = std::max(widest, body.horizontalAdvance(word));
    layout.rowHead = std::min(kMaxRowHead, widest) + 2 * kHeadPad;
    layout.cellHeight = std::ceil(body.height()) + 2;
    const double named = std::max(13.0, std::ceil(small.height()) - 1);
    const double gaps = (layout.groupOf(layout.regions - 1) + 1) * layout.groupGap;
    const double fitting = std::floor((width - layout.rowHead - gaps) / layout.regions);
    layout.cellWidth = std::clamp(fitting, kSmallestCell, named);
    layout.namesEach = layout.cellWidth >= named;
    layout.columnHead =
        (layout.namesEach ? small.horizontalAdvance(QStringLiteral("c3·4")) : small.height()) + 2 * kHeadPad;
    return layout;
}

void MatrixView::relayout() {
    m_layout = layoutFor(viewport()->width());
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

MatrixView::Paper MatrixView::paper(bool screen) {
    if (!screen)
        return {Qt::white, Qt::black, QColor(0x50, 0x50, 0x50), QColor(0xd8, 0xd8, 0xd8), Qt::black, Qt::white};
    return {Theme::color(Theme::Role::Surface),       Theme::color(Theme::Role::Text),
            Theme::color(Theme::Role::SecondaryText), Theme::color(Theme::Role::Hairline),
            Theme::color(Theme::Role::Accent),        Theme::color(Theme::Role::AccentSurface)};
}

void MatrixView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    const QPointF offset(horizontalScrollBar()->value(), verticalScrollBar()->value());
    paint(painter, {m_layout, offset, QRectF(viewport()->rect()), paper(true), true});
}

QSize MatrixView::wholeSize() const {
    const MatrixLayout layout = layoutFor(std::numeric_limits<int>::max());
    return QSizeF(layout.rowHead + layout.contentWidth() + kHeadPad,
                  layout.columnHead + layout.contentHeight() + kHeadPad)
        .toSize();
}

void MatrixView::paintWhole(QPainter& painter) const {
    const MatrixLayout layout = layoutFor(std::numeric_limits<int>::max());
    paint(painter, {layout, {}, QRectF(QPointF(), QSizeF(wholeSize())), paper(false), false});
}

void MatrixView::paint(QPainter& painter, const Sheet& sheet) const {
    painter.fillRect(sheet.room, sheet.colours.surface);
    if (m_words.isEmpty()) return;
    const QRectF cells = sheet.room.adjusted(sheet.layout.rowHead, sheet.layout.columnHead, 0, 0);
    const auto clipped = [&](const QRectF& clip, auto draw) {
        painter.save();
        painter.setClipRect(clip);
        (this->*draw)(painter, sheet);
        painter.restore();
    };
    clipped(cells, &MatrixView::paintCells);
    clipped(QRectF(0, cells.top(), sheet.layout.rowHead, cells.height()), &MatrixView::paintWords);
    clipped(QRectF(cells.left(), 0, cells.width(), sheet.layout.columnHead),
            sheet.layout.namesEach ? &MatrixView::paintRegionNames : &MatrixView::paintGroupNames);
}

void MatrixView::paintCells(QPainter& painter, const Sheet& sheet) const {
    const MatrixLayout& layout = sheet.layout;
    const QPointF origin = QPointF(layout.rowHead, layout.columnHead) - sheet.offset;
    const double gap = layout.cellWidth > 10 ? 1 : 0.5;
    for (int word = 0; word < layout.words; ++word) {
        const double top = origin.y() + word * layout.cellHeight;
        if (top + layout.cellHeight < sheet.room.top() || top > sheet.room.bottom()) continue;
        if (sheet.screen && (word == m_current || word == m_hoverWord))
            painter.fillRect(QRectF(origin.x(), top, layout.contentWidth(), layout.cellHeight), sheet.colours.chosen);
        painter.fillRect(QRectF(origin.x(), top + layout.cellHeight - 1, layout.contentWidth(), 1),
                         sheet.colours.hairline);
        if (word >= m_map.words) continue;
        for (int region = 0; region < m_map.regions; ++region) {
            const double weight = m_map.at(word, region);
            if (weight < m_options.threshold || weight <= 0 || m_maximum <= 0) continue;
            const QRectF cell = layout.cell(word, region).translated(origin).adjusted(gap, 1, -gap, -2);
            painter.fillRect(cell, QColor::fromRgb(vision::heatInk(weight / m_maximum, m_options.colours)));
        }
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(sheet.colours.accent, 1));
    for (int region = 0; region < layout.regions; ++region)
        if (isLit(sheet, region))
            painter.drawRect(QRectF(origin.x() + layout.columnLeft(region), origin.y(), layout.cellWidth - 1,
                                    layout.contentHeight() - 1));
}

void MatrixView::paintWords(QPainter& painter, const Sheet& sheet) const {
    const MatrixLayout& layout = sheet.layout;
    const QFontMetricsF metrics(Theme::bodyFont());
    painter.setFont(Theme::bodyFont());
    for (int word = 0; word < layout.words; ++word) {
        const QRectF box(0, layout.columnHead + word * layout.cellHeight - sheet.offset.y(), layout.rowHead,
                         layout.cellHeight);
        if (box.bottom() < layout.columnHead || box.top() > sheet.room.bottom()) continue;
        const bool current = sheet.screen && word == m_current;
        if (current || (sheet.screen && word == m_hoverWord)) painter.fillRect(box, sheet.colours.chosen);
        painter.setPen(current ? sheet.colours.accent : sheet.colours.text);
        painter.drawText(box.adjusted(kHeadPad, 0, -kHeadPad, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(m_words[word], Qt::ElideRight, layout.rowHead - 2 * kHeadPad));
    }
}

bool MatrixView::isLit(const Sheet& sheet, int region) const {
    return sheet.screen && (region == m_marked || region == m_hoverRegion);
}

void MatrixView::paintRegionNames(QPainter& painter, const Sheet& sheet) const {
    const MatrixLayout& layout = sheet.layout;
    painter.setFont(Theme::secondaryFont());
    for (int region = 0; region < layout.regions; ++region) {
        const double x = layout.rowHead + layout.columnLeft(region) - sheet.offset.x();
        if (x + layout.cellWidth < layout.rowHead || x > sheet.room.right()) continue;
        painter.setPen(isLit(sheet, region) ? sheet.colours.accent : sheet.colours.quiet);
        painter.save();
        painter.translate(x + layout.cellWidth / 2, layout.columnHead - kHeadPad / 2);
        painter.rotate(-90);
        painter.drawText(QRectF(0, -layout.cellWidth, layout.columnHead, 2 * layout.cellWidth),
                         Qt::AlignLeft | Qt::AlignVCenter, fromUtf8(m_map.regionName(region)));
        painter.restore();
    }
}

/// "R1" over the grid's first row of cells, "c1" over the first crop; the lit region alone has its whole name.
void MatrixView::paintGroupNames(QPainter& painter, const Sheet& sheet) const {
    const MatrixLayout& layout = sheet.layout;
    painter.setFont(Theme::secondaryFont());
    const auto column = [&](int first, int last) {
        const double left = layout.rowHead + layout.columnLeft(first) - sheet.offset.x();
        return QRectF(left, 0, layout.columnLeft(last) + layout.cellWidth - layout.columnLeft(first),
                      layout.columnHead - 2);
    };
    int lit = -1;
    for (int first = 0, last = 0; first < layout.regions; first = last + 1) {
        last = first;
        while (last + 1 < layout.regions && layout.groupOf(last + 1) == layout.groupOf(first)) ++last;
        for (int region = first; region <= last; ++region)
            if (isLit(sheet, region)) lit = region;
        painter.setPen(sheet.colours.quiet);
        if (lit < first)
            painter.drawText(column(first, last), Qt::AlignHCenter | Qt::AlignBottom, groupName(layout, first));
    }
    if (lit < 0) return;
    painter.setPen(sheet.colours.accent);
    painter.drawText(column(lit, lit).adjusted(-40, 0, 40, 0), Qt::AlignHCenter | Qt::AlignBottom,
                     fromUtf8(m_map.regionName(lit)));
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
    relayout();
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
                                                           weightText(double(m_map.at(word, region)))));
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

}  // namespace mnerva::ui
