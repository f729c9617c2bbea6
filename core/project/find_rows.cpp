#include <algorithm>

#include "core/project/find_internal.h"
#include "core/query/search_text.h"
#include "core/store/lines.h"

namespace mnerva::project::finding {

RowFacts::RowFacts(const Project& project, const query::Query& asked, const InfluenceSource& influences)
    : m_project(project.impl()), m_corrected{store::kCorrectedLayer} {
    const bool looksAtRegions = std::any_of(asked.terms.begin(), asked.terms.end(), query::looksAtRegions);
    for (const query::NamedLayer& named : asked.layers) {
        Layer layer{m_project.layerOrThrow(named.name).id};
        if (influences && asked.uses(query::Field::Picture)) layer.influences = influences(named.name);
        if (looksAtRegions) layer.boxes = entityBoxesOf(project, named.name);
        m_layers.push_back(std::move(layer));
    }
    if (asked.uses(query::Field::Image))
        for (const store::Source& source : m_project.posts.sources()) m_folders[source.id] = source.imageFolder;
}

void RowFacts::moveTo(PostId first, PostId last) {
    m_first = first;
    m_last = last;
    m_corrected.isRead = false;
    m_hasComments = false;
    for (Layer& layer : m_layers) layer.isRead = false;
}

void RowFacts::setPost(const store::RawPost& post) {
    m_post = &post;
    m_hasId = m_hasText = m_hasGold = false;
}

std::string_view RowFacts::id() const {
    if (!m_hasId) m_id = query::searchForm(m_post->externalId);
    m_hasId = true;
    return m_id;
}

std::string_view RowFacts::text() const {
    if (!m_hasText) query::searchFormOfWords(m_post->words, m_post->join, m_text);
    m_hasText = true;
    return m_text;
}

bool RowFacts::isThere(const std::string& file) const {
    const auto folder = m_folders.find(m_post->source);
    return folder != m_folders.end() && m_project.picturesIn(folder->second).find(file).exists;
}

query::ImageState RowFacts::image() const {
    if (m_post->images.empty()) return query::ImageState::No;
    const std::vector<std::string> files = store::splitLines(m_post->images);
    const bool all = std::all_of(files.begin(), files.end(), [&](const std::string& file) { return isThere(file); });
    return all ? query::ImageState::Yes : query::ImageState::Missing;
}

const std::vector<Entity>* RowFacts::saidBy(Layer& layer) const {
    if (!layer.isRead) {
        layer.posts.clear();
        layer.at = 0;
        m_project.layers.eachIn(layer.id, m_first, m_last, [&](PostId post, std::vector<Entity> entities) {
            layer.posts.emplace_back(post, std::move(entities));
        });
        layer.isRead = true;
    }
    while (layer.at < layer.posts.size() && layer.posts[layer.at].first.value < m_post->id.value) ++layer.at;
    if (layer.at == layer.posts.size() || layer.posts[layer.at].first != m_post->id) return nullptr;
    std::vector<Entity>& entities = layer.posts[layer.at].second;
    entities = m_project.fitting(m_post->id, m_post->wordCount, std::move(entities));
    return &entities;
}

const std::vector<std::string>& RowFacts::comments() const {
    static const std::vector<std::string> none;
    if (!m_hasComments) {
        m_comments.clear();
        m_project.comments.eachIn(m_first, m_last, [&](PostId post, LayerId, const Comment& comment) {
            m_comments[post].push_back(query::searchForm(comment.text));
        });
        m_hasComments = true;
    }
    const auto found = m_comments.find(m_post->id);
    return found == m_comments.end() ? none : found->second;
}

const std::vector<Entity>& RowFacts::gold() const {
    if (!m_hasGold)
        m_gold = m_post->hasTags ? entitiesFromTags(store::splitLines(m_post->tags)) : std::vector<Entity>{};
    m_hasGold = true;
    return m_gold;
}

const std::vector<Entity>& RowFacts::corrected() const {
    const std::vector<Entity>* said = saidBy(m_corrected);
    return said ? *said : gold();
}

const std::vector<Entity>* RowFacts::entities(std::size_t layer) const {
    // Where nothing was tagged, gold says nothing: what a run finds there is neither right nor wrong.
    const auto tagged = [&] { return m_post->hasTags ? &gold() : nullptr; };
    if (m_layers[layer].id == store::kGoldLayer) return tagged();
    const std::vector<Entity>* said = saidBy(m_layers[layer]);
    return said || m_layers[layer].id != store::kCorrectedLayer ? said : tagged();
}

std::optional<query::Influence> RowFacts::influence(std::size_t layer) const {
    const auto& influences = m_layers[layer].influences;
    if (!influences) return std::nullopt;
    const auto found = influences->find(m_post->id);
    return found == influences->end() ? std::nullopt : std::optional(found->second);
}

const std::vector<EntityBox>* RowFacts::boxes(std::size_t layer) const {
    static const std::vector<EntityBox> none;
    const auto& boxes = m_layers[layer].boxes;
    if (!boxes) return nullptr;
    const auto found = boxes->find(m_post->id);
    return found == boxes->end() ? &none : &found->second;
}

}  // namespace mnerva::project::finding
