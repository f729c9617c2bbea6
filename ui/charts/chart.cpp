#include "ui/charts/chart.h"

#include <QContextMenuEvent>
#include <QLocale>
#include <QMenu>
#include <QTextLayout>
#include <QTimer>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

// QCustomPlot's header is written with Qt's keywords, which are off everywhere else.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit Q_EMIT
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach

#include "ui/charts/figure_dialog.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

/// The text in lines of at most that width.
QString wrappedText(const QString& text, const QFont& font, int width) {
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    QStringList lines;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        lines << text.mid(line.textStart(), line.textLength()).trimmed();
    }
    layout.endLayout();
    return lines.join(QLatin1Char('\n'));
}

constexpr double kMargin = 0.06;        // of the range, so that no line touches the frame
constexpr double kRawAlpha = 0.30;      // the raw line behind a smoothed one
constexpr float kScatterAlpha = 0.55f;  // of a point among thousands
constexpr double kReach = 9;            // px from the mouse to a point that is pressed
constexpr int kClick = 4;               // px that the mouse may move in a click
constexpr double kSmallest = 1e-6;      // lower end of a logarithmic axis

struct Colours {
    QColor surface, text, quiet, hairline;
};

Colours screenColours() {
    return {Theme::color(Theme::Role::Surface), Theme::color(Theme::Role::Text),
            Theme::color(Theme::Role::SecondaryText), Theme::color(Theme::Role::Hairline)};
}

Colours paperColours() {
    return {Qt::white, Qt::black, QColor(0x50, 0x50, 0x50), QColor(0xd8, 0xd8, 0xd8)};
}

QVector<double> toVector(const std::vector<double>& values) {
    return QVector<double>(values.begin(), values.end());
}

}  // namespace

namespace {

/// One value after the other, so that a line can grow.
struct Smoother {
    double strength = 0, sum = 0, weight = 0;
    double next(double value) {
        if (strength <= 0 || !std::isfinite(value)) return value;
        sum = strength * sum + (1 - strength) * value;
        weight = strength * weight + (1 - strength);
        return sum / weight;
    }
};

}  // namespace

std::vector<double> smoothed(const std::vector<double>& values, double strength) {
    Smoother smoother{strength};
    std::vector<double> out;
    out.reserve(values.size());
    for (const double value : values) out.push_back(smoother.next(value));
    return out;
}

namespace {

/// Ticks below zero with a minus, not a hyphen.
template <class Ticker>
class WithMinus : public Ticker {
protected:
    QString getTickLabel(double tick, const QLocale& locale, QChar format, int precision) override {
        QString label = Ticker::getTickLabel(tick, locale, format, precision);
        if (label.startsWith(QLatin1Char('-'))) label[0] = QChar(0x2212);
        return label;
    }
};

}  // namespace

struct Chart::Impl {
    explicit Impl(Chart* owner) : plot(new QCustomPlot(owner)), legendRow(new QCPLayoutInset) {
        QCPLayoutGrid* grid = plot->plotLayout();
        plot->axisRect()->insetLayout()->take(plot->legend);
        grid->insertRow(0);
        grid->addElement(0, 0, legendRow);
        grid->setRowSpacing(0);
        legendRow->addElement(plot->legend, Qt::AlignLeft | Qt::AlignTop);
        legendRow->setMargins(QMargins(Theme::kGrid, 0, Theme::kGrid, 0));
        legendRow->setAutoMargins(QCP::msNone);
        plot->legend->setMargins(QMargins(0, Theme::kGrid / 2, 0, 0));
        plot->axisRect()->setMinimumMargins(
            QMargins(2 * Theme::kGrid, Theme::kGrid, 2 * Theme::kGrid, 2 * Theme::kGrid));
    }

    QCustomPlot* plot;
    QCPLayoutInset* legendRow;  ///< above the plot: there no curve can run through the legend, however it turns
    std::vector<Series> series;
    std::vector<Mark> marks;
    std::optional<double> level;
    QString title, xTitle, yTitle, levelText, emptyText, caption, fileName;
    double smoothing = 0, factor = 1;
    bool zoomed = false, settingRange = false;
    std::size_t taken = 0;

