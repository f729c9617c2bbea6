#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/domain/entity.h"
#include "core/protocol/map_index.h"

namespace mnerva::project {

/// A map that a search found.
struct MapHit {
    std::size_t entity = 0;  ///< in MapIndex::entities
    double value = 0;        ///< cosine, or entropy
    bool operator==(const MapHit&) const = default;
};

/// How many posts a search lists where nobody says more.
inline constexpr std::size_t kSimilarPosts = 12;

/// The posts whose map is most alike (explanation.md 2, corpus search): cosine of the 49 numbers, of each post its
/// entity that is nearest, highest first, equal ones in the order of the index. The post `except` is left out (its
/// number in the project; 0: none is). Empty for a query that is flat 0 or has not 49 finite numbers. 10,000 maps take
/// a few milliseconds.
std::vector<MapHit> nearestMaps(const protocol::MapIndex& index, std::size_t set, std::span<const float> query,
                                std::size_t posts, std::int64_t except = 0);

/// The posts where a layer and head are sharpest: the least entropy first, of each post its sharpest entity.
std::vector<MapHit> sharpestMaps(const protocol::MapIndex& index, std::size_t set, std::size_t posts);

/// The entities that the run finds in a post (its number in the project), as far as they have maps, in text order.
std::vector<Entity> mappedEntities(const protocol::MapIndex& index, std::int64_t post);

}  // namespace mnerva::project
