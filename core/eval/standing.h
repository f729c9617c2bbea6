#pragma once

#include <optional>
#include <span>

#include "core/eval/errors.h"

namespace mnerva::eval {

/// How one entity of a prediction stands to gold, where all that was predicted of the post is known (error-analysis.md
/// 1, five kinds). Nothing: it is right.
std::optional<ErrorKind> standingOf(const Entity& entity, std::span<const Entity> gold,
                                    std::span<const Entity> predicted);

}  // namespace mnerva::eval
