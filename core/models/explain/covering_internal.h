#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/post_input.h"
#include "core/models/pictures/post_pictures_internal.h"
#include "core/vision/picture.h"

namespace mnerva::models {

/// The first picture of a post, decoded; nothing where it cannot be used.
std::optional<vision::Picture> pictureOf(const PostInput& post);
/// Cells of the 7x7 grid painted in the mean colour, which the network reads as 0.
vision::Picture coveredPicture(vision::Picture picture, const std::vector<int>& cells);
/// The post with that picture in place of its first one, its cells covered.
PostInput coveredPost(const PostInput& post, const vision::Picture& picture, const std::vector<int>& cells);
/// A post whose picture is of the mean colour all over.
PostInput greyPost();

/// Whether a run's rows are covered, and not the picture's pixels: it reads cells as rows and the picture in no other
/// way, and what stands for nothing is no colour.
bool canCoverRows(const PictureLayout& layout, const std::string& replacement);

}  // namespace mnerva::models
