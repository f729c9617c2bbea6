#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/text/html_text.h"
#include "core/text/utf8.h"
#include "core/workflow/report/page_internal.h"

namespace mnerva::workflow::report {
namespace {

using text::htmlText;

constexpr double kWidth = 720, kPlotHeight = 220, kLeft = 64, kRight = 24, kTop = 8, kLegend = 22, kBelow = 44;
constexpr double kRow = 24, kBar = 16, kNames = 200, kValues = 150;
constexpr std::size_t kLongestName = 28;

std::string begun(double height) {
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0f} {:.0f}\" width=\"{:.0f}\" height=\"{:.0f}\" "
        "role=\"img\">",
        kWidth, height, kWidth, height);
}

std::string textAt(double x, double y, std::string_view text, std::string_view anchor, bool isQuiet = false) {
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}</text>", x, y, anchor,
                       isQuiet ? " class=\"quiet\"" : "", htmlText(text));
}

std::string lineFrom(double x1, double y1, double x2, double y2, std::string_view colour, double width) {
    return fmt::format(
        "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" stroke-width=\"{}\"/>", x1, y1, x2,
        y2, colour, width);
}

std::string shortName(const std::string& name) {
    return text::codePointCount(name) <= kLongestName
               ? name
               : std::string(text::firstCodePoints(name, kLongestName - 1)) + "\u2026";
}

/// A range with ticks at round numbers, five or so.
struct Scale {
    double low = 0, high = 1, step = 0.2;
    int decimals = 1;

    Scale(double from, double to) {
        if (!(to > from)) {
            from -= 0.5;
            to += 0.5;
        }
        const double raw = (to - from) / 5, power = std::pow(10, std::floor(std::log10(raw)));
        step = power;
        for (const double factor : {1.0, 2.0, 5.0, 10.0})
            if (raw <= power * factor * 1.0001) {
                step = power * factor;
                break;
            }
        low = std::floor(from / step) * step;
        high = std::ceil(to / step) * step;
        decimals = std::clamp(static_cast<int>(-std::floor(std::log10(step) + 1e-9)), 0, 8);
    }
    double place(double value, double begin, double end) const {
        return begin + (value - low) / (high - low) * (end - begin);
    }
    int ticks() const { return static_cast<int>(std::lround((high - low) / step)); }
};

struct Extent {
    double low = INFINITY, high = -INFINITY;
    void add(double value) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

std::string legend(const std::vector<Line>& lines) {
    std::string out;
    double x = kLeft;
    for (const Line& line : lines) {
        out += fmt::format("<line x1=\"{:.1f}\" y1=\"12\" x2=\"{:.1f}\" y2=\"12\" stroke=\"{}\" stroke-width=\"2\"{}/>",
                           x, x + 20, line.colour, line.isDashed ? " stroke-dasharray=\"5 4\"" : "");
        const std::string name = shortName(line.name);
        out += textAt(x + 26, 16, name, "start");
        x += 44 + 8 * static_cast<double>(text::codePointCount(name));
    }
    return out;
}

}  // namespace

std::string lineChart(const std::vector<Line>& lines, std::string_view xTitle, std::string_view yTitle) {
    Extent xs, ys;
    for (const Line& line : lines)
        for (std::size_t i = 0; i < std::min(line.x.size(), line.y.size()); ++i)
            if (std::isfinite(line.x[i]) && std::isfinite(line.y[i])) {
                xs.add(line.x[i]);
                ys.add(line.y[i]);
            }
    if (xs.low > xs.high) return {};
    const Scale x(xs.low, xs.high), y(ys.low, ys.high);
    const double top = kTop + (lines.size() > 1 ? kLegend : 0), bottom = top + kPlotHeight, right = kWidth - kRight;
    std::string out = begun(bottom + kBelow);
    if (lines.size() > 1) out += legend(lines);
    for (int i = 0; i <= y.ticks(); ++i) {
        const double value = y.low + i * y.step, at = y.place(value, bottom, top);
        out += lineFrom(kLeft, at, right, at, "#d8d8d8", 1);
        out += textAt(kLeft - 8, at + 4, numberText(value, y.decimals), "end", true);
    }
    for (int i = 0; i <= x.ticks(); ++i) {
        const double value = x.low + i * x.step;
        out += textAt(x.place(value, kLeft, right), bottom + 16, numberText(value, x.decimals), "middle", true);
    }
    out += textAt((kLeft + right) / 2, bottom + 36, xTitle, "middle", true);
    out += fmt::format(
        "<text class=\"quiet\" text-anchor=\"middle\" transform=\"translate(14 {:.1f}) rotate(-90)\">{}</text>",
        (top + bottom) / 2, htmlText(yTitle));
    for (const Line& line : lines) {
        std::string points, marks;
        for (std::size_t i = 0; i < std::min(line.x.size(), line.y.size()); ++i) {
            if (!std::isfinite(line.x[i]) || !std::isfinite(line.y[i])) continue;
            const double px = x.place(line.x[i], kLeft, right), py = y.place(line.y[i], bottom, top);
            points += fmt::format("{:.1f},{:.1f} ", px, py);
            if (line.hasMarks)
                marks += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\" fill=\"{}\"/>", px, py, line.colour);
        }
        out += fmt::format("<polyline fill=\"none\" stroke=\"{}\" stroke-width=\"1.6\"{} points=\"{}\"/>{}",
                           line.colour, line.isDashed ? " stroke-dasharray=\"5 4\"" : "", points, marks);
    }
    return out + "</svg>";
}

