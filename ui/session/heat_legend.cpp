#include "ui/session/heat_legend.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace mnerva::ui {

QString weightText(double weight) {
    if (!std::isfinite(weight)) return QStringLiteral("–");
    if (weight == 0) return QStringLiteral("0");
    const double size = std::abs(weight);
    if (size < 0.000995) {
        QString text = QLocale::c().toString(weight, 'e', 1);  // "3.1e-05"
        return text.replace(QLatin1String("e-0"), QLatin1String("e-"));
    }
    const int digits = size < 0.00995 ? 4 : size < 0.0995 ? 3 : 2;
    QString text = QLocale::c().toString(weight, 'f', digits);
    if (text.startsWith(QLatin1String("0."))) text.remove(0, 1);
    if (text.startsWith(QLatin1String("-0."))) text.remove(1, 1);
    if (text.startsWith(QLatin1Char('-'))) text[0] = QChar(0x2212);  // a minus, not a hyphen
    return text;
}

void paintHeatLegend(QPainter& painter, const QRectF& room, double maximum, const vision::HeatOptions& options,
                     const LegendStyle& style) {
    if (maximum <= 0 || room.width() < 24) return;
    const bool isSigned = options.colours == vision::HeatColours::Diverging;
    const double least = isSigned ? -maximum : 0;
    const QFontMetricsF metrics(style.font);
    const double side = metrics.horizontalAdvance(weightText(-maximum)) / 2 + 2;
    const QRectF bar(room.left() + side, room.top(), room.width() - 2 * side, style.barHeight);
    // Of a fixed number of parts: in a saved figure each is a shape of its own.
    constexpr int kParts = 96;
    painter.save();
    painter.setPen(Qt::NoPen);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (int part = 0; part < kParts; ++part) {
        const double where = double(part) / (kParts - 1);
        const QColor colour = QColor::fromRgb(vision::heatInk(isSigned ? 2 * where - 1 : where, options.colours));
        const double left = bar.left() + bar.width() * part / kParts;
        painter.fillRect(QRectF(left, bar.top(), bar.width() / kParts + 0.6, bar.height()), colour);
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(style.line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(bar);
    painter.setPen(style.text);
    painter.setFont(style.font);
    const auto number = [&](double weight) {
        const double x = bar.left() + bar.width() * (weight - least) / (maximum - least);
        painter.drawLine(QPointF(x, bar.bottom()), QPointF(x, bar.bottom() + 3));
        painter.drawText(QRectF(x - 40, bar.bottom() + 3, 80, metrics.height()), Qt::AlignHCenter | Qt::AlignTop,
                         weightText(weight));
    };
    number(least);
    if (isSigned) number(0);
    const double apart = metrics.horizontalAdvance(QStringLiteral(".000")) / std::max(1.0, bar.width());
    const double threshold = options.threshold / maximum;
    if (!isSigned && threshold > apart && threshold < 1 - apart) number(options.threshold);
    number(maximum);
    painter.restore();
}

}  // namespace mnerva::ui
