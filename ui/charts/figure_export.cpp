#include "ui/charts/figure_export.h"

#include <QBuffer>
#include <QFileInfo>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QImage>
#include <QPageSize>
#include <QPainterPath>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QSvgGenerator>
#include <QTextBoundaryFinder>
#include <QTransform>
#include <algorithm>
#include <cmath>

#include "core/base/file.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr double kPngScale = 2;
constexpr int kScreenDpi = 96;
constexpr double kPrintDpi = 300, kMmPerInch = 25.4;
constexpr int kFine = 16;  // outlines are made this many times as large, as sizes of fonts are whole pixels

QImage drawnImage(const QSizeF& size, double scale, const std::function<void(QPaintDevice&)>& draw) {
    const QSize pixels(std::max(1, int(std::lround(size.width() * scale))),
                       std::max(1, int(std::lround(size.height() * scale))));
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull()) return image;
    image.setDevicePixelRatio(scale);
    image.fill(Qt::white);
    draw(image);
    return image;
}

bool drawPng(QIODevice& device, const QSizeF& size, double scale, const std::function<void(QPaintDevice&)>& draw) {
    QImage image = drawnImage(size, scale, draw);
    const int dotsPerMeter = int(std::lround(kScreenDpi * scale / kMmPerInch * 1000));
    image.setDotsPerMeterX(dotsPerMeter);
    image.setDotsPerMeterY(dotsPerMeter);
    return image.save(&device, "PNG");
}

void drawPdf(QIODevice& device, const QSizeF& size, const QString& title,
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

/// As SVG and XML want it; characters that XML cannot hold stand as U+FFFD.
QString escaped(const QString& text) {
    QString clean = text;
    for (QChar& c : clean)
        if ((c.unicode() < 0x20 && c != QLatin1Char('\t') && c != QLatin1Char('\n')) || c.unicode() >= 0xfffe)
            c = QChar::ReplacementCharacter;
    return clean.toHtmlEscaped();
}

QString unescaped(QString text) {
    return text.replace(QLatin1String("&lt;"), QLatin1String("<"))
        .replace(QLatin1String("&gt;"), QLatin1String(">"))
        .replace(QLatin1String("&quot;"), QLatin1String("\""))
        .replace(QLatin1String("&amp;"), QLatin1String("&"));
}

QString numberText(double value) {
    return QString::number(value, 'f', 3);
}

QString pathData(const QPainterPath& path) {
    QString data;
    const auto point = [](const QPainterPath::Element& e) {
        return numberText(e.x) + QLatin1Char(' ') + numberText(e.y);
    };
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element e = path.elementAt(i);
        if (e.type == QPainterPath::CurveToElement) {
            data +=
                QStringLiteral("C%1 %2 %3").arg(point(e), point(path.elementAt(i + 1)), point(path.elementAt(i + 2)));
            i += 2;
        } else {
            data += (e.type == QPainterPath::MoveToElement ? QLatin1Char('M') : QLatin1Char('L')) + point(e);
        }
    }
    return data;
}

