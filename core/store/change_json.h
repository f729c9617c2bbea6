#pragma once

#include <string>

#include "core/domain/change.h"

namespace mnerva::store {

/// A change as the journal keeps it; what has its usual value is left out. Types and actions are valid UTF-8.
std::string changeToJson(const Change& change);
/// Throws Error(Internal) on anything that changeToJson does not write; the journal turns that into ProjectCorrupt.
Change changeFromJson(const std::string& json);

}  // namespace mnerva::store
