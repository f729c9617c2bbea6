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
    m_scaled = {};
    describe();
    update();
}

void PictureView::setPath(const QString& path) {
    if (path == m_path && !m_refused && (hasPicture() || path.isEmpty())) return;
    m_refused.reset();
    m_path = path;
    m_image = {};
    m_scaled = {};
    m_fileSize = {};
    m_missing = false;
    m_hovered = -1;
    m_zoom = 1;
    m_centre = {0.5, 0.5};
    m_panning = false;
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
    const QSize box = (QSizeF(size()) * devicePixelRatioF() * m_zoom).toSize().expandedTo(QSize(64, 64));
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
    m_scaled = {};
    describe();
    update();
    Q_EMIT pictureCame();
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
    update();
}

void PictureView::setHeatOptions(const vision::HeatOptions& options) {
    m_options = options;
    update();
}

void PictureView::setEdgeLabelsVisible(bool visible) {
    m_edges = visible;
    m_scaled = {};
    update();
}

void PictureView::setNote(const QString& note) {
    if (note == m_note) return;
    m_note = note;
    update();
}

void PictureView::setGrey(bool grey) {
    if (grey == m_grey) return;
    m_grey = grey;
    m_scaled = {};
    update();
}

void PictureView::setOutlinedCells(std::vector<int> cells) {
    m_outlined = std::move(cells);
    update();
}

void PictureView::setCoveredCells(std::vector<int> cells) {
    m_covered = std::move(cells);
    update();
}

void PictureView::setLegendVisible(bool visible) {
    m_legend = visible;
    m_scaled = {};
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

double PictureView::aspect() const {
    return m_image.isNull() || m_fileSize.isEmpty() ? 0 : double(m_fileSize.height()) / m_fileSize.width();
}

QRectF PictureView::cellIn(int cell, const QRectF& picture) const {
    if (picture.isEmpty() || cell < 0 || cell >= vision::kGridCells) return {};
    const auto r = vision::cellRect(cell, m_fileSize.width(), m_fileSize.height());
    const qreal scale = picture.width() / m_fileSize.width();
    return QRectF(picture.left() + r.x * scale, picture.top() + r.y * scale, r.width * scale, r.height * scale)
        .intersected(picture);
}

QRectF PictureView::cellRect(int cell) const {
    return cellIn(cell, pictureRect());
}

int PictureView::cellAt(const QPointF& point) const {
    for (int cell = 0; cell < vision::kGridCells; ++cell) {
        if (cellRect(cell).contains(point)) return cell;
    }
    return -1;
}

void PictureView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_scaled = {};
    if (!m_path.isEmpty()) request();
}

void PictureView::mouseMoveEvent(QMouseEvent* event) {
    if (m_panning) {
        panBy(event->position() - m_panFrom);
        m_panFrom = event->position();
        return;
    }
    const int cell = cellAt(event->position());
    if (event->buttons() & Qt::LeftButton && m_brushed >= 0 && cell >= 0 && cell != m_brushed) {
        m_brushed = cell;
        Q_EMIT cellBrushed(cell, false, event->modifiers());
    }
    if (cell == m_hovered) return;
    m_hovered = cell;
    Q_EMIT cellHovered(cell);
    update();
}

void PictureView::mousePressEvent(QMouseEvent* event) {
    if (m_zoomable && m_zoom > 1 && (event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton)) {
        m_panning = true;
        m_panFrom = event->position();
        setCursor(Qt::ClosedHandCursor);
        return;
    }
    const int cell = cellAt(event->position());
    if (event->button() == Qt::LeftButton && cell >= 0) {
        m_brushed = cell;
        Q_EMIT cellBrushed(cell, true, event->modifiers());
        Q_EMIT cellClicked(cell);
    }
    QWidget::mousePressEvent(event);
}

void PictureView::mouseReleaseEvent(QMouseEvent* event) {
    m_brushed = -1;
    if (m_panning) {
        m_panning = false;
        setCursor(Qt::OpenHandCursor);
        return;
    }
    QWidget::mouseReleaseEvent(event);
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