    /// What was drawn of a series.
    struct Drawn {
        QCPGraph *raw = nullptr, *smooth = nullptr;
        bool isSorted = true;
        Smoother smoother;
    };
    std::vector<Drawn> drawn;  ///< one a series
    struct Extent {
        double low = std::numeric_limits<double>::infinity(), high = -low;
        void add(double value) { low = std::min(low, value), high = std::max(high, value); }
    };
    Extent xExtent, yExtent;  ///< of all points that can be seen

    QPoint pressedAt;

    double shown(double value) const { return value * factor; }

    /// The series and the place in it of the marked point under the mouse.
    std::optional<std::pair<int, int>> pointAt(const QPointF& at) const {
        std::optional<std::pair<int, int>> found;
        double nearest = kReach * kReach;
        for (std::size_t s = 0; s < series.size(); ++s) {
            if (!series[s].markers && series[s].shape == Shape::Line) continue;
            for (std::size_t i = 0; i < series[s].x.size(); ++i) {
                const double dx = plot->xAxis->coordToPixel(series[s].x[i]) - at.x();
                const double dy = plot->yAxis->coordToPixel(shown(series[s].y[i])) - at.y();
                if (dx * dx + dy * dy > nearest) continue;
                nearest = dx * dx + dy * dy;
                found = {int(s), int(i)};
            }
        }
        return found;
    }

    void rebuild(const Colours& colours) {
        plot->clearGraphs();
        drawn.clear();
        xExtent = yExtent = {};
        for (const Series& line : series) addLine(line);
        decorate(colours);
    }

    bool isEmpty() const {
        return std::all_of(series.begin(), series.end(), [](const Series& s) { return s.x.empty(); });
    }

    /// What stands beside the lines.
    void decorate(const Colours& colours) {
        plot->clearItems();
        if (level) addLevel(colours);
        for (const Mark& mark : marks) addMark(mark, colours);
        for (QCPAxis* axis : {plot->xAxis, plot->yAxis}) axis->setVisible(!isEmpty());
        if (isEmpty()) addEmptyText(colours);
        style(colours);
        arrangeLegend(plot->width());
        if (!zoomed) fit();
    }

