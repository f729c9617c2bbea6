#include <fmt/format.h>

#include <cmath>

#include "core/text/html_text.h"
#include "core/workflow/report/page_internal.h"

namespace mnerva::workflow::report {
namespace {

using text::htmlText;

constexpr std::string_view kStyle = R"(
body { font: 15px/1.5 "Noto Sans", "Noto Sans CJK SC", "Segoe UI", "PingFang SC", "Microsoft YaHei", sans-serif;
  color: #1c1f23; background: #fff; max-width: 980px; margin: 24px auto; padding: 0 16px; }
h1 { font-size: 24px; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 18px; margin: 32px 0 8px; border-top: 1px solid #d5d9de; padding-top: 16px; }
.note { color: #5b636d; font-size: 13px; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 14px; }
th { font-weight: 600; border-bottom: 1px solid #8b939c; }
td, th { padding: 3px 12px 3px 0; text-align: right; vertical-align: top; }
td:first-child, th:first-child { text-align: left; overflow-wrap: anywhere; }
tr.bold td { font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 8px 0; }
dt { color: #5b636d; }
dd { margin: 0; overflow-wrap: anywhere; }
svg { max-width: 100%; height: auto; display: block; margin: 8px 0; }
svg text { font-size: 12px; fill: #1c1f23; }
svg .quiet { fill: #5b636d; }
.post { margin: 12px 0; padding-left: 12px; border-left: 3px solid #d5d9de; overflow-wrap: anywhere; }
.post b { border: 1px solid #8b939c; border-radius: 4px; padding: 0 4px; font-size: 12px; font-weight: 400; }
.wrong { color: #9a3d00; }
@media print { h2 { break-after: avoid; } .post, svg, tr { break-inside: avoid; } }
)";

}  // namespace

Page::Page(std::string_view title, std::string_view language) {
    m_out = "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"" + htmlText(language) +
            "\">\n<head>\n<meta charset=\"utf-8\"/>\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
            "<meta name=\"viewport\" content=\"width=device-width\"/>\n<title>" +
            htmlText(title) + "</title>\n<style>" + std::string(kStyle) + "</style>\n</head>\n<body>\n<h1><bdi>" +
            htmlText(title) + "</bdi></h1>\n";
}

void Page::section(std::string_view title) {
    if (m_inSection) m_out += "</section>\n";
    m_inSection = true;
    m_out += "<section>\n<h2>" + htmlText(title) + "</h2>\n";
}

void Page::paragraph(std::string_view text) {
    m_out += "<p>" + htmlText(text) + "</p>\n";
}

void Page::note(std::string_view text) {
    m_out += "<p class=\"note\">" + htmlText(text) + "</p>\n";
}

void Page::facts(const std::vector<std::pair<std::string, std::string>>& facts) {
    if (facts.empty()) return;
    m_out += "<dl>\n";
    for (const auto& [name, value] : facts)
        m_out += "<dt>" + htmlText(name) + "</dt><dd><bdi>" + htmlText(value) + "</bdi></dd>\n";
    m_out += "</dl>\n";
}

void Page::table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows,
                 std::size_t boldRows) {
    m_out += "<div class=\"wide\"><table>\n<tr>";
    for (const std::string& cell : head) m_out += "<th><bdi>" + htmlText(cell) + "</bdi></th>";
    m_out += "</tr>\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        m_out += i < boldRows ? "<tr class=\"bold\">" : "<tr>";
        for (const std::string& cell : rows[i]) m_out += "<td><bdi>" + htmlText(cell) + "</bdi></td>";
        m_out += "</tr>\n";
    }
    m_out += "</table></div>\n";
}

void Page::drawing(const std::string& svg, std::string_view title) {
    if (svg.empty()) return;
    m_out += "<figure>" + svg + "<figcaption class=\"note\">" + htmlText(title) + "</figcaption></figure>\n";
}

std::string Page::take() {
    if (m_inSection) m_out += "</section>\n";
    m_inSection = false;
    return std::move(m_out) + "</body>\n</html>\n";
}

std::string numberText(double value, int decimals) {
    std::string size = fmt::format("{:.{}f}", std::abs(value), decimals);
    const bool isZero = size.find_first_not_of("0.") == std::string::npos;
    return value < 0 && !isZero ? "\u2212" + size : size;
}

}  // namespace mnerva::workflow::report
