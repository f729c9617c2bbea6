#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "core/domain/label_set.h"

namespace mnerva::store {

/// The most bytes that a description may have: a guideline of some pages.
inline constexpr std::size_t kLongestDescription = std::size_t{64} << 10;
/// The most bytes of all notes of a project as JSON.
inline constexpr std::size_t kMostNoteBytes = std::size_t{16} << 20;

/// What people wrote down about types, as settings and journal keep it: {type: {colour, description, parent}}.
nlohmann::json labelNotesToJson(const std::map<std::string, LabelNote>& notes);
/// Nothing for what labelNotesToJson() does not write.
std::optional<std::map<std::string, LabelNote>> labelNotesFromJson(const nlohmann::json& json);

/// Types in order, scheme, notes.
nlohmann::json labelsToJson(const LabelSet& labels);
std::optional<LabelSet> labelsFromJson(const nlohmann::json& json);

}  // namespace mnerva::store
