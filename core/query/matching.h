#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/domain/entity.h"
#include "core/domain/entity_box.h"
#include "core/domain/post.h"
#include "core/query/query.h"

namespace mnerva::query {

/// What is to be known of a post. Each is asked when a term needs it, and what costs little first.
class Facts {
public:
    virtual ~Facts() = default;
    virtual std::string_view id() const = 0;    ///< external id, in search form
    virtual std::string_view text() const = 0;  ///< in search form
    virtual int wordCount() const = 0;
    virtual Split split() const = 0;
    virtual PostStatus status() const = 0;
    virtual Review review() const = 0;
    virtual const std::vector<std::string>& comments() const = 0;  ///< texts of all layers, in search form
    virtual bool isEdited() const = 0;                             ///< the corrected layer speaks of it
    virtual ImageState image() const = 0;
    /// Entities of a layer, by its place in Query::layers; null where the layer does not speak of the post.
    virtual const std::vector<Entity>* entities(std::size_t layer) const = 0;
    /// Gold and corrected (gold where nobody corrected): what gold: and label: look at.
    virtual const std::vector<Entity>& gold() const = 0;
    virtual const std::vector<Entity>& corrected() const = 0;
    /// What the picture did to a run, by its place in Query::layers; nothing: not measured on this post.
    virtual std::optional<Influence> influence(std::size_t layer) const = 0;
    /// Where a layer says that its entities of this post are, by its place in Query::layers; null: that layer carries
    /// no regions at all.
    virtual const std::vector<EntityBox>* boxes(std::size_t layer) const = 0;
    /// Some entity of what a person sees carries another label elsewhere: what conflict: looks at.
    virtual bool hasConflict() const = 0;
};

/// Whether a post matches a query that was bound (bind()).
bool matches(const Query& query, const Facts& facts);

/// The facts of a post that is at hand, for whoever has posts and layers in memory. Everything that is pointed at must
/// outlive it.
class PostFacts : public Facts {
public:
    /// `layers` in the order of Query::layers, null for a layer that does not speak of the post. `corrected` null:
    /// nobody corrected the post.
    PostFacts(const Post& post, const std::vector<Entity>& gold, const std::vector<Entity>* corrected,
              std::vector<const std::vector<Entity>*> layers = {}, ImageState image = ImageState::No);
    void setBoxes(std::vector<const std::vector<EntityBox>*> boxes) { m_boxes = std::move(boxes); }
    /// Their texts as they were written.
    void setComments(const std::vector<std::string>& texts);
    void setConflict(bool hasConflict) { m_hasConflict = hasConflict; }
    void setInfluences(std::vector<std::optional<Influence>> influences) { m_influences = std::move(influences); }

    std::string_view id() const override { return m_id; }
    std::string_view text() const override;
    int wordCount() const override { return static_cast<int>(m_post.words.size()); }
    Split split() const override { return m_post.split; }
    PostStatus status() const override { return m_post.status; }
    Review review() const override { return m_post.review; }
    const std::vector<std::string>& comments() const override { return m_comments; }
    bool isEdited() const override { return m_corrected != nullptr; }
    ImageState image() const override { return m_image; }
    const std::vector<Entity>* entities(std::size_t layer) const override;
    const std::vector<Entity>& gold() const override { return m_gold; }
    const std::vector<Entity>& corrected() const override { return m_corrected ? *m_corrected : m_gold; }
    std::optional<Influence> influence(std::size_t layer) const override;
    const std::vector<EntityBox>* boxes(std::size_t layer) const override;
    bool hasConflict() const override { return m_hasConflict; }

private:
    const Post& m_post;
    const std::vector<Entity>& m_gold;
    const std::vector<Entity>* m_corrected;
    std::vector<const std::vector<Entity>*> m_layers;
    std::vector<std::optional<Influence>> m_influences;
    std::vector<const std::vector<EntityBox>*> m_boxes;
    std::vector<std::string> m_comments;
    ImageState m_image;
    bool m_hasConflict = false;
    std::string m_id;
    mutable std::optional<std::string> m_text;
};

/// What a look at a digest of many posts tells of a condition.
enum class Chance { Never, Perhaps, Always };

/// Knows of some posts at once whether a term holds for none of them or for all; Perhaps is never wrong.
class RangeFacts {
public:
    virtual ~RangeFacts() = default;
    virtual Chance chance(const Term& term) const = 0;
    /// Whether both terms hold of the same posts of the range; false is never wrong.
    virtual bool areOne(const Term& a, const Term& b) const { return &a == &b; }
};

/// Never: no post of the range can match. Always: all do.
Chance chanceOf(const Query& query, const RangeFacts& range);

/// Compares as a term does.
bool compares(double value, Compare compare, double with);
/// The chance that values from `least` to `most` compare so.
Chance chanceOfComparison(double least, double most, Compare compare, double with);

/// The needles of a query that a found text is to show: those of words, phrases and text:, unless they stand under a
/// not.
std::vector<std::string> wantedWords(const Query& query);

}  // namespace mnerva::query
