#include "ui/pages/attention/attention_figure.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <memory>

#include "ui/look/theme.h"
#include "ui/session/heat_legend.h"
#include "ui/session/lanes_picture.h"

namespace mnerva::ui {
namespace {

constexpr double kPixelsPerMm = 96 / 25.4;
constexpr double kWideMm = 110;  // narrower figures have everything under each other
constexpr double kGap = 8, kEdge = 14, kLegend = 24, kMostHeight = 1.25;
constexpr double kPhotoOfWide = 0.5;  // of a wide figure with one photo
constexpr double kLeastShare = 0.48, kPairGap = 4;
const QColor kQuiet(0x50, 0x50, 0x50);

/// A figure laid out in a width, pixels of 1/96 inch, for letters of 7 pt.
struct FigurePainter {
    const AttentionFigure& figure;
    LanesStyle style = figureStyle();
    double width = 0, height = 0;
    std::vector<QRectF> photos;
    QRectF legend, lanesAt, matrixAt;
    LanesPicture lanes;

    FigurePainter(const AttentionFigure& what, double wide, bool hasMatrix) : figure(what), width(wide) {
        style.isReferenceInText = false;
        const bool isWide = wide >= kWideMm * kPixelsPerMm;
        const double top = placePhotos(isWide);
        double left = 0, next = top;
        if (isWide && figure.photos.size() == 1) {
            left = photos.front().right() + 2 * kGap;
            next = 0;
        }
        placeText(left, next);
        height = std::max(top, lanesAt.bottom());
        if (hasMatrix && figure.paintMatrix && !figure.matrixSize.isEmpty()) {
            const double scale = std::min(1.0, width / figure.matrixSize.width());
            matrixAt = QRectF(0, height + kGap, figure.matrixSize.width() * scale, figure.matrixSize.height() * scale);
            height = matrixAt.bottom();
        }
    }

    /// Photos with their edge labels, then the legend; where what follows may begin.
    double placePhotos(bool isWide) {
        const QFontMetricsF metrics(style.noteFont);
        const double label = std::ceil(metrics.height());
        const bool isPair = figure.photos.size() == 2;
        const double title = isPair ? label : 0;
        // Beside each other they share the names of the rows.
        const double room = isPair ? (width - kEdge - kPairGap) / 2 : isWide ? kPhotoOfWide * width : width - kEdge;
        double left = kEdge, bottom = 0;
        for (const AttentionFigure::Photo& photo : figure.photos) {
            double wide = room;
            if (photo.aspect > kMostHeight)
                wide = std::max(std::min(room, kLeastShare * width), room * kMostHeight / photo.aspect);
            photos.emplace_back(left, title + label, wide, wide * photo.aspect);
            bottom = std::max(bottom, photos.back().bottom());
            left += room + kPairGap;
        }
        if (photos.empty()) return 0;
        legend = QRectF(photos.front().left(), bottom + 4, photos.front().width(), kLegend);
        return figure.maximum > 0 ? legend.bottom() + kGap : bottom + kGap;
    }

    void placeText(double left, double top) {
        const double room = width - left;
        lanes = LanesPicture(figure.lanes, figure.labels, style, room);
        lanesAt = QRectF(left, top, room, lanes.height());
    }

    void paint(QPainter& painter) const {
        const double label = std::ceil(QFontMetricsF(style.noteFont).height());
        for (std::size_t i = 0; i < photos.size(); ++i) {
            figure.photos[i].paint(painter, photos[i], style.noteFont, kQuiet, i == 0);
            if (figure.photos[i].title.isEmpty()) continue;
            painter.setFont(style.noteFont);
            painter.setPen(Qt::black);
            painter.drawText(QRectF(photos[i].left(), photos[i].top() - 2 * label, photos[i].width(), label),
                             Qt::AlignLeft | Qt::AlignVCenter, figure.photos[i].title);
        }
        if (figure.maximum > 0)
            paintHeatLegend(painter, legend, figure.maximum, figure.options,
                            {style.noteFont, kQuiet, style.hairline, 6});
        painter.save();
        painter.translate(lanesAt.topLeft());
        lanes.paint(painter, QRectF(QPointF(), lanesAt.size()));
        painter.restore();
        if (matrixAt.isEmpty()) return;
        painter.save();
        painter.translate(matrixAt.topLeft());
        painter.scale(matrixAt.width() / figure.matrixSize.width(), matrixAt.height() / figure.matrixSize.height());
        figure.paintMatrix(painter);
        painter.restore();
    }
};

}  // namespace

Figure paperFigure(const AttentionFigure& figure, bool hasMatrix) {
    Figure paper;
    paper.title = figure.title;
    paper.name = figure.fileName;
    paper.caption = figure.caption;
    const auto what = std::make_shared<const AttentionFigure>(figure);
    paper.heightFor = [what, hasMatrix](double width) {
        return FigurePainter(*what, width * kFigurePaperScale, hasMatrix).height / kFigurePaperScale;
    };
    paper.draw = [what, hasMatrix](QPainter& painter, double width) {
        painter.scale(1 / kFigurePaperScale, 1 / kFigurePaperScale);
        FigurePainter(*what, width * kFigurePaperScale, hasMatrix).paint(painter);
    };
    return paper;
}

double photoShare(const AttentionFigure& figure, double widthMm) {
    const Theme::FigureFonts fonts;  // widths are those of the letters that are drawn
    const double width = widthMm * kPixelsPerMm;
    const FigurePainter painter(figure, width - 2 * kFigureMargin * kFigurePaperScale, false);
    return painter.photos.empty() ? 0 : painter.photos.front().width() / width;
}

}  // namespace mnerva::ui
