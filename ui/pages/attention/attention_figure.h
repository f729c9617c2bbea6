#pragma once

#include <QColor>
#include <QRectF>
#include <QSize>
#include <QString>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/domain/label_set.h"
#include "core/vision/heatmap.h"
#include "core/workflow/cases/case.h"

class QFont;
class QPainter;

namespace mnerva::ui {

/// What a saved map shows: what is seen on the page, drawn for paper.
struct AttentionFigure {
    /// A photo with its heat. `paint` fills a rectangle; edge labels stand left of it, if they are wanted, and above
    /// it.
    struct Photo {
        std::function<void(QPainter&, const QRectF&, const QFont&, const QColor&, bool)> paint;
        double aspect = 1;  ///< height / width
        QString title;      ///< "A mpcfn"; empty where there is one photo
    };
    std::vector<Photo> photos;
    double maximum = 0;
    vision::HeatOptions options;
    workflow::Case lanes;
    LabelSet labels;
    /// Words by regions: drawn at a width of its own and scaled.
    std::function<void(QPainter&)> paintMatrix;
    QSize matrixSize;
    QString title, caption;
    QString fileName;  ///< proposed, without an ending
};

struct FigureChoice {
    double widthMm = 85;
    bool hasMatrix = false;
};
inline constexpr double kColumnMm = 85, kPageMm = 175;

/// Draws a figure at a width in mm, with letters of 7 pt: a photo takes at least 45 % of it.
class AttentionFigurePainter {
public:
    AttentionFigurePainter(const AttentionFigure& figure, const FigureChoice& choice);
    ~AttentionFigurePainter();
    /// Logical pixels of 1/96 inch.
    QSize size() const;
    /// Share of the width that the first photo takes.
    double photoShare() const;
    void paint(QPainter& painter) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Writes it as PDF, SVG or PNG, by the file's ending. Returns what went wrong.
std::optional<Error> saveAttentionFigure(const QString& path, const AttentionFigure& figure,
                                         const FigureChoice& choice);

}  // namespace mnerva::ui
