#pragma once

#include <QColor>
#include <QRectF>
#include <QSize>
#include <QString>
#include <functional>
#include <vector>

#include "core/domain/label_set.h"
#include "core/vision/heatmap.h"
#include "core/workflow/cases/case.h"
#include "ui/charts/figure_export.h"

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

/// As a figure that leaves by the dialog of all figures: letters of 7 pt, a photo takes at least 45 % of the width.
/// With the matrix below, where that is wanted and there is one. The views that draw the photos must outlive it.
Figure paperFigure(const AttentionFigure& figure, bool hasMatrix);
/// Share of a figure's width that its first photo takes.
double photoShare(const AttentionFigure& figure, double widthMm);

}  // namespace mnerva::ui
