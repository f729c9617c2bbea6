#pragma once

#include <QAbstractScrollArea>

#include "core/base/ids.h"

namespace mnerva::ui {

class PostListModel;
class ProjectSession;

/// The posts of the list as pictures in rows, in the same order and with the same current post. Only what is in sight
/// is drawn, and only its thumbnails are asked for. A click, or Enter on the one with the frame, opens a post.
class PictureWall : public QAbstractScrollArea {
    Q_OBJECT
public:
    PictureWall(PostListModel& posts, ProjectSession& session, QWidget* parent = nullptr);

    static constexpr int kSide = 144;  ///< of a thumbnail
    int columns() const;
    /// Where the tile of a row of the list stands, in the viewport.
    QRect tileRect(int row) const;
    int rowAt(const QPoint& point) const;
    int current() const { return m_current; }
    void showRow(int row);
    /// How many tiles the last paint drew.
    int drawn() const { return m_drawn; }
    void retranslate();

Q_SIGNALS:
    void opened(mnerva::PostId post);
    void left();  ///< Escape

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void fit();
    void follow();
    void setCurrent(int row);
    void paintTile(QPainter& painter, int row) const;
    void paintPicture(QPainter& painter, int row, const QRect& place) const;
    void open(int row);

    PostListModel& m_posts;
    ProjectSession& m_session;
    int m_current = -1;
    int m_drawn = 0;
};

}  // namespace mnerva::ui
