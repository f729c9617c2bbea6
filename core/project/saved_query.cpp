#include "core/project/saved_query.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/json.h"
#include "core/text/folding.h"
#include "core/text/utf8.h"

namespace mnerva::project {
namespace {

constexpr std::size_t kMostBytes = std::size_t{4} << 20;
constexpr int kFormat = 1;

bool isControl(char32_t c) {
    // Line ends and marks that turn the reading direction mislead in a list.
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0x200E || c == 0x200F ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

bool isOneLine(std::string_view text) {
    if (!text::isValidUtf8(text)) return false;
    for (std::size_t at = 0; at < text.size();)
        if (isControl(text::nextCodePoint(text, at))) return false;
    return true;
}

bool isBlank(std::string_view text) {
    for (std::size_t at = 0; at < text.size();)
        if (!text::isWhiteSpace(text::nextCodePoint(text, at))) return false;
    return true;
}

std::optional<SavedQuery> queryFrom(const nlohmann::json& value, const std::vector<SavedQuery>& before) {
    if (!value.is_object()) return std::nullopt;
    const auto name = value.find("name"), query = value.find("query"), order = value.find("order");
    if (name == value.end() || !name->is_string() || query == value.end() || !query->is_string()) return std::nullopt;
    SavedQuery saved{name->get<std::string>(), query->get<std::string>()};
    if (savedNameFault(saved.name, before) != SavedNameFault::None) return std::nullopt;
    if (saved.query.size() > kLongestSavedQuery || !isOneLine(saved.query)) return std::nullopt;
    if (order != value.end()) {
        const auto known = orderFromJson(*order);
        if (!known) return std::nullopt;
        saved.order = *known;
    }
    return saved;
}

}  // namespace

SavedNameFault savedNameFault(std::string_view name, const std::vector<SavedQuery>& among, std::size_t at) {
    if (!isOneLine(name)) return SavedNameFault::Characters;
    if (isBlank(name)) return SavedNameFault::Empty;
    if (text::codePointCount(name) > kLongestSavedName) return SavedNameFault::TooLong;
    const std::string form = text::folded(name);
    for (std::size_t i = 0; i < among.size(); ++i)
        if (i != at && text::folded(among[i].name) == form) return SavedNameFault::Taken;
    return SavedNameFault::None;
}

std::string toText(const std::vector<SavedQuery>& queries) {
    nlohmann::json list = nlohmann::json::array();
    for (const SavedQuery& one : queries) {
        nlohmann::json value{{"name", one.name}, {"query", one.query}};
        if (!one.order.isProject()) value["order"] = toJson(one.order);
        list.push_back(std::move(value));
    }
    const nlohmann::json whole{{"format", kFormat}, {"views", std::move(list)}};
    return whole.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

SavedQueries savedQueriesFrom(std::string_view text) {
    SavedQueries read;
    if (text.empty()) return read;
    const nlohmann::json value = tryParseJson(text, {kMostBytes, 16, 64 * kMostSavedQueries});
    const auto views = value.is_object() ? value.find("views") : value.end();
    if (!value.is_object() || views == value.end() || !views->is_array()) {
        read.leftOut = 1;
        return read;
    }
    for (const nlohmann::json& one : *views) {
        auto saved = read.list.size() < kMostSavedQueries ? queryFrom(one, read.list) : std::nullopt;
        if (saved)
            read.list.push_back(std::move(*saved));
        else
            ++read.leftOut;
    }
    return read;
}

}  // namespace mnerva::project
