#include "ui/session/picture_view.h"

#include <QEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <span>

#include "core/vision/geometry.h"
#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/picture_cache.h"

namespace mnerva::ui {

namespace {

constexpr int kLegendHeight = 28;

/// QImage rows are padded to four bytes; the blender wants them tight.
std::vector<std::uint8_t> tightRgb(const QImage& image) {
    const QImage rgb = image.convertToFormat(QImage::Format_RGB888);
    const auto row = static_cast<std::size_t>(rgb.width()) * 3;
    std::vector<std::uint8_t> pixels(row * static_cast<std::size_t>(rgb.height()));
    for (int y = 0; y < rgb.height(); ++y) {
        std::copy_n(rgb.constScanLine(y), row, pixels.begin() + static_cast<std::ptrdiff_t>(row) * y);
    }
    return pixels;
}

}  // namespace

PictureView::PictureView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("pictureView"));
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent, false);
    auto& cache = PictureCache::instance();
    connect(&cache, &PictureCache::ready, this, [this](const QString& path) {
        if (path == m_path) request();
    });
    connect(&cache, &PictureCache::missing, this, [this](const QString& path) {
        if (path != m_path) return;
        m_missing = true;
        describe();
        update();
    });
    describe();
}

void PictureView::setImage(const QImage& image) {
    m_path.clear();
    m_refused.reset();
    m_missing = false;
    m_image = image;
    m_fileSize = image.size();
    m_blended = {};
    describe();
    update();
}

void PictureView::setPath(const QString& path) {
    if (path == m_path && !m_refused && (hasPicture() || path.isEmpty())) return;
    m_refused.reset();
    m_path = path;
    m_image = {};
    m_blended = {};
    m_fileSize = {};
    m_missing = false;
    m_hovered = -1;
    request();
    describe();
    update();
}

void PictureView::setFile(const project::PostImage& image) {
    setPath(fromUtf8(image.path));
    const bool isUnknown = image.path.empty() && !image.file.empty();  // no folder of pictures is known
    if (!image.outside && !isUnknown) return;
    m_refused = image.outside ? Error(ErrorCode::ImageOutside, {image.file, toUtf8(tr("the picture folder"))})
                              : Error(ErrorCode::FileMissing, {image.file});
    describe();
    update();
}

void PictureView::request() {
    if (m_path.isEmpty()) return;
    auto& cache = PictureCache::instance();
    const QSize box = (QSizeF(size()) * devicePixelRatioF()).toSize().expandedTo(QSize(64, 64));
    const QImage picture = cache.picture(m_path, box);
    if (picture.isNull()) {
        m_missing = cache.state(m_path) == PictureCache::State::Missing;
        return;
    }
    m_missing = false;
    m_image = picture;
    m_image.setDevicePixelRatio(1);
    m_fileSize = cache.fullSize(m_path);
    if (m_fileSize.isEmpty()) m_fileSize = m_image.size();
    m_blended = {};
    describe();
    update();
}

QString PictureView::placeholderText() const {
    if (hasPicture()) return {};
    if (m_refused) return errorText(*m_refused);
    if (m_missing) {
        const auto fault = PictureCache::instance().fault(m_path);
        if (fault && fault->code() != ErrorCode::FileMissing) return faultText(*fault);
        return tr("The picture file is missing:\n%1").arg(m_path.section(QLatin1Char('/'), -1));
    }
    if (m_path.isEmpty()) return tr("This post has no picture.");
    return {};
}

/// The whole path stands in the tooltip: here is room for the name.
QString PictureView::faultText(const Error& fault) const {
    std::vector<std::string> arguments = fault.args();
    if (!arguments.empty()) arguments.front() = toUtf8(m_path.section(QLatin1Char('/'), -1));
    return errorText(Error(fault.code(), std::move(arguments)));
}

void PictureView::describe() {
    const QString placeholder = placeholderText();
    QString name = placeholder.isEmpty() ? tr("Picture of the post") : placeholder;
    if (PictureCache::instance().isPart(m_path))
        name += QLatin1Char('\n') + tr("Only a part of this picture could be read.");
    setAccessibleName(name);
    setToolTip(m_missing ? m_path : QString());
}

void PictureView::setGridVisible(bool visible) {
    m_grid = visible;
    update();
}

void PictureView::setHeat(std::vector<float> cells, double maximum) {
    if (cells.size() != static_cast<std::size_t>(vision::kGridCells)) cells.clear();
    m_heat = std::move(cells);
    m_maximum = maximum;
    m_blended = {};
    update();
}

