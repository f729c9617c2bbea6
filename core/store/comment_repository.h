#pragma once

#include <functional>
#include <map>
#include <vector>

#include "core/base/ids.h"
#include "core/domain/comment.h"
#include "core/store/connection.h"

namespace mnerva::store {

/// Comments on posts, each of the layer in which it was written.
class CommentRepository {
public:
    explicit CommentRepository(Connection& connection) : m_connection(connection) {}

    /// Those of a post that were written in a layer, by time; rows that hold what cannot be are noted and left out.
    std::vector<Comment> of(LayerId layer, PostId post) const;
    /// More on one post nobody has written; what is behind them is noted and left out.
    static constexpr int kMostOfAPost = 10000;
    /// All comments on the posts from `first` to `last`, by post and time, with their layers.
    void eachIn(PostId first, PostId last, const std::function<void(PostId, LayerId, Comment)>& use) const;
    bool anyIn(PostId first, PostId last) const;
    /// How many there are on the posts from `first` to `last`; posts without any are left out.
    std::map<PostId, int> counts(PostId first, PostId last) const;
    /// False: there is one of this id already.
    bool add(LayerId layer, PostId post, const Comment& comment);
    /// False: no comment of this layer on this post is just so.
    bool remove(LayerId layer, PostId post, const Comment& comment);

private:
    /// The column of layers; a project of an older version, which is only read, does not have it.
    bool knowsLayers() const;

    Connection& m_connection;
    mutable bool m_knowsLayers = false;
};

}  // namespace mnerva::store
