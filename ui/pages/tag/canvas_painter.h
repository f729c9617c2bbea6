#pragma once

#include <QFont>
#include <QRectF>
#include <optional>
#include <vector>

#include "core/domain/label_set.h"
#include "ui/pages/tag/canvas_layout.h"
#include "ui/pages/tag/tag_editor.h"

class QPainter;

namespace mnerva::ui {

/// Everything that is drawn over a layout, already computed.
struct CanvasScene {
    const CanvasLayout& layout;
    const CanvasMetrics& metrics;
    const std::vector<CanvasMark>& marks;
    const MarkLayout& markLayout;
    const std::vector<WordDisplay>& words;
    const std::vector<QString>& tags;
    const LabelSet& labels;
    const std::vector<QRectF>& hits;  ///< what the query found
    QFont wordFont, labelFont, tagFont;
    int caret = 0;
    bool hasKeyboard = false;            ///< the caret is drawn strong
    std::optional<WordRange> selection;  ///< solid frame
    std::optional<WordRange> dragged;    ///< an edge as it is being dragged
    TagFocus focus;
    bool peek = false;  ///< marks hidden
    std::vector<WordRange> pulse;
    double pulseStrength = 0;  ///< 0..1
    double shake = 0;          ///< pixels the focus is moved by
};

/// Draws the lines that touch `clip` (layout coordinates).
void paintCanvas(QPainter& painter, const CanvasScene& scene, const QRectF& clip);

}  // namespace mnerva::ui
