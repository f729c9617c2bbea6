#pragma once

#include "core/domain/change.h"
#include "core/domain/region.h"

namespace mnerva {

/// What is seen of the boxes of a post in a layer: `found` is what files and detectors say, with the links of gold; the
/// state has what a person drew and linked. An entity shows the boxes that it is linked to in its layer; without any,
/// those that gold links its words to, whatever its type became.
PostRegions seenRegions(const PostRegions& found, const PostState& state);

/// A change whose links follow its entities: those of an entity that goes move to the added one that takes most of its
/// words, or go with it. Where gold's link was seen and the words are others then, a box of the person's own takes its
/// place. What the change says itself stays; a change that has all this already stays as it is.
PostChange withLinks(const PostRegions& found, const PostState& state, PostChange change);

/// A box of the person's own where another one is.
Region ownCopy(const Region& region, RegionId id);

}  // namespace mnerva
