#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/domain/entity.h"
#include "core/domain/post.h"
#include "core/store/connection.h"

namespace mnerva::store {

inline constexpr LayerId kGoldLayer{1};
inline constexpr LayerId kCorrectedLayer{2};

struct LayerRow {
    LayerId id;
    std::string name;
    std::string kind;  ///< gold, corrected, run, annotator
    int posts = 0;     ///< covered
    int entities = 0;

    /// Silent about the posts that it does not cover.
    bool isPartial() const { return kind == "run" || kind == "annotator"; }
};

/// Layers, the posts they cover and their entities; suggestions turned down.
class LayerRepository {
public:
    explicit LayerRepository(Connection& connection) : m_connection(connection) {}

    /// In the order they were made, with name and kind alone.
    std::vector<LayerRow> named() const;
    /// In the order they were made, with counts. Those of the gold layer are of all posts.
    std::vector<LayerRow> all() const;
    std::optional<LayerRow> find(const std::string& name) const;  ///< counts are not filled
    /// A layer of that name, made if it is new.
    LayerId ensure(const std::string& name, const std::string& kind, std::int64_t nowMs);
    /// Takes away what a layer covers and holds, and what chunks say of it.
    void clear(LayerId layer);
    /// The layer goes with all it holds.
    void removeLayer(LayerId layer);

    bool covers(LayerId layer, PostId post) const;
    /// `tags`: what a run said of each word, where that is more than its entities tell; empty: no more.
    void cover(LayerId layer, PostId post, const std::vector<std::string>& tags = {});
    void uncover(LayerId layer, PostId post);  ///< its entities go too
    /// Status of a post in a layer of an annotator: Open where the layer does not cover it.
    PostStatus status(LayerId layer, PostId post) const;
    void setStatus(LayerId layer, PostId post, PostStatus status);
    Review review(LayerId layer, PostId post) const;  ///< None where the layer does not cover it
    void setReview(LayerId layer, PostId post, Review review);
    /// Covered posts by split and status.
    std::map<std::pair<Split, PostStatus>, int> counts(LayerId layer) const;
    /// Covered posts by split and review, without those that nobody is to review.
    std::map<std::pair<Split, Review>, int> reviewCounts(LayerId layer) const;
    /// Posts that an annotator put aside without an entity: the layer says nothing about them.
    std::set<PostId> putAside(LayerId layer) const;

    /// Notes of a layer that it is an annotator's.
    void setAnnotator(LayerId layer, bool isBlind);
    bool isBlind(LayerId layer) const;

    std::vector<Entity> entities(LayerId layer, PostId post) const;
    /// Every covered post after `after` of a layer in project order, with its entities.
    void each(LayerId layer, const std::function<void(PostId, std::vector<Entity>)>& use) const;
    /// Those from `first` to `last`.
    void eachIn(LayerId layer, PostId first, PostId last,
                const std::function<void(PostId, std::vector<Entity>)>& use) const;
    /// The posts of a layer whose tags are kept, with these.
    void eachTags(LayerId layer, const std::function<void(PostId, std::vector<std::string>)>& use) const;
    void add(LayerId layer, PostId post, const Entity& entity);
    /// False: it was not there.
    bool remove(LayerId layer, PostId post, const Entity& entity);
    /// Distinct types of all stored entities (gold types are read from the source tags, not here).
    std::vector<std::string> types() const;
    /// The same without those that this layer alone has.
    std::vector<std::string> typesBeside(LayerId layer) const;

    std::vector<Entity> rejections(PostId post) const;
    void addRejection(PostId post, const Entity& entity);
    bool removeRejection(PostId post, const Entity& entity);
    void eachRejection(const std::function<void(PostId, Entity)>& use) const;

private:
    bool knowsReview() const;

    Connection& m_connection;
    mutable bool m_knowsReview = false;  ///< the schema was seen to have the columns of skipped posts and of reviews
};

}  // namespace mnerva::store
