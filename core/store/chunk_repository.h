#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/post.h"
#include "core/store/connection.h"
#include "core/store/statement.h"

namespace mnerva::store {

/// Some thousand posts that were imported one after another, and what all of them hold together.
struct PostChunk {
    PostId first, last;
    int posts = 0, pictures = 0;  ///< pictures: posts that name one
    int leastWords = 0, mostWords = 0;
    std::vector<Split> splits;
    std::int64_t goldDigest = 0;
    std::vector<std::string> goldTypes;
};

/// The texts of a chunk's posts (query::TextDigest); valid until the next call of the reader that gave it.
struct ChunkTexts {
    std::string_view ids, words, pairs, signatures;
};

/// What a run's layer says of the posts of a chunk.
struct LayerChunk {
    PostId first;
    std::int64_t digest = 0;
    std::vector<std::string> types;
    std::optional<double> leastConfidence, mostConfidence;
    std::optional<unsigned> errorKinds;  ///< kinds of mistakes against gold, a bit each; nothing: not compared
};

/// A post as it lies in its row; the views live until the next row.
struct RawPost {
    PostId id;
    std::int64_t source = 0;
    Split split = Split::None;
    PostStatus status = PostStatus::Open;
    Review review = Review::None;
    JoinRule join = JoinRule::Space;
    int wordCount = 0;
    std::string_view externalId, words, images, tags;  ///< lists joined by line feeds
    bool hasWords = false, hasTags = false;  ///< an empty list has no bytes, a list of one empty item none too
};

/// What the query line reads: chunks of posts, and posts of a range. A project of an older version, which is only read,
/// has no chunks.
class ChunkRepository {
public:
    explicit ChunkRepository(Connection& connection) : m_connection(connection) {}

    bool isThere() const;
    /// In the order of the posts; those that overlap an earlier one or hold nothing are left out.
    std::vector<PostChunk> posts() const;
    void add(const PostChunk& chunk, const ChunkTexts& texts);
    std::vector<LayerChunk> ofLayer(LayerId layer) const;
    void add(LayerId layer, const LayerChunk& chunk);
    /// Run layers that cover posts but have no chunks.
    std::vector<LayerId> layersWithout() const;

    /// Calls `use` with the signatures of a chunk's posts, where it has some.
    void signatures(PostId first, const std::function<void(std::string_view)>& use) const;
    /// Calls `use` with the texts of a chunk, but for the signatures.
    void texts(PostId first, const std::function<void(const ChunkTexts&)>& use) const;
    /// Every post from `first` to `last` in order until `use` answers false.
    void eachPost(PostId first, PostId last, const std::function<bool(const RawPost&)>& use) const;
    /// The first post from `first` on, and the last of all; invalid: none.
    PostId firstPostFrom(PostId first) const;
    PostId lastPost() const;

    // What indexes know of the posts from `first` to `last`.
    bool anyWithStatus(PostId first, PostId last, std::string_view status) const;
    bool anyFlagged(PostId first, PostId last) const;
    bool anySkipped(PostId first, PostId last) const;
    bool anyReviewed(PostId first, PostId last, Review review) const;  ///< one that is not None
    bool anyCovered(LayerId layer, PostId first, PostId last) const;
    std::vector<std::string> types(LayerId layer, PostId first, PostId last) const;

private:
    bool knowsFlags() const;
    bool knowsReview() const;
    bool knowsErrors() const;

    Connection& m_connection;
    mutable std::optional<bool> m_isThere, m_knowsFlags, m_knowsReview, m_hasSignatures, m_knowsErrors;
};

/// Part of a digest over entities; the parts are added up.
std::int64_t entityDigest(PostId post, int first, int last, std::string_view type);

}  // namespace mnerva::store
