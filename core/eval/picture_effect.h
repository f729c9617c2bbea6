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
    Helped,     ///< right with it, wrong without it or with the picture of another post
    Hurt,       ///< wrong with it, right without
    SameRight,  ///< right with it, without it and with those of other posts
    SameWrong,  ///< wrong with it and without
};
/// "helped", "hurt", "same-right", "same-wrong".
std::string_view pictureEffectName(PictureEffect effect);
std::optional<PictureEffect> pictureEffectFromName(std::string_view name);
PictureEffect pictureEffect(bool isRightWith, bool isRightWithout);
/// Whoever sees no picture guesses, and guesses one type in three right: so an answer that is right either way counts
/// as helped where other posts' pictures spoil it. (A wrong one that another's picture mends is chance, not hurt.)
PictureEffect pictureEffect(bool isRightWith, bool isRightWithout, bool isRightWithOthers);

/// Whether a system's entities are just the gold ones, in any order.
bool areSameEntities(std::span<const Entity> gold, std::span<const Entity> predicted);

}  // namespace mnerva::eval
