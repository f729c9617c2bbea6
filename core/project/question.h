#pragma once

#include <string>

#include "core/domain/finding.h"
#include "core/domain/post_input.h"
#include "core/project/project.h"

namespace mnerva::project {

/// Where a region comes from, as runs and the engine are told: "human", "file", or the detector's name.
std::string originOf(const Region& region);

/// A region as a question holds it.
RegionInput regionInputOf(const Region& region);

/// What a run is asked about a post: the only function that makes this question, for the window, `predict`, `train`,
/// `serve` and `explain`, so that none of them can see another post than the others. Every picture and crop keeps its
/// place: one that is missing is told by its path (the engine notes it and goes on without), one that may not be read
/// by an empty path. Boxes are those of the first picture, best first. What is wanted is left open.
PostInput questionOf(const Post& post, const PostFiles& files, const PostRegions& regions);
PostInput questionOf(const PostView& view);
PostInput questionOf(const Project& project, const Post& post);

/// The pictures and crops that the engine is not told of: picture-outside, picture-missing (no folder is known).
void addUnaskedPictures(const PostFiles& files, Findings& findings);

}  // namespace mnerva::project
