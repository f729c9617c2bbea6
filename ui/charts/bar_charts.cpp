#include "ui/charts/bar_charts.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/base/settings.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr double kGap = 8, kBar = 20, kBarStep = 28, kGroupGap = 16, kDot = 9, kDotStep = 18, kMost = 1100,
                 kNumbers = 72;

QFontMetricsF metrics() {
    return QFontMetricsF(Theme::secondaryFont());
}

double widest(const QStringList& texts) {
    double width = 0;
    for (const QString& text : texts) width = std::max(width, metrics().horizontalAdvance(text));
    return width;
}

/// Where the entries of a legend stand, from the left to the right and then below.
std::vector<QRectF> legendPlaces(const QStringList& names, double width) {
    std::vector<QRectF> places;
    const double line = metrics().height() + kGap / 2;
    double x = 0, y = 0;
    for (const QString& name : names) {
        const double needs = kDot + kGap / 2 + metrics().horizontalAdvance(name) + 2 * kGap;
        if (x > 0 && x + needs > width) {
            x = 0;
            y += line;
        }
        places.emplace_back(x, y, needs, metrics().height());
        x += needs;
    }
    return places;
}

double legendRoom(const QStringList& names, double width) {
    const auto places = legendPlaces(names, width);
    return places.empty() ? 0 : places.back().bottom() + 1.5 * kGap;
}

/// The mark of a series: colour and shape, so that none is told by colour alone.
void drawMark(QPainter& painter, const QPointF& centre, int series) {
    const double half = kDot / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::seriesColor(series));
    switch (series % 4) {
        case 0:
            painter.drawEllipse(centre, half, half);
            break;
        case 1:
            painter.drawRect(QRectF(centre.x() - half, centre.y() - half, kDot, kDot));
            break;
        case 2:
            painter.drawPolygon(QPolygonF{centre + QPointF(0, -half - 1), centre + QPointF(half + 1, half),
                                          centre + QPointF(-half - 1, half)});
            break;
        default:
            painter.drawPolygon(QPolygonF{centre + QPointF(0, -half - 1), centre + QPointF(half + 1, 0),
                                          centre + QPointF(0, half + 1), centre + QPointF(-half - 1, 0)});
    }
}

QString elided(const QString& text, double width) {
    return metrics().elidedText(text, Qt::ElideRight, width);
}

}  // namespace

// --- what both have -------------------------------------------------------------------------------------------------

PressableChart::PressableChart(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

void PressableChart::setCaption(const QString& caption, const QString& fileName) {
    m_caption = caption;
    m_fileName = fileName;
}

void PressableChart::setEmptyText(const QString& text) {
    m_empty = text;
    update();
}

void PressableChart::relayout() {
    m_parts = layoutFor(width());
    m_current = std::min(m_current, static_cast<int>(m_parts.size()) - 1);
    setMinimumHeight(static_cast<int>(std::ceil(heightFor(width()))));
    updateGeometry();
    update();
}

QSize PressableChart::sizeHint() const {
    return {480, static_cast<int>(std::ceil(heightFor(480)))};
}

QSize PressableChart::minimumSizeHint() const {
    return {280, 80};
}

void PressableChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.setFont(Theme::secondaryFont());
    if (isEmpty()) {
        painter.setPen(Theme::color(Theme::Role::SecondaryText));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_empty);
        return;
    }
    paint(painter, width());
    if (m_current < 0 || !hasFocus()) return;
    painter.setPen(QPen(Theme::color(Theme::Role::Accent), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(m_parts[static_cast<std::size_t>(m_current)].rect.adjusted(-1, -1, 1, 1), 3, 3);
}

void PressableChart::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != event->size().width()) relayout();
}

void PressableChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) relayout();
}

int PressableChart::partAt(const QPointF& point) const {
    for (std::size_t i = 0; i < m_parts.size(); ++i)
        if (m_parts[i].rect.contains(point)) return static_cast<int>(i);
    return -1;
}

void PressableChart::mouseMoveEvent(QMouseEvent* event) {
    const int part = partAt(event->position());
    setCursor(part >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (part >= 0)
        QToolTip::showText(event->globalPosition().toPoint(), m_parts[static_cast<std::size_t>(part)].tip, this);
    else
        QToolTip::hideText();
}

void PressableChart::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    unsetCursor();
}

void PressableChart::mouseReleaseEvent(QMouseEvent* event) {
    const int part = event->button() == Qt::LeftButton ? partAt(event->position()) : -1;
    if (part < 0) return;
    m_current = part;
    update();
    Q_EMIT pressed(m_parts[static_cast<std::size_t>(part)].id);
}

