#include <algorithm>
#include <limits>

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
    m_joined.clear();
    for (const std::string& word : value.words) m_joined.append(word).push_back('\n');
    if (!m_joined.empty()) m_joined.pop_back();
    take(post, static_cast<int>(value.words.size()), !value.images.empty(), value.split, value.externalId, m_joined,
         value.join, gold);
}

void ChunkWriter::add(const store::RawPost& post, const std::vector<Entity>& gold) {
    take(post.id, post.wordCount, !post.images.empty(), post.split, post.externalId, post.words, post.join, gold);
}

void ChunkWriter::take(PostId post, int words, bool hasPicture, Split split, std::string_view externalId,
                       std::string_view joinedWords, JoinRule join, const std::vector<Entity>& gold) {
    if (m_chunk.posts == kChunkPosts) finish();
    if (m_chunk.posts == 0) {
        m_chunk.first = post;
        m_chunk.leastWords = m_chunk.mostWords = words;
    }
    m_chunk.last = post;
    ++m_chunk.posts;
    if (hasPicture) ++m_chunk.pictures;
    m_chunk.leastWords = std::min(m_chunk.leastWords, words);
    m_chunk.mostWords = std::max(m_chunk.mostWords, words);
    addOnce(m_chunk.splits, split);
    for (const Entity& entity : gold) {
        addOnce(m_chunk.goldTypes, entity.type);
        m_chunk.goldDigest =
            digestSum(m_chunk.goldDigest, store::entityDigest(post, entity.first, entity.last, entity.type));
    }
    m_digester.add(externalId, joinedWords, join);
}

void ChunkWriter::finish() {
    if (m_chunk.posts == 0) return;
    const query::TextDigest digest = m_digester.finish();
    m_chunks.add(m_chunk, {digest.ids, digest.words, digest.pairs});
    m_chunk = {};
}

LayerChunkWriter::LayerChunkWriter(store::Connection& connection) : m_chunks(connection), m_posts(m_chunks.posts()) {}

void LayerChunkWriter::add(PostId post, const std::vector<Entity>& entities) {
    const auto after =
        std::upper_bound(m_posts.begin(), m_posts.end(), post,
                         [](PostId id, const store::PostChunk& chunk) { return id.value < chunk.first.value; });
    if (after == m_posts.begin() || std::prev(after)->last.value < post.value) return;  // looked at post by post
    const PostId first = std::prev(after)->first;
    store::LayerChunk& chunk = m_gathered[first.value];
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
    for (const auto& [first, chunk] : m_gathered) m_chunks.add(layer, chunk);
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
