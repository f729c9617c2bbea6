#include <algorithm>
#include <set>
#include <sstream>
#include <unordered_map>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/domain/grounding.h"
#include "core/project/project_internal.h"
#include "core/store/rows.h"
#include "core/store/transaction.h"
#include "core/text/utf8.h"

namespace mnerva::project {
namespace fs = std::filesystem;
namespace {

constexpr int kPreviewCodePoints = 100;  // all previews of a project are in memory at once

/// Path of a picture under a folder; empty when the folder is unknown or the name leads out of it.
fs::path pathIn(const fs::path& folder, const std::string& file) {
    return folder.empty() || !staysInside(file) ? fs::path() : folder / file;
}

std::string previewOf(const store::PostRow& row) {
    Post post;
    post.words = row.firstWords;
    post.join = row.join;
    const std::string text = textOf(post);
    const std::string_view first = text::firstCodePoints(text, kPreviewCodePoints);
    return std::string(first) + (first.size() < text.size() ? "…" : "");
}

std::vector<Entity> withoutAny(std::vector<Entity> entities, const std::vector<Entity>& taken) {
    std::erase_if(entities, [&](const Entity& e) {
        return std::any_of(taken.begin(), taken.end(), [&](const Entity& t) { return t.sameAs(e); });
    });
    return entities;
}

}  // namespace

void eachInLayer(const Project::Impl& impl, const std::string& layer, std::optional<Split> split,
                 const LayerSink& use) {
    const store::Snapshot snapshot(*impl.connection);
    const store::LayerRow row = impl.layerOrThrow(layer);
    std::unordered_map<PostId, std::vector<Entity>> stored;
    if (row.id != store::kGoldLayer)
        impl.layers.each(row.id,
                         [&](PostId post, std::vector<Entity> entities) { stored[post] = std::move(entities); });
    const bool showsGold = row.id == store::kGoldLayer || row.id == store::kCorrectedLayer;
    // Who put a post aside says nothing about it, not that it has no entity.
    if (row.kind == "annotator")
        for (const PostId post : impl.layers.putAside(row.id)) stored.erase(post);
    impl.posts.each(split, [&](const store::StoredPost& post) {
        const auto found = stored.find(post.post.id);
        if (found != stored.end()) return use(post, impl.fitting(post.post, std::move(found->second)), true);
        return use(post, showsGold ? entitiesFromTags(post.post.sourceTags) : std::vector<Entity>{},
                   row.id == store::kGoldLayer);
    });
}

std::vector<std::string> tagsInLayer(const store::StoredPost& stored, const std::vector<Entity>& entities,
                                     const std::string& layer, bool isCovered, text::TagScheme scheme) {
    const bool showsGold = layer == "gold" || (layer == "corrected" && !isCovered);
    if (showsGold && !stored.post.sourceTags.empty()) return stored.post.sourceTags;
    return tagsFromEntities(entities, static_cast<int>(stored.post.words.size()), scheme);
}

namespace {

bool areSame(std::vector<Entity> a, std::vector<Entity> b) {
    sortEntities(a);
    sortEntities(b);
    return a == b;
}

}  // namespace

std::string alignedKey(const std::string& layer) {
    return "aligned:" + layer;
}

std::string alignedValue(std::vector<PostId> posts) {
    std::sort(posts.begin(), posts.end());
    std::string value;
    for (const PostId post : posts) value += (value.empty() ? "" : " ") + std::to_string(post.value);
    return value;
}

std::vector<PostId> Project::alignedPosts(const std::string& layer) const {
    std::istringstream value(setting(alignedKey(layer)));
    std::vector<PostId> posts;
    for (std::int64_t id = 0; value >> id;) posts.push_back(PostId{id});
    return posts;
}

RawTags rawTagsOf(const Project::Impl& impl, const std::string& layer) {
    RawTags out;
    impl.layers.eachTags(impl.layerOrThrow(layer).id,
                         [&](PostId post, std::vector<std::string> tags) { out[post] = std::move(tags); });
    return out;
}

text::TagScheme schemeOf(const RawTags& rawTags, text::TagScheme fallback) {
    std::set<std::string> seen;
    for (const auto& [post, tags] : rawTags) seen.insert(tags.begin(), tags.end());
    return text::schemeSpoken(std::vector<std::string>(seen.begin(), seen.end())).value_or(fallback);
}

std::vector<std::string> predictedTags(const store::StoredPost& stored, const std::vector<Entity>& entities,
                                       const std::string& layer, bool isCovered, text::TagScheme scheme,
                                       const RawTags& rawTags) {
    const auto raw = rawTags.find(stored.post.id);
    if (raw != rawTags.end() && raw->second.size() == stored.post.words.size() &&
        areSame(entitiesFromTags(raw->second), entities))
        return raw->second;
    return tagsInLayer(stored, entities, layer, isCovered, scheme);
}

bool tellsMoreThan(const std::vector<Entity>& entities, const std::vector<std::string>& tags, text::TagScheme scheme) {
    const bool fitsLines = std::none_of(tags.begin(), tags.end(),
                                        [](const std::string& tag) { return tag.find('\n') != std::string::npos; });
    return fitsLines && areSame(entitiesFromTags(tags), entities) &&
           tags != tagsFromEntities(entities, static_cast<int>(tags.size()), scheme);
}

std::vector<Entity> Project::Impl::fitting(PostId post, int words, std::vector<Entity> entities) const {
    int free = 0;
    std::erase_if(entities, [&](const Entity& entity) {  // they come in order
        const bool exists = entity.last < words, overlaps = entity.first < free;
        if (exists && !overlaps) {
            free = entity.last + 1;
            return false;
        }
        connection->noteOdd(
            exists ? "entities-overlap" : "entity-outside", post.value, "entities",
            entity.type + ", " + store::wordsText(entity.first, entity.last) + " of " + std::to_string(words));
        return true;
    });
    return entities;
}

void Project::Impl::keepFitting(const Post& post, PostRegions& found) const {
    std::erase_if(found.regions, [&](const Region& region) {
        if (region.image < static_cast<int>(post.images.size())) return false;
        connection->noteOdd(
            "region-picture-missing", post.id.value, "regions",
            "region " + std::to_string(region.id.value) + " of picture " + std::to_string(region.image));
        return true;
    });
    std::erase_if(found.links, [&](const RegionLink& link) {
        if (link.entity.last < static_cast<int>(post.words.size())) return false;
        connection->noteOdd("link-outside", post.id.value, "links",
                            store::wordsText(link.entity.first, link.entity.last));
        return true;
    });
    std::erase_if(found.links, [&](const RegionLink& link) {
        return std::none_of(found.regions.begin(), found.regions.end(),
                            [&](const Region& region) { return region.id == link.region; });
    });
}

PostState Project::Impl::stateOf(const store::StoredPost& stored, LayerId layer) const {
    PostState state;
    state.post = stored.post.id;
    state.wordCount = static_cast<int>(stored.post.words.size());
    if (layer != store::kCorrectedLayer) {
        state.corrected = layers.covers(layer, state.post);
        state.status = layers.status(layer, state.post);
        state.review = layers.review(layer, state.post);
        state.entities = fitting(stored.post, layers.entities(layer, state.post));
    } else {
        state.corrected = stored.corrected;
        state.status = stored.post.status;
        state.review = stored.post.review;
        state.entities = stored.corrected
                             ? fitting(stored.post, layers.entities(store::kCorrectedLayer, stored.post.id))
                             : entitiesFromTags(stored.post.sourceTags);
    }
    readBoxes(state, layer, static_cast<int>(stored.post.images.size()));
    return state;
}

std::map<PostId, int> Project::Impl::commentCounts(LayerId layer, PostId first, PostId last) const {
    if (layer == store::kCorrectedLayer || !layers.isBlind(layer)) return comments.counts(first, last);
    std::map<PostId, int> own;
    comments.eachIn(first, last, [&](PostId post, LayerId writtenIn, const Comment&) {
        if (writtenIn == layer) ++own[post];
    });
    return own;
}

PostState Project::Impl::untouchedState(const Post& post) const {
    PostState state;
    state.post = post.id;
    state.wordCount = static_cast<int>(post.words.size());
    state.entities = entitiesFromTags(post.sourceTags);
    return state;
}

void Project::Impl::readBoxes(PostState& state, LayerId layer, int images) const {
    state.boxes = regions.drawnIn(layer, state.post);
    if (state.boxes.empty()) return;
    state.links = regions.links(layer, state.post);
    std::erase_if(state.boxes, [&](const Region& box) {
        if (box.image < images) return false;
        connection->noteOdd("region-picture-missing", state.post.value, "regions",
                            "region " + std::to_string(box.id.value) + " of picture " + std::to_string(box.image));
        std::erase_if(state.links, [&](const RegionLink& link) { return link.region == box.id; });
        return true;
    });
    std::erase_if(state.links, [&](const RegionLink& link) {
        const bool fits = std::any_of(state.entities.begin(), state.entities.end(),
                                      [&](const Entity& entity) { return entity.sameAs(link.entity); }) &&
                          std::any_of(state.boxes.begin(), state.boxes.end(),
                                      [&](const Region& box) { return box.id == link.region; });
        if (!fits)
            connection->noteOdd("link-outside", state.post.value, "links",
                                link.entity.type + ", " + store::wordsText(link.entity.first, link.entity.last));
        return !fits;
    });
    sortLinks(state.links);
}

bool Project::isBlind(const std::string& layer) const {
    const LayerId edited = m_impl->editedLayer(layer);
    return edited != store::kCorrectedLayer && m_impl->layers.isBlind(edited);
}

std::vector<PostSummary> Project::summaries(PostId after, int limit, const std::string& layer) const {
    const LayerId edited = m_impl->editedLayer(layer);
    std::unordered_map<std::int64_t, fs::path> imageFolders;
    for (const store::Source& source : m_impl->posts.sources())
        imageFolders[source.id] = m_impl->folderOf(source.imageFolder);
    std::vector<PostSummary> summaries;
    std::vector<store::PostRow> rows = edited == store::kCorrectedLayer
                                           ? m_impl->posts.rows(after, limit, kPreviewCodePoints + 1)
                                           : m_impl->posts.rowsIn(edited, after, limit, kPreviewCodePoints + 1);
    std::map<PostId, int> comments;
    if (!rows.empty()) comments = m_impl->commentCounts(edited, rows.front().id, rows.back().id);
    for (store::PostRow& row : rows) {
        PostSummary summary;
        summary.id = row.id;
        summary.preview = previewOf(row);
        summary.externalId = std::move(row.externalId);
        summary.split = row.split;
        summary.status = row.status;
        summary.review = row.review;
        if (const auto found = comments.find(row.id); found != comments.end()) summary.comments = found->second;
        if (!row.firstImage.empty()) summary.imagePath = pathIn(imageFolders[row.source], row.firstImage).string();
        summary.entityCount = row.entityCount;
        summary.corrected = row.corrected;
        summaries.push_back(std::move(summary));
    }
    return summaries;
}

PostView Project::view(PostId post, const std::string& suggestionLayer, const std::string& layer) const {
    const store::Snapshot snapshot(*m_impl->connection);
    const LayerId edited = m_impl->editedLayer(layer);
    const bool isBlind = edited != store::kCorrectedLayer && m_impl->layers.isBlind(edited);
    const auto stored = m_impl->posts.find(post);
    if (!stored)
        throw Error(ErrorCode::ProjectCorrupt,
                    {m_impl->connection->file().string(), "there is no post " + std::to_string(post.value)});
    PostView view;
    view.post = stored->post;
    view.gold = entitiesFromTags(stored->post.sourceTags);
    view.state = m_impl->stateOf(*stored, edited);
    view.post.status = view.state.status;
    view.post.review = view.state.review;
    view.state.comments = m_impl->comments.of(edited, post);
    view.found = m_impl->foundRegions(stored->post);
    PostFiles files = m_impl->filesOf(*stored);
    view.images = std::move(files.images);
    view.crops = std::move(files.crops);
    if (isBlind) {
        view.gold.clear();
        view.post.sourceTags.clear();
        view.found.links.clear();
    } else {
        const std::string editedName = edited == store::kCorrectedLayer ? std::string() : layer;
        for (OtherComment& one : comments(post))
            if (one.layer != editedName) view.otherComments.push_back(std::move(one));
    }
    if (!isBlind && !suggestionLayer.empty()) {
        const store::LayerRow row = m_impl->layerOrThrow(suggestionLayer);
        auto suggestions =
            withoutAny(m_impl->fitting(view.post, m_impl->layers.entities(row.id, post)), view.state.entities);
        view.state.suggestions = withoutAny(std::move(suggestions), m_impl->layers.rejections(post));
    }
    view.regions = seenRegions(view.found, view.state);
    return view;
}

std::vector<Post> Project::posts(std::optional<Split> split) const {
    std::vector<Post> posts;
    m_impl->posts.each(split, [&](const store::StoredPost& stored) {
        posts.push_back(stored.post);
        return true;
    });
    return posts;
}

std::vector<std::vector<Entity>> Project::entities(const std::string& layer, std::optional<Split> split) const {
    std::vector<std::vector<Entity>> all;
    eachInLayer(*m_impl, layer, split, [&](const store::StoredPost&, std::vector<Entity>&& entities, bool) {
        all.push_back(std::move(entities));
        return true;
    });
    return all;
}

std::vector<std::vector<std::string>> Project::tags(const std::string& layer, std::optional<Split> split) const {
    std::vector<std::vector<std::string>> all;
    const text::TagScheme scheme = labels().scheme;
    eachInLayer(*m_impl, layer, split,
                [&](const store::StoredPost& stored, const std::vector<Entity>& entities, bool isCovered) {
                    all.push_back(tagsInLayer(stored, entities, layer, isCovered, scheme));
                    return true;
                });
    return all;
}

std::map<PostId, std::vector<Verdict>> Project::verdicts() const {
    std::map<PostId, std::vector<Verdict>> all;
    m_impl->verdicts.each([&](PostId post, Verdict verdict) { all[post].push_back(std::move(verdict)); });
    return all;
}

std::map<PostId, std::vector<Decision>> Project::decisions() const {
    std::map<PostId, std::vector<Decision>> all;
    m_impl->decisions.each([&](PostId post, Decision decision) { all[post].push_back(std::move(decision)); });
    return all;
}

std::vector<OtherComment> Project::comments(PostId post) const {
    std::vector<OtherComment> all;
    if (!m_impl->comments.anyIn(post, post)) return all;
    std::map<LayerId, std::string> names;
    for (const store::LayerRow& row : m_impl->layers.named())
        names[row.id] = row.id == store::kCorrectedLayer ? std::string() : row.name;
    m_impl->comments.eachIn(post, post, [&](PostId, LayerId layer, Comment comment) {
        all.push_back({names[layer], std::move(comment)});
    });
    return all;
}

std::vector<LayerInfo> Project::layers() const {
    const store::Snapshot snapshot(*m_impl->connection);
    std::vector<LayerInfo> infos;
    for (const store::LayerRow& row : m_impl->layers.all()) {
        const LayerKind kind = row.kind == "gold"        ? LayerKind::Gold
                               : row.kind == "corrected" ? LayerKind::Corrected
                               : row.kind == "annotator" ? LayerKind::Annotator
                                                         : LayerKind::Run;
        const bool isBlind = kind == LayerKind::Annotator && m_impl->layers.isBlind(row.id);
        infos.push_back({row.name, kind, row.posts, row.entities, isBlind});
    }
    return infos;
}

PictureFolder& Project::Impl::picturesIn(const std::string& stored) {
    return pictureFolders.try_emplace(stored, folderOf(stored)).first->second;
}

PostFiles Project::Impl::filesOf(const store::StoredPost& stored) {
    PostFiles files;
    for (const store::Source& source : posts.sources()) {
        if (source.id != stored.source) continue;
        PictureFolder &images = picturesIn(source.imageFolder), &crops = picturesIn(source.cropFolder);
        for (const std::string& file : stored.post.images) files.images.push_back(images.find(file));
        for (const std::string& file : stored.post.crops) files.crops.push_back(crops.find(file));
    }
    return files;
}

PostFiles Project::files(PostId post) const {
    const store::Snapshot snapshot(*m_impl->connection);
    const auto stored = m_impl->posts.find(post);
    MNERVA_CHECK(stored.has_value());
    return m_impl->filesOf(*stored);
}

}  // namespace mnerva::project
