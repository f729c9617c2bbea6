#pragma once

#include <string>
#include <vector>

#include "core/store/connection.h"

namespace mnerva::store {

/// What of a database's schema is not as Mnerva makes it.
struct ForeignPart {
    std::string what;            ///< part of a sentence: "the trigger x", "the table posts with another definition"
    bool blocksReading = false;  ///< a table that is read is missing or another: its rows mean nothing
};

/// Compares the schema with that of the same version, made anew. Of a version that this program does not know only what
/// would harm a reader is told. Statistics that SQLite keeps for itself (ANALYZE) are no foreign part.
std::vector<ForeignPart> foreignParts(Connection& connection, int version);

}  // namespace mnerva::store
