#pragma once

#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/eval/post_texts.h"
#include "core/eval/units.h"
#include "core/eval/word_facts.h"

namespace mnerva::eval {

/// What the training posts hold of words and entity texts, lower-cased: what consistency, frequency and the words
/// unseen in training are counted by. The tables it is made of outlive it.
class TrainingIndex {
public:
    /// `wanted` are the entities that will be asked about; gold are the chunks of the training posts.
    TrainingIndex(const PostTexts& texts, const WordFactTable& facts, std::span<const int> trainingPosts,
                  const ChunkLists& gold, std::span<const Unit> wanted);

    bool isEmpty() const { return m_posts == 0; }
    /// Times a word occurs in training; by its place in the frequency order, 1 for the most frequent, equal counts in
    /// the order of their numbers, and one more than all for an unseen one.
    int wordCount(int folded) const { return m_wordCounts[static_cast<std::size_t>(folded)]; }
    int wordRank(int folded) const { return m_wordRanks[static_cast<std::size_t>(folded)]; }

    struct Surface {
        int occurrences = 0;                      ///< of the words in a row, labelled or not
        std::vector<std::pair<int, int>> asType;  ///< (type, times) with exactly these borders
    };
    /// Null: not among the wanted ones.
    const Surface* surfaceOf(const Unit& unit) const;

private:
    int folded(std::size_t post, int word) const;
    /// The node after a word, -1: none.
    int next(int node, int folded) const;
    int nodeOf(std::size_t post, int first, int last) const;
    void plant(const Unit& unit);
    void countWords(std::span<const int> posts);
    void countSurfaces(std::span<const int> posts, const ChunkLists& gold);

    const PostTexts& m_texts;
    const WordFactTable& m_facts;
    std::size_t m_posts = 0;
    std::vector<int> m_wordCounts, m_wordRanks;
    std::unordered_map<std::uint64_t, int> m_edges;  ///< (node, word) to node
    std::vector<Surface> m_nodes;
    std::vector<bool> m_isWanted;
};

}  // namespace mnerva::eval
