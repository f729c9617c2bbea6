#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "core/project/entity_boxes.h"
#include "core/project/find.h"
#include "core/project/project_internal.h"
#include "core/query/matching.h"
#include "core/store/chunk_repository.h"

// What a Finder knows of chunks and of posts. Of core/project only.

namespace mnerva::project::finding {

/// Posts looked at in one step.
inline constexpr int kPiecePosts = 1024;

/// `steps` further than a post, but not behind `end`.
inline PostId atMostFurther(PostId post, std::int64_t steps, PostId end) {
    return end.value - post.value < steps ? end : PostId{post.value + steps};
}

/// What chunks and indexes know of a range of posts.
class ChunkFacts : public query::RangeFacts {
public:
    ChunkFacts(Project::Impl& project, const query::Query& query);
    /// Stands at the chunk that holds `post`, or at the posts without a chunk from there on; gives the end of them.
    PostId moveTo(PostId post, PostId last);
    query::Chance chance(const query::Term& term) const override;
    bool areOne(const query::Term& a, const query::Term& b) const override;
    /// The posts of the range that may hold all words which each match must hold; nothing: any post may.
    std::optional<std::vector<PostId>> candidates(const query::Query& query) const;
    const store::ChunkRepository& chunks() const { return m_chunks; }

private:
    struct Layer {
        LayerId id;
        bool isRun = false;
        std::unordered_map<std::int64_t, store::LayerChunk> chunks;  ///< by first post
    };
    query::Chance chanceOfText(const query::Term& term) const;
    void readTexts() const;
    query::Chance chanceOfLabel(LayerId layer, const store::LayerChunk* said, const std::string& label) const;
    query::Chance chanceOfLayers(const query::Term& term) const;
    query::Chance chanceOfStatus(const query::Term& term) const;
    query::Chance chanceOfReview(const query::Term& term) const;
    bool isSilent(const Layer& layer) const;
    std::optional<std::int64_t> digestOf(const Layer& layer) const;
    std::optional<unsigned> errorKindsOf(const query::Term& term) const;
    const store::LayerChunk* saidBy(const Layer& layer) const;

    store::ChunkRepository m_chunks;
    const store::CommentRepository& m_comments;
    std::vector<store::PostChunk> m_all;
    std::vector<Layer> m_layers;  ///< as Query::layers
    const store::PostChunk* m_chunk = nullptr;
    mutable PostId m_textsOf;  ///< chunk whose texts are at hand
    mutable std::string m_ids, m_words, m_pairs;
    PostId m_first, m_last;
};

/// Which texts carry more than one label in what a person sees: text::mentionForm tells texts apart. Some bytes a text
/// are kept, not the text.
class ConflictIndex {
public:
    void add(const store::RawPost& post, const std::vector<Entity>& entities);
    bool has(const store::RawPost& post, const std::vector<Entity>& entities) const;

private:
    static constexpr std::int32_t kSeveral = -1;
    std::unordered_map<std::size_t, std::int32_t> m_labelOf;  ///< by a digest of the text: a place in m_labels
    std::vector<std::string> m_labels;
};

/// What is to be known of the posts of a range, one after another, each part read when it is asked for.
class RowFacts : public query::Facts {
public:
    RowFacts(const Project& project, const query::Query& query, const InfluenceSource& influences);
    void moveTo(PostId first, PostId last);
    void setPost(const store::RawPost& post);

    std::string_view id() const override;
    std::string_view text() const override;
    int wordCount() const override { return m_post->wordCount; }
    Split split() const override { return m_post->split; }
    PostStatus status() const override { return m_post->status; }
    Review review() const override { return m_post->review; }
    const std::vector<std::string>& comments() const override;
    bool isEdited() const override { return saidBy(m_corrected) != nullptr; }
    query::ImageState image() const override;
    const std::vector<Entity>* entities(std::size_t layer) const override;
    const std::vector<Entity>& gold() const override;
    const std::vector<Entity>& corrected() const override;
    std::optional<query::Influence> influence(std::size_t layer) const override;
    const std::vector<EntityBox>* boxes(std::size_t layer) const override;
    bool hasConflict() const override { return m_conflicts && m_conflicts->has(*m_post, corrected()); }
    void setConflicts(const ConflictIndex& conflicts) { m_conflicts = &conflicts; }
    /// Tells an index what a person sees of the post.
    void addTo(ConflictIndex& conflicts) const { conflicts.add(*m_post, corrected()); }

private:
    /// A layer's entities of the posts of the range, read at the first question.
    struct Layer {
        LayerId id;
        bool isRead = false;
        std::vector<std::pair<PostId, std::vector<Entity>>> posts{};
        std::size_t at = 0;
        std::optional<std::unordered_map<PostId, query::Influence>> influences{};
        std::optional<EntityBoxes> boxes{};
    };
    const std::vector<Entity>* saidBy(Layer& layer) const;
    bool isThere(const std::string& file) const;

    Project::Impl& m_project;
    mutable std::vector<Layer> m_layers;  ///< as Query::layers
    mutable Layer m_corrected;
    mutable std::map<PostId, std::vector<std::string>> m_comments;  ///< of the range, in search form
    mutable bool m_hasComments = false;
    std::unordered_map<std::int64_t, std::string> m_folders;  ///< of sources
    PostId m_first, m_last;
    const ConflictIndex* m_conflicts = nullptr;
    const store::RawPost* m_post = nullptr;
    mutable std::string m_id, m_text;
    mutable std::vector<Entity> m_gold;
    mutable bool m_hasId = false, m_hasText = false, m_hasGold = false;
};

}  // namespace mnerva::project::finding
