#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/post.h"
#include "core/store/connection.h"
#include "core/store/statement.h"

namespace mnerva::store {

/// One imported file; folders as they are stored (see the migration).
struct Source {
    std::int64_t id = 0;
    std::string file, sha256;
    std::string imageFolder, cropFolder;
    std::int64_t importedAtMs = 0;
};

/// A post with what the list shows of it.
struct PostRow {
    PostId id;
    std::int64_t source = 0;
    std::string externalId;
    Split split = Split::None;
    PostStatus status = PostStatus::Open;
    Review review = Review::None;
    JoinRule join = JoinRule::Space;
    std::vector<std::string> firstWords;  ///< as many as the preview can show
    std::string firstImage;
    int entityCount = 0;
    bool corrected = false;
};

/// A post and the facts about it that are no part of the imported value.
struct StoredPost {
    Post post;
    std::int64_t source = 0;
    bool corrected = false;
};

/// Posts and the files they came from.
class PostRepository {
public:
    explicit PostRepository(Connection& connection) : m_connection(connection) {}

    std::int64_t addSource(const Source& source);
    std::vector<Source> sources() const;
    std::optional<Source> sourceWithDigest(const std::string& sha256) const;
    /// The first source of this content that gave posts to the split.
    std::optional<Source> sourceWithDigest(const std::string& sha256, Split split) const;
    /// True where the id of some post begins so.
    bool anyIdStartsWith(const std::string& start) const;

    /// Up to `limit` rows after a key, in project order. `previewWords` bounds the words read of each.
    /// Status and entities are those of the corrected layer (gold where nobody corrected).
    std::vector<PostRow> rows(PostId after, int limit, int previewWords) const;
    /// The same with status and entities of an annotator's layer; `corrected`: it covers the post.
    std::vector<PostRow> rowsIn(LayerId layer, PostId after, int limit, int previewWords) const;
    std::optional<StoredPost> find(PostId post) const;
    /// Calls for every post of a split (all: no split) in project order until `use` answers false.
    void each(std::optional<Split> split, const std::function<bool(const StoredPost&)>& use) const;
    /// Id, external id, join rule and joined words of every post after a key; the views live for the call.
    void eachText(PostId after,
                  const std::function<void(PostId, std::string_view, JoinRule, std::string_view)>& use) const;
    void setStatus(PostId post, PostStatus status);
    void setReview(PostId post, Review review);
    /// Gives a post this text, in place of one of the same source. Needs an open transaction.
    void setAuxiliary(PostId post, const AuxiliaryText& text);
    /// Posts by split and status; a done post counts as Done whether it is flagged or not, a skipped one as Skipped.
    std::map<std::pair<Split, PostStatus>, int> counts() const;
    /// Posts by split and review, without those that nobody is to review.
    std::map<std::pair<Split, Review>, int> reviewCounts() const;
    int count() const;
    /// True when the source tags of some post hold these bytes.
    bool anyTagHolds(std::string_view part) const;

private:
    /// A column of posts that came with a later version, else what stands for it in a project of an older one.
    std::string columnOr(const char* column, const char* otherwise) const;
    std::string markColumns() const;
    std::vector<PostRow> readRows(Statement& query, int previewWords) const;

    Connection& m_connection;
    mutable std::set<std::string> m_known;  ///< columns that the schema was seen to have
};

/// Adds many posts, all of them open, with one prepared statement. Needs an open transaction.
class PostInserter {
public:
    explicit PostInserter(Connection& connection);
    PostId add(const Post& post, std::int64_t source, int goldEntities);

private:
    Connection& m_connection;
    Statement m_insert, m_insertText;
    std::string m_words, m_images, m_crops, m_tags;
};

}  // namespace mnerva::store
