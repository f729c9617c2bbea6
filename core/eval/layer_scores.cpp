#include "core/eval/layer_scores.h"

#include <algorithm>

namespace mnerva::eval {
namespace {

/// Distinct (type, hash of the text) of some posts, sorted.
using Strings = std::vector<std::pair<int, std::uint64_t>>;

void addStrings(Strings& strings, const PostTexts& texts, std::size_t post, std::span<const Chunk> chunks) {
    for (const Chunk& chunk : chunks) strings.emplace_back(chunk.type, texts.textHash(post, chunk.first, chunk.last));
}

void makeDistinct(Strings& strings) {
    std::sort(strings.begin(), strings.end());
    strings.erase(std::unique(strings.begin(), strings.end()), strings.end());
}

/// Adds two sorted sets to a tally.
PostCounts countStrings(Tally& tally, const Strings& gold, const Strings& predicted) {
    PostCounts counts{static_cast<int>(gold.size()), static_cast<int>(predicted.size()), 0};
    for (const auto& [type, text] : gold) tally.count(type, 1, 0, 0);
    for (const auto& one : predicted) {
        const bool isRight = std::binary_search(gold.begin(), gold.end(), one);
        tally.count(one.first, 0, 1, isRight);
        counts.correct += isRight;
    }
    return counts;
}

LayerScore scoreStrings(const ChunkLists& gold, const ChunkLists& predicted, const TagTable& table,
                        const PostTexts& texts, std::vector<int> posts, Rule rule) {
    LayerScore out;
    Tally tally(rule);
    Strings expected, found;
    for (const int at : posts) {
        const auto post = static_cast<std::size_t>(at);
        addStrings(expected, texts, post, gold.of(post));
        addStrings(found, texts, post, predicted.of(post));
        if (rule == Rule::StringsDocument) continue;
        makeDistinct(expected);
        makeDistinct(found);
        out.counts.push_back(countStrings(tally, expected, found));
        expected.clear();
        found.clear();
    }
    if (rule == Rule::StringsDocument) {
        makeDistinct(expected);
        makeDistinct(found);
        countStrings(tally, expected, found);
    }
    out.posts = std::move(posts);
    out.score = tally.score(table.types());
    return out;
}

LayerScore scoreGrounded(const ChunkLists& gold, const ChunkLists& predicted, const PostLists<EntityBox>& goldBoxes,
                         const PostLists<EntityBox>& predictedBoxes, const TagTable& table, std::vector<int> posts) {
    LayerScore out;
    Tally tally(Rule::Grounding);
    GroundingScorer scorer;
    for (const int at : posts) {
        const auto post = static_cast<std::size_t>(at);
        const auto expected = gold.of(post), found = predicted.of(post);
        const auto verdicts = groundingVerdicts(expected, goldBoxes.of(post), found, predictedBoxes.of(post));
        PostCounts counts{static_cast<int>(expected.size()), static_cast<int>(found.size()), 0};
        for (const Chunk& chunk : expected) tally.count(chunk.type, 1, 0, 0);
        for (std::size_t i = 0; i < found.size(); ++i) {
            tally.count(found[i].type, 0, 1, verdicts[i].isRight());
            counts.correct += verdicts[i].isRight();
        }
        out.counts.push_back(counts);
        scorer.add(expected.size(), verdicts);
    }
    out.posts = std::move(posts);
    out.score = tally.score(table.types());
    out.grounding = scorer.score();
    return out;
}

}  // namespace

const ChunkLists& Layer::chunks(Reading reading) const {
    auto& made = m_chunks[static_cast<std::size_t>(reading)];
    if (!made) made = chunksOf(m_tags, *m_table, reading);
    return *made;
}

std::vector<int> postsInBoth(const Layer& gold, const Layer& predicted, std::span<const int> posts) {
    std::vector<int> both;
    both.reserve(posts.size());
    for (const int post : posts)
        if (gold.covers(post) && predicted.covers(post)) both.push_back(post);
    return both;
}

LayerScore scoreLayer(const Layer& gold, const Layer& predicted, const TagTable& table, const PostTexts& texts,
                      std::span<const int> posts, Rule rule) {
    const auto &goldBoxes = gold.tags().boxes, &predictedBoxes = predicted.tags().boxes;
    if (needsRegions(rule) && !(goldBoxes && predictedBoxes)) {
        LayerScore none;
        none.isScored = false;
        none.score.rule = rule;
        return none;
    }
    const ChunkLists &expected = gold.chunks(goldReadingOf(rule)), &found = predicted.chunks(readingOf(rule));
    std::vector<int> scored = postsInBoth(gold, predicted, posts);
    if (needsRegions(rule))
        return scoreGrounded(expected, found, *goldBoxes, *predictedBoxes, table, std::move(scored));
    if (needsWords(rule)) return scoreStrings(expected, found, table, texts, std::move(scored), rule);
    LayerScore out;
    out.counts.reserve(scored.size());
    Tally tally(rule);
    for (const int post : scored) {
        const auto at = static_cast<std::size_t>(post);
        out.counts.push_back(tally.add(expected.of(at), found.of(at)));
    }
    out.posts = std::move(scored);
    out.score = tally.score(table.types());
    return out;
}

}  // namespace mnerva::eval
