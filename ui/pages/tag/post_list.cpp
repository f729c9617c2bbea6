#include "ui/pages/tag/post_list.h"

#include <QMouseEvent>
#include <QScrollBar>
#include <utility>

#include "ui/pages/tag/post_list_delegate.h"
#include "ui/pages/tag/post_list_model.h"

namespace mnerva::ui {

namespace {
constexpr int kGrownMs = 200;  ///< after the last rows that came
}

PostList::PostList(PostListModel& model, const ProjectSession& session, QWidget* parent)
    : QListView(parent), m_model(model), m_delegate(new PostListDelegate(this, &session)) {
    setObjectName(QStringLiteral("postList"));
    setModel(&model);
    setItemDelegate(m_delegate);
    setUniformItemSizes(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::TabFocus);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setMouseTracking(true);
    verticalScrollBar()->setSingleStep(PostListDelegate::kRowHeight / 2);
    m_grown.setSingleShot(true);
    m_grown.setInterval(kGrownMs);
    connect(&m_grown, &QTimer::timeout, this, [this] { scheduleDelayedItemsLayout(); });
}

void PostList::setShape(bool hasThumbnails, bool isCompact) {
    if (hasThumbnails == m_delegate->hasThumbnails() && isCompact == m_delegate->isCompact()) return;
    m_delegate->setShape(hasThumbnails, isCompact);
    // 56 pixels are the thumbnail with air: a bar would lie over it.
    setVerticalScrollBarPolicy(isCompact ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    viewport()->update();
}

bool PostList::isCompact() const {
    return m_delegate->isCompact();
}

bool PostList::hasThumbnails() const {
    return m_delegate->hasThumbnails();
}

void PostList::showRow(int row) {
    if (row >= m_laidOut && m_grown.isActive()) doItemsLayout();
    setCurrentIndex(m_model.index(row));
    const int above = (viewport()->height() - PostListDelegate::kRowHeight) / 3;
    verticalScrollBar()->setValue(row * PostListDelegate::kRowHeight - std::max(0, above));
}

QRect PostList::statusRect(int row) const {
    const QRect place = visualRect(m_model.index(row));
    return place.isEmpty() ? QRect() : m_delegate->statusRect(place);
}

void PostList::dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles) {
    // Past QListView's own, which lays all rows out again: 25 ms a key with a million posts.
    QAbstractItemView::dataChanged(topLeft, bottomRight, roles);
}

void PostList::doItemsLayout() {
    m_grown.stop();
    QListView::doItemsLayout();
    m_laidOut = m_model.rowCount();
}

void PostList::rowsInserted(const QModelIndex& parent, int first, int last) {
    if (first < m_laidOut || last >= 2 * m_laidOut) return QListView::rowsInserted(parent, first, last);
    QAbstractItemView::rowsInserted(parent, first, last);
    m_grown.start();
}

int PostList::statusRowAt(const QPoint& point) const {
    const QModelIndex at = indexAt(point);
    return at.isValid() && statusRect(at.row()).contains(point) ? at.row() : -1;
}

void PostList::mousePressEvent(QMouseEvent* event) {
    m_pressed = event->button() == Qt::LeftButton ? statusRowAt(event->position().toPoint()) : -1;
    if (m_pressed < 0) QListView::mousePressEvent(event);
}

void PostList::mouseReleaseEvent(QMouseEvent* event) {
    const int pressed = std::exchange(m_pressed, -1);
    const QPoint point = event->position().toPoint();
    if (pressed < 0) {
        QListView::mouseReleaseEvent(event);
        if (event->button() == Qt::LeftButton && indexAt(point).isValid()) Q_EMIT clickedRow();
    } else if (statusRowAt(point) == pressed) {
        Q_EMIT statusClicked(m_model.postAt(pressed));
    }
}

void PostList::mouseDoubleClickEvent(QMouseEvent* event) {
    // The second of two quick clicks on a circle is a click as well.
    if (event->button() == Qt::LeftButton) m_pressed = statusRowAt(event->position().toPoint());
    if (m_pressed < 0) QListView::mouseDoubleClickEvent(event);
}

void PostList::mouseMoveEvent(QMouseEvent* event) {
    viewport()->setCursor(statusRowAt(event->position().toPoint()) >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (m_pressed < 0) QListView::mouseMoveEvent(event);
}

}  // namespace mnerva::ui
