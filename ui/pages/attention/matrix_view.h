#pragma once

#include <QAbstractScrollArea>
#include <QStringList>

#include "core/project/attention_view.h"
#include "core/vision/heatmap.h"

namespace mnerva::ui {

/// Geometry of the words x regions matrix: heads fixed, cells scrolled. Pure; pixels of the contents, scroll offset
/// apart.
struct MatrixLayout {
    int words = 0, regions = 0, rowsPerCrop = 0;
    double rowHead = 0;     ///< width of the words' column
    double columnHead = 0;  ///< height of the regions' names
    double cellWidth = 14, cellHeight = 20;
    double groupGap = 3;    ///< between the grid's rows of seven, and before each crop
    bool namesEach = true;  ///< each region has its name above; else only each group, for want of room

    /// Left edge of a region's column, from the edge of the cells.
    double columnLeft(int region) const;
    double contentWidth() const { return regions > 0 ? columnLeft(regions - 1) + cellWidth : 0; }
    double contentHeight() const { return words * cellHeight; }
    /// Which row of the grid, or which crop after them, a region belongs to.
    int groupOf(int region) const;
    /// The cell's rectangle, from the corner of the cells.
    QRectF cell(int word, int region) const;
    /// Word and region at a point from the corner of the cells; -1 where there is none.
    std::pair<int, int> cellAt(const QPointF& point) const;
};

/// Words by regions as a table of colours. Hovering frames row and column; a press chooses the word.
class MatrixView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit MatrixView(QWidget* parent = nullptr);

    void setWords(const QStringList& words);
    void setMap(const project::AttentionMap& map);
    /// The weight that is drawn darkest, and the colours.
    void setHeat(double maximum, const vision::HeatOptions& options);
    void setCurrentWord(int word);
    /// Frames a region's column (it is hovered in the picture); -1 none.
    void setMarkedRegion(int region);
    const MatrixLayout& matrixLayout() const { return m_layout; }
    /// Draws the whole matrix, not only what is scrolled into view.
    void paintWhole(QPainter& painter) const;
    QSize wholeSize() const;

    QSize sizeHint() const override { return {640, 360}; }

Q_SIGNALS:
    void wordChosen(int word);
    void cellHovered(int word, int region);  ///< -1, -1: left

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
    struct Paper {
        QColor surface, text, quiet, hairline, accent, chosen;
    };
    static Paper paper(bool screen);
    /// The widest cells that fit into a width, within reason.
    MatrixLayout layoutFor(double width) const;
    void relayout();
    void updateBars();
    void hover(int word, int region);
    /// One drawing: where, with which layout, scrolled how far.
    struct Sheet {
        const MatrixLayout& layout;
        QPointF offset;
        QRectF room;
        Paper colours;
        bool screen;  ///< caret and hover are shown
    };
    void paint(QPainter& painter, const Sheet& sheet) const;
    void paintCells(QPainter& painter, const Sheet& sheet) const;
    void paintWords(QPainter& painter, const Sheet& sheet) const;
    void paintRegionNames(QPainter& painter, const Sheet& sheet) const;
    void paintGroupNames(QPainter& painter, const Sheet& sheet) const;
    bool isLit(const Sheet& sheet, int region) const;
    QPointF toCells(const QPointF& viewport) const;

    QStringList m_words;
    project::AttentionMap m_map;
    MatrixLayout m_layout;
    vision::HeatOptions m_options;
    double m_maximum = 0;
    int m_current = -1, m_marked = -1, m_hoverWord = -1, m_hoverRegion = -1;
};

}  // namespace mnerva::ui