void PressableChart::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    if (m_current < 0 && !m_parts.empty()) m_current = 0;
    update();
}

void PressableChart::keyPressEvent(QKeyEvent* event) {
    const int count = static_cast<int>(m_parts.size());
    if (count == 0) return QWidget::keyPressEvent(event);
    switch (event->key()) {
        case Qt::Key_Right:
        case Qt::Key_Down:
            m_current = std::min(count - 1, m_current + 1);
            break;
        case Qt::Key_Left:
        case Qt::Key_Up:
            m_current = std::max(0, m_current - 1);
            break;
        case Qt::Key_Home:
            m_current = 0;
            break;
        case Qt::Key_End:
            m_current = count - 1;
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            if (m_current >= 0) Q_EMIT pressed(m_parts[static_cast<std::size_t>(m_current)].id);
            return;
        default:
            return QWidget::keyPressEvent(event);
    }
    setAccessibleDescription(m_parts[static_cast<std::size_t>(m_current)].tip);
    update();
}

Figure PressableChart::figure(const QString& title) {
    Figure figure;
    figure.title = title;
    figure.name = m_fileName;
    figure.caption = m_caption;
    figure.heightFor = [this](double width) { return heightFor(width); };
    figure.draw = [this](QPainter& painter, double width) {
        m_onPaper = true;
        const std::vector<ChartPart> shown = std::exchange(m_parts, layoutFor(width));
        paint(painter, width);
        m_parts = shown;
        m_onPaper = false;
    };
    return figure;
}

// --- stacked bars ---------------------------------------------------------------------------------------------------

void StackedBars::setRows(const QStringList& series, std::vector<Row> rows) {
    m_series = series;
    m_rows = std::move(rows);
    relayout();
}

void StackedBars::setColours(std::function<QColor(int)> colours) {
    m_colours = std::move(colours);
    update();
}

double StackedBars::nameWidth() const {
    QStringList names;
    for (const Row& row : m_rows) names << row.name;
    return std::min(180.0, widest(names)) + 2 * kGap;
}

double StackedBars::legendHeight(double width) const {
    return legendRoom(m_series, width);
}

double StackedBars::topOf(std::size_t row) const {
    double y = 0;
    for (std::size_t i = 0; i <= row; ++i) y += (i > 0 ? kBarStep : 0) + (m_rows[i].startsGroup ? kGroupGap : 0);
    return y;
}

double StackedBars::heightFor(double width) const {
    return isEmpty() ? 120 : legendHeight(width) + topOf(m_rows.size() - 1) + kBarStep;
}

std::vector<ChartPart> StackedBars::layoutFor(double width) {
    std::vector<ChartPart> parts;
    int most = 1;
    for (const Row& row : m_rows) most = std::max(most, std::accumulate(row.counts.begin(), row.counts.end(), 0));
    const double left = nameWidth(), numbers = metrics().horizontalAdvance(QLocale().toString(most)) + 2 * kGap;
    const double scale = std::max(1.0, std::min(width, kMost + left) - left - numbers) / most;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        double x = left;
        for (std::size_t s = 0; s < m_rows[i].counts.size(); ++s) {
            const int count = m_rows[i].counts[s];
            if (count == 0) continue;
            const QRectF rect(x, legendHeight(width) + topOf(i), count * scale, kBar);
            parts.push_back(
                {rect,
                 QStringLiteral("%1 · %2: %3").arg(m_rows[i].name, m_series.value(int(s)), QLocale().toString(count)),
                 m_rows[i].ids.at(s)});
            x += rect.width();
        }
    }
    return parts;
}

void StackedBars::paintLegend(QPainter& painter, double width) const {
    const auto places = legendPlaces(m_series, width);
    const auto colour = [&](int series) { return m_colours ? m_colours(series) : Theme::seriesColor(series); };
    for (std::size_t s = 0; s < places.size(); ++s) {
        const QRectF& place = places[s];
        painter.fillRect(QRectF(place.left(), place.center().y() - kDot / 2, kDot, kDot), colour(int(s)));
        painter.setPen(m_onPaper ? QColor(Qt::black) : Theme::color(Theme::Role::Text));
        painter.drawText(place.adjusted(kDot + kGap / 2, 0, 0, 0), Qt::AlignVCenter, m_series.value(int(s)));
    }
}

