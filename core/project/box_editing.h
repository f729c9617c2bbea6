#pragma once

#include <string>

#include "core/domain/region.h"
#include "core/project/editing.h"

namespace mnerva::project {

/// Edges in upright pixels of one picture of a post; they may lie anywhere, and in any order.
struct BoxPlace {
    int image = 0;
    double left = 0, top = 0, right = 0, bottom = 0;
    double width() const { return right - left; }
    double height() const { return bottom - top; }
    bool operator==(const BoxPlace&) const = default;
};
BoxPlace placeOf(const Region& region);

/// The upright pixels of a picture's file.
struct PictureSize {
    int width = 0, height = 0;
    bool operator==(const PictureSize&) const = default;
};

// Pure, as in editing.h: boxes that a person draws in the layer of the state, and their links. Boxes are cut at the
// edges of their picture; what is empty then is refused ("box-empty"). Boxes of files and detectors are never changed
// ("box-found").

/// A new box under an id of newRegionId(). With an entity both are linked in the same step.
Edit drawBox(const PostState& state, const BoxPlace& place, const PictureSize& size, const std::string& name,
             RegionId id, const std::optional<Entity>& entity = {});
/// Another place for a box; its id, and so its links, stay.
Edit placeBox(const PostState& state, RegionId box, const BoxPlace& place, const PictureSize& size);
/// A line of at most 200 characters, empty for none; else "box-name".
Edit nameBox(const PostState& state, RegionId box, const std::string& name);
/// Its links go with it.
Edit removeBox(const PostState& state, RegionId box);
/// Links an entity to a box as it is seen. One of a file or a detector is not the person's to keep, so a box of their
/// own is made in its place, under `copyId`.
Edit linkBox(const PostState& state, const Entity& entity, const Region& box, RegionId copyId);
/// Takes a link away; the box stays. Gold's links stay ("link-of-gold").
Edit unlinkBox(const PostState& state, const Entity& entity, RegionId box);

}  // namespace mnerva::project
