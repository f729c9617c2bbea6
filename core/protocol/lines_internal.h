#pragma once

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/json.h"

namespace mnerva::protocol::detail {

inline std::string jsonLine(const nlohmann::json& body) {
    return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

/// `decode(value, number)` gives a Line for each line that is not empty; where it throws, Error(LineInvalid) names the
/// line and says what was `wanted`.
template <class Line, class Decode>
std::vector<Line> readLines(std::string_view content, const std::filesystem::path& file, const char* wanted,
                            Decode decode) {
    constexpr std::size_t kShown = 80;
    std::vector<Line> out;
    int number = 0;
    for (std::size_t begin = 0; begin < content.size();) {
        const std::size_t end = std::min(content.find('\n', begin), content.size());
        const std::string_view line = content.substr(begin, end - begin);
        begin = end + 1;
        ++number;
        if (line.empty()) continue;
        const auto refuse = [&] {
            return Error(ErrorCode::LineInvalid,
                         {file.string(), std::to_string(number), std::string(line.substr(0, kShown)), wanted});
        };
        try {
            out.push_back(decode(tryParseJson(line), number));
        } catch (const nlohmann::json::exception&) {
            throw refuse();
        } catch (const Error&) {  // a value that is none
            throw refuse();
        }
    }
    return out;
}

/// The post of a line: "number", or "post" as 0.1.0 wrote it.
inline std::int64_t postNumber(const nlohmann::json& body) {
    return wholeNumber<std::int64_t>(body.at(body.contains("number") ? "number" : "post"));
}

}  // namespace mnerva::protocol::detail
