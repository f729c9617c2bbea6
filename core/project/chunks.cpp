#include <algorithm>
#include <limits>

#include "core/eval/errors.h"
#include "core/project/chunks_internal.h"
#include "core/project/project_internal.h"
#include "core/store/lines.h"
#include "core/store/transaction.h"

namespace mnerva::project {
namespace {

template <class Value>
void addOnce(std::vector<Value>& list, const Value& value) {
    if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

/// Posts that no chunk covers, the first piece of them; both invalid: none.
std::pair<PostId, PostId> uncovered(const store::ChunkRepository& chunks) {
    PostId from{1};
    for (const store::PostChunk& chunk : chunks.posts()) {
        const PostId first = chunks.firstPostFrom(from);
        if (!first.isValid()) return {};
        if (first.value < chunk.first.value) return {first, PostId{chunk.first.value - 1}};
        from = PostId{chunk.last.value + 1};
    }
    const PostId first = chunks.firstPostFrom(from);
    return first.isValid() ? std::pair{first, chunks.lastPost()} : std::pair<PostId, PostId>{};
}

}  // namespace

std::int64_t digestSum(std::int64_t a, std::int64_t b) {
    const std::uint64_t sum = static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b);
    return static_cast<std::int64_t>(sum & std::numeric_limits<std::int64_t>::max());
}

void ChunkWriter::add(PostId post, const Post& value, const std::vector<Entity>& gold) {
    take(post, static_cast<int>(value.words.size()), !value.images.empty(), value.split, gold);
    m_now.bytes.append(value.externalId);
    const std::size_t start = m_now.bytes.size();
    for (std::size_t i = 0; i < value.words.size(); ++i) m_now.bytes.append(i == 0 ? "" : "\n").append(value.words[i]);
    m_now.texts.push_back({value.externalId.size(), m_now.bytes.size() - start, value.join});
}

void ChunkWriter::add(const store::RawPost& post, const std::vector<Entity>& gold) {
    take(post.id, post.wordCount, !post.images.empty(), post.split, gold);
    m_now.bytes.append(post.externalId).append(post.words);
    m_now.texts.push_back({post.externalId.size(), post.words.size(), post.join});
}

void ChunkWriter::take(PostId post, int words, bool hasPicture, Split split, const std::vector<Entity>& gold) {
    if (m_now.chunk.posts == kChunkPosts) digest();
    store::PostChunk& chunk = m_now.chunk;
    if (chunk.posts == 0) {
        chunk.first = post;
        chunk.leastWords = chunk.mostWords = words;
    }
    chunk.last = post;
    ++chunk.posts;
    if (hasPicture) ++chunk.pictures;
    chunk.leastWords = std::min(chunk.leastWords, words);
    chunk.mostWords = std::max(chunk.mostWords, words);
    addOnce(chunk.splits, split);
    for (const Entity& entity : gold) {
        addOnce(chunk.goldTypes, entity.type);
        chunk.goldDigest =
            digestSum(chunk.goldDigest, store::entityDigest(post, entity.first, entity.last, entity.type));
    }
}

void ChunkWriter::digest() {
    storeDigested();
    std::swap(m_now, m_digested);
    m_now.chunk = {};
    m_now.bytes.clear();
    m_now.texts.clear();
    m_digest = std::async(std::launch::async, [this] {
        std::string_view rest = m_digested.bytes;
        for (const Text& text : m_digested.texts) {
            m_digester.add(rest.substr(0, text.idSize), rest.substr(text.idSize, text.wordsSize), text.join);
            rest.remove_prefix(text.idSize + text.wordsSize);
        }
        return m_digester.finish();
    });
}

void ChunkWriter::storeDigested() {
    if (!m_digest.valid()) return;
    const query::TextDigest digest = m_digest.get();
    m_chunks.add(m_digested.chunk, {digest.ids, digest.words, digest.pairs, digest.signatures});
}

void ChunkWriter::finish() {
    if (m_now.chunk.posts > 0) digest();
    storeDigested();
}

LayerChunkWriter::LayerChunkWriter(store::Connection& connection) : m_chunks(connection), m_posts(m_chunks.posts()) {}

void LayerChunkWriter::add(PostId post, const std::vector<Entity>& entities) {
    const auto after =
        std::upper_bound(m_posts.begin(), m_posts.end(), post,
                         [](PostId id, const store::PostChunk& chunk) { return id.value < chunk.first.value; });
    if (after == m_posts.begin() || std::prev(after)->last.value < post.value) return;  // looked at post by post
    const PostId first = std::prev(after)->first;
    Gathered& gathered = m_gathered[first.value];
    gathered.said.emplace_back(post, entities);
    store::LayerChunk& chunk = gathered.chunk;
    chunk.first = first;
    for (const Entity& entity : entities) {
        addOnce(chunk.types, entity.type);
        chunk.digest = digestSum(chunk.digest, store::entityDigest(post, entity.first, entity.last, entity.type));
        if (!entity.confidence) continue;
        chunk.leastConfidence = std::min(chunk.leastConfidence.value_or(1), *entity.confidence);
        chunk.mostConfidence = std::max(chunk.mostConfidence.value_or(0), *entity.confidence);
    }
}

void LayerChunkWriter::store(LayerId layer) {
    for (const store::PostChunk& posts : m_posts) {
        const auto found = m_gathered.find(posts.first.value);
        if (found == m_gathered.end()) continue;
        found->second.chunk.errorKinds = errorKinds(posts, found->second);
        m_chunks.add(layer, found->second.chunk);
    }
    m_gathered.clear();
}

/// A bit for each kind of mistake that some post of the chunk has, against gold. Posts that nobody tagged count for
/// nothing, as in the query line. Nothing where entities overlap or lie outside: what is read of them is less.
std::optional<unsigned> LayerChunkWriter::errorKinds(const store::PostChunk& posts, Gathered& gathered) const {
    auto& said = gathered.said;
    const auto earlier = [](const auto& a, const auto& b) { return a.first < b.first; };
    if (!std::is_sorted(said.begin(), said.end(), earlier)) std::stable_sort(said.begin(), said.end(), earlier);
    unsigned kinds = 0;
    bool doFit = true;
    auto at = said.begin();
    m_chunks.eachPost(posts.first, posts.last, [&](const store::RawPost& post) {
        while (at != said.end() && at->first < post.id) ++at;
        if (at == said.end()) return false;
        if (at->first != post.id || !post.hasTags) return true;
        const std::vector<Entity> gold = entitiesFromTags(store::splitLines(post.tags));
        sortEntities(at->second);
        if (gold == at->second) return true;
        int free = 0;
        for (const Entity& entity : at->second) {
            doFit = doFit && entity.first >= free && entity.last >= entity.first && entity.last < post.wordCount;
            free = entity.last + 1;
        }
        if (!doFit) return false;
        for (const eval::Difference& one : eval::differences(gold, at->second))
            kinds |= 1U << static_cast<unsigned>(one.kind);
        return true;
    });
    return doFit ? std::optional(kinds) : std::nullopt;
}

bool Project::prepareQueries() {
    if (m_impl->isReadOnly()) return false;
    const store::ChunkRepository chunks(*m_impl->connection);
    const auto [first, last] = uncovered(chunks);
    const std::vector<LayerId> layers = chunks.layersWithout();
    if (!first.isValid() && layers.empty()) return false;
    store::Transaction transaction(*m_impl->connection);
    if (first.isValid()) {
        ChunkWriter writer(*m_impl->connection);
        int count = 0;
        chunks.eachPost(first, last, [&](const store::RawPost& post) {
            writer.add(post, post.hasTags ? entitiesFromTags(store::splitLines(post.tags)) : std::vector<Entity>{});
            return ++count < kChunkPosts;
        });
        writer.finish();
    } else {
        LayerChunkWriter writer(*m_impl->connection);
        m_impl->layers.each(layers.front(),
                            [&](PostId post, const std::vector<Entity>& entities) { writer.add(post, entities); });
        writer.store(layers.front());
    }
    transaction.commit();
    return true;
}

}  // namespace mnerva::project
