#pragma once

#include <array>
#include <compare>
#include <string>
#include <string_view>

namespace mnerva {

/// Why annotators did not agree (error-analysis.md 6); stable names.
inline constexpr std::array<std::string_view, 5> kDecisionCauses{"ambiguous-text", "guideline-gap", "slip", "edge-case",
                                                                 "taste"};

/// What was decided about words where annotators disagree. The entities themselves are in the corrected layer.
struct Decision {
    int first = 0, last = 0;  ///< words, both ends included
    std::string cause;        ///< one of kDecisionCauses; empty: none was given
    std::string note;         ///< of the person, as written
    bool isForGuideline = false;
    auto operator<=>(const Decision&) const = default;
};

}  // namespace mnerva