    QCPGraph* addGraph(const Series& line, double alpha, double width) {
        QCPGraph* graph = plot->addGraph();
        graph->setName(line.name);
        QColor colour = line.paint ? line.paint() : Theme::seriesColor(line.colour);
        colour.setAlphaF(float(alpha));
        QPen pen(colour, width);
        if (line.dashed) pen.setStyle(Qt::DashLine);
        graph->setPen(pen);
        if (line.shape != Shape::Line) {
            const bool isDisc = line.shape == Shape::Discs;
            colour.setAlphaF(isDisc ? kScatterAlpha : 1.0f);
            graph->setLineStyle(QCPGraph::lsNone);
            graph->setScatterStyle(QCPScatterStyle(isDisc ? QCPScatterStyle::ssDisc : QCPScatterStyle::ssCross,
                                                   QPen(colour, isDisc ? 1 : 2), QBrush(colour), isDisc ? 5 : 7));
        } else if (line.markers)
            graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, colour, colour, 5));
        if (alpha < 1) graph->removeFromLegend();
        return graph;
    }

    void addLine(const Series& line) {
        Drawn& made = drawn.emplace_back();
        made.isSorted = line.shape == Shape::Line;
        if (line.x.size() != line.y.size()) return;
        if (line.smooth && smoothing > 0) {
            made.raw = addGraph(line, kRawAlpha, 1);
            made.smooth = addGraph(line, 1, 2);
            made.smoother.strength = smoothing;
        } else {
            made.raw = addGraph(line, 1, line.smooth ? 1.2 : 2);
        }
        addPoints(made, line.x, line.y);
    }

    void addPoints(Drawn& to, const std::vector<double>& x, const std::vector<double>& values) {
        const bool logarithmic = plot->yAxis->scaleType() == QCPAxis::stLogarithmic;
        QVector<double> y, smooth;
        for (std::size_t i = 0; i < x.size(); ++i) {
            y.push_back(shown(values[i]));
            if (to.smooth) smooth.push_back(to.smoother.next(y.back()));
            if (!std::isfinite(x[i]) || !std::isfinite(y.back()) || (logarithmic && y.back() <= 0)) continue;
            xExtent.add(x[i]);
            yExtent.add(y.back());
        }
        to.raw->addData(toVector(x), y, to.isSorted);
        if (to.smooth) to.smooth->addData(toVector(x), smooth, true);
        taken += x.size();
    }

    void addLevel(const Colours& colours) {
        auto* line = new QCPItemStraightLine(plot);
        line->point1->setCoords(0, shown(*level));
        line->point2->setCoords(1, shown(*level));
        line->setPen(QPen(colours.quiet, 1, Qt::DashLine));
        auto* text = new QCPItemText(plot);
        text->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
        text->position->setTypeY(QCPItemPosition::ptPlotCoords);
        text->position->setCoords(0.99, shown(*level));
        text->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
        text->setText(levelText);
        text->setColor(colours.quiet);
        text->setFont(Theme::secondaryFont());
    }

    /// In the last part of the data, where a centred word would be cut off at the frame.
    bool standsRight(double x) const {
        const double low = std::min(x, xExtent.low), high = std::max(x, xExtent.high);
        return high > low && (x - low) / (high - low) > 0.85;
    }

    void addMark(const Mark& mark, const Colours& colours) {
        auto* centre = new QCPItemTracer(plot);
        centre->position->setCoords(mark.x, shown(mark.y));
        centre->setStyle(QCPItemTracer::tsCircle);
        centre->setSize(11);
        centre->setPen(QPen(Theme::seriesColor(mark.colour), 2));
        centre->setBrush(Qt::NoBrush);
        if (mark.text.isEmpty()) return;
        auto* text = new QCPItemText(plot);
        text->position->setParentAnchor(centre->position);
        text->position->setCoords(0, -10);
        text->setPositionAlignment((standsRight(mark.x) ? Qt::AlignRight : Qt::AlignHCenter) | Qt::AlignBottom);
        text->setText(mark.text);
        text->setColor(colours.text);
        text->setFont(Theme::secondaryFont());
    }

    void addEmptyText(const Colours& colours) {
        auto* text = new QCPItemText(plot);
        text->position->setType(QCPItemPosition::ptAxisRectRatio);
        text->position->setCoords(0.5, 0.5);
        text->setText(wrappedText(emptyText, Theme::bodyFont(), std::max(80, plot->width() - 4 * Theme::kGrid)));
        text->setTextAlignment(Qt::AlignCenter);
        text->setColor(colours.quiet);
        text->setFont(Theme::bodyFont());
    }

    void style(const Colours& colours) {
        plot->setLocale(QLocale());  // that of the window's language, and with separators of thousands
        plot->setBackground(colours.surface);
        for (QCPAxis* axis : {plot->xAxis, plot->yAxis}) {
            axis->setBasePen(QPen(colours.hairline));
            axis->setTickPen(QPen(colours.hairline));
            axis->setSubTickPen(Qt::NoPen);
            axis->setTickLabelColor(colours.quiet);
            axis->setTickLabelFont(Theme::secondaryFont());
            axis->setLabelColor(colours.quiet);
            axis->setLabelFont(Theme::secondaryFont());
            axis->grid()->setPen(QPen(colours.hairline, 1));
            axis->grid()->setZeroLinePen(QPen(colours.hairline, 1));
        }
        plot->xAxis->grid()->setVisible(false);
        plot->xAxis->setLabel(xTitle);
        plot->yAxis->setLabel(yTitle);
        plot->legend->setVisible(series.size() > 1);
        plot->legend->setBrush(Qt::NoBrush);
        plot->legend->setBorderPen(Qt::NoPen);
        plot->legend->setTextColor(colours.text);
        plot->legend->setFont(Theme::secondaryFont());
        plot->legend->setIconSize(18,
                                  QFontMetrics(Theme::secondaryFont()).height());  // the line's middle is the word's
        plot->legend->setRowSpacing(0);
        plot->legend->setColumnSpacing(Theme::kGrid);
    }

    void fit() {
        double x0 = xExtent.low, x1 = xExtent.high, y0 = yExtent.low, y1 = yExtent.high;
        const bool logarithmic = plot->yAxis->scaleType() == QCPAxis::stLogarithmic;
        settingRange = true;
        if (x0 > x1) x0 = 0, x1 = 1, y0 = 0, y1 = 1;
        if (level && (!logarithmic || *level > 0)) y0 = std::min(y0, shown(*level)), y1 = std::max(y1, shown(*level));
        if (x1 - x0 < 1e-12) x0 -= 0.5, x1 += 0.5;
        if (logarithmic) {
            const double ratio = std::max(1.1, std::pow(std::max(y1, kSmallest) / std::max(y0, kSmallest), kMargin));
            plot->yAxis->setRange(std::max(y0, kSmallest) / ratio, std::max(y1, kSmallest) * ratio);
        } else {
            const bool hasWords =
                std::any_of(marks.begin(), marks.end(), [](const Mark& mark) { return !mark.text.isEmpty(); });
            const double pad = y1 - y0 < 1e-12 ? std::max(0.05, std::abs(y1) * 0.1) : (y1 - y0) * kMargin;
            plot->yAxis->setRange(y0 >= 0 ? std::max(0.0, y0 - pad) : y0 - pad, y1 + pad * (hasWords ? 3 : 1));
        }
        plot->xAxis->setRange(x0 - (x1 - x0) * kMargin / 2, x1 + (x1 - x0) * kMargin / 2);
        settingRange = false;
    }

    /// In as few lines as the width allows; the plot has the rest of the height.
    void arrangeLegend(int width) {
        QCPLegend* legend = plot->legend;
        std::vector<int> widths;
        for (int i = 0; i < legend->elementCount(); ++i)  // the last line may have empty places
            if (const QCPLayoutElement* item = legend->elementAt(i))
                widths.push_back(item->minimumOuterSizeHint().width());
        const int room = width - 2 * Theme::kGrid;
        int columns = std::max(1, int(widths.size()));
        while (columns > 1 && widthOf(widths, columns) > room) --columns;
        legend->setWrap(columns);
        legend->setFillOrder(QCPLegend::foColumnsFirst, true);
        const int height = legend->visible() ? legend->minimumOuterSizeHint().height() : 0;
        legendRow->setMinimumSize(0, height);
        legendRow->setMaximumSize(QWIDGETSIZE_MAX, height);
    }

    int widthOf(const std::vector<int>& widths, int columns) const {
        std::vector<int> widest(std::size_t(columns), 0);
        for (std::size_t i = 0; i < widths.size(); ++i) {
            int& width = widest[i % widest.size()];
            width = std::max(width, widths[i]);
        }
        return std::accumulate(widest.begin(), widest.end(), (columns - 1) * plot->legend->columnSpacing());
    }
};

