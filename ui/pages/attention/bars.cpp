#include "ui/pages/attention/bars.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/look/theme.h"
#include "ui/session/heat_legend.h"

namespace mnerva::ui {
namespace {

constexpr double kNameWidth = 64;     // at least, so that short lists line up with one another
constexpr double kMostOfNames = 0.5;  // of the whole width; longer names are cut with an ellipsis
constexpr double kNumberWidth = 44;
constexpr double kBarHeight = 8;
constexpr double kGateHeight = 40;
constexpr double kGateBar = 10;
constexpr double kGateGap = 14;

}  // namespace

void BarList::setBars(std::vector<Bar> bars) {
    m_bars = std::move(bars);
    QStringList said;
    for (const Bar& bar : m_bars) said << bar.name + QLatin1Char(' ') + weightText(bar.value);
    setAccessibleDescription(said.join(QStringLiteral(", ")));
    setToolTip(m_bars.empty() ? QString() : m_bars.front().tip);
    updateGeometry();
    update();
}

double BarList::rowHeight() const {
    return std::ceil(QFontMetricsF(Theme::secondaryFont()).height()) + 4;
}

QSize BarList::sizeHint() const {
    return {200, int(rowHeight() * double(m_bars.size()))};
}

void BarList::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(Theme::secondaryFont());
    const QFontMetricsF metrics(painter.font());
    double names = kNameWidth;
    for (const Bar& bar : m_bars) names = std::max(names, std::ceil(metrics.horizontalAdvance(bar.name)) + 2);
    names = std::min(names, std::max(kNameWidth, kMostOfNames * width()));
    double top = 0;
    for (const Bar& bar : m_bars) {
        const double high = rowHeight();
        painter.setPen(Theme::color(Theme::Role::Text));
        painter.drawText(QRectF(0, top, names, high), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(bar.name, Qt::ElideRight, names));
        painter.drawText(QRectF(names, top, kNumberWidth - 6, high), Qt::AlignRight | Qt::AlignVCenter,
                         weightText(bar.value));
        const double left = names + kNumberWidth;
        const QRectF room(left, top + (high - kBarHeight) / 2, width() - left, kBarHeight);
        painter.fillRect(room, Theme::color(Theme::Role::Hairline));
        painter.fillRect(QRectF(room.topLeft(), QSizeF(room.width() * std::clamp(bar.value, 0.0, 1.0), room.height())),
                         Theme::color(Theme::Role::Accent));
        top += high;
    }
}

void GateBars::setGates(std::vector<std::vector<double>> gates) {
    m_gates = std::move(gates);
    updateGeometry();
    update();
}

QSize GateBars::sizeHint() const {
    if (m_gates.empty()) return {120, 0};
    const double line = QFontMetricsF(Theme::secondaryFont()).height();
    return {int(double(m_gates.size()) * (4 * kGateBar + kGateGap)), int(kGateHeight + line + 4)};
}

void GateBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(Theme::secondaryFont());
    double left = 0;
    for (std::size_t layer = 0; layer < m_gates.size(); ++layer) {
        const double wide = kGateBar * double(m_gates[layer].size());
        for (std::size_t level = 0; level < m_gates[layer].size(); ++level) {
            const double value = std::clamp(m_gates[layer][level], 0.0, 1.0);
            const QRectF room(left + kGateBar * double(level), 0, kGateBar - 2, kGateHeight);
            painter.fillRect(room, Theme::color(Theme::Role::Hairline));
            painter.fillRect(room.adjusted(0, kGateHeight * (1 - value), 0, 0), Theme::color(Theme::Role::Accent));
        }
        painter.setPen(Theme::color(Theme::Role::SecondaryText));
        painter.drawText(QRectF(left, kGateHeight + 2, wide, height() - kGateHeight), Qt::AlignHCenter | Qt::AlignTop,
                         QString::number(layer + 1));
        left += wide + kGateGap;
    }
}

}  // namespace mnerva::ui
