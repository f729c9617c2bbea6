#include "core/protocol/progress_line.h"

#include <algorithm>
#include <charconv>

namespace mnerva::protocol {
namespace {

/// Takes a whole number off the end of `text`.
std::optional<std::int64_t> takeNumber(std::string_view& text) {
    const std::size_t begin = text.find_last_not_of("0123456789") + 1;  // npos + 1 is 0
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data() + begin, text.data() + text.size(), number);
    if (begin == text.size() || failed != std::errc()) return std::nullopt;
    text = text.substr(0, begin);
    return number;
}

}  // namespace

std::string progressLine(const Progress& progress) {
    return progress.stage + " " + std::to_string(progress.done) + " of " + std::to_string(progress.total);
}

std::optional<Progress> progressFromLine(std::string_view line) {
    constexpr std::string_view kOf = " of ";
    line = line.substr(0, line.find_last_not_of(" \r\n") + 1);
    const auto total = takeNumber(line);
    if (!total || *total <= 0 || !line.ends_with(kOf)) return std::nullopt;
    line.remove_suffix(kOf.size());
    const auto done = takeNumber(line);
    if (!done || line.size() < 2 || !line.ends_with(' ')) return std::nullopt;
    line.remove_suffix(1);
    return Progress{std::string(line), std::min(*done, *total), *total};
}

}  // namespace mnerva::protocol
