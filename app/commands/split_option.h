#pragma once

#include <optional>
#include <string>

#include "core/domain/post.h"

namespace mnerva::app {

/// train, valid or test; nothing for an empty name. Throws OptionInvalid.
std::optional<Split> splitOption(const std::string& name);

}  // namespace mnerva::app
