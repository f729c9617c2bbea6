#pragma once

#include <QImage>
#include <QWidget>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/project/picture_folder.h"
#include "core/vision/heatmap.h"
#include "ui/session/picture_boxes.h"

namespace mnerva::ui {

/// A picture fitted into the widget, with the network's 7x7 grid, a heat of 49 cells and a legend over it. Used beside
/// the text and on the attention page.
class PictureView : public QWidget {
    Q_OBJECT
public:
    explicit PictureView(QWidget* parent = nullptr);

    /// A picture at hand.
    void setImage(const QImage& image);
    /// A picture from a file, decoded in the background; empty: no picture (the placeholder says so).
    void setPath(const QString& path);
    /// A picture of a post; one that may not be read is said to be refused.
    void setFile(const project::PostImage& image);
    QString path() const { return m_path; }
    bool hasPicture() const { return !m_image.isNull(); }
    /// A file was named, and neither has it come nor is it known to be none.
    bool isWaiting() const { return !m_path.isEmpty() && !hasPicture() && !m_missing && !m_refused; }
    bool isMissing() const { return m_missing; }
    /// What the placeholder says: no picture, missing file, why it cannot be read; nothing while it is being decoded.
    QString placeholderText() const;

    void setGridVisible(bool visible);
    bool isGridVisible() const { return m_grid; }
    /// 49 weights, row by row; `maximum` is drawn darkest (0: the largest of them). Anything but 49 weights clears the
    /// heat.
    void setHeat(std::vector<float> cells, double maximum = 0);
    void clearHeat() { setHeat({}); }
    const std::vector<float>& heat() const { return m_heat; }
    double heatMaximum() const { return m_maximum; }
    void setHeatOptions(const vision::HeatOptions& options);
    const vision::HeatOptions& heatOptions() const { return m_options; }
    /// Colours of the heat with their numbers, under the picture (kLegendHeight).
    void setLegendVisible(bool visible);
    /// R1 to R7 at the left edge of the grid and C1 to C7 above it (kEdgeLeft, kEdgeTop).
    void setEdgeLabelsVisible(bool visible);
    /// A sentence over the foot of the picture; empty: none.
    void setNote(const QString& note);
    const QString& note() const { return m_note; }
    /// The picture without its colours, so that those of the heat stand alone.
    void setGrey(bool grey);
    /// Cells framed in the accent colour (what a word looks at).
    void setMarkedCells(std::vector<int> cells);
    const std::vector<int>& markedCells() const { return m_marked; }
    /// Cells outlined in white: the hottest.
    void setOutlinedCells(std::vector<int> cells);
    const std::vector<int>& outlinedCells() const { return m_outlined; }
    /// Cells that the run was not to see: hatched over.
    void setCoveredCells(std::vector<int> cells);
    const std::vector<int>& coveredCells() const { return m_covered; }
    /// Regions of the picture, drawn while they are visible; a tooltip says more about the one under the pointer.
    void setBoxes(std::vector<PictureBox> boxes);
    const std::vector<PictureBox>& boxes() const { return m_boxes; }
    void setBoxesVisible(bool visible);
    bool areBoxesVisible() const { return m_showsBoxes; }
    /// Where a box is drawn, in widget coordinates; empty without a picture.
    QRectF boxRect(int box) const;
    /// What the tooltip says at a point: of the smallest box there, or of the widget.
    QString tipAt(const QPointF& point) const;
    /// Shows the cell's frame and name; -1 none.
    void setCurrentCell(int cell);
    int currentCell() const { return m_current; }

    /// The wheel, a double click and a drag then change what part of the picture is seen; the arrow keys too, where the
    /// view has them.
    void setZoomable(bool on);
    /// How much larger than fitted it is drawn: 1 to kMostZoom.
    double zoom() const { return m_zoom; }
    /// The point of the widget stays over the same place of the picture.
    void setZoom(double zoom, const QPointF& point);
    /// Closer (1) or further away (-1) around the middle; 0: the whole picture.
    void zoomBy(int steps);
    /// Moves the picture by pixels, as far as it reaches over the widget.
    void panBy(const QPointF& pixels);
    static constexpr double kMostZoom = 8;

