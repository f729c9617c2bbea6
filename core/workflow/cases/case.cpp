#include "core/workflow/cases/case.h"

#include <algorithm>

namespace mnerva::workflow {
namespace {

/// Overlapping entities of all lanes as one place each.
std::vector<Place> placesOf(const std::vector<Lane>& lanes) {
    std::vector<Place> ranges;
    for (const Lane& lane : lanes)
        for (const LaneEntity& e : lane.entities) ranges.push_back({e.entity.first, e.entity.last, false});
    std::sort(ranges.begin(), ranges.end(), [](const Place& a, const Place& b) { return a.first < b.first; });
    std::vector<Place> places;
    for (const Place& range : ranges) {
        if (!places.empty() && range.first <= places.back().last)
            places.back().last = std::max(places.back().last, range.last);
        else
            places.push_back(range);
    }
    return places;
}

Place* placeAt(std::vector<Place>& places, int word) {
    const auto found =
        std::partition_point(places.begin(), places.end(), [&](const Place& place) { return place.last < word; });
    return found == places.end() || found->first > word ? nullptr : &*found;
}

/// Where a system has an error by the reference.
void markErrors(std::vector<Place>& places, const std::vector<Lane>& lanes) {
    for (const Lane& lane : lanes)
        for (const LaneEntity& e : lane.entities)
            if (lane.reading.isSystem() && e.error) placeAt(places, e.entity.first)->isDisagreement = true;
}

/// Where the systems do not all say the same.
void markDifferences(std::vector<Place>& places, const std::vector<Lane>& lanes) {
    const Lane* first = nullptr;
    for (const Lane& lane : lanes) {
        if (!lane.reading.isSystem() || !lane.reading.isCovered) continue;
        if (!first) {
            first = &lane;
            continue;
        }
        for (const eval::Match& match : eval::matches(first->reading.entities, lane.reading.entities)) {
            if (!match.error) continue;
            const Entity& entity = match.reference >= 0
                                       ? first->reading.entities[static_cast<std::size_t>(match.reference)]
                                       : lane.reading.entities[static_cast<std::size_t>(match.other)];
            placeAt(places, entity.first)->isDisagreement = true;
        }
    }
}

void judge(Lane& lane, const std::vector<Entity>& reference) {
    lane.isJudged = true;
    for (const eval::Match& match : eval::matches(reference, lane.reading.entities)) {
        const Entity& entity = match.other >= 0 ? lane.reading.entities[static_cast<std::size_t>(match.other)]
                                                : reference[static_cast<std::size_t>(match.reference)];
        lane.entities.push_back({entity, match.error});
    }
}

}  // namespace

bool Lane::hasError() const {
    return std::any_of(entities.begin(), entities.end(), [](const LaneEntity& e) { return e.error.has_value(); });
}

const Lane* Case::reference() const {
    const auto found = std::find_if(lanes.begin(), lanes.end(), [](const Lane& lane) { return lane.isReference; });
    return found == lanes.end() ? nullptr : &*found;
}

int Case::disagreements() const {
    return static_cast<int>(
        std::count_if(places.begin(), places.end(), [](const Place& place) { return place.isDisagreement; }));
}

Case makeCase(const Post& post, std::vector<LaneReading> readings, const std::string& reference) {
    Case made;
    made.post = post.id;
    made.externalId = post.externalId;
    made.split = post.split;
    made.join = post.join;
    made.words = post.words;
    for (LaneReading& reading : readings) {
        sortEntities(reading.entities);
        Lane& lane = made.lanes.emplace_back();
        lane.isReference = reading.layer == reference;
        made.hasReference = made.hasReference || (lane.isReference && reading.isCovered);
        lane.reading = std::move(reading);
    }
    const Lane* held = made.hasReference ? made.reference() : nullptr;
    for (Lane& lane : made.lanes) {
        if (held && &lane != held && lane.reading.isCovered)
            judge(lane, held->reading.entities);
        else
            for (const Entity& entity : lane.reading.entities) lane.entities.push_back({entity, {}});
    }
    made.places = placesOf(made.lanes);
    if (held)
        markErrors(made.places, made.lanes);
    else
        markDifferences(made.places, made.lanes);
    return made;
}

std::vector<Entity> entitiesAt(const Lane& lane, int first, int last) {
    std::vector<Entity> found;
    for (const LaneEntity& e : lane.entities)
        if (!e.isMissed() && e.entity.overlaps(first, last)) found.push_back(e.entity);
    return found;
}

int laneNumber(const Case& shown, std::size_t lane) {
    const LaneReading& reading = shown.lanes[lane].reading;
    if (reading.kind == project::LayerKind::Gold) return 0;
    if (!reading.isSystem()) return -1;
    int number = 1;
    for (std::size_t before = 0; before < lane; ++before) number += shown.lanes[before].reading.isSystem();
    return number;
}

const Place* nextDisagreement(const Case& shown, int from, int delta) {
    const Place* before = nullptr;
    for (const Place& place : shown.places) {
        if (!place.isDisagreement) continue;
        if (delta > 0 && place.first > from) return &place;
        if (place.last < from) before = &place;
    }
    return delta > 0 ? nullptr : before;
}

}  // namespace mnerva::workflow
