#pragma once

#include <string_view>
#include <vector>

#include "core/store/connection.h"

namespace mnerva::store {

namespace embedded {

/// One file of migrations/, compiled in (packaging/cmake/MnervaEmbed.cmake).
struct Step {
    std::string_view name;  ///< "0001_initial"
    std::string_view sql;
};
/// In order; step i leads to version i + 1.
const std::vector<Step>& steps();

}  // namespace embedded

/// The version of the schema that this program writes.
int knownVersion();
/// The version of an open database (0: nothing in it yet). Throws ProjectCorrupt when it is a database of something
/// else.
int versionOf(Connection& connection);
/// Runs the steps that are missing, each in a transaction of its own.
void migrate(Connection& connection);

}  // namespace mnerva::store
