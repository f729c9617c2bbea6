#include "core/store/post_repository.h"

#include "core/base/check.h"
#include "core/base/printable.h"
#include "core/store/layer_repository.h"
#include "core/store/lines.h"
#include "core/store/rows.h"

namespace mnerva::store {
namespace {

/// Followed by markColumns(), which a project of an older version (open for reading only) does not have.
constexpr std::string_view kPostColumns =
    "SELECT p.id, p.source, p.split, p.status, p.join_rule, p.external_id, p.words, p.images, p.crops, p.source_tags, "
    "c.post IS NOT NULL, p.word_count, ";
constexpr std::string_view kPostTables = " FROM posts p LEFT JOIN layer_posts c ON c.layer = 2 AND c.post = p.id ";

/// Names that the schema lets in: another one is damage, and the usual value stands in.
Split splitOf(Connection& connection, const Statement& row, int column, std::int64_t post) {
    const auto split = splitFromName(row.text(column));
    if (!split) connection.noteOdd("row-damaged", post, "split", printable(row.text(column).substr(0, 60)));
    return split.value_or(Split::None);
}
/// A status with what stands in columns of their own, from `marks` on: flagged, skipped.
PostStatus statusOf(Connection& connection, const Statement& row, int column, std::int64_t post, int marks) {
    const auto named = statusFromName(row.text(column));
    if (!named) connection.noteOdd("row-damaged", post, "status", printable(row.text(column).substr(0, 60)));
    const PostStatus status = named.value_or(PostStatus::Open);
    const bool flagged = row.integer(marks) != 0 || isFlagged(status), skipped = row.integer(marks + 1) != 0;
    return postStatus(skipped ? PostStage::Skipped : stageOf(status), flagged);
}
Review reviewOf(Connection& connection, const Statement& row, int column, std::int64_t post) {
    const auto named = reviewFromName(row.text(column));
    if (!named) connection.noteOdd("row-damaged", post, "review", printable(row.text(column).substr(0, 60)));
    return named.value_or(Review::None);
}
JoinRule joinOf(std::string_view name) {
    return name == "nothing" ? JoinRule::Nothing : JoinRule::Space;
}
std::string_view joinName(JoinRule join) {
    return join == JoinRule::Nothing ? "nothing" : "space";
}

StoredPost readPost(Connection& connection, const Statement& row) {
    StoredPost stored;
    Post& post = stored.post;
    post.id = PostId{row.integer(0)};
    const std::int64_t id = post.id.value;
    stored.source = row.integer(1);
    post.split = splitOf(connection, row, 2, id);
    post.status = statusOf(connection, row, 3, id, 12);
    post.review = reviewOf(connection, row, 14, id);
    post.join = joinOf(row.text(4));
    post.externalId = row.text(5);
    post.words = checkedListOf(connection, row, 6, id, "words");
    post.images = checkedListOf(connection, row, 7, id, "images");
    post.crops = checkedListOf(connection, row, 8, id, "crops");
    post.sourceTags = checkedListOf(connection, row, 9, id, "source_tags");
    stored.corrected = row.integer(10) != 0;
    const auto words = static_cast<std::int64_t>(post.words.size());
    if (row.integer(11) != words)
        connection.noteOdd("row-damaged", id, "word_count",
                           std::to_string(row.integer(11)) + " for " + std::to_string(words) + " words");
    if (!post.sourceTags.empty() && post.sourceTags.size() != post.words.size()) {
        connection.noteOdd("tag-count-differs", id, "source_tags",
                           std::to_string(post.sourceTags.size()) + " tags for " + std::to_string(words) + " words");
        post.sourceTags.clear();
    }
    return stored;
}

Source readSource(const Statement& row) {
    Source source;
    source.id = row.integer(0);
    source.file = row.text(1);
    source.sha256 = row.text(2);
    source.importedAtMs = row.integer(3);
    source.imageFolder = row.text(4);
    source.cropFolder = row.text(5);
    return source;
}

constexpr std::string_view kInsertText =
    "INSERT INTO auxiliary_texts (post, source, words) VALUES (?, ?, ?) "
    "ON CONFLICT (post, source) DO UPDATE SET words = excluded.words";

void insertText(Statement& insert, PostId post, const AuxiliaryText& text, std::string& buffer) {
    insert.bind(post.value).bind(text.source);
    bindList(insert, text.words, buffer);
    insert.run();
}

/// False in a project of the first version, which is open for reading only.
bool hasAuxiliary(Connection& connection) {
    return connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'auxiliary_texts'") > 0;
}

/// Texts about posts, gone through once beside posts that come in the order of their ids.
class AuxiliaryCursor {
public:
    explicit AuxiliaryCursor(Connection& connection) : m_connection(connection) {
        if (!hasAuxiliary(connection)) return;
        m_query.emplace(connection, "SELECT post, source, words FROM auxiliary_texts ORDER BY post, id");
        m_there = m_query->step();
    }
    void fill(Post& post) {
        for (; m_there && m_query->integer(0) <= post.id.value; m_there = m_query->step())
            if (m_query->integer(0) == post.id.value)
                post.auxiliary.push_back({std::string(m_query->text(1)),
                                          checkedListOf(m_connection, *m_query, 2, post.id.value, "auxiliary_texts")});
    }

private:
    Connection& m_connection;
    std::optional<Statement> m_query;
    bool m_there = false;
};

/// The first items of a joined list, without making the rest.
std::vector<std::string> firstItems(std::string_view bytes, int most) {
    std::size_t end = 0;
    for (int i = 0; i < most && end != std::string_view::npos; ++i) end = bytes.find('\n', i == 0 ? 0 : end + 1);
    return splitLines(bytes.substr(0, end));
}

}  // namespace

std::string PostRepository::columnOr(const char* column, const char* otherwise) const {
    if (!m_known.contains(column)) {
        Statement query(m_connection, "SELECT 1 FROM pragma_table_info('posts') WHERE name = ?");
        if (!query.bind(column).step()) return otherwise;
        m_known.insert(column);
    }
    return std::string("p.") + column;
}

std::string PostRepository::markColumns() const {
    return columnOr("flagged", "0") + ", " + columnOr("skipped", "0") + ", " + columnOr("review", "'none'");
}

std::int64_t PostRepository::addSource(const Source& source) {
    Statement insert(
        m_connection,
        "INSERT INTO sources (file, sha256, imported_at, image_folder, crop_folder) VALUES (?, ?, ?, ?, ?)");
    insert.bind(source.file).bind(source.sha256).bind(source.importedAtMs).bind(source.imageFolder);
    insert.bind(source.cropFolder).run();
    return m_connection.lastInsertId();
}

std::vector<Source> PostRepository::sources() const {
    Statement query(m_connection,
                    "SELECT id, file, sha256, imported_at, image_folder, crop_folder FROM sources ORDER BY id");
    std::vector<Source> all;
    while (query.step()) all.push_back(readSource(query));
    return all;
}

std::optional<Source> PostRepository::sourceWithDigest(const std::string& sha256) const {
    Statement query(m_connection,
                    "SELECT id, file, sha256, imported_at, image_folder, crop_folder FROM sources WHERE sha256 = ?");
    query.bind(sha256);
    if (!query.step()) return std::nullopt;
    return readSource(query);
}

std::optional<Source> PostRepository::sourceWithDigest(const std::string& sha256, Split split) const {
    Statement query(m_connection,
                    "SELECT id, file, sha256, imported_at, image_folder, crop_folder FROM sources s WHERE sha256 = ? "
                    "AND EXISTS (SELECT 1 FROM posts p WHERE p.source = s.id AND p.split = ?) ORDER BY id");
    query.bind(sha256).bind(splitName(split));
    if (!query.step()) return std::nullopt;
    return readSource(query);
}

bool PostRepository::anyIdStartsWith(const std::string& start) const {
    Statement query(m_connection, "SELECT 1 FROM posts WHERE substr(external_id, 1, length(?1)) = ?1 LIMIT 1");
    query.bind(start);
    return query.step();
}

std::vector<PostRow> PostRepository::rows(PostId after, int limit, int previewWords) const {
    Statement query(m_connection,
                    "SELECT p.id, p.source, p.split, p.status, p.join_rule, p.external_id, p.words, p.images, "
                    "c.post IS NOT NULL, CASE WHEN c.post IS NULL THEN p.gold_entities ELSE "
                    "(SELECT count(*) FROM entities e WHERE e.layer = 2 AND e.post = p.id) END, " +
                        markColumns() +
                        " FROM posts p LEFT JOIN layer_posts c ON c.layer = 2 AND c.post = p.id "
                        "WHERE p.id > ? ORDER BY p.id LIMIT ?");
    query.bind(after.value).bind(limit);
    return readRows(query, previewWords);
}

std::vector<PostRow> PostRepository::rowsIn(LayerId layer, PostId after, int limit, int previewWords) const {
    const std::string marks =
        columnOr("skipped", "").empty() ? "0, 'none' " : "coalesce(c.skipped, 0), coalesce(c.review, 'none') ";
    Statement query(m_connection,
                    "SELECT p.id, p.source, p.split, coalesce(c.status, 'open'), p.join_rule, p.external_id, p.words, "
                    "p.images, c.post IS NOT NULL, "
                    "(SELECT count(*) FROM entities e WHERE e.layer = ?1 AND e.post = p.id), 0, " +
                        marks +
                        "FROM posts p LEFT JOIN layer_posts c ON c.layer = ?1 AND c.post = p.id "
                        "WHERE p.id > ?2 ORDER BY p.id LIMIT ?3");
    query.bind(layer.value).bind(after.value).bind(limit);
    return readRows(query, previewWords);
}

std::vector<PostRow> PostRepository::readRows(Statement& query, int previewWords) const {
    std::vector<PostRow> found;
    while (query.step()) {
        PostRow row;
        row.id = PostId{query.integer(0)};
        row.source = query.integer(1);
        row.split = splitOf(m_connection, query, 2, row.id.value);
        row.status = statusOf(m_connection, query, 3, row.id.value, 10);
        row.review = reviewOf(m_connection, query, 12, row.id.value);
        row.join = joinOf(query.text(4));
        row.externalId = query.text(5);
        if (!query.isNull(6)) row.firstWords = firstItems(query.text(6), previewWords);
        const std::string_view images = query.text(7);
        row.firstImage = images.substr(0, images.find('\n'));
        row.corrected = query.integer(8) != 0;
        row.entityCount = intOf(m_connection, query, 9, 0, row.id.value, "gold_entities").value_or(0);
        found.push_back(std::move(row));
    }
    return found;
}

std::optional<StoredPost> PostRepository::find(PostId post) const {
    Statement query(m_connection,
                    std::string(kPostColumns) + markColumns() + std::string(kPostTables) + "WHERE p.id = ?");
    query.bind(post.value);
    if (!query.step()) return std::nullopt;
    StoredPost found = readPost(m_connection, query);
    if (!hasAuxiliary(m_connection)) return found;
    Statement texts(m_connection, "SELECT source, words FROM auxiliary_texts WHERE post = ? ORDER BY id");
    texts.bind(post.value);
    while (texts.step())
        found.post.auxiliary.push_back(
            {std::string(texts.text(0)), checkedListOf(m_connection, texts, 1, post.value, "auxiliary_texts")});
    return found;
}

void PostRepository::each(std::optional<Split> split, const std::function<bool(const StoredPost&)>& use) const {
    Statement query(m_connection, std::string(kPostColumns) + markColumns() + std::string(kPostTables) +
                                      (split ? "WHERE p.split = ? ORDER BY p.id" : "ORDER BY p.id"));
    if (split) query.bind(splitName(*split));
    AuxiliaryCursor texts(m_connection);
    while (query.step()) {
        StoredPost stored = readPost(m_connection, query);
        if (stored.post.id.value <= 0) {
            m_connection.noteOdd("row-damaged", stored.post.id.value, "id", "not above 0; the post is left out");
            continue;
        }
        texts.fill(stored.post);
        if (!use(stored)) return;
    }
}

void PostRepository::eachText(
    PostId after, const std::function<void(PostId, std::string_view, JoinRule, std::string_view)>& use) const {
    Statement query(m_connection, "SELECT id, join_rule, external_id, words FROM posts WHERE id > ? ORDER BY id");
    query.bind(after.value);
    while (query.step()) use(PostId{query.integer(0)}, query.text(2), joinOf(query.text(1)), query.text(3));
}

void PostRepository::setStatus(PostId post, PostStatus status) {
    const bool done = isDone(status), flagged = isFlagged(status);
    Statement update(m_connection, "UPDATE posts SET status = ?, flagged = ?, skipped = ? WHERE id = ?");
    update.bind(statusName(postStatus(done ? PostStage::Done : PostStage::Open, flagged && !done)));
    update.bind(flagged ? 1 : 0).bind(isSkipped(status) ? 1 : 0).bind(post.value).run();
    MNERVA_CHECK(m_connection.changes() == 1);
}

void PostRepository::setReview(PostId post, Review review) {
    Statement update(m_connection, "UPDATE posts SET review = ? WHERE id = ?");
    update.bind(reviewName(review)).bind(post.value).run();
    MNERVA_CHECK(m_connection.changes() == 1);
}

void PostRepository::setAuxiliary(PostId post, const AuxiliaryText& text) {
    Statement insert(m_connection, kInsertText);
    std::string buffer;
    insertText(insert, post, text, buffer);
}

std::map<std::pair<Split, PostStatus>, int> PostRepository::counts() const {
    Statement query(m_connection, "SELECT split, status, count(*) FROM posts GROUP BY split, status");
    std::map<std::pair<Split, PostStatus>, int> counted;
    while (query.step()) {
        const auto key = std::pair{splitFromName(query.text(0)).value_or(Split::None),
                                   statusFromName(query.text(1)).value_or(PostStatus::Open)};
        counted[key] += static_cast<int>(query.integer(2));
    }
    if (columnOr("skipped", "").empty()) return counted;
    Statement skipped(m_connection,
                      "SELECT split, status, count(*) FROM posts WHERE skipped = 1 GROUP BY split, status");
    while (skipped.step()) {
        const Split split = splitFromName(skipped.text(0)).value_or(Split::None);
        const int count = static_cast<int>(skipped.integer(2));
        counted[{split, statusFromName(skipped.text(1)).value_or(PostStatus::Open)}] -= count;
        counted[{split, PostStatus::Skipped}] += count;
    }
    return counted;
}

std::map<std::pair<Split, Review>, int> PostRepository::reviewCounts() const {
    std::map<std::pair<Split, Review>, int> counted;
    if (columnOr("review", "").empty()) return counted;
    Statement query(m_connection,
                    "SELECT split, review, count(*) FROM posts WHERE review <> 'none' GROUP BY review, split");
    while (query.step())
        if (const auto review = reviewFromName(query.text(1)))
            counted[{splitFromName(query.text(0)).value_or(Split::None), *review}] +=
                static_cast<int>(query.integer(2));
    return counted;
}

bool PostRepository::anyTagHolds(std::string_view part) const {
    Statement query(m_connection, "SELECT 1 FROM posts WHERE instr(source_tags, ?) > 0 LIMIT 1");
    return query.bindBlob(part).step();
}

int PostRepository::count() const {
    return static_cast<int>(m_connection.integer("SELECT count(*) FROM posts"));
}

PostInserter::PostInserter(Connection& connection)
    : m_connection(connection),
      m_insert(connection,
               "INSERT INTO posts (source, split, status, join_rule, word_count, gold_entities, external_id, words, "
               "images, crops, source_tags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      m_insertText(connection, kInsertText) {}

PostId PostInserter::add(const Post& post, std::int64_t source, int goldEntities) {
    // Imported gold never counts as done, and the journal's replay starts from "open".
    m_insert.bind(source).bind(splitName(post.split)).bind(statusName(PostStatus::Open)).bind(joinName(post.join));
    m_insert.bind(static_cast<std::int64_t>(post.words.size())).bind(goldEntities).bind(post.externalId);
    bindList(m_insert, post.words, m_words);
    bindList(m_insert, post.images, m_images);
    bindList(m_insert, post.crops, m_crops);
    bindList(m_insert, post.sourceTags, m_tags);
    m_insert.run();
    const PostId id{m_connection.lastInsertId()};
    for (const AuxiliaryText& text : post.auxiliary) insertText(m_insertText, id, text, m_words);
    return id;
}

}  // namespace mnerva::store
