#pragma once

#include <span>
#include <string>

#include "core/domain/region.h"
#include "core/project/box_editing.h"

namespace mnerva::project {

// Where the box of an entity may be, and how keys move it (annotation.md 5.2, G). Steps are cells of the 7x7 grid that
// the systems look at; places stay inside the picture.

/// Around the hottest cell with its neighbours that are at least half as hot. Nothing where the map points nowhere: no
/// 49 cells, none over 0, or all alike.
std::optional<BoxPlace> placeOfHeat(std::span<const float> cells, int image, const PictureSize& size);
/// A box that files or detectors found in a picture: the best whose name is `words`, else the best to which no entity
/// is linked.
std::optional<BoxPlace> placeOfFound(const PostRegions& regions, int image, const std::string& words);
/// The middle of the picture, three cells wide and high.
BoxPlace placeOfMiddle(int image, const PictureSize& size);

/// Moved by cells as far as the picture goes; its size stays.
BoxPlace movedByCells(const BoxPlace& place, int right, int down, const PictureSize& size);
/// Moved by pixels as far as the picture goes; its size stays.
BoxPlace movedBy(const BoxPlace& place, double right, double down, const PictureSize& size);
/// Right and lower edge moved by cells: no further than the picture, and no nearer than half a cell.
BoxPlace sizedByCells(const BoxPlace& place, int right, int down, const PictureSize& size);

}  // namespace mnerva::project
