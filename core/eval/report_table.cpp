#include "core/eval/report_table.h"

#include <cctype>

#include "core/eval/latex.h"

namespace mnerva::eval {
namespace {

std::string csvCell(const std::string& cell) {
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string csvRow(const std::vector<std::string>& cells) {
    std::string row;
    for (std::size_t i = 0; i < cells.size(); ++i) row += (i > 0 ? "," : "") + csvCell(cells[i]);
    return row + "\n";
}

bool isNegativeNumber(const std::string& cell) {
    return cell.size() > 1 && cell.front() == '-' && std::isdigit(static_cast<unsigned char>(cell[1])) != 0;
}

/// A number below zero has a minus, not a hyphen.
std::string latexCell(const std::string& cell) {
    return isNegativeNumber(cell) ? "$-$" + latexText(cell.substr(1)) : latexText(cell);
}

std::string latexRow(const std::vector<std::string>& cells) {
    std::string row = "    ";
    for (std::size_t i = 0; i < cells.size(); ++i) row += (i > 0 ? " & " : "") + latexCell(cells[i]);
    return row + " \\\\\n";
}

}  // namespace

std::string toCsv(const std::vector<std::vector<std::string>>& rows) {
    std::string out;
    for (const auto& row : rows) out += csvRow(row);
    return out;
}

std::string toCsv(const ReportTable& table) {
    return csvRow(table.head) + toCsv(table.rows);
}

std::string toLatex(const ReportTable& table) {
    std::string out = "\\begin{table}\n  \\centering\n  \\begin{tabular}{l" +
                      std::string(table.head.size() > 1 ? table.head.size() - 1 : 0, 'r') + "}\n    \\toprule\n" +
                      latexRow(table.head) + "    \\midrule\n";
    for (const auto& row : table.rows) out += latexRow(row);
    out += "    \\bottomrule\n  \\end{tabular}\n  \\caption{" + latexText(table.caption) + "}\n";
    out += "  \\label{tab:" + table.name + "}\n\\end{table}\n";
    return out;
}

}  // namespace mnerva::eval
