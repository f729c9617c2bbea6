#pragma once

#include <string>
#include <string_view>

namespace mnerva::text {

/// Text of files as it may stand in a page or in an SVG, in an attribute as well: nothing of it is markup. Broken UTF-8
/// and characters that HTML and XML do not have become U+FFFD, line feeds and tabs spaces.
std::string htmlText(std::string_view text);

}  // namespace mnerva::text
