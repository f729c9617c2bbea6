#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/store/statement.h"

namespace mnerva::store {

/// Items joined by line feeds, which no item holds. The empty list has no bytes form (it is NULL in the database), so
/// that a list of one empty item stays one.
std::string joinLines(const std::vector<std::string>& items);
std::vector<std::string> splitLines(std::string_view bytes);

/// A list in a column; `buffer` keeps the bytes until the statement has run.
void bindList(Statement& statement, const std::vector<std::string>& items, std::string& buffer);
std::vector<std::string> listOf(const Statement& statement, int column);

}  // namespace mnerva::store
