#include "core/eval/picture_effect.h"

#include <algorithm>
#include <array>

namespace mnerva::eval {
namespace {

constexpr std::array<std::string_view, 4> kNames{"helped", "hurt", "same-right", "same-wrong"};

}  // namespace

std::string_view pictureEffectName(PictureEffect effect) {
    return kNames[static_cast<std::size_t>(effect)];
}

std::optional<PictureEffect> pictureEffectFromName(std::string_view name) {
    const auto found = std::find(kNames.begin(), kNames.end(), name);
    if (found == kNames.end()) return std::nullopt;
    return static_cast<PictureEffect>(found - kNames.begin());
}

PictureEffect pictureEffect(bool isRightWith, bool isRightWithout) {
    if (isRightWith) return isRightWithout ? PictureEffect::SameRight : PictureEffect::Helped;
    return isRightWithout ? PictureEffect::Hurt : PictureEffect::SameWrong;
}

PictureEffect pictureEffect(bool isRightWith, bool isRightWithout, bool isRightWithOthers) {
    return pictureEffect(isRightWith, isRightWithout && (isRightWithOthers || !isRightWith));
}

bool areSameEntities(std::span<const Entity> gold, std::span<const Entity> predicted) {
    return std::is_permutation(gold.begin(), gold.end(), predicted.begin(), predicted.end());
}

}  // namespace mnerva::eval