Chart::Chart(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>(this)) {
    QCustomPlot* plot = m_impl->plot;
    plot->setObjectName(QStringLiteral("plot"));
    for (QCPAxis* axis : {plot->xAxis, plot->yAxis})
        axis->setTicker(QSharedPointer<QCPAxisTicker>(new WithMinus<QCPAxisTicker>));
    plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    plot->setNoAntialiasingOnDrag(true);
    plot->setContextMenuPolicy(Qt::NoContextMenu);
    const auto noteZoom = [this] {
        if (!m_impl->settingRange) m_impl->zoomed = true;
    };
    connect(plot, &QCustomPlot::mouseDoubleClick, this, &Chart::showAll);
    connect(plot, &QCustomPlot::mouseWheel, this, noteZoom);
    connect(plot, &QCustomPlot::mouseMove, this, [this, noteZoom](QMouseEvent* event) {
        if (event->buttons() & Qt::LeftButton) noteZoom();
    });
    connect(plot, &QCustomPlot::mousePress, this, [this](QMouseEvent* event) { m_impl->pressedAt = event->pos(); });
    connect(plot, &QCustomPlot::mouseRelease, this, [this](QMouseEvent* event) {
        if (event->button() != Qt::LeftButton || (event->pos() - m_impl->pressedAt).manhattanLength() > kClick) return;
        if (const auto found = m_impl->pointAt(event->position())) Q_EMIT pointPressed(found->first, found->second);
    });
    if (Theme::instance())
        connect(Theme::instance(), &Theme::changed, this, [this] {
            m_impl->rebuild(screenColours());
            m_impl->plot->replot();
        });
    setFocusPolicy(Qt::StrongFocus);
    m_impl->rebuild(screenColours());
}

