#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/base/ids.h"
#include "core/store/connection.h"

namespace mnerva::store {

/// What an order of posts needs of many posts at once: numbers alone, read along their keys.
class SortRepository {
public:
    explicit SortRepository(Connection& connection) : m_connection(connection) {}

    struct Row {
        PostId post;
        int words = 0, goldEntities = 0;
    };
    /// The next posts from `first` on, in project order; fewer than `limit`: these are the last.
    std::vector<Row> posts(PostId first, int limit) const;
    /// The posts from `first` to `last` that a layer speaks of, with how many entities it has there.
    void eachCount(LayerId layer, PostId first, PostId last, const std::function<void(PostId, int)>& use) const;
    /// The entities of a layer in these posts, in the order of the posts; nothing where one has no confidence.
    void eachConfidence(LayerId layer, PostId first, PostId last,
                        const std::function<void(PostId, std::optional<double>)>& use) const;
    /// Whether any entity of a layer has a confidence.
    bool anyConfidence(LayerId layer) const;

private:
    Connection& m_connection;
};

}  // namespace mnerva::store
