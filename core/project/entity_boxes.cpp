#include "core/project/entity_boxes.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <tuple>
#include <unordered_map>

#include "core/project/project_internal.h"

namespace mnerva::project {
namespace {

constexpr const char* kFirstLine = "boxes 1";

/// A line a box: post, first, last, left, top, width, height. Nothing for what is no such text.
std::optional<EntityBoxes> readBoxes(const std::string& text) {
    std::istringstream lines(text);
    std::string line;
    if (!std::getline(lines, line) || line != kFirstLine) return std::nullopt;
    EntityBoxes out;
    while (std::getline(lines, line)) {
        std::istringstream fields(line);
        PostId post;
        EntityBox box;
        fields >> post.value >> box.first >> box.last >> box.left >> box.top >> box.width >> box.height;
        if (fields.fail() || box.first < 0 || box.last < box.first || box.width < 1 || box.height < 1)
            return std::nullopt;
        out[post].push_back(box);
    }
    return out;
}

/// Words of a post, by which entities are grounded.
using Place = std::tuple<std::int64_t, int, int>;

/// Adds the boxes that the links of a layer name, but those of words in `grounded`; whether it has links at all. Words
/// with a link are grounded then, also where the box is in another picture.
bool addLinked(const Project::Impl& impl, LayerId layer, std::set<Place>& grounded, EntityBoxes& out) {
    std::unordered_map<std::int64_t, std::vector<std::pair<int, int>>> spansOf;  // of each region
    std::set<Place> now;
    bool hasAny = false;
    impl.regions.eachLink(layer, [&](PostId post, const RegionLink& link) {
        hasAny = true;
        const Place place{post.value, link.entity.first, link.entity.last};
        if (grounded.contains(place)) return;
        now.insert(place);
        spansOf[link.region.value].emplace_back(link.entity.first, link.entity.last);
    });
    grounded.merge(now);
    if (spansOf.empty()) return hasAny;
    impl.regions.each([&](PostId post, const Region& region) {
        const auto spans = spansOf.find(region.id.value);
        if (spans == spansOf.end() || region.image != 0) return;
        for (const auto& [first, last] : spans->second) {
            const EntityBox box{first, last, region.left, region.top, region.width, region.height};
            std::vector<EntityBox>& known = out[post];
            if (std::find(known.begin(), known.end(), box) == known.end()) known.push_back(box);
        }
    });
    return true;
}

}  // namespace

std::string entityBoxesKey(const std::string& run) {
    return "boxes:" + run;
}

void storeEntityBoxes(Project& project, const std::string& run, const EntityBoxes& boxes) {
    project.impl().layerOrThrow(run);
    std::string text = std::string(kFirstLine) + "\n";
    for (const auto& [post, list] : boxes)
        for (const EntityBox& box : list)
            text += fmt::format("{} {} {} {} {} {} {}\n", post.value, box.first, box.last, box.left, box.top, box.width,
                                box.height);
    project.setSetting(entityBoxesKey(run), text);
}

std::optional<EntityBoxes> entityBoxesOf(const Project& project, const std::string& layer) {
    const Project::Impl& impl = project.impl();
    const store::LayerRow row = impl.layerOrThrow(layer);
    if (row.kind == "run") return readBoxes(project.setting(entityBoxesKey(layer)));
    EntityBoxes out;
    std::set<Place> grounded;
    bool hasAny = addLinked(impl, row.id, grounded, out);
    if (row.id == store::kCorrectedLayer) hasAny |= addLinked(impl, store::kGoldLayer, grounded, out);
    return hasAny ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace mnerva::project
