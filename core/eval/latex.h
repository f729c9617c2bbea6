#pragma once

#include <string>
#include <string_view>

namespace mnerva::eval {

/// One code point as LaTeX shows it: nothing of it is a command, no two of them become a ligature. Control characters
/// are spaces.
std::string latexPoint(char32_t point);
/// Text as LaTeX shows it. Letters beyond Latin need xelatex or lualatex and a font that has them.
std::string latexText(std::string_view text);

}  // namespace mnerva::eval
