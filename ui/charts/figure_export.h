#pragma once

#include <QPaintDevice>
#include <QPainter>
#include <QSize>
#include <QString>
#include <functional>
#include <optional>

#include "core/base/error.h"

namespace mnerva::ui {

enum class FigureFormat { Png, Pdf, Svg };

/// By the file's ending; PNG for an unknown one.
FigureFormat figureFormatOf(const QString& path);
/// The filter of a save dialog for figures.
QString figureFilter();

/// Draws a figure of `size` logical pixels into a file (written whole or not at all). PNG at twice the size; PDF and
/// SVG as vectors. Text can be found and copied in both and looks the same everywhere: a PDF has its fonts in it, an
/// SVG the outlines of its letters. Returns what went wrong.
std::optional<Error> exportFigure(const QString& path, const QSize& size, const QString& title,
                                  const std::function<void(QPainter&)>& draw);

/// The same for what makes its own painter on the device (a chart).
std::optional<Error> exportOnDevice(const QString& path, const QSize& size, const QString& title,
                                    const std::function<void(QPaintDevice&)>& draw);

}  // namespace mnerva::ui
