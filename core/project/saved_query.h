#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/project/post_order.h"

namespace mnerva::project {

inline constexpr std::size_t kMostSavedQueries = 200, kLongestSavedName = 80, kLongestSavedQuery = 4000;

/// A query line with a name and the order its posts are shown in: a view that is kept with the project.
struct SavedQuery {
    std::string name;   ///< one line; no two are the same but for case
    std::string query;  ///< may have become a mistake: labels and runs come and go
    PostOrder order = {};

    bool operator==(const SavedQuery&) const = default;
};

/// Why a name is none; the sentence of each stands in the window.
enum class SavedNameFault { None, Empty, TooLong, Characters, Taken };
/// `at`: the place of the query that is to get the name, which does not take it from itself.
SavedNameFault savedNameFault(std::string_view name, const std::vector<SavedQuery>& among,
                              std::size_t at = static_cast<std::size_t>(-1));

/// As they are kept in the project.
std::string toText(const std::vector<SavedQuery>& queries);

struct SavedQueries {
    std::vector<SavedQuery> list;
    std::size_t leftOut = 0;  ///< of what was stored: no such thing, or too many
};
/// What a stored text says; it may come from a stranger. What cannot be is left out and counted, the rest is used.
SavedQueries savedQueriesFrom(std::string_view text);

}  // namespace mnerva::project
