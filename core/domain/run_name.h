#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mnerva {

/// What is wrong with the name of a run. It is a folder's name and the name of a layer at once.
enum class RunNameFault {
    None,
    Empty,       ///< nothing, or white space alone
    TooLong,     ///< more than kLongestRunName code points
    Characters,  ///< what no folder's name should hold, cannot be seen, or stands at a place where it misleads
    Reserved,    ///< that of a layer that is no run: gold, corrected
};

inline constexpr std::size_t kLongestRunName = 64;

/// The one rule for names of runs. Letters, digits and marks of any script, spaces inside, and punctuation but
/// / \ : * ? " < > | are good; not a dot, a hyphen or a space in front, not a dot or a space at the end, nothing that
/// cannot be seen (controls, invisible and bidirectional characters, bytes that are no UTF-8).
RunNameFault runNameFault(std::string_view name);

/// Errors: RunNameInvalid with the name, made printable, and what was wanted.
void requireRunName(std::string_view name);

}  // namespace mnerva
