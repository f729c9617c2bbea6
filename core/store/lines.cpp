#include "core/store/lines.h"

#include <algorithm>

namespace mnerva::store {

std::string joinLines(const std::vector<std::string>& items) {
    std::string bytes;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i) bytes += '\n';
        bytes += items[i];
    }
    return bytes;
}

std::vector<std::string> splitLines(std::string_view bytes) {
    std::vector<std::string> items;
    items.reserve(static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n')) + 1);
    for (std::size_t begin = 0;;) {
        const std::size_t end = bytes.find('\n', begin);
        items.emplace_back(bytes.substr(begin, end == std::string_view::npos ? end : end - begin));
        if (end == std::string_view::npos) return items;
        begin = end + 1;
    }
}

void bindList(Statement& statement, const std::vector<std::string>& items, std::string& buffer) {
    if (items.empty()) {
        statement.bindNull();
        return;
    }
    buffer = joinLines(items);
    statement.bindBlob(buffer);
}

std::vector<std::string> listOf(const Statement& statement, int column) {
    if (statement.isNull(column)) return {};
    return splitLines(statement.text(column));
}

}  // namespace mnerva::store
