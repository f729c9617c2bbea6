#include "core/project/box_editing.h"

#include <algorithm>

#include "core/domain/grounding.h"
#include "core/text/utf8.h"

namespace mnerva::project {
namespace {

constexpr std::size_t kLongestName = 200;  // code points

/// A change of a post that touches no entity.
Change boxChange(const PostState& state, std::string action) {
    return {std::move(action), {unchangedPart(state)}};
}

const Region* boxOf(const PostState& state, RegionId id) {
    const auto found =
        std::find_if(state.boxes.begin(), state.boxes.end(), [&](const Region& box) { return box.id == id; });
    return found == state.boxes.end() ? nullptr : &*found;
}

bool hasEntity(const PostState& state, const Entity& entity) {
    return std::any_of(state.entities.begin(), state.entities.end(), [&](const Entity& e) { return e.sameAs(entity); });
}

RegionLink linkOf(const Entity& entity, RegionId box) {
    return {{entity.type, entity.first, entity.last, {}}, box};
}

/// False: nothing of the place is left in the picture.
bool putInto(Region& box, const BoxPlace& place, const PictureSize& size) {
    if (size.width <= 0 || size.height <= 0) return false;
    const ClippedBox cut =
        clippedBox(std::min(place.left, place.right), std::min(place.top, place.bottom),
                   std::max(place.left, place.right), std::max(place.top, place.bottom), size.width, size.height);
    box.image = place.image;
    box.left = cut.left;
    box.top = cut.top;
    box.width = cut.width;
    box.height = cut.height;
    return cut.width > 0 && cut.height > 0;
}

bool isName(const std::string& name) {
    return text::isValidUtf8(name) && text::firstCodePoints(name, kLongestName).size() == name.size() &&
           std::none_of(name.begin(), name.end(), [](unsigned char c) { return c < ' ' || c == 0x7F; });
}

}  // namespace

BoxPlace placeOf(const Region& region) {
    return {region.image, static_cast<double>(region.left), static_cast<double>(region.top),
            static_cast<double>(region.right()), static_cast<double>(region.bottom())};
}

Edit drawBox(const PostState& state, const BoxPlace& place, const PictureSize& size, const std::string& name,
             RegionId id, const std::optional<Entity>& entity) {
    if (entity && !hasEntity(state, *entity)) return Refusal{"nothing-here", {}};
    if (!isName(name)) return Refusal{"box-name", {}};
    Region box;
    box.id = id;
    box.label = name;
    if (!putInto(box, place, size)) return Refusal{"box-empty", {}};
    Change change = boxChange(state, entity ? "ground" : "draw-box");
    change.posts.front().boxesAdded = {box};
    if (entity) change.posts.front().linksAdded = {linkOf(*entity, id)};
    return change;
}

Edit placeBox(const PostState& state, RegionId id, const BoxPlace& place, const PictureSize& size) {
    const Region* box = boxOf(state, id);
    if (!box) return Refusal{"box-found", {}};
    Region placed = *box;
    if (!putInto(placed, place, size)) return Refusal{"box-empty", {}};
    if (placed == *box) return Change{"move-box", {}};
    const bool isMoved = placed.width == box->width && placed.height == box->height;
    Change change = boxChange(state, isMoved ? "move-box" : "resize-box");
    change.posts.front().boxesRemoved = {*box};
    change.posts.front().boxesAdded = {placed};
    return change;
}

Edit nameBox(const PostState& state, RegionId id, const std::string& name) {
    const Region* box = boxOf(state, id);
    if (!box) return Refusal{"box-found", {}};
    if (!isName(name)) return Refusal{"box-name", {}};
    if (name == box->label) return Change{"name-box", {}};
    Region named = *box;
    named.label = name;
    Change change = boxChange(state, "name-box");
    change.posts.front().boxesRemoved = {*box};
    change.posts.front().boxesAdded = {named};
    return change;
}

Edit removeBox(const PostState& state, RegionId id) {
    const Region* box = boxOf(state, id);
    if (!box) return Refusal{"box-found", {}};
    Change change = boxChange(state, "delete-box");
    change.posts.front().boxesRemoved = {*box};
    for (const RegionLink& link : state.links)
        if (link.region == id) change.posts.front().linksRemoved.push_back(link);
    return change;
}

Edit linkBox(const PostState& state, const Entity& entity, const Region& box, RegionId copyId) {
    if (!hasEntity(state, entity)) return Refusal{"nothing-here", {}};
    const Region* own = boxOf(state, box.id);
    if (!own && box.origin == RegionOrigin::Human) return Refusal{"nothing-here", {}};
    Change change = boxChange(state, "link-box");
    PostChange& part = change.posts.front();
    if (!own) part.boxesAdded = {ownCopy(box, copyId)};
    const RegionLink link = linkOf(entity, own ? own->id : copyId);
    if (std::find(state.links.begin(), state.links.end(), link) != state.links.end()) return Refusal{"box-linked", {}};
    part.linksAdded = {link};
    return change;
}

Edit unlinkBox(const PostState& state, const Entity& entity, RegionId box) {
    const RegionLink link = linkOf(entity, box);
    if (std::find(state.links.begin(), state.links.end(), link) == state.links.end())
        return Refusal{boxOf(state, box) ? "nothing-here" : "link-of-gold", {}};
    Change change = boxChange(state, "unlink-box");
    change.posts.front().linksRemoved = {link};
    return change;
}

}  // namespace mnerva::project
