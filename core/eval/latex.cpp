#include "core/eval/latex.h"

#include "core/text/utf8.h"

namespace mnerva::eval {

std::string latexPoint(char32_t point) {
    switch (point) {
        case '\\':
            return "\\textbackslash{}";
        case '~':
            return "\\textasciitilde{}";
        case '^':
            return "\\textasciicircum{}";
        case '&':
        case '%':
        case '$':
        case '#':
        case '_':
        case '{':
        case '}':
            return std::string{'\\', static_cast<char>(point)};
        case '<':
            return "\\textless{}";
        case '>':
            return "\\textgreater{}";
        case '|':
            return "\\textbar{}";
        case '"':
            return "\\textquotedbl{}";
        case '`':
            return "\\textasciigrave{}";
        case '\'':
            return "\\textquotesingle{}";
        case '-':
            return "{-}";  // two of them are no dash
        case '[':
        case ']':  // after the end of a row they would be an optional argument
            return std::string("{") + static_cast<char>(point) + "}";
        default:
            break;
    }
    if (point < 0x20 || (point >= 0x7F && point < 0xA0)) return " ";
    std::string out;
    text::appendCodePoint(out, point);
    return out;
}

std::string latexText(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) out += latexPoint(text::nextCodePoint(text, at));
    return out;
}

}  // namespace mnerva::eval
