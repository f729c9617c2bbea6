#pragma once

#include <QColor>
#include <QRectF>
#include <QString>
#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

#include "ui/charts/figure_export.h"

namespace mnerva::ui {

/// A part of a chart that can be pressed: where it is, what it says, and its number for whoever made the chart.
struct ChartPart {
    QRectF rect;
    QString tip;
    int id = -1;
};

/// A chart painted from a layout: parts are pressed with the mouse or, with the focus, chosen by arrow keys and pressed
/// with Enter. Screen and figure use the same layout.
class PressableChart : public QWidget {
    Q_OBJECT
public:
    explicit PressableChart(QWidget* parent = nullptr);
    /// Under the chart in a figure: what must stand beside its numbers; and the name proposed for its file.
    void setCaption(const QString& caption, const QString& fileName = {});
    /// Shown in the middle while there is nothing to draw.
    void setEmptyText(const QString& text);
    QString emptyText() const { return m_empty; }
    const std::vector<ChartPart>& parts() const { return m_parts; }
    int currentPart() const { return m_current; }
    /// In the light colours. The chart must outlive it.
    Figure figure(const QString& title);

Q_SIGNALS:
    void pressed(int id);

protected:
    virtual bool isEmpty() const = 0;
    /// Parts for this width; their rectangles are all that paint() needs.
    virtual std::vector<ChartPart> layoutFor(double width) = 0;
    virtual void paint(QPainter& painter, double width) = 0;
    virtual double heightFor(double width) const = 0;
    void relayout();

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    void leaveEvent(QEvent* event) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    bool m_onPaper = false;  ///< a figure is being drawn: no focus marks

private:
    int partAt(const QPointF& point) const;
    std::vector<ChartPart> m_parts;
    QString m_caption, m_fileName, m_empty;
    int m_current = -1;
};

/// Horizontal bars, each a row of counts that stand behind one another in the colours of the legend.
class StackedBars : public PressableChart {
    Q_OBJECT
public:
    struct Row {
        QString name;
        std::vector<int> counts;   ///< one a series
        std::vector<int> ids;      ///< of the parts
        bool startsGroup = false;  ///< more room above it
    };
    using PressableChart::PressableChart;
    void setRows(const QStringList& series, std::vector<Row> rows);
    /// Of each series; Theme::seriesColor unless another is given. Asked at each drawing, as themes change.
    void setColours(std::function<QColor(int series)> colours);
    const std::vector<Row>& rows() const { return m_rows; }

protected:
    bool isEmpty() const override { return m_rows.empty(); }
    std::vector<ChartPart> layoutFor(double width) override;
    void paint(QPainter& painter, double width) override;
    double heightFor(double width) const override;

private:
    double nameWidth() const;
    double topOf(std::size_t row) const;
    double legendHeight(double width) const;
    void paintLegend(QPainter& painter, double width) const;

    QStringList m_series;
    std::vector<Row> m_rows;
    std::function<QColor(int)> m_colours;
};

/// Groups of values with intervals: a dot and its whiskers for each series. Values are shares (0..1) or differences.
class IntervalChart : public PressableChart {
    Q_OBJECT
public:
    struct Value {
        double value = 0;
        std::optional<std::pair<double, double>> interval;
        QString text;  ///< of the value, as people read it
        int id = -1;
    };
    struct Group {
        QString name, detail;                      ///< "2–4", "n = 314"
        std::vector<std::optional<Value>> values;  ///< one a series
    };
    using PressableChart::PressableChart;
    /// `isDifference`: a line stands at 0.
    void setGroups(const QStringList& series, std::vector<Group> groups, bool isDifference);
    /// What the numbers under the axis are; a line of its own.
    void setAxisTitle(const QString& title);
    const std::vector<Group>& groups() const { return m_groups; }

protected:
    bool isEmpty() const override { return m_groups.empty(); }
    std::vector<ChartPart> layoutFor(double width) override;
    void paint(QPainter& painter, double width) override;
    double heightFor(double width) const override;

private:
    struct Axis {
        double low = 0, high = 1, step = 0.1;
    };
    Axis axis() const;
    double nameWidth() const;
    double xOf(double value, double width) const;
    double topOf(std::size_t group) const;
    double legendHeight(double width) const;
    void paintAxis(QPainter& painter, double width) const;
    void paintLegend(QPainter& painter, double width) const;

    QStringList m_series;
    std::vector<Group> m_groups;
    QString m_axisTitle;
    bool m_isDifference = false;
};

}  // namespace mnerva::ui
