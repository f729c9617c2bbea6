#include "app/commands/terminal.h"

#include <fmt/format.h>

#include "core/base/printable.h"
#include "core/text/utf8.h"

namespace mnerva::app {

std::string terminalJson(const nlohmann::json& value, int indent) {
    const std::string text = value.dump(indent, ' ', false, nlohmann::json::error_handler_t::replace);
    if (printable(text, true) == text) return text;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t point = text::nextCodePoint(text, at);
        const std::string_view piece(text.data() + begin, at - begin);
        // Such a character stands inside a string: JSON's own signs are all printable ASCII.
        if (point != U'\n' && printable(piece) != piece)
            out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(point));
        else
            out += piece;
    }
    return out;
}

}  // namespace mnerva::app
