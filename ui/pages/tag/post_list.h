#pragma once

#include <QListView>
#include <QTimer>

#include "core/base/ids.h"

namespace mnerva::ui {

class PostListDelegate;
class PostListModel;
class ProjectSession;

/// The list of posts beside the text: a click on a row goes there and leaves the keys on the text, a click on the
/// status circle marks the post done or open without going there. The current row stands a third down, so that the
/// posts that come are seen.
class PostList : public QListView {
    Q_OBJECT
public:
    PostList(PostListModel& model, const ProjectSession& session, QWidget* parent = nullptr);
    /// Thumbnails: pictures before the rows. Compact: nothing but them.
    void setShape(bool hasThumbnails, bool isCompact);
    bool isCompact() const;
    bool hasThumbnails() const;
    /// Makes a row current and scrolls to it.
    void showRow(int row);
    /// Where the status circle of a row takes clicks, in viewport coordinates.
    QRect statusRect(int row) const;

    /// Rows are all of one size: what one shows is painted anew, and a million others are not laid out for it.
    void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles) override;
    void doItemsLayout() override;

Q_SIGNALS:
    void clickedRow();
    void statusClicked(mnerva::PostId post);

protected:
    /// Rows that come behind the others while a project is read are laid out when they are as many again, and when no
    /// more come: each layout goes over all rows.
    void rowsInserted(const QModelIndex& parent, int first, int last) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    int statusRowAt(const QPoint& point) const;
    PostListModel& m_model;
    PostListDelegate* m_delegate;
    QTimer m_grown;
    int m_laidOut = 0;   ///< rows
    int m_pressed = -1;  ///< row whose circle the button went down on
};

}  // namespace mnerva::ui
