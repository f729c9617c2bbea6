#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/domain/entity.h"
#include "core/domain/post.h"
#include "core/query/search_text.h"
#include "core/store/chunk_repository.h"

// Makes what the query line looks at first: chunks of posts and of layers. Of core/project only.

namespace mnerva::project {

/// Posts in a chunk: few enough that looking at each takes some milliseconds, so many that all chunks of a million
/// posts are looked through in as long.
inline constexpr int kChunkPosts = 8192;

/// Sum of two digests of entities.
std::int64_t digestSum(std::int64_t a, std::int64_t b);

/// Gathers posts, which come in order without gaps, into chunks and stores these. Needs an open transaction.
class ChunkWriter {
public:
    explicit ChunkWriter(store::Connection& connection) : m_chunks(connection) {}
    void add(PostId post, const Post& value, const std::vector<Entity>& gold);
    void add(const store::RawPost& post, const std::vector<Entity>& gold);
    /// Stores what is left over.
    void finish();

private:
    void take(PostId post, int words, bool hasPicture, Split split, std::string_view externalId,
              std::string_view joinedWords, JoinRule join, const std::vector<Entity>& gold);

    store::ChunkRepository m_chunks;
    store::PostChunk m_chunk;
    query::TextDigester m_digester;
    std::string m_joined;
};

/// Gathers what a layer says of posts, in any order, by chunks. Needs an open transaction to store.
class LayerChunkWriter {
public:
    explicit LayerChunkWriter(store::Connection& connection);
    void add(PostId post, const std::vector<Entity>& entities);
    void store(LayerId layer);

private:
    store::ChunkRepository m_chunks;
    std::vector<store::PostChunk> m_posts;
    std::unordered_map<std::int64_t, store::LayerChunk> m_gathered;
};

}  // namespace mnerva::project
