#pragma once

#include <QColor>
#include <QString>
#include <QWidget>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "ui/charts/figure_export.h"

namespace mnerva::ui {

/// Exponential smoothing with the start-up bias taken out; `strength` 0 (none) to below 1. Gaps (NaN) stay gaps.
std::vector<double> smoothed(const std::vector<double>& values, double strength);

/// A line chart in the colours of the theme, the one place where QCustomPlot is used. Wheel zooms, dragging moves, a
/// double click shows everything again; while nobody has zoomed, the axes follow the data. The names of the curves
/// stand above the plot.
class Chart : public QWidget {
    Q_OBJECT
public:
    /// How the points of a series are shown: joined by a line, or each as a mark alone (a scatter; in any order).
    enum class Shape { Line, Discs, Crosses };
    struct Series {
        QString name;
        std::vector<double> x, y;
        int colour = 0;  ///< Theme::seriesColor
        /// Asked instead, where it is no series of the palette (a type has its own colour); again in each theme.
        std::function<QColor()> paint = {};
        bool markers = false;  ///< a mark at each point (few points)
        bool smooth = false;   ///< follows setSmoothing(); the raw line stays behind it, faint
        bool dashed = false;
        Shape shape = Shape::Line;
    };
    /// A point that stands out, with a word at it or none.
    struct Mark {
        double x = 0, y = 0;
        QString text;
        int colour = 0;
        bool operator==(const Mark&) const = default;
    };

    explicit Chart(QWidget* parent = nullptr);
    ~Chart() override;

    void setTitles(const QString& title, const QString& xTitle, const QString& yTitle);
    /// Ticks below at whole numbers only, as there is no half epoch.
    void countBelow();
    /// Replaces all lines; costs what all their points cost. What grows is told by append().
    void setSeries(std::vector<Series> series);
    /// Further points at the right end of a line that setSeries() made; costs what these points cost, however long the
    /// line is (but for the drawing, which happens once for many calls).
    void append(std::size_t series, const std::vector<double>& x, const std::vector<double>& y);
    /// Points that were handed to the plot so far, raw and smoothed ones once each: what setSeries() and append() cost.
    std::size_t pointsTaken() const;
    /// A horizontal dashed line with a word at it; nothing: none.
    void setLevel(std::optional<double> level, const QString& text = {});
    void setMarks(std::vector<Mark> marks);
    void setSmoothing(double strength);
    double smoothing() const;
    void setLogarithmic(bool on);
    bool isLogarithmic() const;
    /// Ticks of the value axis as 82.35 (times 100) instead of .8235.
    void setValueFactor(double factor);
    /// Shown in the middle while there is nothing to draw.
    void setEmptyText(const QString& text);
    bool isZoomed() const;
    void showAll();
    /// Below the chart in a figure, and the name proposed for its file.
    void setCaption(const QString& caption, const QString& fileName);
    /// As it is seen now, in the proportions shown. The chart must outlive it.
    Figure figure();

    /// What is seen, for tests: lower and upper end of the axes.
    std::pair<double, double> xRange() const;
    std::vector<double> xTicks() const;
    std::pair<double, double> yRange() const;
    /// Where curves are drawn, and where their names stand (empty: a single curve needs no name).
    QRect plotRect() const;
    QRect legendRect() const;

    QSize sizeHint() const override { return {420, 240}; }
    QSize minimumSizeHint() const override { return {200, 120}; }
    /// Width, format and file of a figure are asked for.
    void askAndSave();

Q_SIGNALS:
    /// The figure that a person asked for could not be written, or is there.
    void saveFailed(const mnerva::Error& error);
    void saved(const QString& path);
    /// A marked point, or one of a scatter, was pressed: numbers of its series and of the point in it.
    void pointPressed(int series, int point);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace mnerva::ui
