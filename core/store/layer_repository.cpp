#include "core/store/layer_repository.h"

#include <limits>
#include <utility>

#include "core/store/lines.h"
#include "core/store/rows.h"
#include "core/store/statement.h"

namespace mnerva::store {
namespace {

Statement& bindKey(Statement& statement, const Entity& entity) {
    return statement.bind(entity.first).bind(entity.last).bind(entity.type);
}

PostStatus namedStatus(std::string_view name, bool skipped) {
    const PostStatus status = statusFromName(name).value_or(PostStatus::Open);
    return postStatus(skipped ? PostStage::Skipped : stageOf(status), isFlagged(status));
}

}  // namespace

std::vector<LayerRow> LayerRepository::named() const {
    Statement query(m_connection, "SELECT id, name, kind FROM layers ORDER BY id");
    std::vector<LayerRow> rows;
    while (query.step())
        rows.push_back({LayerId{query.integer(0)}, std::string(query.text(1)), std::string(query.text(2)), 0, 0});
    return rows;
}

std::vector<LayerRow> LayerRepository::all() const {
    Statement query(m_connection,
                    "SELECT l.id, l.name, l.kind, "
                    "CASE l.id WHEN 1 THEN (SELECT count(*) FROM posts) "
                    "ELSE (SELECT count(*) FROM layer_posts c WHERE c.layer = l.id) END, "
                    "CASE l.id WHEN 1 THEN (SELECT coalesce(sum(gold_entities), 0) FROM posts) "
                    "ELSE (SELECT count(*) FROM entities e WHERE e.layer = l.id) END "
                    "FROM layers l ORDER BY l.id");
    std::vector<LayerRow> rows;
    while (query.step())
        rows.push_back({LayerId{query.integer(0)}, std::string(query.text(1)), std::string(query.text(2)),
                        static_cast<int>(query.integer(3)), static_cast<int>(query.integer(4))});
    return rows;
}

std::optional<LayerRow> LayerRepository::find(const std::string& name) const {
    Statement query(m_connection, "SELECT id, name, kind FROM layers WHERE name = ?");
    query.bind(name);
    if (!query.step()) return std::nullopt;
    return LayerRow{LayerId{query.integer(0)}, std::string(query.text(1)), std::string(query.text(2)), 0, 0};
}

LayerId LayerRepository::ensure(const std::string& name, const std::string& kind, std::int64_t nowMs) {
    if (const auto found = find(name)) return found->id;
    Statement insert(m_connection, "INSERT INTO layers (name, kind, created_at) VALUES (?, ?, ?)");
    insert.bind(name).bind(kind).bind(nowMs).run();
    return LayerId{m_connection.lastInsertId()};
}

void LayerRepository::clear(LayerId layer) {
    // Entities first: deleting them through the cascade would look each of them up again.
    Statement entities(m_connection, "DELETE FROM entities WHERE layer = ?");
    entities.bind(layer.value).run();
    Statement posts(m_connection, "DELETE FROM layer_posts WHERE layer = ?");
    posts.bind(layer.value).run();
    Statement chunks(m_connection, "DELETE FROM layer_chunks WHERE layer = ?");
    chunks.bind(layer.value).run();
}

void LayerRepository::removeLayer(LayerId layer) {
    clear(layer);
    Statement remove(m_connection, "DELETE FROM layers WHERE id = ?");
    remove.bind(layer.value).run();
}

bool LayerRepository::covers(LayerId layer, PostId post) const {
    Statement query(m_connection, "SELECT 1 FROM layer_posts WHERE layer = ? AND post = ?");
    return query.bind(layer.value).bind(post.value).step();
}

void LayerRepository::cover(LayerId layer, PostId post, const std::vector<std::string>& tags) {
    Statement insert(m_connection, "INSERT INTO layer_posts (layer, post, tags) VALUES (?, ?, ?)");
    insert.bind(layer.value).bind(post.value);
    std::string buffer;
    bindList(insert, tags, buffer);
    insert.run();
}

void LayerRepository::uncover(LayerId layer, PostId post) {
    Statement remove(m_connection, "DELETE FROM layer_posts WHERE layer = ? AND post = ?");
    remove.bind(layer.value).bind(post.value).run();
}

bool LayerRepository::knowsReview() const {
    if (!m_knowsReview)
        m_knowsReview =
            m_connection.integer("SELECT count(*) FROM pragma_table_info('layer_posts') WHERE name = 'review'") > 0;
    return m_knowsReview;
}

PostStatus LayerRepository::status(LayerId layer, PostId post) const {
    Statement query(m_connection, std::string("SELECT status, ") + (knowsReview() ? "skipped" : "0") +
                                      " FROM layer_posts WHERE layer = ? AND post = ?");
    query.bind(layer.value).bind(post.value);
    return query.step() ? namedStatus(query.text(0), query.integer(1) != 0) : PostStatus::Open;
}

void LayerRepository::setStatus(LayerId layer, PostId post, PostStatus status) {
    const PostStage named = isDone(status) ? PostStage::Done : PostStage::Open;
    Statement update(m_connection, "UPDATE layer_posts SET status = ?, skipped = ? WHERE layer = ? AND post = ?");
    update.bind(statusName(postStatus(named, isFlagged(status)))).bind(isSkipped(status) ? 1 : 0);
    update.bind(layer.value).bind(post.value).run();
}

Review LayerRepository::review(LayerId layer, PostId post) const {
    if (!knowsReview()) return Review::None;
    Statement query(m_connection, "SELECT review FROM layer_posts WHERE layer = ? AND post = ?");
    query.bind(layer.value).bind(post.value);
    return query.step() ? reviewFromName(query.text(0)).value_or(Review::None) : Review::None;
}

void LayerRepository::setReview(LayerId layer, PostId post, Review review) {
    Statement update(m_connection, "UPDATE layer_posts SET review = ? WHERE layer = ? AND post = ?");
    update.bind(reviewName(review)).bind(layer.value).bind(post.value).run();
}

std::map<std::pair<Split, PostStatus>, int> LayerRepository::counts(LayerId layer) const {
    const std::string skipped = knowsReview() ? "c.skipped" : "0";
    Statement query(m_connection, "SELECT p.split, c.status, " + skipped +
                                      ", count(*) FROM layer_posts c JOIN posts p ON p.id = c.post "
                                      "WHERE c.layer = ? GROUP BY p.split, c.status, " +
                                      skipped);
    query.bind(layer.value);
    std::map<std::pair<Split, PostStatus>, int> counts;
    while (query.step())
        if (const auto split = splitFromName(query.text(0)))
            counts[{*split, namedStatus(query.text(1), query.integer(2) != 0)}] += static_cast<int>(query.integer(3));
    return counts;
}

std::map<std::pair<Split, Review>, int> LayerRepository::reviewCounts(LayerId layer) const {
    std::map<std::pair<Split, Review>, int> counts;
    if (!knowsReview()) return counts;
    Statement query(m_connection,
                    "SELECT p.split, c.review, count(*) FROM layer_posts c JOIN posts p ON p.id = c.post "
                    "WHERE c.layer = ? AND c.review <> 'none' GROUP BY p.split, c.review");
    query.bind(layer.value);
    while (query.step()) {
        const auto split = splitFromName(query.text(0));
        const auto review = reviewFromName(query.text(1));
        if (split && review) counts[{*split, *review}] += static_cast<int>(query.integer(2));
    }
    return counts;
}

std::set<PostId> LayerRepository::putAside(LayerId layer) const {
    std::set<PostId> posts;
    if (!knowsReview()) return posts;
    Statement query(m_connection,
                    "SELECT post FROM layer_posts c WHERE layer = ? AND skipped = 1 AND NOT EXISTS "
                    "(SELECT 1 FROM entities e WHERE e.layer = c.layer AND e.post = c.post)");
    query.bind(layer.value);
    while (query.step()) posts.insert(PostId{query.integer(0)});
    return posts;
}

void LayerRepository::setAnnotator(LayerId layer, bool isBlind) {
    Statement insert(m_connection, "INSERT OR REPLACE INTO annotators (layer, blind) VALUES (?, ?)");
    insert.bind(layer.value).bind(isBlind ? 1 : 0).run();
}

bool LayerRepository::isBlind(LayerId layer) const {
    // A project of an older program that is only read has no such table.
    if (m_connection.integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'annotators'") == 0)
        return false;
    Statement query(m_connection, "SELECT blind FROM annotators WHERE layer = ?");
    query.bind(layer.value);
    return query.step() && query.integer(0) != 0;
}

std::vector<Entity> LayerRepository::entities(LayerId layer, PostId post) const {
    Statement query(m_connection,
                    "SELECT first_word, last_word, type, confidence FROM entities WHERE layer = ? AND post = ? "
                    "ORDER BY first_word, last_word, type");
    query.bind(layer.value).bind(post.value);
    std::vector<Entity> found;
    while (query.step())
        if (auto entity = scoredEntityOf(m_connection, query, 0, post.value, "entities"))
            found.push_back(std::move(*entity));
    return found;
}

void LayerRepository::each(LayerId layer, const std::function<void(PostId, std::vector<Entity>)>& use) const {
    constexpr std::int64_t kFirst = std::numeric_limits<std::int64_t>::min();
    eachIn(layer, PostId{kFirst}, PostId{std::numeric_limits<std::int64_t>::max()}, use);
}

void LayerRepository::eachIn(LayerId layer, PostId first, PostId last,
                             const std::function<void(PostId, std::vector<Entity>)>& use) const {
    // Two walks along their keys, side by side: a join would look for the entities of each post anew.
    Statement covered(m_connection,
                      "SELECT post FROM layer_posts WHERE layer = ? AND post BETWEEN ? AND ? ORDER BY post");
    covered.bind(layer.value).bind(first.value).bind(last.value);
    Statement query(
        m_connection,
        "SELECT post, first_word, last_word, type, confidence FROM entities WHERE layer = ? AND post BETWEEN "
        "? AND ? ORDER BY post, first_word, last_word, type");
    query.bind(layer.value).bind(first.value).bind(last.value);
    bool hasEntity = query.step();
    while (covered.step()) {
        const std::int64_t post = covered.integer(0);
        std::vector<Entity> entities;
        while (hasEntity && query.integer(0) < post) hasEntity = query.step();
        while (hasEntity && query.integer(0) == post) {
            if (auto entity = scoredEntityOf(m_connection, query, 1, post, "entities"))
                entities.push_back(std::move(*entity));
            hasEntity = query.step();
        }
        use(PostId{post}, std::move(entities));
    }
}

void LayerRepository::eachTags(LayerId layer, const std::function<void(PostId, std::vector<std::string>)>& use) const {
    // A project of an older program that is only read has no such column.
    if (m_connection.integer("SELECT count(*) FROM pragma_table_info('layer_posts') WHERE name = 'tags'") == 0) return;
    Statement query(m_connection, "SELECT post, tags FROM layer_posts WHERE layer = ? AND tags IS NOT NULL");
    query.bind(layer.value);
    while (query.step()) use(PostId{query.integer(0)}, listOf(query, 1));
}

void LayerRepository::add(LayerId layer, PostId post, const Entity& entity) {
    Statement insert(
        m_connection,
        "INSERT INTO entities (layer, post, first_word, last_word, type, confidence) VALUES (?, ?, ?, ?, ?, ?)");
    insert.bind(layer.value).bind(post.value);
    bindKey(insert, entity).bind(entity.confidence).run();
}

bool LayerRepository::remove(LayerId layer, PostId post, const Entity& entity) {
    Statement statement(
        m_connection,
        "DELETE FROM entities WHERE layer = ? AND post = ? AND first_word = ? AND last_word = ? AND type = ?");
    statement.bind(layer.value).bind(post.value);
    bindKey(statement, entity).run();
    return m_connection.changes() == 1;
}

std::vector<std::string> LayerRepository::types() const {
    Statement query(m_connection, "SELECT DISTINCT type FROM entities ORDER BY type");
    std::vector<std::string> found;
    while (query.step()) found.emplace_back(query.text(0));
    return found;
}

std::vector<std::string> LayerRepository::typesBeside(LayerId layer) const {
    Statement query(m_connection, "SELECT DISTINCT type FROM entities WHERE layer <> ? ORDER BY type");
    query.bind(layer.value);
    std::vector<std::string> found;
    while (query.step()) found.emplace_back(query.text(0));
    return found;
}

std::vector<Entity> LayerRepository::rejections(PostId post) const {
    Statement query(m_connection,
                    "SELECT first_word, last_word, type, confidence FROM rejections WHERE post = ? "
                    "ORDER BY first_word, last_word, type");
    query.bind(post.value);
    std::vector<Entity> found;
    while (query.step())
        if (auto entity = scoredEntityOf(m_connection, query, 0, post.value, "rejections"))
            found.push_back(std::move(*entity));
    return found;
}

void LayerRepository::addRejection(PostId post, const Entity& entity) {
    Statement insert(m_connection,
                     "INSERT OR REPLACE INTO rejections (post, first_word, last_word, type, confidence) "
                     "VALUES (?, ?, ?, ?, ?)");
    insert.bind(post.value);
    bindKey(insert, entity).bind(entity.confidence).run();
}

bool LayerRepository::removeRejection(PostId post, const Entity& entity) {
    Statement statement(m_connection,
                        "DELETE FROM rejections WHERE post = ? AND first_word = ? AND last_word = ? AND type = ?");
    statement.bind(post.value);
    bindKey(statement, entity).run();
    return m_connection.changes() == 1;
}

void LayerRepository::eachRejection(const std::function<void(PostId, Entity)>& use) const {
    Statement query(m_connection,
                    "SELECT post, first_word, last_word, type, confidence FROM rejections "
                    "ORDER BY post, first_word, last_word, type");
    while (query.step()) {
        const PostId post{query.integer(0)};
        if (auto entity = scoredEntityOf(m_connection, query, 1, post.value, "rejections"))
            use(post, std::move(*entity));
    }
}

}  // namespace mnerva::store
