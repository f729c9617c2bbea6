#include "core/eval/picture_effect.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/check.h"
#include "core/eval/entity_doubts.h"

namespace mnerva::eval {
namespace {

constexpr double kLeast = 1e-12;
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

bool areSameEntities(std::span<const Entity> gold, std::span<const Entity> predicted) {
    return std::is_permutation(gold.begin(), gold.end(), predicted.begin(), predicted.end());
}

double logOfTags(const Entity& entity, const std::vector<std::string>& classes, std::span<const float> probabilities) {
    MNERVA_CHECK(!classes.empty() && probabilities.size() % classes.size() == 0);
    const int words = static_cast<int>(probabilities.size() / classes.size());
    MNERVA_CHECK(entity.first >= 0 && entity.first <= entity.last && entity.last < words);
    const std::vector<int> tags = givenClasses(std::span(&entity, 1), classes, words);
    double sum = 0;
    for (int w = entity.first; w <= entity.last; ++w) {
        const int k = tags[static_cast<std::size_t>(w)];
        const std::size_t place =
            static_cast<std::size_t>(w) * classes.size() + static_cast<std::size_t>(std::max(0, k));
        sum += std::log(k < 0 ? kLeast : std::max(kLeast, static_cast<double>(probabilities[place])));
    }
    return sum;
}

}  // namespace mnerva::eval
