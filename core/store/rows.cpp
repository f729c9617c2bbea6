#include "core/store/rows.h"

#include <algorithm>
#include <limits>

#include "core/base/printable.h"
#include "core/store/lines.h"

namespace mnerva::store {
namespace {

constexpr std::size_t kShownBytes = 60;

std::string shown(std::string_view text) {
    return '"' + printable(text.substr(0, kShownBytes)) + '"';
}

}  // namespace

std::optional<int> intOf(Connection& connection, const Statement& row, int column, int least, std::int64_t post,
                         std::string_view name) {
    const std::int64_t value = row.integer(column);
    if (value >= least && value < std::numeric_limits<int>::max()) return static_cast<int>(value);
    connection.noteOdd("row-damaged", post, name, std::to_string(value));
    return std::nullopt;
}

std::vector<std::string> checkedListOf(Connection& connection, const Statement& row, int column, std::int64_t post,
                                       std::string_view name) {
    if (row.isNull(column)) return {};
    const std::string_view bytes = row.text(column);
    if (bytes.size() < kMostItems) return splitLines(bytes);  // each item has a byte after it but the last
    const auto items = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n')) + 1;
    if (items <= kMostItems) return splitLines(bytes);
    connection.noteOdd("row-damaged", post, name,
                       std::to_string(items) + " items; at most " + std::to_string(kMostItems) + " are read");
    return {};
}

std::string wordsText(std::int64_t first, std::int64_t last) {
    const auto shown = [](std::int64_t word) {
        return std::to_string(word < std::numeric_limits<std::int64_t>::max() ? word + 1 : word);
    };
    return "words " + shown(first) + " to " + shown(last);
}

bool isTypeName(std::string_view name) {
    return !name.empty() && name.size() <= kLongestType &&
           std::none_of(name.begin(), name.end(), [](unsigned char c) { return c < ' ' || c == 0x7F; });
}

std::optional<Entity> entityOf(Connection& connection, const Statement& row, int column, std::int64_t post,
                               std::string_view table) {
    Entity entity;
    const std::int64_t first = row.integer(column), last = row.integer(column + 1);
    const std::string_view type = row.text(column + 2);
    if (first < 0 || last < first || last >= std::numeric_limits<int>::max()) {
        connection.noteOdd(table == "links" ? "link-outside" : "entity-outside", post, table, wordsText(first, last));
        return std::nullopt;
    }
    if (!isTypeName(type)) {
        connection.noteOdd("row-damaged", post, table, "type " + shown(type));
        return std::nullopt;
    }
    entity.first = static_cast<int>(first);
    entity.last = static_cast<int>(last);
    entity.type = type;
    return entity;
}

std::optional<Entity> scoredEntityOf(Connection& connection, const Statement& row, int column, std::int64_t post,
                                     std::string_view table) {
    std::optional<Entity> entity = entityOf(connection, row, column, post, table);
    if (!entity || row.isNull(column + 3)) return entity;
    const double confidence = row.real(column + 3);
    if (confidence >= 0 && confidence <= 1)
        entity->confidence = confidence;
    else
        connection.noteOdd("row-damaged", post, table, "confidence " + std::to_string(confidence));
    return entity;
}

}  // namespace mnerva::store