void PictureView::setHeatOptions(const vision::HeatOptions& options) {
    m_options = options;
    m_blended = {};
    update();
}

void PictureView::setLegendVisible(bool visible) {
    m_legend = visible;
    m_blended = {};
    update();
}

void PictureView::setMarkedCells(std::vector<int> cells) {
    m_marked = std::move(cells);
    update();
}

void PictureView::setBoxes(std::vector<PictureBox> boxes) {
    m_boxes = std::move(boxes);
    update();
}

void PictureView::setBoxesVisible(bool visible) {
    m_showsBoxes = visible;
    update();
}

QRectF PictureView::boxRect(int box) const {
    if (box < 0 || box >= static_cast<int>(m_boxes.size())) return {};
    return placeOfBox(m_boxes[static_cast<std::size_t>(box)], pictureRect(), m_fileSize);
}

QString PictureView::tipAt(const QPointF& point) const {
    const int box = m_showsBoxes ? boxAt(m_boxes, point, pictureRect(), m_fileSize) : -1;
    return box < 0 ? toolTip() : m_boxes[static_cast<std::size_t>(box)].tip;
}

bool PictureView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString tip = tipAt(help->pos());
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), tip, this);
    return true;
}

void PictureView::setCurrentCell(int cell) {
    m_current = cell >= 0 && cell < vision::kGridCells ? cell : -1;
    update();
}

QRectF PictureView::pictureRect() const {
    if (m_image.isNull() || m_fileSize.isEmpty()) return {};
    QRectF room(rect());
    if (m_legend) room.setHeight(std::max(0.0, room.height() - kLegendHeight));
    if (room.width() < 1 || room.height() < 1) return {};
    QSizeF fitted = QSizeF(m_fileSize).scaled(room.size(), Qt::KeepAspectRatio);
    return {room.left() + (room.width() - fitted.width()) / 2, room.top(), fitted.width(), fitted.height()};
}

QRectF PictureView::cellRect(int cell) const {
    const QRectF picture = pictureRect();
    if (picture.isEmpty() || cell < 0 || cell >= vision::kGridCells) return {};
    const auto r = vision::cellRect(cell, m_fileSize.width(), m_fileSize.height());
    const qreal scale = picture.width() / m_fileSize.width();
    return QRectF(picture.left() + r.x * scale, picture.top() + r.y * scale, r.width * scale, r.height * scale)
        .intersected(picture);
}

int PictureView::cellAt(const QPointF& point) const {
    for (int cell = 0; cell < vision::kGridCells; ++cell) {
        if (cellRect(cell).contains(point)) return cell;
    }
    return -1;
}

void PictureView::blend() {
    const QRectF target = pictureRect();
    const QSize pixels = (target.size() * devicePixelRatioF()).toSize().expandedTo(QSize(1, 1));
    m_blended = m_image.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const bool any = std::any_of(m_heat.begin(), m_heat.end(), [](float w) { return w > 0; });
    if (!any) return;
    auto rgb = tightRgb(m_blended);
    vision::blendHeat(rgb, pixels.width(), pixels.height(), m_heat, m_maximum, m_options);
    m_blended = QImage(rgb.data(), pixels.width(), pixels.height(), pixels.width() * 3, QImage::Format_RGB888).copy();
}

void PictureView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHints(QPainter::SmoothPixmapTransform | QPainter::Antialiasing);
    const QRectF target = pictureRect();
    if (target.isEmpty()) {
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
        painter.drawText(
            room, (roomForIcon ? Qt::AlignTop : Qt::AlignVCenter) | Qt::AlignHCenter | Qt::TextWrapAnywhere, text);
        return;
    }
    if (m_blended.isNull()) blend();
    painter.drawImage(target, m_blended);
    paintGrid(painter);
    if (m_showsBoxes && !m_boxes.empty()) paintBoxes(painter, m_boxes, target, m_fileSize);
    if (PictureCache::instance().isPart(m_path)) paintPartNote(painter);
    if (m_legend) paintLegend(painter);
}

void PictureView::paintPartNote(QPainter& painter) const {
    const QRectF picture = pictureRect();
    painter.setFont(Theme::secondaryFont());
    const QFontMetricsF metrics(painter.font());
    const QString note = metrics.elidedText(tr("Only a part of this picture could be read."), Qt::ElideRight,
                                            std::max(0.0, width() - 16.0));
    QRectF badge(picture.left(), 0, metrics.horizontalAdvance(note) + 12, metrics.height() + 4);
    badge.moveBottom(picture.bottom());
    if (badge.right() > width()) badge.moveRight(width());
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 200));
    painter.drawRect(badge);
    painter.setPen(Qt::white);
    painter.drawText(badge, Qt::AlignCenter, note);
}