    /// Where the picture is drawn, in widget coordinates; empty without one. It reaches beyond the widget when zoomed.
    QRectF pictureRect() const;
    /// Pixels of the upright picture of the file; empty without one.
    QSize filePixels() const { return hasPicture() ? m_fileSize : QSize(); }
    /// A point of the widget as pixels of the file (it may lie outside of it), and a place of the file in the widget.
    QPointF toFile(const QPointF& point) const;
    QRectF fromFile(const QRectF& place) const;
    /// Whether the cell under the pointer is framed and named.
    void setCellShown(bool shown);
    /// A cell's rectangle in widget coordinates.
    QRectF cellRect(int cell) const;
    /// The cell at a point of the widget, -1 outside what the network sees.
    int cellAt(const QPointF& point) const;

    /// Draws picture, heat, grid, edge labels, outlined and covered cells into a rectangle of a figure, as they are
    /// seen but for what follows the pointer. The picture fills `picture`; beside another one it does without names of
    /// rows.
    void paintInto(QPainter& painter, const QRectF& picture, const QFont& labelFont, const QColor& labelColor,
                   bool hasRowNames = true) const;
    /// Height / width of the picture; 0 without one.
    double aspect() const;

    static constexpr int kLegendHeight = 32, kEdgeLeft = 22, kEdgeTop = 18;

    QSize sizeHint() const override { return {300, 300}; }
    QSize minimumSizeHint() const override { return {80, 80}; }

Q_SIGNALS:
    void pictureCame();          ///< decoded: its shape is known
    void cellHovered(int cell);  ///< -1: left
    void cellClicked(int cell);
    /// The left button went down at a cell (`begins`), or was drawn over it.
    void cellBrushed(int cell, bool begins, Qt::KeyboardModifiers modifiers);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void request();
    QRectF roomForPicture() const;
    QSizeF fitted() const;
    void placePicture(QPointF topLeft);
    void paintPart(QPainter& painter, const QRectF& picture) const;
    void describe();
    /// A cell where the picture fills `picture`.
    QRectF cellIn(int cell, const QRectF& picture) const;
    QImage scaled(const QSize& pixels) const;
    void paintPlaceholder(QPainter& painter) const;
    void paintHeat(QPainter& painter, const QRectF& picture, bool isScreen) const;
    void paintGrid(QPainter& painter, const QRectF& picture, bool isScreen) const;
    void paintEdges(QPainter& painter, const QRectF& picture, bool hasRowNames) const;
    void paintFrames(QPainter& painter, const QRectF& picture, const std::vector<int>& cells,
                     const QColor& color) const;
    void paintCovered(QPainter& painter, const QRectF& picture) const;
    void paintPointed(QPainter& painter) const;
    void paintNote(QPainter& painter, const QString& note, int line) const;
    QString faultText(const Error& fault) const;

    QString m_path, m_note;
    std::optional<Error> m_refused;  ///< there is a picture, but it may not be read
    QImage m_image;                  ///< as decoded, perhaps smaller than the file
    QImage m_scaled;                 ///< at display size, without heat; null: make anew
    QSize m_fileSize;                ///< pixels of the upright picture: the grid's geometry follows its aspect ratio
    std::vector<float> m_heat;
    std::vector<int> m_marked, m_outlined, m_covered;
    std::vector<PictureBox> m_boxes;
    bool m_showsBoxes = true;
    double m_maximum = 0;
    vision::HeatOptions m_options;
    bool m_grid = true, m_legend = false, m_missing = false, m_edges = false, m_grey = false;
    int m_current = -1, m_hovered = -1, m_brushed = -1;
    bool m_zoomable = false, m_panning = false, m_showsCell = true;
    double m_zoom = 1;
    QPointF m_centre{0.5, 0.5};  ///< the place of the picture, 0..1, in the middle of the widget
    QPointF m_panFrom;
    int m_wheel = 0;
};

}  // namespace mnerva::ui