void StackedBars::paint(QPainter& painter, double width) {
    paintLegend(painter, width);
    const double left = nameWidth();
    const QColor text = m_onPaper ? QColor(Qt::black) : Theme::color(Theme::Role::Text);
    std::size_t at = 0;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const double top = legendHeight(width) + topOf(i);
        painter.setPen(text);
        painter.drawText(QRectF(0, top, left - kGap, kBar), Qt::AlignVCenter | Qt::AlignRight,
                         elided(m_rows[i].name, left - kGap));
        double end = left;
        int sum = 0;
        for (std::size_t s = 0; s < m_rows[i].counts.size(); ++s) {
            const int count = m_rows[i].counts[s];
            if (count == 0) continue;
            const QRectF& rect = parts()[at++].rect;
            const QColor fill = m_colours ? m_colours(int(s)) : Theme::seriesColor(int(s));
            painter.fillRect(rect.adjusted(0, 0, -1, 0), fill);
            const QString number = QLocale().toString(count);
            if (metrics().horizontalAdvance(number) + 6 < rect.width()) {
                painter.setPen(Theme::textOn(fill));
                painter.drawText(rect, Qt::AlignCenter, number);
            }
            end = rect.right();
            sum += count;
        }
        painter.setPen(m_onPaper ? QColor(Qt::darkGray) : Theme::color(Theme::Role::SecondaryText));
        painter.drawText(QRectF(end + kGap, top, 80, kBar), Qt::AlignVCenter, QLocale().toString(sum));
    }
}

// --- intervals ------------------------------------------------------------------------------------------------------

void IntervalChart::setGroups(const QStringList& series, std::vector<Group> groups, bool isDifference) {
    m_series = series;
    m_groups = std::move(groups);
    m_isDifference = isDifference;
    relayout();
}

IntervalChart::Axis IntervalChart::axis() const {
    double low = m_isDifference ? 0 : 1, high = 0;
    for (const Group& group : m_groups)
        for (const auto& value : group.values) {
            if (!value) continue;
            low = std::min({low, value->value, value->interval ? value->interval->first : value->value});
            high = std::max({high, value->value, value->interval ? value->interval->second : value->value});
        }
    Axis axis;
    if (low > high) return axis;  // no value at all
    if (high - low < 0.02) {
        high += 0.05;
        low -= 0.05;
    }
    for (const double step : {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0}) {
        axis.step = step;
        axis.low = std::floor(low / step) * step;
        axis.high = std::ceil(high / step) * step;
        if ((axis.high - axis.low) / step <= 8.5) break;
    }
    if (m_isDifference) return axis;
    axis.low = std::max(0.0, axis.low);
    axis.high = std::min(1.0, std::max(axis.high, axis.low + axis.step));
    return axis;
}

double IntervalChart::nameWidth() const {
    QStringList names;
    for (const Group& group : m_groups) names << group.name << group.detail;
    return std::min(200.0, widest(names)) + 2 * kGap;
}

double IntervalChart::legendHeight(double width) const {
    return m_series.size() > 1 || m_isDifference ? legendRoom(m_series, width) : 0;
}

double IntervalChart::topOf(std::size_t group) const {
    const double rows = std::max(2.0, static_cast<double>(m_series.size()));
    return static_cast<double>(group) * (rows * kDotStep + kGroupGap);
}

void IntervalChart::setAxisTitle(const QString& title) {
    if (m_axisTitle == title) return;
    m_axisTitle = title;
    relayout();
}

double IntervalChart::heightFor(double width) const {
    const double lines = m_axisTitle.isEmpty() ? 1 : 2;
    return isEmpty() ? 120 : legendHeight(width) + topOf(m_groups.size()) + lines * metrics().height() + 2 * kGap;
}

double IntervalChart::xOf(double value, double width) const {
    const Axis scale = axis();
    const double left = nameWidth(), right = std::min(width, kMost + left) - kNumbers;
    return left + (value - scale.low) / (scale.high - scale.low) * std::max(1.0, right - left);
}

std::vector<ChartPart> IntervalChart::layoutFor(double width) {
    std::vector<ChartPart> parts;
    for (std::size_t g = 0; g < m_groups.size(); ++g)
        for (std::size_t s = 0; s < m_groups[g].values.size(); ++s) {
            const auto& value = m_groups[g].values[s];
            if (!value) continue;
            const double y = legendHeight(width) + topOf(g) + (static_cast<double>(s) + 0.5) * kDotStep;
            const double from = xOf(value->interval ? value->interval->first : value->value, width);
            const double to = xOf(value->interval ? value->interval->second : value->value, width);
            parts.push_back({QRectF(std::min(from, xOf(value->value, width) - kDot), y - kDotStep / 2,
                                    std::max(to - from, 2 * kDot), kDotStep),
                             QStringLiteral("%1 · %2: %3").arg(m_groups[g].name, m_series.value(int(s)), value->text),
                             value->id});
        }
    return parts;
}