/// The font, kFine times as large, that Qt wrote into the attributes of a text. Qt writes the first family only,
/// whether it is there or not.
QFont fontOf(const QString& attributes) {
    const auto value = [&](const char* name) {
        const QRegularExpression pattern(QStringLiteral("\\b%1=\"([^\"]*)\"").arg(QLatin1String(name)));
        return pattern.match(attributes).captured(1);
    };
    const QString family = value("font-family");
    QFont font = QGuiApplication::font();
    if (!family.isEmpty() && family != font.family() && family != font.families().value(0)) font.setFamilies({family});
    font.setPixelSize(std::max(1, int(std::lround(value("font-size").toDouble() * kFine))));
    font.setWeight(QFont::Weight(std::clamp(value("font-weight").toInt(), 1, 1000)));
    font.setItalic(value("font-style") != QLatin1String("normal"));
    font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

/// A text as outlines, so that it looks the same where its font is missing, over the text itself, unseen, so that it
/// can be found, copied and read aloud. A character without outline (an emoji) stays with the reader's fonts.
QString outlined(const QString& attributes, const QString& text) {
    static const QRegularExpression kPlace(QStringLiteral("\\bx=\"([^\"]*)\" y=\"([^\"]*)\""));
    static const QRegularExpression kFill(QStringLiteral("\\bfill=\"[^\"]*\" fill-opacity=\"[^\"]*\""));
    const auto place = kPlace.match(attributes);
    const QFont font = fontOf(attributes);
    QPainterPath path;
    path.addText(0, 0, font, text);
    QTransform toPlace = QTransform::fromTranslate(place.captured(1).toDouble(), place.captured(2).toDouble());
    path = toPlace.scale(1.0 / kFine, 1.0 / kFine).map(path);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    bool drawn = !path.isEmpty();
    for (qsizetype begin = 0, end; drawn && (end = finder.toNextBoundary()) > begin; begin = end) {
        const QString one = text.mid(begin, end - begin);
        QPainterPath alone;
        alone.addText(0, 0, font, one);
        drawn = !alone.isEmpty() || one.trimmed().isEmpty();
    }
    const QString whole = escaped(text);
    if (!drawn) return QStringLiteral("<text %1>%2</text>").arg(attributes, whole);
    QString unseen = attributes;
    unseen.replace(QRegularExpression(QStringLiteral("fill-opacity=\"[^\"]*\"")), QStringLiteral("fill-opacity=\"0\""));
    const QString width = numberText(QFontMetricsF(font).horizontalAdvance(text) / kFine);
    return QStringLiteral(
               "<path %1 stroke=\"none\" fill-rule=\"nonzero\" d=\"%2\"/><text %3 textLength=\"%4\">%5</text>")
        .arg(kFill.match(attributes).captured(0), pathData(path), unseen, width, whole);
}

QByteArray withOutlines(const QByteArray& svg, const QString& title) {
    static const QRegularExpression kText(QStringLiteral("<text ([^>]*)>(.*?)</text>"),
                                          QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression kDescription(QStringLiteral("<desc>")),
        kTitle(QStringLiteral("<title>.*?</title>\n?"));
    const QString source = QString::fromUtf8(svg);
    QString out;
    qsizetype at = 0;
    for (auto found = kText.globalMatch(source); found.hasNext();) {
        const auto match = found.next();
        out += source.mid(at, match.capturedStart() - at);
        out += outlined(match.captured(1).trimmed(), unescaped(match.captured(2)));
        at = match.capturedEnd();
    }
    out += source.mid(at);
    // Qt writes a title as it is; what is in it may not become part of the drawing.
    out.remove(kTitle);
    const qsizetype head = out.indexOf(kDescription);
    if (head >= 0) out.insert(head, QStringLiteral("<title>%1</title>\n").arg(escaped(title)));
    return out.toUtf8();
}

void drawSvg(QIODevice& device, const QSizeF& size, const QString& title,
             const std::function<void(QPaintDevice&)>& draw) {
    QBuffer drawn;
    drawn.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&drawn);
    generator.setSize(QSize(int(std::ceil(size.width())), int(std::ceil(size.height()))));
    generator.setViewBox(QRectF(QPointF(), size));
    generator.setResolution(kScreenDpi);
    draw(generator);
    QByteArray svg = withOutlines(drawn.data(), title);
    // Qt knows whole pixels only; a column of a paper is 85 mm wide, not 84.93.
    static const QRegularExpression kSize(QStringLiteral("<svg width=\"[^\"]*\" height=\"[^\"]*\""));
    const auto mm = [](double pixels) { return numberText(pixels * kMmPerInch / kScreenDpi); };
    const auto found = kSize.match(QString::fromUtf8(svg));
    if (found.hasMatch())
        svg =
            QString::fromUtf8(svg)
                .replace(found.capturedStart(), found.capturedLength(),
                         QStringLiteral("<svg width=\"%1mm\" height=\"%2mm\"").arg(mm(size.width()), mm(size.height())))
                .toUtf8();
    device.write(svg);
}

/// A figure laid out: its size in pixels of 1/96 inch, and what draws it. The fonts of figures must live as long.
struct Sheet {
    QSizeF size;
    std::function<void(QPaintDevice&)> draw;
};

Sheet sheetOf(const Figure& figure, double widthMm) {
    const double width = widthMm / kMmPerInch * kScreenDpi / kFigurePaperScale,
                 inner = std::max(1.0, width - 2 * kFigureMargin);
    const QFont small = Theme::secondaryFont();
    const double drawn = figure.heightFor(inner);
    const double caption =
        figure.caption.isEmpty()
            ? 0
            : QFontMetricsF(small).boundingRect(QRectF(0, 0, inner, 1e5), Qt::TextWordWrap, figure.caption).height();
    const QSizeF size(width, drawn + 2 * kFigureMargin + (caption > 0 ? caption + kFigureMargin : 0));
    const auto draw = [&figure, small, size, inner, drawn, caption](QPaintDevice& device) {
        const std::unique_ptr<QPainter> painter =
            figure.makePainter ? figure.makePainter(&device) : std::make_unique<QPainter>(&device);
        painter->setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
        painter->scale(kFigurePaperScale, kFigurePaperScale);
        painter->fillRect(QRectF(QPointF(), size), Qt::white);
        painter->translate(kFigureMargin, kFigureMargin);
        painter->setFont(small);
        painter->save();
        figure.draw(*painter, inner);
        painter->restore();
        if (caption <= 0) return;
        painter->setFont(small);
        painter->setPen(Qt::black);
        painter->drawText(QRectF(0, drawn + kFigureMargin, inner, caption + kFigureMargin), Qt::TextWordWrap,
                          figure.caption);
    };
    return {size * kFigurePaperScale, draw};
}

std::optional<Error> writeFigure(const QString& path, const QSizeF& size, const QString& title, double pngScale,
                                 const std::function<void(QPaintDevice&)>& draw) {
    const Theme::FigureFonts fonts;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    switch (figureFormatOf(path)) {
        case FigureFormat::Png:
            if (!drawPng(buffer, size, pngScale, draw)) return Error(ErrorCode::MemoryExhausted, {"drawing a figure"});
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

}  // namespace

FigureFormat figureFormatOf(const QString& path) {
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == QLatin1String("pdf")) return FigureFormat::Pdf;
    if (ending == QLatin1String("svg")) return FigureFormat::Svg;
    return FigureFormat::Png;
}

std::optional<Error> exportFigure(const QString& path, const QSize& size, const QString& title,
                                  const std::function<void(QPainter&)>& draw) {
    return writeFigure(path, QSizeF(size), title, kPngScale, [&](QPaintDevice& device) {
        QPainter painter(&device);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
        painter.setFont(Theme::bodyFont());
        draw(painter);
    });
}

std::optional<Error> saveFigure(const QString& path, const Figure& figure, double widthMm) {
    const Theme::FigureFonts fonts;  // heights are those of the letters that are drawn
    const Sheet sheet = sheetOf(figure, std::clamp(widthMm, kFigureLeastMm, kFigureMostMm));
    return writeFigure(path, sheet.size, figure.title, kPrintDpi / kScreenDpi, sheet.draw);
}

QSizeF figureSizeMm(const Figure& figure, double widthMm) {
    const Theme::FigureFonts fonts;
    return sheetOf(figure, std::clamp(widthMm, kFigureLeastMm, kFigureMostMm)).size * kMmPerInch / kScreenDpi;
}

QImage figurePreview(const Figure& figure, double widthMm, int pixels) {
    const Theme::FigureFonts fonts;
    const Sheet sheet = sheetOf(figure, std::clamp(widthMm, kFigureLeastMm, kFigureMostMm));
    // Qt's painter does not go below one pixel of the device for one of its own.
    const double scale = std::max(1.0, pixels / sheet.size.width());
    QImage image = drawnImage(sheet.size, scale, sheet.draw);
    image.setDevicePixelRatio(1);
    return image.width() > pixels ? image.scaledToWidth(pixels, Qt::SmoothTransformation) : image;
}

}  // namespace mnerva::ui
