#pragma once

#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/domain/entity.h"

namespace mnerva::eval {

/// What the picture does for an answer (explanation.md 4).
enum class PictureEffect {
    Helped,     ///< right with it, wrong without
    Hurt,       ///< wrong with it, right without
    SameRight,  ///< right either way
    SameWrong,  ///< wrong either way
};
/// "helped", "hurt", "same-right", "same-wrong".
std::string_view pictureEffectName(PictureEffect effect);
std::optional<PictureEffect> pictureEffectFromName(std::string_view name);
PictureEffect pictureEffect(bool isRightWith, bool isRightWithout);

/// Whether a system's entities are just the gold ones, in any order.
bool areSameEntities(std::span<const Entity> gold, std::span<const Entity> predicted);

}  // namespace mnerva::eval
