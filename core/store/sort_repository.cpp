#include "core/store/sort_repository.h"

#include <algorithm>
#include <limits>

#include "core/store/statement.h"

namespace mnerva::store {
namespace {

int countOf(std::int64_t stored) {
    return static_cast<int>(std::clamp<std::int64_t>(stored, 0, std::numeric_limits<int>::max()));
}

}  // namespace

std::vector<SortRepository::Row> SortRepository::posts(PostId first, int limit) const {
    Statement query(m_connection, "SELECT id, word_count, gold_entities FROM posts WHERE id >= ? ORDER BY id LIMIT ?");
    query.bind(first.value).bind(limit);
    std::vector<Row> rows;
    rows.reserve(static_cast<std::size_t>(limit));
    while (query.step())
        rows.push_back({PostId{query.integer(0)}, countOf(query.integer(1)), countOf(query.integer(2))});
    return rows;
}

void SortRepository::eachCount(LayerId layer, PostId first, PostId last,
                               const std::function<void(PostId, int)>& use) const {
    Statement covered(m_connection,
                      "SELECT post FROM layer_posts WHERE layer = ? AND post BETWEEN ? AND ? ORDER BY post");
    covered.bind(layer.value).bind(first.value).bind(last.value);
    if (!covered.step()) return;
    Statement entities(m_connection,
                       "SELECT post, count(*) FROM entities WHERE layer = ? AND post BETWEEN ? AND ? GROUP BY post "
                       "ORDER BY post");
    entities.bind(layer.value).bind(first.value).bind(last.value);
    bool hasEntity = entities.step();
    do {
        const std::int64_t post = covered.integer(0);
        while (hasEntity && entities.integer(0) < post) hasEntity = entities.step();
        use(PostId{post}, hasEntity && entities.integer(0) == post ? countOf(entities.integer(1)) : 0);
    } while (covered.step());
}

void SortRepository::eachConfidence(LayerId layer, PostId first, PostId last,
                                    const std::function<void(PostId, std::optional<double>)>& use) const {
    Statement query(m_connection,
                    "SELECT post, confidence FROM entities WHERE layer = ? AND post BETWEEN ? AND ? ORDER BY post");
    query.bind(layer.value).bind(first.value).bind(last.value);
    while (query.step()) {
        const double confidence = query.isNull(1) ? -1 : query.real(1);
        const bool isOne = confidence >= 0 && confidence <= 1;  // not of a NaN
        use(PostId{query.integer(0)}, isOne ? std::optional(confidence) : std::nullopt);
    }
}

bool SortRepository::anyConfidence(LayerId layer) const {
    Statement query(m_connection, "SELECT 1 FROM entities WHERE layer = ? AND confidence IS NOT NULL LIMIT 1");
    return query.bind(layer.value).step();
}

}  // namespace mnerva::store
