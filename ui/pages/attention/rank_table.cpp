#include "ui/pages/attention/rank_table.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

/// A correlation counts to two places, and what is no more than that is none.
QString rankText(double rho) {
    const double rounded = std::round(rho * 100) / 100;
    if (rounded == 0) return QStringLiteral(".00");
    QString text = QLocale::c().toString(rounded, 'f', 2);
    if (std::abs(rounded) < 1) text.remove(QLatin1Char('0') == text[0] ? 0 : 1, 1);
    return text.replace(QLatin1Char('-'), QChar(0x2212));  // a minus, not a hyphen
}

constexpr double kCell = 84, kTablePad = 4, kWidestName = 150;
constexpr float kStrongest = 0.55F;

}  // namespace

RankTable::RankTable(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("rankTable"));
}

void RankTable::setTable(QStringList names, std::vector<std::vector<std::optional<double>>> table) {
    m_names = std::move(names);
    m_table = std::move(table);
    QStringList said;
    for (qsizetype row = 0; row < m_names.size(); ++row)
        for (qsizetype column = 0; column < row; ++column)
            if (const auto& rho = m_table[std::size_t(row)][std::size_t(column)])
                said << QStringLiteral("%1, %2: %3").arg(m_names[row], m_names[column], rankText(*rho));
    setAccessibleDescription(said.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

double RankTable::rowHeight() const {
    return std::ceil(QFontMetricsF(Theme::secondaryFont()).height()) + 4;
}

double RankTable::nameWidth() const {
    const QFontMetricsF metrics(Theme::secondaryFont());
    double widest = 0;
    for (const QString& name : m_names) widest = std::max(widest, metrics.horizontalAdvance(name));
    return std::min(kWidestName, widest) + 2 * kTablePad;
}

QSize RankTable::sizeHint() const {
    if (m_names.size() < 2) return {120, 0};
    return {int(nameWidth() + kCell * double(m_names.size() - 1)), int(rowHeight() * double(m_names.size()))};
}

void RankTable::paintEvent(QPaintEvent*) {
    if (m_names.size() < 2) return;
    QPainter painter(this);
    painter.setFont(Theme::secondaryFont());
    const QFontMetricsF metrics(painter.font());
    const double high = rowHeight(), names = nameWidth();
    const double cell = std::min(kCell, (width() - names) / double(m_names.size() - 1));
    painter.setPen(Theme::color(Theme::Role::SecondaryText));
    for (qsizetype column = 0; column + 1 < m_names.size(); ++column)
        painter.drawText(QRectF(names + cell * double(column), 0, cell - 2, high), Qt::AlignCenter,
                         metrics.elidedText(m_names[column], Qt::ElideRight, cell - 4));
    for (qsizetype row = 1; row < m_names.size(); ++row) {
        const double top = high * double(row);
        painter.setPen(Theme::color(Theme::Role::Text));
        painter.drawText(QRectF(0, top, names - kTablePad, high), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(m_names[row], Qt::ElideRight, names - kTablePad));
        for (qsizetype column = 0; column < row; ++column) {
            const auto& rho = m_table[std::size_t(row)][std::size_t(column)];
            const QRectF box(names + cell * double(column), top + 1, cell - 2, high - 2);
            QColor tint = Theme::color(rho && *rho < 0 ? Theme::Role::Bad : Theme::Role::Accent);
            tint.setAlphaF(rho ? kStrongest * float(std::abs(*rho)) : 0);
            painter.fillRect(box, tint);
            painter.drawText(box, Qt::AlignCenter, rho ? rankText(*rho) : QStringLiteral("–"));
        }
    }
}

}  // namespace mnerva::ui
