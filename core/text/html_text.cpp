#include "core/text/html_text.h"

#include "core/text/utf8.h"

namespace mnerva::text {

std::string htmlText(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = nextCodePoint(text, at);
        switch (point) {
            case '&':
                out += "&amp;";
                continue;
            case '<':
                out += "&lt;";
                continue;
            case '>':
                out += "&gt;";
                continue;
            case '"':
                out += "&quot;";
                continue;
            case '\'':
                out += "&#39;";
                continue;
            case '\n':
            case '\t':
                out += ' ';
                continue;
            default:
                break;
        }
        const bool isNone = point < 0x20 || (point >= 0x7F && point < 0xA0) || (point & 0xFFFE) == 0xFFFE;
        appendCodePoint(out, isNone ? kReplacement : point);
    }
    return out;
}

}  // namespace mnerva::text
