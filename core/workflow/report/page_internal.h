#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/eval/report_table.h"

namespace mnerva::workflow::report {

/// One HTML page that needs nothing but itself: its style is in it, its pictures are SVG in it, it has no script, and a
/// policy forbids it to load anything. It is well-formed XML too. Every text that is given is escaped here.
class Page {
public:
    Page(std::string_view title, std::string_view language);
    void section(std::string_view title);
    void paragraph(std::string_view text);
    /// Said more quietly.
    void note(std::string_view text);
    /// Names beside values, as a list.
    void facts(const std::vector<std::pair<std::string, std::string>>& facts);
    void table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows,
               std::size_t boldRows = 0);
    /// The caption of a table stands in the captions of its section, not here.
    void table(const eval::ReportTable& table) { this->table(table.head, table.rows); }
    /// Markup that was made here: an SVG.
    void drawing(const std::string& svg, std::string_view title);
    /// Anything that was made by tag() and htmlText().
    void markup(const std::string& html) { m_out += html; }
    std::string take();

private:
    std::string m_out;
    bool m_inSection = false;
};

/// A line of a chart; points that are not finite are left out.
struct Line {
    std::string name;
    std::vector<double> x, y;
    std::string colour;
    bool isDashed = false, hasMarks = false;
};
/// Lines over axes with ticks at round numbers. Empty without a point.
std::string lineChart(const std::vector<Line>& lines, std::string_view xTitle, std::string_view yTitle);

/// Bars of counts behind one another.
struct Bar {
    std::string name;
    std::vector<int> counts;  ///< one a series
};
std::string stackedBars(const std::vector<std::string>& series, const std::vector<std::string>& colours,
                        const std::vector<Bar>& bars);

/// A value with its interval.
struct Dot {
    std::string name, detail;
    double value = 0;
    std::optional<std::pair<double, double>> interval;
};
/// Shares (0..1), shown in per cent.
std::string intervalChart(const std::vector<Dot>& dots);

/// "12.3", with a minus where it is below zero.
std::string numberText(double value, int decimals);

}  // namespace mnerva::workflow::report
