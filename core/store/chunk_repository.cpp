#include "core/store/chunk_repository.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/store/lines.h"
#include "core/store/rows.h"

namespace mnerva::store {
namespace {

constexpr std::array kSplits{Split::Train, Split::Valid, Split::Test, Split::None};

std::vector<Split> splitsOf(std::string_view names) {
    std::vector<Split> splits;
    for (const std::string& name : splitLines(names))
        if (const auto split = splitFromName(name)) splits.push_back(*split);
    return splits;
}

std::string namesOf(const std::vector<Split>& splits) {
    std::vector<std::string> names;
    for (const Split split : splits) names.emplace_back(splitName(split));
    return joinLines(names);
}

bool hasTable(Connection& connection, std::string_view name) {
    Statement query(connection, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
    return query.bind(name).step();
}

bool hasColumn(Connection& connection, std::string_view table, std::string_view name) {
    Statement query(connection, "SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
    return query.bind(table).bind(name).step();
}

void bindOptional(Statement& statement, std::string_view bytes) {
    if (bytes.empty())
        statement.bindNull();
    else
        statement.bindBlob(bytes);
}

}  // namespace

bool ChunkRepository::isThere() const {
    if (!m_isThere) m_isThere = hasTable(m_connection, "post_chunks") && hasTable(m_connection, "layer_chunks");
    return *m_isThere;
}

std::vector<PostChunk> ChunkRepository::posts() const {
    std::vector<PostChunk> chunks;
    if (!isThere()) return chunks;
    Statement query(m_connection,
                    "SELECT first_post, last_post, posts, pictures, least_words, most_words, splits, gold_digest, "
                    "gold_types FROM post_chunks ORDER BY first_post");
    while (query.step()) {
        PostChunk chunk;
        chunk.first = PostId{query.integer(0)};
        chunk.last = PostId{query.integer(1)};
        const bool overlaps = !chunks.empty() && chunk.first.value <= chunks.back().last.value;
        const auto number = [&](int column) {
            return intOf(m_connection, query, column, 0, chunk.first.value, "post_chunks");
        };
        const auto posts = number(2), pictures = number(3), least = number(4), most = number(5);
        if (overlaps || chunk.first.value <= 0 || !posts || !pictures || !least || !most) continue;
        chunk.posts = *posts;
        chunk.pictures = *pictures;
        chunk.leastWords = *least;
        chunk.mostWords = *most;
        chunk.splits = splitsOf(query.text(6));
        chunk.goldDigest = query.integer(7);
        chunk.goldTypes = checkedListOf(m_connection, query, 8, chunk.first.value, "gold_types");
        chunks.push_back(std::move(chunk));
    }
    return chunks;
}

void ChunkRepository::add(const PostChunk& chunk, const ChunkTexts& texts) {
    Statement insert(m_connection,
                     "INSERT INTO post_chunks (first_post, last_post, posts, pictures, least_words, most_words, "
                     "splits, gold_digest, gold_types, ids, words, pairs) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const std::string splits = namesOf(chunk.splits);
    std::string types;
    insert.bind(chunk.first.value).bind(chunk.last.value).bind(chunk.posts).bind(chunk.pictures);
    insert.bind(chunk.leastWords).bind(chunk.mostWords).bind(splits).bind(chunk.goldDigest);
    bindList(insert, chunk.goldTypes, types);
    bindOptional(insert, texts.ids);
    bindOptional(insert, texts.words);
    bindOptional(insert, texts.pairs);
    insert.run();
    if (texts.signatures.empty()) return;
    Statement signs(m_connection, "INSERT INTO post_signatures (first_post, signatures) VALUES (?, ?)");
    signs.bind(chunk.first.value).bindBlob(texts.signatures).run();
}

std::vector<LayerChunk> ChunkRepository::ofLayer(LayerId layer) const {
    std::vector<LayerChunk> chunks;
    if (!isThere()) return chunks;
    Statement query(m_connection, std::string("SELECT first_post, digest, types, least_confidence, most_confidence, ") +
                                      (knowsErrors() ? "error_kinds" : "NULL") +
                                      " FROM layer_chunks WHERE layer = ? ORDER BY first_post");
    query.bind(layer.value);
    while (query.step()) {
        LayerChunk chunk;
        chunk.first = PostId{query.integer(0)};
        chunk.digest = query.integer(1);
        chunk.types = checkedListOf(m_connection, query, 2, chunk.first.value, "layer_chunks");
        if (!query.isNull(3)) chunk.leastConfidence = query.real(3);
        if (!query.isNull(4)) chunk.mostConfidence = query.real(4);
        if (!query.isNull(5)) chunk.errorKinds = static_cast<unsigned>(query.integer(5));
        chunks.push_back(std::move(chunk));
    }
    return chunks;
}

void ChunkRepository::add(LayerId layer, const LayerChunk& chunk) {
    Statement insert(m_connection,
                     "INSERT INTO layer_chunks (layer, first_post, digest, types, least_confidence, most_confidence, "
                     "error_kinds) VALUES (?, ?, ?, ?, ?, ?, ?)");
    std::string types;
    insert.bind(layer.value).bind(chunk.first.value).bind(chunk.digest);
    bindList(insert, chunk.types, types);
    insert.bind(chunk.leastConfidence).bind(chunk.mostConfidence);
    if (chunk.errorKinds)
        insert.bind(std::int64_t{*chunk.errorKinds});
    else
        insert.bindNull();
    insert.run();
}

std::vector<LayerId> ChunkRepository::layersWithout() const {
    Statement query(m_connection, isThere() ? "SELECT id FROM layers l WHERE kind = 'run' AND "
                                              "EXISTS (SELECT 1 FROM layer_posts WHERE layer = l.id) AND "
                                              "NOT EXISTS (SELECT 1 FROM layer_chunks WHERE layer = l.id)"
                                            : "SELECT id FROM layers WHERE kind = 'run'");
    std::vector<LayerId> layers;
    while (query.step()) layers.push_back(LayerId{query.integer(0)});
    return layers;
}

void ChunkRepository::texts(PostId first, const std::function<void(const ChunkTexts&)>& use) const {
    Statement query(m_connection, "SELECT ids, words, pairs FROM post_chunks WHERE first_post = ?");
    if (query.bind(first.value).step()) use({query.text(0), query.text(1), query.text(2), {}});
}

void ChunkRepository::signatures(PostId first, const std::function<void(std::string_view)>& use) const {
    if (!m_hasSignatures) m_hasSignatures = hasTable(m_connection, "post_signatures");
    if (!*m_hasSignatures) return;
    Statement query(m_connection, "SELECT signatures FROM post_signatures WHERE first_post = ?");
    if (query.bind(first.value).step()) use(query.text(0));
}

bool ChunkRepository::knowsFlags() const {
    if (!m_knowsFlags) m_knowsFlags = hasColumn(m_connection, "posts", "flagged");
    return *m_knowsFlags;
}

bool ChunkRepository::knowsReview() const {
    if (!m_knowsReview) m_knowsReview = hasColumn(m_connection, "posts", "review");
    return *m_knowsReview;
}

bool ChunkRepository::knowsErrors() const {
    if (!m_knowsErrors) m_knowsErrors = hasColumn(m_connection, "layer_chunks", "error_kinds");
    return *m_knowsErrors;
}

void ChunkRepository::eachPost(PostId first, PostId last, const std::function<bool(const RawPost&)>& use) const {
    Statement query(m_connection, std::string("SELECT id, source, split, status, ") + (knowsFlags() ? "flagged" : "0") +
                                      ", join_rule, word_count, external_id, words, images, source_tags, " +
                                      (knowsReview() ? "skipped, review" : "0, 'none'") +
                                      " FROM posts WHERE id BETWEEN ? AND ? ORDER BY id");
    query.bind(first.value).bind(last.value);
    while (query.step()) {
        RawPost post;
        post.id = PostId{query.integer(0)};
        post.source = query.integer(1);
        post.split = splitFromName(query.text(2)).value_or(Split::None);
        const PostStatus named = statusFromName(query.text(3)).value_or(PostStatus::Open);
        const bool flagged = query.integer(4) != 0 || isFlagged(named), skipped = query.integer(11) != 0;
        post.status = postStatus(skipped ? PostStage::Skipped : stageOf(named), flagged);
        post.review = reviewFromName(query.text(12)).value_or(Review::None);
        post.join = query.text(5) == "nothing" ? JoinRule::Nothing : JoinRule::Space;
        post.wordCount =
            static_cast<int>(std::clamp<std::int64_t>(query.integer(6), 0, std::numeric_limits<int>::max()));
        post.externalId = query.text(7);
        post.words = query.text(8);
        post.images = query.text(9);
        post.tags = query.text(10);
        post.hasWords = !query.isNull(8);
        post.hasTags = !query.isNull(10);
        if (!use(post)) return;
    }
}

PostId ChunkRepository::firstPostFrom(PostId first) const {
    Statement query(m_connection, "SELECT id FROM posts WHERE id >= ? ORDER BY id LIMIT 1");
    return query.bind(first.value).step() ? PostId{query.integer(0)} : PostId{};
}

PostId ChunkRepository::lastPost() const {
    return PostId{m_connection.integer("SELECT coalesce(max(id), 0) FROM posts")};
}

bool ChunkRepository::anyWithStatus(PostId first, PostId last, std::string_view status) const {
    return std::any_of(kSplits.begin(), kSplits.end(), [&](Split split) {
        Statement one(m_connection,
                      "SELECT 1 FROM posts WHERE split = ? AND status = ? AND id BETWEEN ? AND ? LIMIT 1");
        return one.bind(splitName(split)).bind(status).bind(first.value).bind(last.value).step();
    });
}

bool ChunkRepository::anyFlagged(PostId first, PostId last) const {
    if (!knowsFlags()) return anyWithStatus(first, last, "flagged");
    Statement query(m_connection, "SELECT 1 FROM posts WHERE flagged = 1 AND id BETWEEN ? AND ? LIMIT 1");
    return query.bind(first.value).bind(last.value).step() || anyWithStatus(first, last, "flagged");
}

bool ChunkRepository::anySkipped(PostId first, PostId last) const {
    if (!knowsReview()) return false;
    return std::any_of(kSplits.begin(), kSplits.end(), [&](Split split) {
        Statement one(m_connection,
                      "SELECT 1 FROM posts WHERE split = ? AND skipped = 1 AND id BETWEEN ? AND ? LIMIT 1");
        return one.bind(splitName(split)).bind(first.value).bind(last.value).step();
    });
}

bool ChunkRepository::anyReviewed(PostId first, PostId last, Review review) const {
    if (!knowsReview()) return false;
    return std::any_of(kSplits.begin(), kSplits.end(), [&](Split split) {
        Statement one(m_connection,
                      "SELECT 1 FROM posts WHERE review = ? AND review <> 'none' AND split = ? AND id BETWEEN ? AND ? "
                      "LIMIT 1");
        return one.bind(reviewName(review)).bind(splitName(split)).bind(first.value).bind(last.value).step();
    });
}

bool ChunkRepository::anyCovered(LayerId layer, PostId first, PostId last) const {
    Statement query(m_connection, "SELECT 1 FROM layer_posts WHERE layer = ? AND post BETWEEN ? AND ? LIMIT 1");
    return query.bind(layer.value).bind(first.value).bind(last.value).step();
}

std::vector<std::string> ChunkRepository::types(LayerId layer, PostId first, PostId last) const {
    Statement query(m_connection, "SELECT DISTINCT type FROM entities WHERE layer = ? AND post BETWEEN ? AND ?");
    query.bind(layer.value).bind(first.value).bind(last.value);
    std::vector<std::string> types;
    while (query.step()) types.emplace_back(query.text(0));
    return types;
}

std::int64_t entityDigest(PostId post, int first, int last, std::string_view type) {
    constexpr std::uint64_t kPrime = 0x100000001b3ULL;  // FNV-1a, then mixed so that sums of neighbours differ
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    const auto add = [&](std::uint64_t value) { hash = (hash ^ value) * kPrime; };
    for (const char c : type) add(static_cast<unsigned char>(c));
    add(static_cast<std::uint64_t>(post.value));
    add(static_cast<std::uint64_t>(first));
    add(static_cast<std::uint64_t>(last));
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9ULL;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebULL;
    return static_cast<std::int64_t>((hash ^ (hash >> 31)) & std::numeric_limits<std::int64_t>::max());
}

}  // namespace mnerva::store
