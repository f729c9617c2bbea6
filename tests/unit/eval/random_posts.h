#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/eval/layer_scores.h"
#include "core/eval/resampling.h"
#include "core/eval/units.h"

// The posts of tests/reference/scores_golden.py, made again.

namespace mnerva::test {

using Tags = std::vector<std::string>;

class RandomNumbers {
public:
    explicit RandomNumbers(std::uint64_t seed) : m_state(seed) {}
    int below(int bound) {
        m_state = m_state * 6364136223846793005u + 1442695040888963407u;
        return static_cast<int>((m_state >> 33) % static_cast<std::uint64_t>(bound));
    }

private:
    std::uint64_t m_state;
};

constexpr int kRandomPosts = 2000;
inline const std::vector<std::string> kTypes{"PER", "LOC", "ORG"};

inline Tags randomTags(RandomNumbers& random, int count, const std::string& prefixes, bool withSpecial) {
    Tags tags;
    for (int i = 0; i < count; ++i) {
        const int kind = random.below(10);
        if (kind < 4) {
            tags.push_back("O");
        } else if (withSpecial && kind == 4) {
            tags.push_back("X");
        } else {
            const char prefix = prefixes[static_cast<std::size_t>(random.below(static_cast<int>(prefixes.size())))];
            tags.push_back(std::string(1, prefix) + "-" + kTypes[static_cast<std::size_t>(random.below(3))]);
        }
    }
    return tags;
}

/// Gold and predicted tags of each post.
inline std::vector<std::pair<Tags, Tags>> tagPosts(std::uint64_t seed, const std::string& prefixes, bool withSpecial) {
    RandomNumbers random(seed);
    std::vector<std::pair<Tags, Tags>> posts;
    for (int n = 0; n < kRandomPosts; ++n) {
        const int count = 1 + random.below(8);
        Tags gold = randomTags(random, count, prefixes, false),
             predicted = randomTags(random, count, prefixes, withSpecial);
        for (std::size_t i = 0; i < gold.size(); ++i)
            if (random.below(3) != 0) predicted[i] = gold[i];
        posts.emplace_back(std::move(gold), std::move(predicted));
    }
    return posts;
}

struct EntityPost {
    std::vector<std::string> words;
    std::vector<Entity> gold, predicted;
};
inline std::vector<EntityPost> entityPosts(std::uint64_t seed, int howMany = kRandomPosts) {
    RandomNumbers random(seed);
    std::vector<EntityPost> posts;
    for (int n = 0; n < howMany; ++n) {
        EntityPost post;
        const int count = 4 + random.below(12);
        for (int i = 0; i < count; ++i) post.words.push_back("w" + std::to_string(random.below(30)));
        const auto some = [&] {
            std::vector<Entity> found;
            for (int at = random.below(3); at < count;) {
                const int last = std::min(count - 1, at + random.below(4));
                found.push_back({kTypes[static_cast<std::size_t>(random.below(3))], at, last, {}});
                at = last + 1 + random.below(4);
            }
            return found;
        };
        post.gold = some();
        post.predicted = random.below(3) == 0 ? post.gold : some();
        posts.push_back(std::move(post));
    }
    return posts;
}

/// Layers over the same posts, as the scores of a project read them.
struct Layers {
    eval::TagTable table;
    eval::PostTexts texts;
    eval::LayerTags gold, predicted;
    std::vector<int> posts;

    void add(const std::vector<std::string>& words, const Tags& goldTags, const Tags& predictedTags) {
        texts.add(words, JoinRule::Space);
        gold.add(numbers(goldTags));
        predicted.add(numbers(predictedTags));
        posts.push_back(static_cast<int>(posts.size()));
    }
    void add(const EntityPost& post) {
        const int words = static_cast<int>(post.words.size());
        add(post.words, tagsFromEntities(post.gold, words, text::TagScheme::Bio),
            tagsFromEntities(post.predicted, words, text::TagScheme::Bio));
    }
    std::vector<int> numbers(const Tags& tags) {
        std::vector<int> out;
        for (const std::string& tag : tags) out.push_back(table.idOf(tag));
        return out;
    }
    eval::LayerScore score(eval::Rule rule) const {
        return eval::scoreLayer(eval::Layer(gold, table), eval::Layer(predicted, table), table, texts, posts, rule);
    }
    eval::ChunkLists chunksOfGold() const { return eval::chunksOf(gold, table, eval::Reading::SpecialToO); }
    eval::ChunkLists chunksOfPredicted() const { return eval::chunksOf(predicted, table, eval::Reading::SpecialToO); }
    std::vector<eval::Unit> units() const { return eval::unitsOf(chunksOfGold(), chunksOfPredicted(), posts); }
};
inline Layers layersOf(const std::vector<EntityPost>& posts) {
    Layers layers;
    for (const EntityPost& post : posts) layers.add(post);
    return layers;
}

/// A file of tests/golden/scores.
inline nlohmann::json goldenScores(const std::string& name) {
    const std::string file = std::string(MNERVA_SOURCE_DIR) + "/tests/golden/scores/" + name + ".json";
    return parseJson(readFile(file, 1u << 20), file);
}

}  // namespace mnerva::test
