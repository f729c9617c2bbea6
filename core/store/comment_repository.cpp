#include "core/store/comment_repository.h"

#include <limits>
#include <optional>
#include <string>

#include "core/store/layer_repository.h"
#include "core/store/statement.h"

namespace mnerva::store {
namespace {

/// Columns from `column` on: id, author, created_at, text.
std::optional<Comment> commentOf(Connection& connection, const Statement& row, int column, std::int64_t post) {
    Comment comment{row.integer(column), std::string(row.text(column + 1)), row.integer(column + 2),
                    std::string(row.text(column + 3))};
    if (canBe(comment)) return comment;
    connection.noteOdd("row-damaged", post, "comments", "comment " + std::to_string(comment.id));
    return std::nullopt;
}

void bindLayer(Statement& statement, LayerId layer) {
    if (layer == kCorrectedLayer)
        statement.bindNull();
    else
        statement.bind(layer.value);
}

}  // namespace

bool CommentRepository::knowsLayers() const {
    if (!m_knowsLayers)
        m_knowsLayers =
            m_connection.integer("SELECT count(*) FROM pragma_table_info('comments') WHERE name = 'layer'") > 0;
    return m_knowsLayers;
}

std::vector<Comment> CommentRepository::of(LayerId layer, PostId post) const {
    std::vector<Comment> found;
    eachIn(post, post, [&](PostId, LayerId writtenIn, Comment comment) {
        if (writtenIn == layer) found.push_back(std::move(comment));
    });
    return found;
}

void CommentRepository::eachIn(PostId first, PostId last,
                               const std::function<void(PostId, LayerId, Comment)>& use) const {
    Statement query(m_connection, std::string("SELECT post, ") + (knowsLayers() ? "coalesce(layer, 2)" : "2") +
                                      ", id, author, created_at, text FROM comments WHERE post BETWEEN ? AND ? "
                                      "ORDER BY post, created_at, id");
    query.bind(first.value).bind(last.value);
    PostId before;
    int ofPost = 0;
    while (query.step()) {
        const PostId post{query.integer(0)};
        ofPost = post == before ? ofPost + 1 : 1;
        before = post;
        if (ofPost == kMostOfAPost + 1)
            m_connection.noteOdd("row-damaged", post.value, "comments",
                                 "at most " + std::to_string(kMostOfAPost) + " are read");
        if (ofPost > kMostOfAPost) continue;
        if (auto comment = commentOf(m_connection, query, 2, post.value))
            use(post, LayerId{query.integer(1)}, std::move(*comment));
    }
}

bool CommentRepository::anyIn(PostId first, PostId last) const {
    Statement query(m_connection, "SELECT 1 FROM comments WHERE post BETWEEN ? AND ? LIMIT 1");
    return query.bind(first.value).bind(last.value).step();
}

std::map<PostId, int> CommentRepository::counts(PostId first, PostId last) const {
    Statement query(m_connection, "SELECT post, count(*) FROM comments WHERE post BETWEEN ? AND ? GROUP BY post");
    query.bind(first.value).bind(last.value);
    std::map<PostId, int> counts;
    while (query.step()) counts[PostId{query.integer(0)}] = static_cast<int>(query.integer(1));
    return counts;
}

bool CommentRepository::add(LayerId layer, PostId post, const Comment& comment) {
    Statement insert(
        m_connection,
        "INSERT OR IGNORE INTO comments (id, post, author, created_at, text, layer) VALUES (?, ?, ?, ?, ?, ?)");
    insert.bind(comment.id).bind(post.value).bind(comment.author).bind(comment.writtenAtMs).bind(comment.text);
    bindLayer(insert, layer);
    insert.run();
    return m_connection.changes() == 1;
}

bool CommentRepository::remove(LayerId layer, PostId post, const Comment& comment) {
    Statement statement(m_connection,
                        "DELETE FROM comments WHERE id = ? AND post = ? AND author = ? AND created_at = ? AND "
                        "text = ? AND layer IS ?");
    statement.bind(comment.id).bind(post.value).bind(comment.author).bind(comment.writtenAtMs).bind(comment.text);
    bindLayer(statement, layer);
    statement.run();
    return m_connection.changes() == 1;
}

}  // namespace mnerva::store
