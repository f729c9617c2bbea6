#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/domain/entity.h"

namespace mnerva {

using RegionId = Id<struct RegionTag>;

/// Who says that there is something at a place of a picture.
enum class RegionOrigin { CropList, Xml, Detector, Human };
std::string_view originName(RegionOrigin origin);  ///< "crop-list", "xml", "detector", "human": as it is stored
std::optional<RegionOrigin> originFromName(std::string_view name);

/// A box in pixels of one picture of a post: [left, left + width) x [top, top + height).
/// Invariant (checkRegion): image, left and top are not negative, width and height positive, the right and lower edge
/// within 31 bits; a score is within 0..1; a region of a detector has its name, one of a file none; no line feed.
struct Region {
    RegionId id;    ///< 0: not stored
    int image = 0;  ///< number of the picture among those of its post
    int left = 0, top = 0, width = 0, height = 0;
    std::string label;  ///< what is inside, as the origin calls it ("person", the words of an entity); may be empty
    std::optional<double> score;  ///< of a detector
    RegionOrigin origin = RegionOrigin::Human;
    /// Name: "faces", or that of the model's file. Of a stored box that a person drew, the annotator's layer that it
    /// belongs to; empty: the corrected one.
    std::string detector;
    std::string fingerprint;  ///< of the detector: equal ones see the same in the same picture

    int right() const { return left + width; }
    int bottom() const { return top + height; }
    /// Everything but the id.
    bool sameAs(const Region& o) const;
    bool operator==(const Region& o) const { return id == o.id && sameAs(o); }
};

/// Boxes that people draw get their ids from here on, at random: an id is not given twice, so that undo brings a box
/// back as the one it was, and links to it hold. Those of files and detectors are below.
inline constexpr std::int64_t kFirstDrawnId = std::int64_t{1} << 40;
RegionId newRegionId();

/// Throws Error(Internal) if the invariant does not hold.
void checkRegion(const Region& region);

/// Grounds an entity of a layer in a region. The entity is named by its natural key, so that a link outlives undo and
/// redo of the entity.
struct RegionLink {
    Entity entity;  ///< without confidence
    RegionId region;
    bool operator==(const RegionLink&) const = default;
};

/// Sorts by the words, then the type, then the region.
void sortLinks(std::vector<RegionLink>& links);

/// The regions of one post, and the links of one or more layers to them.
struct PostRegions {
    std::vector<Region> regions;
    std::vector<RegionLink> links;
};

/// What is to be believed first: human, then xml, crop list and detectors; within an origin higher scores, then larger
/// boxes, then the order given.
void sortBestFirst(std::vector<Region>& regions);

/// A box cut at the edges of a picture of width x height pixels (0: not known, only cut at 0).
struct ClippedBox {
    int left = 0, top = 0, width = 0, height = 0;  ///< width or height 0: nothing is left
    bool wasCut = false;
};
/// Edges may lie anywhere; right and bottom are exclusive.
ClippedBox clippedBox(double left, double top, double right, double bottom, int width, int height);

}  // namespace mnerva
