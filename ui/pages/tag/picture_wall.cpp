#include "ui/pages/tag/picture_wall.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

#include "ui/look/theme.h"
#include "ui/pages/tag/post_list_model.h"
#include "ui/session/picture_cache.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

constexpr int kTilePad = 8, kCaption = 22, kWallMargin = 8, kMark = 10;
constexpr int kTileWidth = PictureWall::kSide + 2 * kTilePad;
constexpr int kTileHeight = PictureWall::kSide + kCaption + 2 * kTilePad;

/// Full where the post is done, hollow where it is open; a bar under it: flagged.
void paintMark(QPainter& painter, const QRectF& place, PostStatus status) {
    painter.setBrush(isDone(status) ? QBrush(Theme::color(Theme::Role::Good)) : QBrush(Qt::NoBrush));
    painter.setPen(QPen(Theme::color(isDone(status) ? Theme::Role::Good : Theme::Role::SecondaryText), 1.5));
    painter.drawEllipse(place);
    if (isFlagged(status))
        painter.fillRect(QRectF(place.left() - 1, place.bottom() + 2, place.width() + 2, 2),
                         Theme::color(Theme::Role::Warning));
}

}  // namespace

PictureWall::PictureWall(PostListModel& posts, ProjectSession& session, QWidget* parent)
    : QAbstractScrollArea(parent), m_posts(posts), m_session(session) {
    setObjectName(QStringLiteral("pictureWall"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);  // that it comes or goes moves no tile
    viewport()->setMouseTracking(true);
    for (const auto signal : {&QAbstractItemModel::modelReset})
        connect(&posts, signal, this, [this] {
            fit();
            follow();
        });
    connect(&posts, &QAbstractItemModel::rowsInserted, this, &PictureWall::fit);
    connect(&posts, &QAbstractItemModel::dataChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&session, &ProjectSession::currentPostChanged, this, &PictureWall::follow);
    auto& cache = PictureCache::instance();
    connect(&cache, &PictureCache::ready, viewport(), qOverload<>(&QWidget::update));
    connect(&cache, &PictureCache::missing, viewport(), qOverload<>(&QWidget::update));
    if (Theme* theme = Theme::instance()) connect(theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    retranslate();
}

void PictureWall::retranslate() {
    setAccessibleName(tr("Wall of pictures"));
}

int PictureWall::columns() const {
    return std::max(1, (viewport()->width() - 2 * kWallMargin) / kTileWidth);
}

void PictureWall::fit() {
    const int rows = (m_posts.rowCount() + columns() - 1) / columns();
    verticalScrollBar()->setRange(0, std::max(0, rows * kTileHeight + 2 * kWallMargin - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(kTileHeight / 3);
    viewport()->update();
}

QRect PictureWall::tileRect(int row) const {
    const int count = columns();
    const int free = viewport()->width() - 2 * kWallMargin - count * kTileWidth;
    const int step = kTileWidth + std::max(0, free) / count;
    return {kWallMargin + row % count * step, kWallMargin + row / count * kTileHeight - verticalScrollBar()->value(),
            kTileWidth, kTileHeight};
}

int PictureWall::rowAt(const QPoint& point) const {
    const int line = (point.y() + verticalScrollBar()->value() - kWallMargin) / kTileHeight;
    for (int row = line * columns(); row < std::min(m_posts.rowCount(), (line + 1) * columns()); ++row)
        if (row >= 0 && tileRect(row).contains(point)) return row;
    return -1;
}

void PictureWall::showRow(int row) {
    if (row < 0) return;
    const QRect place = tileRect(row);
    QScrollBar* bar = verticalScrollBar();
    if (place.top() < 0) bar->setValue(bar->value() + place.top() - kWallMargin);
    if (place.bottom() > viewport()->height())
        bar->setValue(bar->value() + place.bottom() - viewport()->height() + kWallMargin);
}

void PictureWall::follow() {
    m_current = m_posts.rowOf(m_session.currentPost());
    if (isVisible()) showRow(m_current);
    viewport()->update();
}

void PictureWall::setCurrent(int row) {
    if (m_posts.rowCount() == 0) return;
    m_current = std::clamp(row, 0, m_posts.rowCount() - 1);
    showRow(m_current);
    viewport()->update();
    setAccessibleDescription(m_posts.index(m_current).data(Qt::AccessibleTextRole).toString());
    QAccessibleEvent said(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&said);
    m_session.setCurrentPost(m_posts.postAt(m_current));
}

void PictureWall::open(int row) {
    const PostId post = m_posts.postAt(row);
    if (!post.isValid()) return;
    setCurrent(row);
    Q_EMIT opened(post);
}

// --- keys and mouse -------------------------------------------------------------------------------------------------

void PictureWall::keyPressEvent(QKeyEvent* event) {
    const int page = std::max(1, viewport()->height() / kTileHeight) * columns();
    switch (event->key()) {
        case Qt::Key_Left:
            return setCurrent(m_current - 1);
        case Qt::Key_Right:
            return setCurrent(m_current + 1);
        case Qt::Key_Up:
            return setCurrent(m_current - columns() < 0 ? m_current : m_current - columns());
        case Qt::Key_Down:
            return setCurrent(m_current + columns());
        case Qt::Key_PageUp:
            return setCurrent(m_current - page);
        case Qt::Key_PageDown:
            return setCurrent(m_current + page);
        case Qt::Key_Home:
            return setCurrent(0);
        case Qt::Key_End:
            return setCurrent(m_posts.rowCount() - 1);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return open(m_current);
        case Qt::Key_Escape:
            Q_EMIT left();
            return;
        default:
            event->ignore();
    }
}

void PictureWall::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    if (const int row = rowAt(event->position().toPoint()); row >= 0) open(row);
}

bool PictureWall::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = rowAt(help->pos());
        const QString text = row < 0 ? QString() : m_posts.index(row).data(Qt::AccessibleTextRole).toString();
        QToolTip::showText(help->globalPos(), text.toHtmlEscaped(), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

// --- painting -------------------------------------------------------------------------------------------------------

void PictureWall::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.fillRect(event->rect(), Theme::color(Theme::Role::Surface));
    painter.setRenderHint(QPainter::Antialiasing);
    const int top = std::max(0, (event->rect().top() + verticalScrollBar()->value() - kWallMargin) / kTileHeight);
    const int bottom = (event->rect().bottom() + verticalScrollBar()->value() - kWallMargin) / kTileHeight;
    m_drawn = 0;
    for (int row = top * columns(); row < std::min(m_posts.rowCount(), (bottom + 1) * columns()); ++row, ++m_drawn)
        paintTile(painter, row);
}

void PictureWall::paintTile(QPainter& painter, int row) const {
    const QRect tile = tileRect(row);
    if (row == m_current) {
        painter.setBrush(Theme::color(Theme::Role::AccentSurface));
        painter.setPen(QPen(Theme::color(Theme::Role::Accent), hasFocus() ? 2 : 1));
        painter.drawRoundedRect(QRectF(tile).adjusted(2, 2, -2, -2), 4, 4);
    }
    const QRect place(tile.left() + kTilePad, tile.top() + kTilePad, kSide, kSide);
    paintPicture(painter, row, place);
    const QModelIndex post = m_posts.index(row);
    const QRect caption(place.left(), place.bottom() + 3, kSide, kCaption);
    paintMark(painter, QRectF(caption.left() + 1, caption.center().y() - kMark / 2.0, kMark, kMark),
              static_cast<PostStatus>(post.data(PostListModel::StatusRole).toInt()));
    painter.setFont(Theme::secondaryFont());
    painter.setPen(Theme::color(row == m_current ? Theme::Role::Text : Theme::Role::SecondaryText));
    const QString count = QString::number(post.data(PostListModel::EntityCountRole).toInt());
    painter.drawText(caption, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, count);
    const int width = painter.fontMetrics().horizontalAdvance(count) + 6;
    const QRect name = caption.adjusted(kMark + 6, 0, -width, 0);
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(post.data(PostListModel::ExternalIdRole).toString(),
                                                      Qt::ElideMiddle, name.width()));
}

/// The thumbnail; of a post without a picture its text.
void PictureWall::paintPicture(QPainter& painter, int row, const QRect& place) const {
    const QModelIndex post = m_posts.index(row);
    const QString path = post.data(PostListModel::ImagePathRole).toString();
    auto& cache = PictureCache::instance();
    const qreal ratio = painter.device()->devicePixelRatioF();
    QPixmap picture = path.isEmpty() ? QPixmap() : cache.thumbnail(path, kSide, ratio);
    if (picture.isNull() && !path.isEmpty() && cache.state(path) == PictureCache::State::Missing)
        picture = PictureCache::missingPicture(place.size(), ratio);
    if (!picture.isNull()) {
        painter.drawPixmap(place, picture);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::color(Theme::Role::Hover));
    painter.drawRoundedRect(place, 3, 3);
    if (!path.isEmpty()) return;  // it is on its way
    painter.setFont(Theme::secondaryFont());
    painter.setPen(Theme::color(Theme::Role::Text));
    painter.drawText(place.adjusted(8, 8, -8, -8), Qt::AlignLeft | Qt::AlignTop | Qt::TextWrapAnywhere,
                     post.data(PostListModel::PreviewRole).toString());
}

void PictureWall::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    fit();
    showRow(m_current);
}

void PictureWall::showEvent(QShowEvent* event) {
    QAbstractScrollArea::showEvent(event);
    fit();
    follow();
}

void PictureWall::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void PictureWall::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

}  // namespace mnerva::ui
