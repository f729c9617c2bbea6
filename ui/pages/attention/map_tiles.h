#pragma once

#include <QAbstractScrollArea>
#include <QString>
#include <vector>

#include "core/vision/heatmap.h"

namespace mnerva::ui {

/// Where small maps stand in rows: pure, so that painting and pressing agree.
struct TileLayout {
    int side = 56, gap = 8, caption = 18, columns = 1, count = 0;
    int step() const { return side + gap; }
    int rowHeight() const { return side + caption + gap; }
    int height() const { return count == 0 ? 0 : (count + columns - 1) / columns * rowHeight() - gap; }
    QRect map(int index) const;
    /// Map and caption.
    QRect place(int index) const;
    int indexAt(const QPoint& point) const;  ///< -1: none
};
/// `side` pixels each, as many a row as fit into a width; more than one row only where they do not.
TileLayout layTiles(int count, int width, int side, int captionHeight);

/// Maps of 49 cells as small pictures in rows, each with a name under it: words, heads, methods. One is current; the
/// one under the pointer is told. Their colours are full, as no photo lies under them.
class MapTiles : public QAbstractScrollArea {
    Q_OBJECT
public:
    struct Tile {
        QString name, tip;
        QString note, figure;      ///< further lines, where any tile has them
        std::vector<float> cells;  ///< 49; empty: a dash stands in place of the map
        bool isSigned = false;
        double maximum = 0;  ///< the weight in full colour; 0: the largest of the map
        QColor color;        ///< of the name; invalid: that of text
    };
    explicit MapTiles(QWidget* parent = nullptr);

    void setTiles(std::vector<Tile> tiles);
    const std::vector<Tile>& tiles() const { return m_tiles; }
    void setColours(vision::HeatColours colours);
    void setSide(int side);
    int side() const { return m_side; }
    void setCurrent(int index);
    int current() const { return m_current; }
    /// Frames one that is pointed at elsewhere; -1 none.
    void setMarked(int index);
    /// Where a tile is drawn, in the viewport.
    QRect placeOf(int index) const;
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    /// One row of maps with their captions.
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(int index);
    void hovered(int index);  ///< -1: left

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    TileLayout layoutFor(int width) const;
    int captionHeight() const;
    void relayout();
    void reveal();
    void hover(int index);
    void paintTile(QPainter& painter, const Tile& tile, const QRect& map, bool isCurrent, bool isMarked) const;

    std::vector<Tile> m_tiles;
    TileLayout m_layout;
    vision::HeatColours m_colours = vision::HeatColours::Magma;
    int m_side = 56, m_current = -1, m_marked = -1, m_hovered = -1;
};

}  // namespace mnerva::ui
