#pragma once

#include <cstddef>
#include <vector>

#include "core/domain/post_input.h"

namespace mnerva::models {

/// How boxes are chosen that stand for the crops of a post without crops.
enum class BoxCrops {
    None,     ///< they do not
    Best,     ///< the first ones
    ByClass,  ///< the first of persons, of things of no other class, of locations and of organizations, then the rest
};
/// The boxes that stand for crops: indices of post.regions, at most `most`; none for a post that has crops. By class,
/// a class without a box leaves its place to the whole picture (models.md 4.5), so there may be fewer than boxes.
std::vector<std::size_t> boxesAsCrops(const PostInput& post, BoxCrops choice, int most);

}  // namespace mnerva::models