void IntervalChart::paintAxis(QPainter& painter, double width) const {
    const Axis scale = axis();
    const double top = legendHeight(width), bottom = top + topOf(m_groups.size());
    const QColor line = m_onPaper ? QColor(Qt::lightGray) : Theme::color(Theme::Role::Hairline);
    const QColor text = m_onPaper ? QColor(Qt::black) : Theme::color(Theme::Role::SecondaryText);
    const int steps = static_cast<int>(std::lround((scale.high - scale.low) / scale.step));
    for (int i = 0; i <= steps; ++i) {
        const double value = scale.low + i * scale.step, x = xOf(value, width);
        const bool isZero = m_isDifference && std::abs(value) < scale.step / 100;
        painter.setPen(QPen(isZero ? text : line, isZero ? 1.5 : 1));
        painter.drawLine(QPointF(x, top), QPointF(x, bottom));
        painter.setPen(text);
        const bool percent = settings::scoresInPercent();
        const QString size =
            percent ? QString::number(std::abs(100 * value), 'f', 0) : QString::number(std::abs(value), 'f', 2);
        const bool isBelow = value < -scale.step / 100;
        const QString number = isBelow ? QStringLiteral("−") + size : size;  // a minus, not a hyphen
        painter.drawText(QRectF(x - 30, bottom + kGap / 2, 60, metrics().height()), Qt::AlignHCenter, number);
    }
    const double left = nameWidth();
    painter.drawText(QRectF(left, bottom + kGap / 2 + metrics().height(), width - left, metrics().height()),
                     Qt::AlignLeft, elided(m_axisTitle, width - left));
}

void IntervalChart::paintLegend(QPainter& painter, double width) const {
    if (legendHeight(width) <= 0) return;
    const auto places = legendPlaces(m_series, width);
    for (std::size_t s = 0; s < places.size(); ++s) {
        drawMark(painter, QPointF(places[s].left() + kDot / 2, places[s].center().y()), int(s));
        painter.setPen(m_onPaper ? QColor(Qt::black) : Theme::color(Theme::Role::Text));
        painter.drawText(places[s].adjusted(kDot + kGap / 2, 0, 0, 0), Qt::AlignVCenter, m_series.value(int(s)));
    }
}

void IntervalChart::paint(QPainter& painter, double width) {
    paintLegend(painter, width);
    paintAxis(painter, width);
    const double left = nameWidth();
    const QColor text = m_onPaper ? QColor(Qt::black) : Theme::color(Theme::Role::Text);
    const QColor quiet = m_onPaper ? QColor(Qt::darkGray) : Theme::color(Theme::Role::SecondaryText);
    const double numbers = xOf(axis().high, width) + kGap;
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        const double top = legendHeight(width) + topOf(g);
        painter.setPen(text);
        painter.drawText(QRectF(0, top, left - kGap, kDotStep), Qt::AlignVCenter | Qt::AlignRight,
                         elided(m_groups[g].name, left - kGap));
        painter.setPen(quiet);
        painter.drawText(QRectF(0, top + kDotStep, left - kGap, kDotStep), Qt::AlignVCenter | Qt::AlignRight,
                         elided(m_groups[g].detail, left - kGap));
        for (std::size_t s = 0; s < m_groups[g].values.size(); ++s) {
            const auto& value = m_groups[g].values[s];
            if (!value) continue;
            const double y = top + (static_cast<double>(s) + 0.5) * kDotStep, x = xOf(value->value, width);
            if (value->interval) {
                const double from = xOf(value->interval->first, width), to = xOf(value->interval->second, width);
                painter.setPen(QPen(Theme::seriesColor(int(s)), 1.5));
                painter.drawLine(QPointF(from, y), QPointF(to, y));
                for (const double at : {from, to}) painter.drawLine(QPointF(at, y - 3), QPointF(at, y + 3));
            }
            drawMark(painter, QPointF(x, y), int(s));
            painter.setPen(quiet);
            // In a column of their own: at the end of an interval they would be read as its bound.
            painter.drawText(QRectF(numbers, y - kDotStep / 2, kNumbers - kGap, kDotStep),
                             Qt::AlignVCenter | Qt::AlignRight, value->text);
        }
    }
}

}  // namespace mnerva::ui
