#include <QPainter>
#include <algorithm>

#include "core/vision/geometry.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/heat_legend.h"
#include "ui/session/picture_cache.h"
#include "ui/session/picture_view.h"

namespace mnerva::ui {
namespace {

constexpr int kSmoothSide = 112;  // pixels of a smooth heat before it is scaled up: 16 a cell
constexpr QSize kFigurePixels{1200, 1200};

QImage imageOf(const std::vector<std::uint32_t>& pixels, int side) {
    QImage image(side, side, QImage::Format_ARGB32);
    for (int y = 0; y < side; ++y)
        std::copy_n(pixels.begin() + std::ptrdiff_t(y) * side, side, reinterpret_cast<QRgb*>(image.scanLine(y)));
    return image;
}

}  // namespace

QImage PictureView::scaled(const QSize& pixels) const {
    const QImage image =
        m_image.scaled(pixels.expandedTo(QSize(1, 1)), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    return m_grey ? image.convertToFormat(QImage::Format_Grayscale8).convertToFormat(QImage::Format_RGB32)
                  : image.convertToFormat(QImage::Format_RGB32);
}

void PictureView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHints(QPainter::SmoothPixmapTransform | QPainter::Antialiasing);
    const QRectF target = pictureRect();
    if (target.isEmpty()) return paintPlaceholder(painter);
    if (m_zoom == 1 && m_scaled.isNull()) m_scaled = scaled((target.size() * devicePixelRatioF()).toSize());
    // At whole pixels: anywhere else each paint would scale it anew.
    if (m_zoom > 1)
        paintPart(painter, target);
    else if (m_scaled.size() == target.size().toSize())
        painter.drawImage(target.topLeft().toPoint(), m_scaled);
    else
        painter.drawImage(target, m_scaled);
    paintHeat(painter, target, true);
    paintCovered(painter, target);
    if (m_grid) paintGrid(painter, target, true);
    paintFrames(painter, target, m_outlined, Qt::white);
    paintFrames(painter, target, m_marked, Theme::color(Theme::Role::Accent));
    if (m_edges) {
        painter.setFont(Theme::secondaryFont());
        painter.setPen(Theme::color(Theme::Role::SecondaryText));
        paintEdges(painter, target, true);
    }
    if (m_showsBoxes && !m_boxes.empty()) paintBoxes(painter, m_boxes, target, m_fileSize);
    paintPointed(painter);
    const bool isPart = PictureCache::instance().isPart(m_path);
    if (isPart) paintNote(painter, tr("Only a part of this picture could be read."), 0);
    if (!m_note.isEmpty()) paintNote(painter, m_note, isPart ? 1 : 0);
    if (!m_legend || m_heat.empty()) return;
    const double maximum = m_maximum > 0 ? m_maximum : vision::heatMaximum(m_heat, m_options.colours);
    const QRectF seen = cellRect(0) | cellRect(vision::kGridCells - 1);
    paintHeatLegend(
        painter, QRectF(seen.left(), target.bottom() + 6, std::max(120.0, seen.width()), kLegendHeight - 6), maximum,
        m_options,
        {Theme::secondaryFont(), Theme::color(Theme::Role::SecondaryText), Theme::color(Theme::Role::Hairline), 8});
}

void PictureView::paintPlaceholder(QPainter& painter) const {
    painter.setPen(QPen(Theme::color(Theme::Role::Hairline), 1));
    painter.setBrush(Theme::color(Theme::Role::Raised));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    const QString text = placeholderText();
    if (text.isEmpty() || width() < 40) return;
    const QSize icon(64, 48);
    const bool roomForIcon = height() > 140;
    if (roomForIcon) {
        painter.drawPixmap(QPoint((width() - icon.width()) / 2, height() / 2 - 60),
                           PictureCache::missingPicture(icon, devicePixelRatioF()));
    }
    painter.setFont(Theme::secondaryFont());
    painter.setPen(Theme::color(Theme::Role::SecondaryText));
    const QRect room = rect().adjusted(12, roomForIcon ? height() / 2 : 4, -12, -4);
    painter.drawText(room, (roomForIcon ? Qt::AlignTop : Qt::AlignVCenter) | Qt::AlignHCenter | Qt::TextWrapAnywhere,
                     text);
}

/// Flat cells are rectangles, so that moving the caret costs 49 of them and not every pixel of the picture.
void PictureView::paintHeat(QPainter& painter, const QRectF& picture, bool isScreen) const {
    if (m_heat.empty()) return;
    const double maximum = m_maximum > 0 ? m_maximum : vision::heatMaximum(m_heat, m_options.colours);
    if (maximum <= 0) return;
    painter.save();
    painter.setPen(Qt::NoPen);
    if (m_options.smooth) {
        const QRectF seen = cellIn(0, picture) | cellIn(vision::kGridCells - 1, picture);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, true);
        painter.drawImage(seen, imageOf(vision::heatImage(m_heat, maximum, m_options, kSmoothSide), kSmoothSide));
    } else {
        painter.setRenderHint(QPainter::Antialiasing, false);
        for (int cell = 0; cell < vision::kGridCells; ++cell) {
            const double weight = double(m_heat[std::size_t(cell)]);
            if (!vision::isHeatDrawn(weight, m_options)) continue;
            QRectF place = cellIn(cell, picture);
            if (isScreen)  // neighbours meet at whole pixels, without a seam
                place = QRectF(QPointF(place.topLeft().toPoint()), QPointF(place.bottomRight().toPoint()));
            painter.fillRect(place, QColor::fromRgba(vision::heatColour(weight / maximum, m_options)));
        }
    }
    painter.restore();
}

