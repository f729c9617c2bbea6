#pragma once

#include <QImage>
#include <QPaintDevice>
#include <QPainter>
#include <QSize>
#include <QSizeF>
#include <QString>
#include <functional>
#include <memory>
#include <optional>

#include "core/base/error.h"

namespace mnerva::ui {

enum class FigureFormat { Png, Pdf, Svg };

/// By the file's ending; PNG for an unknown one.
FigureFormat figureFormatOf(const QString& path);

/// Draws a figure of `size` logical pixels into a file (written whole or not at all). PNG at twice the size; PDF and
/// SVG as vectors. Text can be found and copied in both and looks the same everywhere: a PDF has its fonts in it, an
/// SVG the outlines of its letters. Returns what went wrong.
std::optional<Error> exportFigure(const QString& path, const QSize& size, const QString& title,
                                  const std::function<void(QPainter&)>& draw);

/// A picture that can leave the window at any width (look.md; error-analysis.md 7). Widths and heights are pixels of
/// 1/96 inch in which the window's secondary text is as large as on the screen; on paper it has 7 pt.
struct Figure {
    QString title;    ///< of the file
    QString name;     ///< proposed for the file, without ending
    QString caption;  ///< below the picture: rule, layers, split, fingerprint of the data, seeds; may be empty
    std::function<double(double width)> heightFor;
    std::function<void(QPainter& painter, double width)> draw;
    /// What `draw` is given, where it wants another painter than Qt's (QCustomPlot has its own).
    std::function<std::unique_ptr<QPainter>(QPaintDevice*)> makePainter = {};
};

/// On paper, against the pixels that a figure is drawn in; the white around it, in these pixels.
inline constexpr double kFigurePaperScale = 7.0 / 9.0, kFigureMargin = 8;
inline constexpr double kFigureColumnMm = 85, kFigurePageMm = 175;  ///< a column and a page of a paper
inline constexpr double kFigureLeastMm = 20, kFigureMostMm = 1000;

/// Writes the figure `widthMm` wide, caption below, in the light colours, whole or not at all: PDF, SVG or PNG (300
/// dpi) by the ending. Returns what went wrong.
std::optional<Error> saveFigure(const QString& path, const Figure& figure, double widthMm);
/// How large it will be, in mm, caption and margins with it.
QSizeF figureSizeMm(const Figure& figure, double widthMm);
/// The same as a picture of `pixels` width, for a preview.
QImage figurePreview(const Figure& figure, double widthMm, int pixels);

}  // namespace mnerva::ui
