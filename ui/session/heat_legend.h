#pragma once

#include <QColor>
#include <QFont>
#include <QRectF>
#include <QString>

#include "core/vision/heatmap.h"

class QPainter;

namespace mnerva::ui {

/// ".31", "-.0042", "3.1e-5": a weight as people read it in papers, with two digits that say something, however small
/// it is. 0 is "0", what is no number "–".
QString weightText(double weight);

/// How a legend looks: on the screen, or in a figure.
struct LegendStyle {
    QFont font;
    QColor text, line;
    double barHeight = 10;
};

/// Draws the colours of a heat with the numbers they stand for into a rectangle: 0 to the maximum, with a mark at the
/// threshold; of a diverging map from the maximum below 0 to that above. The colours are full everywhere.
void paintHeatLegend(QPainter& painter, const QRectF& room, double maximum, const vision::HeatOptions& options,
                     const LegendStyle& style);

}  // namespace mnerva::ui
