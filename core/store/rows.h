#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/entity.h"
#include "core/store/statement.h"

// What rows hold is checked where they are read: the file may be damaged, or made by somebody to harm. What cannot be
// is left out and noted (Connection::noteOdd); the rest of the row, and all other rows, are used.

namespace mnerva::store {

/// Words of a post, pictures of a post: more than anybody tags, and few enough to be made.
inline constexpr std::size_t kMostItems = std::size_t{1} << 20;
inline constexpr std::size_t kLongestType = 256;

/// An int column within limits; noted and nothing where it is not.
std::optional<int> intOf(Connection& connection, const Statement& row, int column, int least, std::int64_t post,
                         std::string_view name);

/// A list column; empty and noted where it has more than kMostItems.
std::vector<std::string> checkedListOf(Connection& connection, const Statement& row, int column, std::int64_t post,
                                       std::string_view name);

/// Columns from `column` on: first word, last word, type. Nothing (noted) where the words or the type cannot be.
/// Whether the words exist in the post is looked at where the post is known.
std::optional<Entity> entityOf(Connection& connection, const Statement& row, int column, std::int64_t post,
                               std::string_view table);
/// entityOf() with a confidence in the column after the type; one that is outside 0..1 is left out.
std::optional<Entity> scoredEntityOf(Connection& connection, const Statement& row, int column, std::int64_t post,
                                     std::string_view table);

/// "words 4 to 7": counted from 1 as everywhere that people read it, though rows count from 0.
std::string wordsText(std::int64_t first, std::int64_t last);

/// True for what may be the name of a type: not empty, not endless, no control characters (a line feed
/// would begin another line in every file that is written).
bool isTypeName(std::string_view name);

}  // namespace mnerva::store
