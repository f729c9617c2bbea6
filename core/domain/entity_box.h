#pragma once

namespace mnerva {

/// Where an entity is in the first picture of its post, as a layer says: its words (both ends belong to it) and a box
/// in upright pixels, [left, left + width) x [top, top + height).
struct EntityBox {
    int first = 0, last = 0;
    int left = 0, top = 0, width = 0, height = 0;
    bool operator==(const EntityBox&) const = default;
};

/// Whether two boxes mean the same region (models.md 4.7): they share at least half of what they cover together. Boxes
/// without area mean none.
bool sameRegion(const EntityBox& a, const EntityBox& b);

}  // namespace mnerva
