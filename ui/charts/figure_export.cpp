#include "ui/charts/figure_export.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QImage>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>

#include "core/base/file.h"
#include "ui/common/text_border.h"

namespace mnerva::ui {
namespace {

constexpr double kPngScale = 2;
constexpr int kScreenDpi = 96;

void drawPng(QIODevice& device, const QSize& size, const std::function<void(QPaintDevice&)>& draw) {
    QImage image(size * kPngScale, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(kPngScale);
    image.fill(Qt::white);
    draw(image);
    image.save(&device, "PNG");
}

void drawPdf(QIODevice& device, const QSize& size, const QString& title,
             const std::function<void(QPaintDevice&)>& draw) {
    QPdfWriter writer(&device);
    writer.setTitle(title);
    writer.setCreator(QStringLiteral("Mnerva"));
    writer.setResolution(kScreenDpi);
    const QSizeF points(size.width() * 72.0 / kScreenDpi, size.height() * 72.0 / kScreenDpi);
    writer.setPageSize(QPageSize(points, QPageSize::Point, QString(), QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    draw(writer);
}

void drawSvg(QIODevice& device, const QSize& size, const QString& title,
             const std::function<void(QPaintDevice&)>& draw) {
    QSvgGenerator generator;
    generator.setOutputDevice(&device);
    generator.setTitle(title);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(), size));
    generator.setResolution(kScreenDpi);
    draw(generator);
}

}  // namespace

FigureFormat figureFormatOf(const QString& path) {
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == QLatin1String("pdf")) return FigureFormat::Pdf;
    if (ending == QLatin1String("svg")) return FigureFormat::Svg;
    return FigureFormat::Png;
}

QString figureFilter() {
    return QCoreApplication::translate("mnerva::ui::Chart",
                                       "PDF figure (*.pdf);;SVG figure (*.svg);;PNG picture (*.png)");
}

std::optional<Error> exportFigure(const QString& path, const QSize& size, const QString& title,
                                  const std::function<void(QPainter&)>& draw) {
    return exportOnDevice(path, size, title, [&](QPaintDevice& device) {
        QPainter painter(&device);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
        draw(painter);
    });
}

std::optional<Error> exportOnDevice(const QString& path, const QSize& size, const QString& title,
                                    const std::function<void(QPaintDevice&)>& draw) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    switch (figureFormatOf(path)) {
        case FigureFormat::Png:
            drawPng(buffer, size, draw);
            break;
        case FigureFormat::Pdf:
            drawPdf(buffer, size, title, draw);
            break;
        case FigureFormat::Svg:
            drawSvg(buffer, size, title, draw);
            break;
    }
    try {
        writeFileAtomic(toPath(path), buffer.data().toStdString());
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

}  // namespace mnerva::ui
