#pragma once

#include <string>
#include <vector>

#include "core/store/connection.h"

namespace mnerva::store {

/// What SQLite itself finds wrong with the file (damaged pages, indexes that disagree); empty when nothing.
std::vector<std::string> damageFound(Connection& connection);
/// "table: row" of every row whose partner is missing.
std::vector<std::string> brokenReferences(Connection& connection);

}  // namespace mnerva::store
