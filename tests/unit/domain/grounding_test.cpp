#include "core/domain/grounding.h"

#include <catch2/catch.hpp>

#include "core/base/error.h"

namespace {
using namespace mnerva;

Region boxAt(std::int64_t id, int left, RegionOrigin origin = RegionOrigin::Human) {
    Region region;
    region.id = RegionId{id};
    region.left = left;
    region.width = region.height = 10;
    region.origin = origin;
    return region;
}
PostState stateWith(std::vector<Entity> entities, std::vector<Region> boxes = {}, std::vector<RegionLink> links = {}) {
    PostState state;
    state.wordCount = 8;
    state.corrected = true;
    state.entities = std::move(entities);
    state.boxes = std::move(boxes);
    state.links = std::move(links);
    return state;
}
PostChange changeOf(std::vector<Entity> removed, std::vector<Entity> added) {
    PostChange change;
    change.correctedBefore = true;
    change.removed = std::move(removed);
    change.added = std::move(added);
    return change;
}
const Entity kDurant{"PER", 1, 2, {}};
bool fits(const PostState& state, const PostChange& change) {
    try {
        applied(state, change);
        return true;
    } catch (const Error&) {
        return false;
    }
}
}  // namespace

TEST_CASE("Grounding.AnEntityShowsItsOwnBoxesElseThoseOfGoldByItsWords") {
    const PostRegions found{{boxAt(3, 0, RegionOrigin::Xml)}, {{kDurant, RegionId{3}}}};
    const Entity renamed{"ORG", 1, 2, 0.5};
    PostState state = stateWith({renamed});
    REQUIRE(seenRegions(found, state).links.size() == 1);
    CHECK(seenRegions(found, state).links[0] == RegionLink{{"ORG", 1, 2, {}}, RegionId{3}});
    CHECK_FALSE(seenRegions(found, state).links[0].entity.confidence);
    state = stateWith({renamed}, {boxAt(90, 5)}, {{renamed, RegionId{90}}});
    const PostRegions seen = seenRegions(found, state);
    CHECK(seen.regions.size() == 2);
    CHECK(seen.regions[0].id == RegionId{90});  // the person's is believed first
    REQUIRE(seen.links.size() == 1);
    CHECK(seen.links[0].region == RegionId{90});
    CHECK(seenRegions(found, stateWith({})).links.empty());
}

TEST_CASE("Grounding.LinksFollowTheirEntityOrGoWithIt") {
    const PostState state = stateWith({kDurant}, {boxAt(90, 5)}, {{kDurant, RegionId{90}}});
    const Entity longer{"PER", 1, 3, {}}, other{"ORG", 1, 2, {}};
    for (const Entity& follower : {longer, other}) {
        const PostChange change = withLinks({}, state, changeOf({kDurant}, {follower}));
        const PostState after = applied(state, change);
        CHECK(after.links == std::vector<RegionLink>{{follower, RegionId{90}}});
        CHECK(after.boxes == state.boxes);
    }
    const PostState gone = applied(state, withLinks({}, state, changeOf({kDurant}, {})));
    CHECK(gone.links.empty());
    CHECK(gone.boxes == state.boxes);
}

TEST_CASE("Grounding.OfSeveralTheOneWithMostOfTheWordsFollows") {
    const Entity whole{"PER", 1, 4, {}};
    const PostState state = stateWith({whole}, {boxAt(90, 5)}, {{whole, RegionId{90}}});
    const PostChange change = withLinks({}, state, changeOf({whole}, {{"PER", 1, 1, {}}, {"LOC", 2, 4, {}}}));
    CHECK(applied(state, change).links == std::vector<RegionLink>{{{"LOC", 2, 4, {}}, RegionId{90}}});
}

TEST_CASE("Grounding.TwoThatBecomeOneKeepBothBoxesAndNoneTwice") {
    const Entity left{"PER", 1, 1, {}}, right{"PER", 3, 3, {}}, both{"PER", 1, 3, {}};
    const PostState state = stateWith({left, right}, {boxAt(90, 5), boxAt(91, 9)},
                                      {{left, RegionId{90}}, {right, RegionId{90}}, {right, RegionId{91}}});
    const PostState after = applied(state, withLinks({}, state, changeOf({left, right}, {both})));
    CHECK(after.links == std::vector<RegionLink>{{both, RegionId{90}}, {both, RegionId{91}}});
}

TEST_CASE("Grounding.WhereGoldsLinkWasSeenABoxOfTheirOwnFollows") {
    const PostRegions found{{boxAt(3, 7, RegionOrigin::Xml)}, {{kDurant, RegionId{3}}}};
    const PostState state = stateWith({kDurant});
    const PostChange change = withLinks(found, state, changeOf({kDurant}, {{"PER", 1, 3, {}}}));
    const PostState after = applied(state, change);
    REQUIRE(after.boxes.size() == 1);
    CHECK(after.boxes[0].left == 7);
    CHECK(after.boxes[0].origin == RegionOrigin::Human);
    CHECK(after.boxes[0].id.value >= kFirstDrawnId);
    CHECK(after.links == std::vector<RegionLink>{{{"PER", 1, 3, {}}, after.boxes[0].id}});
    // Relabelled, its words are the same: gold's link goes on being seen, and nothing is written.
    CHECK(withLinks(found, state, changeOf({kDurant}, {{"ORG", 1, 2, {}}})).boxesAdded.empty());
    // What has all this already stays as it is: two programs may ask one after the other.
    const PostChange again = withLinks(found, state, change);
    CHECK(again.boxesAdded == change.boxesAdded);
    CHECK(again.linksAdded == change.linksAdded);
}

TEST_CASE("Change.ALinkWithoutItsEntityOrItsBoxIsAConflict") {
    const PostState state = stateWith({kDurant}, {boxAt(90, 5)}, {{kDurant, RegionId{90}}});
    CHECK_FALSE(fits(state, changeOf({kDurant}, {})));
    PostChange change = changeOf({}, {});
    change.boxesRemoved = {boxAt(90, 5)};
    CHECK_FALSE(fits(state, change));
    change.linksRemoved = state.links;
    CHECK(fits(state, change));
    change.boxesRemoved = {boxAt(90, 6)};  // it was moved meanwhile
    CHECK_FALSE(fits(state, change));
    change.boxesRemoved = {};
    change.linksRemoved = {};
    change.boxesAdded = {boxAt(90, 8)};  // its id is taken
    CHECK_FALSE(fits(state, change));
    change.boxesAdded = {boxAt(91, 8, RegionOrigin::Xml)};
    CHECK_FALSE(fits(state, change));
}

TEST_CASE("Change.TheInverseBringsBoxesAndLinksBackUnderTheirIds") {
    const PostState state = stateWith({kDurant}, {boxAt(90, 5)}, {{kDurant, RegionId{90}}});
    Change change{"delete-box", {changeOf({}, {})}};
    change.posts[0].boxesRemoved = state.boxes;
    change.posts[0].linksRemoved = state.links;
    const PostState without = applied(state, change.posts[0]);
    CHECK(without.boxes.empty());
    const PostState back = applied(without, inverseOf(change).posts[0]);
    CHECK(back.boxes == state.boxes);
    CHECK(back.links == state.links);
}
