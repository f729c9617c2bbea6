#pragma once

#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/domain/entity.h"

namespace mnerva::eval {

/// How a system's entity differs from the gold one.
enum class ErrorKind {
    Boundary,         ///< right type, overlapping but other borders
    Type,             ///< right borders, other type
    BoundaryAndType,  ///< overlapping, other borders and other type
    Missed,           ///< a gold entity left without a partner
    Spurious,         ///< a predicted entity left without a partner
};
/// Stable kebab-case name: "boundary", "type", "boundary-and-type", "missed", "spurious".
std::string_view errorKindName(ErrorKind kind);

/// One difference; both sides are there except for Missed (no predicted) and Spurious (no gold).
struct Difference {
    ErrorKind kind = ErrorKind::Missed;
    std::optional<Entity> gold, predicted;
};

/// The differences of one post in text order. Each entity takes part in at most one: equal ones are set aside first,
/// then equal borders are paired, then the largest overlaps (equal type before other type); what is left is missed or
/// spurious.
std::vector<Difference> differences(std::span<const Entity> gold, std::span<const Entity> predicted);

/// Number of differences of each kind, every kind listed.
std::map<ErrorKind, int> countKinds(std::span<const Difference> differences);

}  // namespace mnerva::eval