Chart::~Chart() = default;

void Chart::countBelow() {
    const QSharedPointer<QCPAxisTickerFixed> ticker(new WithMinus<QCPAxisTickerFixed>);
    ticker->setTickStep(1);
    ticker->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    m_impl->plot->xAxis->setTicker(ticker);
}

void Chart::setTitles(const QString& title, const QString& xTitle, const QString& yTitle) {
    m_impl->title = title;
    m_impl->xTitle = xTitle;
    m_impl->yTitle = yTitle;
    setAccessibleName(title);
    m_impl->style(screenColours());
    m_impl->arrangeLegend(m_impl->plot->width());
    m_impl->plot->replot(QCustomPlot::rpQueuedReplot);
}

void Chart::setSeries(std::vector<Series> series) {
    m_impl->series = std::move(series);
    m_impl->rebuild(screenColours());
    m_impl->plot->replot(QCustomPlot::rpQueuedReplot);
}

void Chart::append(std::size_t series, const std::vector<double>& x, const std::vector<double>& y) {
    Impl& d = *m_impl;
    if (series >= d.series.size() || x.empty() || x.size() != y.size()) return;
    Series& line = d.series[series];
    const bool first = line.x.empty();
    line.x.insert(line.x.end(), x.begin(), x.end());
    line.y.insert(line.y.end(), y.begin(), y.end());
    d.addPoints(d.drawn[series], x, y);
    if (first)
        d.decorate(screenColours());  // a word stands in the plot while it is empty
    else if (!d.zoomed)
        d.fit();
    d.plot->replot(QCustomPlot::rpQueuedReplot);
}

std::size_t Chart::pointsTaken() const {
    return m_impl->taken;
}

void Chart::setLevel(std::optional<double> level, const QString& text) {
    if (level == m_impl->level && text == m_impl->levelText) return;
    m_impl->level = level;
    m_impl->levelText = text;
    m_impl->decorate(screenColours());
    m_impl->plot->replot(QCustomPlot::rpQueuedReplot);
}

void Chart::setMarks(std::vector<Mark> marks) {
    if (marks == m_impl->marks) return;
    m_impl->marks = std::move(marks);
    m_impl->decorate(screenColours());
    m_impl->plot->replot(QCustomPlot::rpQueuedReplot);
}

void Chart::setSmoothing(double strength) {
    m_impl->smoothing = std::clamp(strength, 0.0, 0.999);
    setSeries(std::move(m_impl->series));
}

double Chart::smoothing() const {
    return m_impl->smoothing;
}

void Chart::setLogarithmic(bool on) {
    QCPAxis* axis = m_impl->plot->yAxis;
    axis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    axis->setTicker(on ? QSharedPointer<QCPAxisTicker>(new WithMinus<QCPAxisTickerLog>)
                       : QSharedPointer<QCPAxisTicker>(new WithMinus<QCPAxisTicker>));
    setSeries(std::move(m_impl->series));
}

bool Chart::isLogarithmic() const {
    return m_impl->plot->yAxis->scaleType() == QCPAxis::stLogarithmic;
}

void Chart::setValueFactor(double factor) {
    if (factor == m_impl->factor) return;
    m_impl->factor = factor;
    setSeries(std::move(m_impl->series));
}

void Chart::setEmptyText(const QString& text) {
    if (text == m_impl->emptyText) return;
    m_impl->emptyText = text;
    m_impl->decorate(screenColours());
    m_impl->plot->replot(QCustomPlot::rpQueuedReplot);
}

