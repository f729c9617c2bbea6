#pragma once

#include <string>
#include <vector>

namespace mnerva::eval {

/// A table that leaves the program: the first column stands left, the others right. Cells are UTF-8 text.
struct ReportTable {
    std::string name;     ///< stable: "scores", "confusion"; the label of LaTeX
    std::string caption;  ///< what it is and what must stand beside it
    std::vector<std::string> head;
    std::vector<std::vector<std::string>> rows;
};

/// RFC 4180 with line feeds, a row a line.
std::string toCsv(const std::vector<std::vector<std::string>>& rows);
/// The same, the head first, no caption.
std::string toCsv(const ReportTable& table);

/// A table environment with booktabs rules, for a document that says \usepackage{booktabs}. Text is escaped; control
/// characters become spaces. Letters beyond Latin need xelatex or lualatex and a font that has them.
std::string toLatex(const ReportTable& table);

}  // namespace mnerva::eval
