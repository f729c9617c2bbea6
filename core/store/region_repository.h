#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/domain/region.h"
#include "core/store/connection.h"

namespace mnerva::store {

/// Regions of the pictures of posts, and the links that ground entities in them. A post that goes takes its regions
/// along, a region its links.
class RegionRepository {
public:
    /// A database of an older schema, opened to be read, knows no detectors: its regions have none.
    explicit RegionRepository(Connection& connection) : m_connection(connection) {}

    /// Stores a region under a new id. Throws Error(Internal) when its invariant does not hold.
    RegionId add(PostId post, const Region& region);
    void remove(RegionId region);
    /// Boxes that a person drew in a layer, by id, as values of that layer (without its name in `detector`).
    std::vector<Region> drawnIn(LayerId layer, PostId post) const;
    /// Stores such a box under the id that it has. False: the id is taken.
    bool draw(LayerId layer, PostId post, const Region& box);
    /// Another place or name for a drawn box; links to it hold.
    void redraw(const Region& box);
    /// Regions of a post in the order they were added.
    std::vector<Region> ofPost(PostId post) const;
    /// Every region in the order of posts, then of ids.
    void each(const std::function<void(PostId, Region)>& use) const;
    int count() const;
    /// Every stored region with its post, whether it can be read or not.
    void eachId(const std::function<void(PostId, RegionId)>& use) const;

    /// A link that is there already stays as it is.
    void link(LayerId layer, PostId post, const RegionLink& link);
    /// False: it was not there.
    bool unlink(LayerId layer, PostId post, const RegionLink& link);
    std::vector<RegionLink> links(LayerId layer, PostId post) const;
    void eachLink(LayerId layer, const std::function<void(PostId, RegionLink)>& use) const;

private:
    std::string columns() const;
    bool insert(PostId post, const Region& region, bool keepsId);

    Connection& m_connection;
    mutable bool m_knowsDetectors = false;  ///< the schema was seen to have their columns
};

}  // namespace mnerva::store
