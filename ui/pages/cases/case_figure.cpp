#include "ui/pages/cases/case_figure.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <memory>

#include "ui/base/text_border.h"
#include "ui/session/lanes_picture.h"

namespace mnerva::ui {
namespace {

constexpr qreal kPixelsPerMm = 96 / 25.4;
constexpr int kLeastRowMm = 110;  // narrower figures have the photo above the lanes
constexpr qreal kGap = 10, kMostPhotoHeight = 0.9;

/// One case as it stands in the figure.
struct Placed {
    LanesPicture lanes;
    QString id;
    QRectF photo;
    QPointF lanesAt;
    qreal height = 0;
};

class FigurePainter {
public:
    /// `width`: pixels of 1/96 inch.
    FigurePainter(const CaseFigure& figure, qreal width)
        : m_figure(figure), m_style(figureStyle()), m_width(width), m_metrics(m_style.noteFont) {
        const bool isColumn = width < kLeastRowMm * kPixelsPerMm;
        for (const FigureCase& one : figure.cases) m_placed.push_back(place(one, isColumn));
        for (const Placed& placed : m_placed) m_height += placed.height + 2 * kGap;
        m_height -= m_placed.empty() ? 0 : 2 * kGap;
    }

    qreal height() const { return m_height; }

    void paint(QPainter& painter) const {
        qreal top = 0;
        for (std::size_t i = 0; i < m_placed.size(); ++i) {
            painter.save();
            painter.translate(0, top);
            paintCase(painter, m_placed[i], m_figure.cases[i]);
            painter.restore();
            top += m_placed[i].height + 2 * kGap;
            if (i + 1 < m_placed.size()) {
                painter.setPen(QPen(m_style.hairline, 0.5));
                painter.drawLine(QPointF(0, top - kGap), QPointF(m_width, top - kGap));
            }
        }
    }

private:
    Placed place(const FigureCase& one, bool isColumn) const {
        Placed placed;
        placed.id = fromUtf8(one.shown.externalId);
        QSizeF photo;
        if (!one.photo.isNull()) {
            const qreal widest = isColumn ? m_width : 0.36 * m_width;
            photo = QSizeF(one.photo.size())
                        .scaled(widest, isColumn ? kMostPhotoHeight * m_width : widest * 1.4, Qt::KeepAspectRatio);
        }
        placed.photo = QRectF(QPointF(0, 0), photo);
        const qreal idHeight = m_metrics.height() + 2;
        placed.lanesAt = isColumn ? QPointF(0, photo.height() + (photo.isEmpty() ? 0 : kGap / 2) + idHeight)
                                  : QPointF(photo.isEmpty() ? 0 : photo.width() + 1.5 * kGap, idHeight);
        placed.lanes = LanesPicture(one.shown, m_figure.labels, m_style, m_width - placed.lanesAt.x());
        placed.height = std::max(photo.height(), placed.lanesAt.y() + placed.lanes.height());
        return placed;
    }

    void paintCase(QPainter& painter, const Placed& placed, const FigureCase& one) const {
        if (!placed.photo.isEmpty()) painter.drawImage(placed.photo, one.photo);
        painter.translate(placed.lanesAt);
        painter.setFont(m_style.noteFont);
        painter.setPen(m_style.quiet);
        painter.drawText(QPointF(0, -m_metrics.descent() - 2), placed.id);
        placed.lanes.paint(painter, QRectF(0, 0, m_width, placed.lanes.height()));
    }

    const CaseFigure& m_figure;
    LanesStyle m_style;
    qreal m_width = 0, m_height = 0;
    QFontMetricsF m_metrics;
    std::vector<Placed> m_placed;
};

}  // namespace

Figure paperFigure(CaseFigure figure) {
    Figure paper;
    const auto what = std::make_shared<const CaseFigure>(std::move(figure));
    paper.heightFor = [what](double width) {
        return FigurePainter(*what, width * kFigurePaperScale).height() / kFigurePaperScale;
    };
    paper.draw = [what](QPainter& painter, double width) {
        painter.scale(1 / kFigurePaperScale, 1 / kFigurePaperScale);
        FigurePainter(*what, width * kFigurePaperScale).paint(painter);
    };
    return paper;
}

}  // namespace mnerva::ui
