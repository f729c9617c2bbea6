#include "core/text/columns.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/text/graphemes.h"
#include "core/text/utf8.h"

namespace mnerva::text {
namespace {

constexpr char32_t kEmojiSelector = 0xFE0F;

int columnsOf(char32_t point) {
    const auto c = static_cast<UChar32>(point);
    switch (u_charType(c)) {
        case U_NON_SPACING_MARK:
        case U_ENCLOSING_MARK:
        case U_FORMAT_CHAR:
        case U_CONTROL_CHAR:
            return 0;
        default:
            break;
    }
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH || u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION) ? 2 : 1;
}

}  // namespace

int terminalColumns(std::string_view text) {
    const std::u32string points = toCodePoints(text);
    const std::vector<std::size_t> borders = graphemeBorders(text);
    int columns = 0;
    for (std::size_t i = 0; i + 1 < borders.size(); ++i) {
        int widest = 0;  // a family of emoji is one picture
        for (std::size_t p = borders[i]; p < borders[i + 1]; ++p)
            widest = std::max(widest, points[p] == kEmojiSelector ? 2 : columnsOf(points[p]));
        columns += widest;
    }
    return columns;
}

}  // namespace mnerva::text
