#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/models/model/system_info.h"

namespace mnerva::models {

/// The systems this build can train, best documented first.
const std::vector<SystemInfo>& systems();
nlohmann::json systemsJson();
/// Whether a run of the system with these options looks at pictures. Throws OptionInvalid for an unknown system.
bool readsPictures(const std::string& system, const std::string& variant, const nlohmann::json& options);

}  // namespace mnerva::models