void PictureView::paintGrid(QPainter& painter) const {
    painter.setBrush(Qt::NoBrush);
    if (m_grid) {
        // A dark and a light line beside each other are seen on any picture.
        const QRectF seen = cellRect(0) | cellRect(vision::kGridCells - 1);
        for (int pass = 0; pass < 2; ++pass) {
            painter.setPen(QPen(pass == 0 ? QColor(0, 0, 0, 90) : QColor(255, 255, 255, 150), 1));
            const qreal shift = pass == 0 ? 1 : 0;
            for (int i = 0; i <= vision::kGridSide; ++i) {
                const qreal x = seen.left() + seen.width() * i / vision::kGridSide + shift;
                const qreal y = seen.top() + seen.height() * i / vision::kGridSide + shift;
                painter.drawLine(QPointF(x, seen.top()), QPointF(x, seen.bottom()));
                painter.drawLine(QPointF(seen.left(), y), QPointF(seen.right(), y));
            }
        }
    }
    for (const int cell : m_marked) {
        painter.setPen(QPen(Theme::color(Theme::Role::Accent), 2));
        painter.drawRect(cellRect(cell).adjusted(1, 1, -1, -1));
    }
    const int shown = m_hovered >= 0 ? m_hovered : m_current;
    if (shown < 0) return;
    const QRectF frame = cellRect(shown);
    if (frame.isEmpty()) return;
    painter.setPen(QPen(QColor(0, 0, 0, 160), 4));
    painter.drawRect(frame);
    painter.setPen(QPen(Qt::white, 2));
    painter.drawRect(frame);
    QString name = QString::fromLatin1(vision::cellName(shown).data());
    if (!m_heat.empty()) {
        name +=
            QLatin1Char(' ') + QString::number(static_cast<double>(m_heat[static_cast<std::size_t>(shown)]), 'f', 3);
    }
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

QRectF PictureView::legendRect() const {
    const QRectF picture = pictureRect();
    return {picture.left(), picture.bottom() + 8, picture.width(), kLegendHeight - 8.0};
}

void PictureView::paintLegend(QPainter& painter) const {
    if (m_heat.empty()) return;
    const double largest = m_maximum > 0 ? m_maximum : *std::max_element(m_heat.begin(), m_heat.end());
    const QRectF room = legendRect();
    painter.setFont(Theme::secondaryFont());
    const QFontMetricsF metrics(painter.font());
    const QString low = QString::number(std::min(m_options.threshold, largest), 'f', 2);
    const QString high = QString::number(largest, 'f', 2);
    painter.setPen(Theme::color(Theme::Role::SecondaryText));
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, low);
    painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter, high);
    QRectF bar = room.adjusted(metrics.horizontalAdvance(low) + 6, 0, -metrics.horizontalAdvance(high) - 6, 0);
    bar = QRectF(bar.left(), room.center().y() - 4, bar.width(), 8);
    if (bar.width() < 8) return;
    auto opaque = m_options;
    opaque.threshold = 0;
    const int steps = std::max(2, static_cast<int>(bar.width()));
    for (int i = 0; i < steps; ++i) {
        const QColor colour = QColor::fromRgba(vision::heatColour(static_cast<double>(i) / (steps - 1), opaque));
        painter.fillRect(QRectF(bar.left() + bar.width() * i / steps, bar.top(), bar.width() / steps + 1, bar.height()),
                         colour);
    }
    painter.setPen(QPen(Theme::color(Theme::Role::Hairline), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(bar);
}

void PictureView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_blended = {};
    if (!m_path.isEmpty()) request();
}

void PictureView::mouseMoveEvent(QMouseEvent* event) {
    const int cell = cellAt(event->position());
    if (cell == m_hovered) return;
    m_hovered = cell;
    Q_EMIT cellHovered(cell);
    update();
}

void PictureView::mousePressEvent(QMouseEvent* event) {
    const int cell = cellAt(event->position());
    if (event->button() == Qt::LeftButton && cell >= 0) Q_EMIT cellClicked(cell);
    QWidget::mousePressEvent(event);
}

void PictureView::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    if (m_hovered < 0) return;
    m_hovered = -1;
    Q_EMIT cellHovered(-1);
    update();
}

void PictureView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) describe();
}

}  // namespace mnerva::ui
