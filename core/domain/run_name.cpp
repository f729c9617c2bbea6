#include "core/domain/run_name.h"

#include <unicode/uchar.h>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "core/text/utf8.h"

namespace mnerva {
namespace {

constexpr std::size_t kMostBytes = 240;  // a folder's name may have 255; temporary names and the trash add to it
constexpr std::string_view kForbidden = "/\\:*?\"<>|";

bool isVisible(char32_t point) {
    if (point == U' ') return true;
    switch (u_charType(static_cast<UChar32>(point))) {
        case U_CONTROL_CHAR:
        case U_FORMAT_CHAR:
        case U_SURROGATE:
        case U_PRIVATE_USE_CHAR:
        case U_UNASSIGNED:
        case U_SPACE_SEPARATOR:
        case U_LINE_SEPARATOR:
        case U_PARAGRAPH_SEPARATOR:
            return false;
        default:
            return true;
    }
}

bool equalsIgnoringCase(std::string_view name, std::string_view lower) {
    if (name.size() != lower.size()) return false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i] >= 'A' && name[i] <= 'Z' ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
        if (c != lower[i]) return false;
    }
    return true;
}

std::string wantedFor(RunNameFault fault) {
    switch (fault) {
        case RunNameFault::Empty:
            return "at least one letter or digit";
        case RunNameFault::TooLong:
            return "at most " + std::to_string(kLongestRunName) + " characters";
        case RunNameFault::Reserved:
            return "another name than those of the layers gold and corrected";
        default:
            return "letters, digits and punctuation without / \\ : * ? \" < > |, no dot, hyphen or space in front, no "
                   "dot "
                   "or space at the end";
    }
}

}  // namespace

RunNameFault runNameFault(std::string_view name) {
    bool blank = true;
    std::size_t points = 0;
    if (!text::isValidUtf8(name)) return RunNameFault::Characters;
    for (std::size_t at = 0; at < name.size(); ++points) {
        const char32_t point = text::nextCodePoint(name, at);
        if (!text::isWhiteSpace(point)) blank = false;
    }
    if (blank) return RunNameFault::Empty;
    if (points > kLongestRunName || name.size() > kMostBytes) return RunNameFault::TooLong;
    for (std::size_t at = 0; at < name.size();) {
        const char32_t point = text::nextCodePoint(name, at);
        if (!isVisible(point) || (point < 0x80 && kForbidden.find(static_cast<char>(point)) != std::string_view::npos))
            return RunNameFault::Characters;
    }
    const char first = name.front(), last = name.back();
    if (first == '.' || first == '-' || first == ' ' || last == '.' || last == ' ') return RunNameFault::Characters;
    if (equalsIgnoringCase(name, "gold") || equalsIgnoringCase(name, "corrected")) return RunNameFault::Reserved;
    return RunNameFault::None;
}

void requireRunName(std::string_view name) {
    const RunNameFault fault = runNameFault(name);
    if (fault == RunNameFault::None) return;
    constexpr std::size_t kShown = 100;
    throw Error(ErrorCode::RunNameInvalid,
                {"\"" + printable(text::firstCodePoints(name, kShown)) + "\"", wantedFor(fault)});
}

}  // namespace mnerva
