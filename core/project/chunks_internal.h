#pragma once

#include <cstdint>
#include <future>
#include <optional>
#include <string>
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

/// Gathers posts, which come in order without gaps, into chunks and stores these. Needs an open transaction. What their
/// texts hold is found out on another thread while the next chunk is gathered: an import waits for its parser alone.
class ChunkWriter {
public:
    explicit ChunkWriter(store::Connection& connection) : m_chunks(connection) {}
    ChunkWriter(const ChunkWriter&) = delete;
    ChunkWriter& operator=(const ChunkWriter&) = delete;
    void add(PostId post, const Post& value, const std::vector<Entity>& gold);
    void add(const store::RawPost& post, const std::vector<Entity>& gold);
    /// Stores what is left over.
    void finish();

private:
    struct Text {
        std::size_t idSize = 0, wordsSize = 0;  // bytes, in this order in Gathered::bytes
        JoinRule join{};
    };
    struct Gathered {
        store::PostChunk chunk;
        std::string bytes;
        std::vector<Text> texts;
    };
    /// Counts the post in; its words are appended to m_now.bytes by whoever calls.
    void take(PostId post, int words, bool hasPicture, Split split, const std::vector<Entity>& gold);
    void digest();
    void storeDigested();

    store::ChunkRepository m_chunks;
    Gathered m_now, m_digested;
    query::TextDigester m_digester;           // of the thread behind m_digest, while there is one
    std::future<query::TextDigest> m_digest;  // of m_digested; last: its end waits for the thread
};

/// Gathers what a layer says of posts, in any order, by chunks, and compares it with gold. Needs an open transaction to
/// store.
class LayerChunkWriter {
public:
    explicit LayerChunkWriter(store::Connection& connection);
    void add(PostId post, const std::vector<Entity>& entities);
    void store(LayerId layer);

private:
    struct Gathered {
        store::LayerChunk chunk;
        std::vector<std::pair<PostId, std::vector<Entity>>> said;
    };
    std::optional<unsigned> errorKinds(const store::PostChunk& posts, Gathered& gathered) const;

    store::ChunkRepository m_chunks;
    std::vector<store::PostChunk> m_posts;
    std::unordered_map<std::int64_t, Gathered> m_gathered;
};

}  // namespace mnerva::project
