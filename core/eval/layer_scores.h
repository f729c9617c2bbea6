#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "core/eval/grounding.h"
#include "core/eval/layers.h"
#include "core/eval/post_texts.h"
#include "core/eval/score.h"

namespace mnerva::eval {

/// A layer with its chunks by every reading, made when first asked for. For one thread.
class Layer {
public:
    /// The table outlives the layer.
    Layer(LayerTags tags, const TagTable& table) : m_tags(std::move(tags)), m_table(&table) {}
    const LayerTags& tags() const { return m_tags; }
    bool covers(int post) const { return m_tags.isCovered[static_cast<std::size_t>(post)] != 0; }
    const ChunkLists& chunks(Reading reading) const;

private:
    LayerTags m_tags;
    const TagTable* m_table;
    mutable std::array<std::optional<ChunkLists>, 4> m_chunks;
};

/// The posts of a selection that both layers cover: the only ones that can be compared.
std::vector<int> postsInBoth(const Layer& gold, const Layer& predicted, std::span<const int> posts);

/// The score of a layer by a rule, with what each post gives to it.
struct LayerScore {
    /// False: the rule needs regions and one of the two layers carries none. There are no figures then, and no posts.
    bool isScored = true;
    Score score;
    std::vector<int> posts;          ///< that were scored
    std::vector<PostCounts> counts;  ///< of each of them; empty where the rule is no sum over posts
    std::optional<GroundingScore>
        grounding;  ///< of the rule that looks at regions: what is right without type or region
};
/// `posts` are places in the lists of both layers and of `texts`.
LayerScore scoreLayer(const Layer& gold, const Layer& predicted, const TagTable& table, const PostTexts& texts,
                      std::span<const int> posts, Rule rule);

}  // namespace mnerva::eval
