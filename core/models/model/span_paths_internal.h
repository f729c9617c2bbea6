#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/entity.h"
#include "core/models/text/encoded_post_internal.h"
#include "core/nn/blocks/tag_decoder.h"

namespace mnerva::models {

/// Which tags a post must get for just this entity to be found in it by the lenient rule of models.md 2.2 (a)
/// (explanation.md 1). In X mode the words' first pieces are
/// read, as answers are; the other pieces may carry anything. Nothing where a word of it has no piece, or where no tag
/// has its type.
std::optional<nn::SpanPaths> spanPathsOf(const EncodedPost& post, const Entity& entity,
                                         const std::vector<std::string>& classes, UnitMode mode);

}  // namespace mnerva::models
