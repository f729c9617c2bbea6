#include "core/base/json.h"

#include <algorithm>
#include <string>

#include "core/base/error.h"
#include "core/base/file.h"

namespace mnerva {
namespace {

/// What keeps a text from being parsed, told without building a value: empty where nothing does.
std::string refusal(std::string_view text, const JsonLimits& limits) {
    int depth = 0;
    std::size_t values = 1;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                quoted = false;
            continue;
        }
        if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            ++values;
            if (++depth > limits.maxDepth) return "JSON nested deeper than " + std::to_string(limits.maxDepth);
        } else if (c == ']' || c == '}') {
            --depth;
        } else if (c == ',') {
            ++values;
        }
        if (values > limits.maxValues) return "JSON of more than " + std::to_string(limits.maxValues) + " values";
    }
    return {};
}

}  // namespace

nlohmann::json parseJson(std::string_view text, const std::filesystem::path& name, const JsonLimits& limits) {
    if (text.size() > limits.maxBytes)
        throw Error(ErrorCode::FileTooLarge,
                    {name.string(), std::to_string(text.size()), std::to_string(limits.maxBytes)});
    const std::string refused = refusal(text, limits);
    if (!refused.empty()) throw Error(ErrorCode::FormatInvalid, {name.string(), refused, "plain JSON"});
    try {
        return nlohmann::json::parse(text.begin(), text.end());
    } catch (const nlohmann::json::parse_error& error) {
        const std::size_t at = std::min(error.byte, text.size());
        const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
        const bool empty = text.find_first_not_of(" \t\r\n") == text.npos;
        throw Error(ErrorCode::FormatInvalid,
                    {name.string(), empty ? "nothing" : "no valid JSON in line " + std::to_string(line), "JSON"});
    } catch (const nlohmann::json::exception&) {  // 1e999
        throw Error(ErrorCode::FormatInvalid, {name.string(), "a number that is too large", "JSON"});
    }
}

nlohmann::json readJson(const std::filesystem::path& path, const JsonLimits& limits) {
    return parseJson(readFile(path, limits.maxBytes), path, limits);
}

nlohmann::json tryParseJson(std::string_view text, const JsonLimits& limits) noexcept {
    using nlohmann::json;
    try {
        if (text.size() > limits.maxBytes || !refusal(text, limits).empty()) return json(json::value_t::discarded);
        return json::parse(text.begin(), text.end(), nullptr, false);
    } catch (...) {
        return json(json::value_t::discarded);
    }
}

}  // namespace mnerva