std::string stackedBars(const std::vector<std::string>& series, const std::vector<std::string>& colours,
                        const std::vector<Bar>& bars) {
    if (bars.empty()) return {};
    int most = 1;
    for (const Bar& bar : bars) most = std::max(most, std::accumulate(bar.counts.begin(), bar.counts.end(), 0));
    std::string out = begun(kLegend + kRow * static_cast<double>(bars.size()) + kTop);
    double x = 0;
    for (std::size_t s = 0; s < series.size(); ++s) {
        out += fmt::format("<rect x=\"{:.1f}\" y=\"4\" width=\"10\" height=\"10\" fill=\"{}\"/>", x, colours[s]);
        out += textAt(x + 15, 14, series[s], "start");
        x += 36 + 7.2 * static_cast<double>(text::codePointCount(series[s]));
    }
    const double scale = (kWidth - kNames - 60) / most;
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const double top = kLegend + kRow * static_cast<double>(i);
        out += textAt(kNames - 8, top + kBar - 3, shortName(bars[i].name), "end");
        double left = kNames;
        int sum = 0;
        for (std::size_t s = 0; s < bars[i].counts.size(); ++s) {
            const double width = bars[i].counts[s] * scale;
            if (width > 0)
                out += fmt::format(
                    "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.0f}\" "
                    "fill=\"{}\"><title>{}</title></rect>",
                    left, top, width, kBar, colours[s], htmlText(fmt::format("{}: {}", series[s], bars[i].counts[s])));
            left += width;
            sum += bars[i].counts[s];
        }
        out += textAt(left + 6, top + kBar - 3, std::to_string(sum), "start", true);
    }
    return out + "</svg>";
}

std::string intervalChart(const std::vector<Dot>& dots) {
    if (dots.empty()) return {};
    Extent values;
    for (const Dot& dot : dots) {
        values.add(100 * (dot.interval ? dot.interval->first : dot.value));
        values.add(100 * (dot.interval ? dot.interval->second : dot.value));
    }
    Scale scale(values.low, values.high);
    scale.low = std::max(0.0, scale.low);
    const double bottom = kRow * static_cast<double>(dots.size()), right = kWidth - kValues;
    std::string out = begun(bottom + 28);
    for (int i = 0; i <= scale.ticks(); ++i) {
        const double value = scale.low + i * scale.step, x = scale.place(value, kNames, right);
        out += lineFrom(x, 0, x, bottom, "#d8d8d8", 1);
        out += textAt(x, bottom + 16, numberText(value, scale.decimals), "middle", true);
    }
    for (std::size_t i = 0; i < dots.size(); ++i) {
        const Dot& dot = dots[i];
        const double y = kRow * (static_cast<double>(i) + 0.5), x = scale.place(100 * dot.value, kNames, right);
        out += textAt(kNames - 8, y + 4, shortName(dot.name), "end");
        if (dot.interval)
            out += lineFrom(scale.place(100 * dot.interval->first, kNames, right), y,
                            scale.place(100 * dot.interval->second, kNames, right), y, "#2f6fd0", 2);
        out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" fill=\"#2f6fd0\"/>", x, y);
        out += textAt(right + 10, y + 4, numberText(100 * dot.value, 2) + "  " + dot.detail, "start", true);
    }
    return out + "</svg>";
}

}  // namespace mnerva::workflow::report