bool Chart::isZoomed() const {
    return m_impl->zoomed;
}

void Chart::showAll() {
    m_impl->zoomed = false;
    m_impl->fit();
    m_impl->plot->replot(QCustomPlot::rpQueuedReplot);
}

void Chart::setCaption(const QString& caption, const QString& fileName) {
    m_impl->caption = caption;
    m_impl->fileName = fileName;
}

Figure Chart::figure() {
    constexpr double kFlattest = 0.3, kSteepest = 1;
    Figure figure;
    figure.title = m_impl->title;
    figure.name = m_impl->fileName;
    figure.caption = m_impl->caption;
    const QSize shown = m_impl->plot->size();
    const double steepness = std::clamp(double(shown.height()) / std::max(1, shown.width()), kFlattest, kSteepest);
    figure.heightFor = [steepness](double width) { return std::round(width * steepness); };
    figure.makePainter = [](QPaintDevice* device) { return std::make_unique<QCPPainter>(device); };
    figure.draw = [this, steepness](QPainter& painter, double width) {
        Impl& d = *m_impl;
        d.rebuild(paperColours());  // here, since fonts and colours of figures are others
        d.arrangeLegend(int(width));
        auto& plotPainter = static_cast<QCPPainter&>(painter);
        plotPainter.setMode(QCPPainter::pmVectorized, painter.device()->devType() != QInternal::Image);
        plotPainter.setMode(QCPPainter::pmNoCaching);
        plotPainter.setMode(QCPPainter::pmNonCosmetic);
        d.plot->toPainter(&plotPainter, int(width), int(std::round(width * steepness)));
        QTimer::singleShot(0, this, [this] {
            m_impl->rebuild(screenColours());
            m_impl->plot->replot(QCustomPlot::rpQueuedReplot);
        });
    };
    return figure;
}

std::vector<double> Chart::xTicks() const {
    m_impl->plot->replot(QCustomPlot::rpImmediateRefresh);
    const QVector<double> ticks = m_impl->plot->xAxis->tickVector();
    return {ticks.begin(), ticks.end()};
}

std::pair<double, double> Chart::xRange() const {
    return {m_impl->plot->xAxis->range().lower, m_impl->plot->xAxis->range().upper};
}

std::pair<double, double> Chart::yRange() const {
    return {m_impl->plot->yAxis->range().lower, m_impl->plot->yAxis->range().upper};
}

QRect Chart::plotRect() const {
    m_impl->plot->replot();
    return m_impl->plot->axisRect()->rect();
}

QRect Chart::legendRect() const {
    m_impl->plot->replot();
    return m_impl->plot->legend->visible() ? m_impl->plot->legend->outerRect() : QRect();
}

void Chart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_impl) {
        m_impl->rebuild(screenColours());
        m_impl->plot->replot(QCustomPlot::rpQueuedReplot);
    }
}

void Chart::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (rect().isEmpty()) return;  // a layout not yet made; QCustomPlot cannot paint on nothing
    m_impl->plot->setGeometry(rect());
    m_impl->arrangeLegend(m_impl->plot->width());
    if (m_impl->isEmpty()) m_impl->decorate(screenColours());  // its sentence fills the width
}

void Chart::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show everything"), this, &Chart::showAll);
    QAction* logarithmic = menu->addAction(tr("Logarithmic values"));
    logarithmic->setCheckable(true);
    logarithmic->setChecked(isLogarithmic());
    connect(logarithmic, &QAction::toggled, this, &Chart::setLogarithmic);
    menu->addSeparator();
    menu->addAction(tr("Save figure…"), this, &Chart::askAndSave);
    menu->popup(event->globalPos());
}

void Chart::askAndSave() {
    const FigureSaving saving = askAndSaveFigure(this, QStringLiteral("save-chart"), figure());
    if (saving.error)
        Q_EMIT saveFailed(*saving.error);
    else if (!saving.path.isEmpty())
        Q_EMIT saved(saving.path);
}

}  // namespace mnerva::ui
