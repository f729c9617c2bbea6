#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/models/model/system_internal.h"

namespace mnerva::models {

/// In the order in which they are shown; variants follow their system.
const std::vector<System>& systemList();
/// The entry of a variant; of its system where the variant has none of its own. Errors: OptionInvalid {"system", name,
/// known names}.
const System& systemCode(const std::string& name, const std::string& variant);

/// Longest post in sub-tokens, specials included, that the model takes.
int longestSequence(const ModelShape& shape);

/// A model with start values from torch's global generator. Errors: OptionInvalid (options that do not fit together).
std::shared_ptr<NerModel> makeModel(const ModelShape& shape);

}  // namespace mnerva::models
