#pragma once

#include <vector>

#include "core/domain/entity_box.h"
#include "core/domain/post_input.h"
#include "core/domain/prediction.h"

namespace mnerva::models {

/// Where the entities of a grounded answer are in the post's first picture, cut to it as the model saw it; the whole
/// picture where that is the region. Those that are not shown have no box. `input` is what the model was asked,
/// `regions` as Prediction::regions; a region that is none of them is not shown. Errors: those of reading the head of
/// the picture.
std::vector<EntityBox> entityBoxesOf(const PostInput& input, const std::vector<Entity>& entities,
                                     const std::vector<Grounding>& groundings, const std::vector<int>& regions);

}  // namespace mnerva::models
