#include "core/project/map_search.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace mnerva::project {
namespace {

/// The first so many by `isBefore`, of each post one.
template <class Before>
std::vector<MapHit> firstOfEachPost(const protocol::MapIndex& index, std::vector<MapHit> hits, std::size_t posts,
                                    const Before& isBefore) {
    // A post has several entities: more than are wanted are put in order, and all where that was not enough.
    for (std::size_t sorted = std::min(hits.size(), 16 * posts);; sorted = hits.size()) {
        std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(sorted), hits.end(), isBefore);
        std::vector<MapHit> out;
        std::unordered_set<std::int64_t> seen;
        for (std::size_t i = 0; i < sorted && out.size() < posts; ++i)
            if (seen.insert(index.entities[hits[i].entity].number).second) out.push_back(hits[i]);
        if (out.size() == posts || sorted == hits.size()) return out;
    }
}

}  // namespace

std::vector<MapHit> nearestMaps(const protocol::MapIndex& index, std::size_t set, std::span<const float> query,
                                std::size_t posts, std::int64_t except) {
    if (set >= index.sets.size() || query.size() != protocol::MapIndex::kCells) return {};
    double length = 0;
    for (const float value : query) length += static_cast<double>(value) * static_cast<double>(value);
    if (!std::isfinite(length) || length <= 0) return {};
    std::vector<MapHit> hits;
    hits.reserve(index.entities.size());
    for (std::size_t e = 0; e < index.entities.size(); ++e) {
        if (except > 0 && index.entities[e].number == except) continue;
        double product = 0, square = 0;
        const std::span<const std::int16_t> map = index.sharesOf(e, set);
        for (std::size_t cell = 0; cell < map.size(); ++cell) {
            const double share = map[cell];
            product += share * static_cast<double>(query[cell]);
            square += share * share;
        }
        if (square > 0) hits.push_back({e, std::clamp(product / std::sqrt(square * length), -1.0, 1.0)});
    }
    return firstOfEachPost(index, std::move(hits), posts, [](const MapHit& a, const MapHit& b) {
        return a.value != b.value ? a.value > b.value : a.entity < b.entity;
    });
}

std::vector<MapHit> sharpestMaps(const protocol::MapIndex& index, std::size_t set, std::size_t posts) {
    if (set >= index.sets.size()) return {};
    std::vector<MapHit> hits;
    hits.reserve(index.entities.size());
    for (std::size_t e = 0; e < index.entities.size(); ++e)
        if (index.largest[index.row(e, set)] > 0)
            hits.push_back({e, static_cast<double>(index.entropy[index.row(e, set)])});
    return firstOfEachPost(index, std::move(hits), posts, [](const MapHit& a, const MapHit& b) {
        return a.value != b.value ? a.value < b.value : a.entity < b.entity;
    });
}

std::vector<Entity> mappedEntities(const protocol::MapIndex& index, std::int64_t post) {
    std::vector<Entity> out;
    for (const protocol::MappedEntity& of : index.entities)
        if (of.number == post) out.push_back({of.type, of.first, of.last, {}});
    return out;
}

}  // namespace mnerva::project
