#include <algorithm>
#include <unordered_set>

#include "core/base/error.h"
#include "core/project/project_internal.h"
#include "core/workflow/cases/case_table.h"

namespace mnerva::workflow {
namespace {

using project::LayerKind;

LayerKind kindOf(const store::LayerRow& row) {
    if (row.id == store::kGoldLayer) return LayerKind::Gold;
    if (row.id == store::kCorrectedLayer) return LayerKind::Corrected;
    return row.kind == "annotator" ? LayerKind::Annotator : LayerKind::Run;
}

/// What is stored of a layer, to be walked along with the posts, which come in the same order.
struct StoredLayer {
    LayerKind kind = LayerKind::Run;
    std::vector<std::pair<PostId, std::vector<Entity>>> posts;
    std::unordered_set<PostId> aligned;
    std::size_t next = 0;

    std::vector<Entity>* take(PostId post) {
        while (next < posts.size() && posts[next].first < post) ++next;
        return next < posts.size() && posts[next].first == post ? &posts[next].second : nullptr;
    }
};

StoredLayer storedLayer(const project::Project& project, const std::string& name, const std::stop_token& stop) {
    const project::Project::Impl& impl = project.impl();
    const store::LayerRow row = impl.layerOrThrow(name);
    StoredLayer layer;
    layer.kind = kindOf(row);
    if (layer.kind == LayerKind::Gold) return layer;  // read from the source tags
    impl.layers.each(row.id, [&](PostId post, std::vector<Entity> entities) {
        if (stop.stop_requested()) throw Cancelled{};
        layer.posts.emplace_back(post, std::move(entities));
    });
    std::sort(layer.posts.begin(), layer.posts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    if (layer.kind == LayerKind::Run) {
        const std::vector<PostId> aligned = project.alignedPosts(name);
        layer.aligned.insert(aligned.begin(), aligned.end());
    }
    return layer;
}

}  // namespace

CaseTable loadCases(const project::Project& project, const CaseLayers& wanted, std::optional<Split> split,
                    const std::stop_token& stop) {
    if (wanted.reference != "gold" && wanted.reference != "corrected")
        throw Error(ErrorCode::OptionInvalid, {"--reference", wanted.reference, "gold or corrected"});
    const auto snapshot = project.holdSnapshot();
    std::vector<std::string> names;
    for (const std::string& name : wanted.names)
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    if (std::find(names.begin(), names.end(), wanted.reference) == names.end()) names.push_back(wanted.reference);
    std::vector<CaseTable::Layer> layers;
    std::vector<StoredLayer> stored;
    for (const std::string& name : names) {
        stored.push_back(storedLayer(project, name, stop));
        layers.push_back({name, stored.back().kind, 0});
    }
    CaseTable table(std::move(layers), wanted.reference);
    const project::Project::Impl& impl = project.impl();
    impl.posts.each(split, [&](const store::StoredPost& row) {
        if (stop.stop_requested()) throw Cancelled{};
        const Post& post = row.post;
        const bool hasGold = !post.sourceTags.empty();
        const std::vector<Entity> gold = entitiesFromTags(post.sourceTags);
        table.addPost(post.id, post.externalId, !post.images.empty());
        for (StoredLayer& layer : stored) {
            std::vector<Entity>* own = layer.take(post.id);
            if (own)
                table.addReading(impl.fitting(post, std::move(*own)), true, layer.aligned.contains(post.id));
            else if (layer.kind == LayerKind::Run || layer.kind == LayerKind::Annotator)
                table.addReading({}, false, false);
            else
                table.addReading(gold, hasGold, false);
        }
        return true;
    });
    table.judge(stop);
    return table;
}

Case caseOf(const project::Project& project, const CaseTable& table, std::size_t row) {
    const project::PostView view = project.view(table.post(row));
    Case made = makeCase(view.post, table.readings(row), table.layers()[table.reference()].name);
    if (!view.images.empty()) made.image = view.images.front();
    return made;
}

}  // namespace mnerva::workflow
