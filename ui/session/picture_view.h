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
    void setHeatOptions(const vision::HeatOptions& options);
    void setLegendVisible(bool visible);
    /// Cells framed in the accent colour (what a word looks at).
    void setMarkedCells(std::vector<int> cells);
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

    /// Where the picture is drawn, in widget coordinates; empty without one.
    QRectF pictureRect() const;
    /// A cell's rectangle in widget coordinates.
    QRectF cellRect(int cell) const;
    /// The cell at a point of the widget, -1 outside what the network sees.
    int cellAt(const QPointF& point) const;

    QSize sizeHint() const override { return {300, 300}; }
    QSize minimumSizeHint() const override { return {80, 80}; }

Q_SIGNALS:
    void cellHovered(int cell);  ///< -1: left
    void cellClicked(int cell);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void request();
    void describe();
    void blend();
    void paintGrid(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;
    QRectF legendRect() const;

    void paintPartNote(QPainter& painter) const;
    QString faultText(const Error& fault) const;

    QString m_path;
    std::optional<Error> m_refused;  ///< there is a picture, but it may not be read
    QImage m_image;                  ///< as decoded, perhaps smaller than the file
    QImage m_blended;                ///< at display size, heat in it; null: make anew
    QSize m_fileSize;                ///< pixels of the upright picture: the grid's geometry follows its aspect ratio
    std::vector<float> m_heat;
    std::vector<int> m_marked;
    std::vector<PictureBox> m_boxes;
    bool m_showsBoxes = true;
    double m_maximum = 0;
    vision::HeatOptions m_options;
    bool m_grid = true, m_legend = false, m_missing = false;
    int m_current = -1, m_hovered = -1;
};

}  // namespace mnerva::ui
