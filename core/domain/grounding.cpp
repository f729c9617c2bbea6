#include "core/domain/grounding.h"

#include <algorithm>

namespace mnerva {
namespace {

template <class T>
bool isAmong(const std::vector<T>& list, const T& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

Entity keyOf(const Entity& entity) {
    return {entity.type, entity.first, entity.last, {}};
}

bool hasWordsOf(const Entity& a, const Entity& b) {
    return a.first == b.first && a.last == b.last;
}

/// The added entity that takes most words of one that goes, of several the one of its type, then the first.
const Entity* followerOf(const Entity& gone, const std::vector<Entity>& added) {
    const Entity* best = nullptr;
    int most = 0;
    for (const Entity& entity : added) {
        const int shared = std::min(entity.last, gone.last) - std::max(entity.first, gone.first) + 1;
        const bool isBetter =
            shared > most || (shared == most && best && best->type != gone.type && entity.type == gone.type);
        if (shared <= 0 || !isBetter) continue;
        best = &entity;
        most = shared;
    }
    return best;
}

/// Its own links go, or move to `follower`; false: it has none.
bool moveOwn(const PostState& state, const Entity& gone, const Entity* follower, PostChange& change) {
    bool hasOwn = false;
    for (const RegionLink& link : state.links) {
        if (!link.entity.sameAs(gone)) continue;
        hasOwn = true;
        if (isAmong(change.linksRemoved, link)) continue;
        change.linksRemoved.push_back(link);
        const auto isBox = [&](const Region& box) { return box.id == link.region; };
        const bool goes = std::any_of(change.boxesRemoved.begin(), change.boxesRemoved.end(), isBox) &&
                          std::none_of(change.boxesAdded.begin(), change.boxesAdded.end(), isBox);
        if (!follower || goes) continue;
        const RegionLink moved{keyOf(*follower), link.region};
        const bool isThere = isAmong(state.links, moved) && !isAmong(change.linksRemoved, moved);
        if (!isThere && !isAmong(change.linksAdded, moved)) change.linksAdded.push_back(moved);
    }
    return hasOwn;
}

void takeOverGold(const PostRegions& found, const Entity& gone, const Entity& follower, PostChange& change) {
    if (std::any_of(change.linksAdded.begin(), change.linksAdded.end(),
                    [&](const RegionLink& link) { return link.entity.sameAs(follower); }))
        return;
    for (const RegionLink& link : found.links) {
        if (!hasWordsOf(link.entity, gone)) continue;
        const auto box = std::find_if(found.regions.begin(), found.regions.end(),
                                      [&](const Region& region) { return region.id == link.region; });
        if (box == found.regions.end()) continue;
        change.boxesAdded.push_back(ownCopy(*box, newRegionId()));
        change.linksAdded.push_back({keyOf(follower), change.boxesAdded.back().id});
    }
}

}  // namespace

Region ownCopy(const Region& region, RegionId id) {
    Region copy;
    copy.id = id;
    copy.image = region.image;
    copy.left = region.left;
    copy.top = region.top;
    copy.width = region.width;
    copy.height = region.height;
    copy.label = region.label;
    return copy;
}

PostRegions seenRegions(const PostRegions& found, const PostState& state) {
    PostRegions out;
    out.regions = found.regions;
    out.regions.insert(out.regions.end(), state.boxes.begin(), state.boxes.end());
    sortBestFirst(out.regions);
    for (const Entity& entity : state.entities) {
        bool hasOwn = false;
        for (const RegionLink& link : state.links) {
            if (!link.entity.sameAs(entity)) continue;
            hasOwn = true;
            out.links.push_back(link);
        }
        if (hasOwn) continue;
        for (const RegionLink& link : found.links) {
            const RegionLink seen{keyOf(entity), link.region};
            if (hasWordsOf(link.entity, entity) && !isAmong(out.links, seen)) out.links.push_back(seen);
        }
    }
    return out;
}

PostChange withLinks(const PostRegions& found, const PostState& state, PostChange change) {
    if (state.links.empty() && found.links.empty()) return change;
    for (const Entity& gone : change.removed) {
        if (isAmong(change.added, gone)) continue;
        const Entity* follower = followerOf(gone, change.added);
        if (moveOwn(state, gone, follower, change) || !follower || hasWordsOf(gone, *follower)) continue;
        takeOverGold(found, gone, *follower, change);
    }
    return change;
}

}  // namespace mnerva
