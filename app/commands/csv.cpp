#include "app/commands/csv.h"

namespace mnerva::app {
namespace {

std::string cellText(const std::string& cell) {
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string out(1, '"');
    for (const char c : cell) out.append(c == '"' ? 2 : 1, c);
    out.push_back('"');
    return out;
}

}  // namespace

std::string csvText(const std::vector<std::vector<std::string>>& rows) {
    std::string out;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) out.push_back(',');
            out.append(cellText(row[i]));
        }
        out.push_back('\n');
    }
    return out;
}

}  // namespace mnerva::app