void PictureView::paintGrid(QPainter& painter, const QRectF& picture, bool isScreen) const {
    painter.setBrush(Qt::NoBrush);
    // A dark and a light line beside each other are seen on any picture.
    const QRectF seen = cellIn(0, picture) | cellIn(vision::kGridCells - 1, picture);
    const qreal wide = isScreen ? 1 : 0.4;
    for (int pass = 0; pass < 2; ++pass) {
        painter.setPen(QPen(pass == 0 ? QColor(0, 0, 0, 70) : QColor(255, 255, 255, 110), wide));
        const qreal shift = pass == 0 ? wide : 0;
        for (int i = 0; i <= vision::kGridSide; ++i) {
            const qreal x = seen.left() + seen.width() * i / vision::kGridSide + shift;
            const qreal y = seen.top() + seen.height() * i / vision::kGridSide + shift;
            painter.drawLine(QPointF(x, seen.top()), QPointF(x, seen.bottom()));
            painter.drawLine(QPointF(seen.left(), y), QPointF(seen.right(), y));
        }
    }
}

/// At the edges of the picture, with the font and pen that the painter has.
void PictureView::paintEdges(QPainter& painter, const QRectF& picture, bool hasRowNames) const {
    const qreal high = QFontMetricsF(painter.font()).height();
    for (int i = 0; i < vision::kGridSide; ++i) {
        const QRectF row = cellIn(i * vision::kGridSide, picture), column = cellIn(i, picture);
        if (hasRowNames)
            painter.drawText(QRectF(picture.left() - 44, row.center().y() - high / 2, 40, high),
                             Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("R%1").arg(i + 1));
        painter.drawText(QRectF(column.center().x() - 20, picture.top() - high - 1, 40, high),
                         Qt::AlignHCenter | Qt::AlignVCenter, QStringLiteral("C%1").arg(i + 1));
    }
}

void PictureView::paintFrames(QPainter& painter, const QRectF& picture, const std::vector<int>& cells,
                              const QColor& color) const {
    painter.setBrush(Qt::NoBrush);
    const qreal wide = std::clamp(picture.width() / 250, 0.8, 2.5);
    for (const int cell : cells) {
        const QRectF frame = cellIn(cell, picture).adjusted(wide, wide, -wide, -wide);
        painter.setPen(QPen(QColor(0, 0, 0, 150), 2.2 * wide));
        painter.drawRect(frame);
        painter.setPen(QPen(color, wide));
        painter.drawRect(frame);
    }
}

void PictureView::paintCovered(QPainter& painter, const QRectF& picture) const {
    for (const int cell : m_covered) {
        const QRectF place = cellIn(cell, picture);
        painter.fillRect(place, QColor(0x80, 0x80, 0x80));
        painter.fillRect(place, QBrush(QColor(255, 255, 255, 90), Qt::BDiagPattern));
    }
}

/// The cell under the pointer, or the one that is pointed at elsewhere, with its name and weight.
void PictureView::paintPointed(QPainter& painter) const {
    const int shown = m_hovered >= 0 ? m_hovered : m_current;
    if (shown < 0 || !m_showsCell) return;
    const QRectF frame = cellRect(shown);
    if (frame.isEmpty()) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 160), 4));
    painter.drawRect(frame);
    painter.setPen(QPen(Qt::white, 2));
    painter.drawRect(frame);
    QString name = QString::fromLatin1(vision::cellName(shown).data());
    if (!m_heat.empty()) name += QLatin1Char(' ') + weightText(double(m_heat[std::size_t(shown)]));
    painter.setFont(Theme::secondaryFont());
    const QFontMetricsF metrics(painter.font());
    QRectF badge(0, 0, metrics.horizontalAdvance(name) + 8, metrics.height() + 2);
    badge.moveBottomLeft(frame.topLeft() + QPointF(0, -3));
    if (badge.top() < 0) badge.moveTopLeft(frame.bottomLeft() + QPointF(0, 3));
    if (badge.right() > width()) badge.moveRight(width());
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 190));
    painter.drawRoundedRect(badge, 3, 3);
    painter.setPen(Qt::white);
    painter.drawText(badge, Qt::AlignCenter, name);
}

void PictureView::paintNote(QPainter& painter, const QString& text, int line) const {
    const QRectF picture = pictureRect();
    painter.setFont(Theme::secondaryFont());
    const QFontMetricsF metrics(painter.font());
    const QString note = metrics.elidedText(text, Qt::ElideRight, std::max(0.0, width() - 16.0));
    QRectF badge(picture.left(), 0, metrics.horizontalAdvance(note) + 12, metrics.height() + 4);
    badge.moveBottom(picture.bottom() - line * badge.height());
    if (badge.right() > width()) badge.moveRight(width());
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 200));
    painter.drawRect(badge);
    painter.setPen(Qt::white);
    painter.drawText(badge, Qt::AlignCenter, note);
}

void PictureView::paintInto(QPainter& painter, const QRectF& picture, const QFont& labelFont, const QColor& labelColor,
                            bool hasRowNames) const {
    if (m_image.isNull()) return;
    painter.save();
    const QSize most = kFigurePixels.boundedTo(m_image.size().expandedTo(QSize(300, 300)));
    painter.drawImage(picture, scaled(m_image.size().scaled(most, Qt::KeepAspectRatio)));
    paintHeat(painter, picture, false);
    paintCovered(painter, picture);
    if (m_grid) paintGrid(painter, picture, false);
    paintFrames(painter, picture, m_outlined, Qt::white);
    painter.setFont(labelFont);
    painter.setPen(labelColor);
    if (m_edges) paintEdges(painter, picture, hasRowNames);
    if (m_showsBoxes && !m_boxes.empty()) paintBoxes(painter, m_boxes, picture, m_fileSize);
    painter.restore();
}

}  // namespace mnerva::ui
