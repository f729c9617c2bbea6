#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/models/system.h"

namespace mnerva::models {

/// Throws OptionInvalid {"system", name, known names}.
const SystemInfo& systemByName(const std::string& name);
/// Throws OptionInvalid {"variant", ...}. Empty means the first.
std::string variantOf(const SystemInfo& system, const std::string& variant);
/// The options, presets and explanations of a variant: an entry of `others`, or the system itself.
const SystemInfo& variantInfo(const SystemInfo& system, const std::string& variant);

/// "key=value" as the command line gives it. Throws OptionInvalid when there is no '='.
std::pair<std::string, std::string> splitAssignment(const std::string& text);

/// Every option of the system: its default, then the preset's value (empty name: none), then the assignments in order.
/// Throws OptionUnknown {name, known}, OptionInvalid {name, value, wanted}.
nlohmann::json resolveOptions(const SystemInfo& system, const std::string& preset,
                              const std::vector<std::pair<std::string, std::string>>& assignments);

/// One value against its specification: type, range, choice. Throws OptionInvalid.
void checkOption(const OptionSpec& spec, const nlohmann::json& value);

/// Every value of a stored option object against the system; options that it does not know yet get their default, or
/// what was so before there was the option. Throws OptionUnknown, OptionInvalid.
nlohmann::json completeOptions(const SystemInfo& system, const nlohmann::json& values);

}  // namespace mnerva::models
