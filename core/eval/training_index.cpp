#include "core/eval/training_index.h"

#include <algorithm>
#include <numeric>

namespace mnerva::eval {
namespace {

std::uint64_t edgeKey(int node, int folded) {
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(node)) << 32) | static_cast<std::uint32_t>(folded);
}

}  // namespace

TrainingIndex::TrainingIndex(const PostTexts& texts, const WordFactTable& facts, std::span<const int> trainingPosts,
                             const ChunkLists& gold, std::span<const Unit> wanted)
    : m_texts(texts), m_facts(facts), m_posts(trainingPosts.size()), m_nodes(1), m_isWanted(1) {
    for (const Unit& unit : wanted) plant(unit);
    countWords(trainingPosts);
    countSurfaces(trainingPosts, gold);
}

int TrainingIndex::folded(std::size_t post, int word) const {
    return m_facts.of(m_texts.words.of(post)[static_cast<std::size_t>(word)]).folded;
}

int TrainingIndex::next(int node, int folded) const {
    const auto found = m_edges.find(edgeKey(node, folded));
    return found == m_edges.end() ? -1 : found->second;
}

int TrainingIndex::nodeOf(std::size_t post, int first, int last) const {
    int node = 0;
    for (int at = first; at <= last && node >= 0; ++at) node = next(node, folded(post, at));
    return node;
}

void TrainingIndex::plant(const Unit& unit) {
    int node = 0;
    for (int at = unit.first; at <= unit.last; ++at) {
        const auto [edge, isNew] = m_edges.emplace(edgeKey(node, folded(static_cast<std::size_t>(unit.post), at)),
                                                   static_cast<int>(m_nodes.size()));
        if (isNew) {
            m_nodes.emplace_back();
            m_isWanted.push_back(false);
        }
        node = edge->second;
    }
    m_isWanted[static_cast<std::size_t>(node)] = true;
}

void TrainingIndex::countWords(std::span<const int> posts) {
    const auto words = static_cast<std::size_t>(m_facts.folded().size());
    m_wordCounts.assign(words, 0);
    for (const int post : posts)
        for (const int word : m_texts.words.of(static_cast<std::size_t>(post)))
            ++m_wordCounts[static_cast<std::size_t>(m_facts.of(word).folded)];
    std::vector<int> order(words);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return wordCount(a) > wordCount(b); });
    const auto seen =
        static_cast<int>(words) - static_cast<int>(std::count(m_wordCounts.begin(), m_wordCounts.end(), 0));
    m_wordRanks.assign(words, seen + 1);
    for (int rank = 0; rank < seen; ++rank)
        m_wordRanks[static_cast<std::size_t>(order[static_cast<std::size_t>(rank)])] = rank + 1;
}

void TrainingIndex::countSurfaces(std::span<const int> posts, const ChunkLists& gold) {
    for (const int one : posts) {
        const auto post = static_cast<std::size_t>(one);
        const auto words = static_cast<int>(m_texts.words.of(post).size());
        for (int first = 0; first < words; ++first) {
            int node = 0;
            for (int at = first; at < words && (node = next(node, folded(post, at))) >= 0; ++at)
                ++m_nodes[static_cast<std::size_t>(node)].occurrences;
        }
        for (const Chunk& chunk : gold.of(post)) {
            const int node = nodeOf(post, chunk.first, chunk.last);
            if (node < 0) continue;
            auto& asType = m_nodes[static_cast<std::size_t>(node)].asType;
            const auto row = std::find_if(asType.begin(), asType.end(),
                                          [&](const auto& counted) { return counted.first == chunk.type; });
            if (row == asType.end())
                asType.emplace_back(chunk.type, 1);
            else
                ++row->second;
        }
    }
}

const TrainingIndex::Surface* TrainingIndex::surfaceOf(const Unit& unit) const {
    const int node = nodeOf(static_cast<std::size_t>(unit.post), unit.first, unit.last);
    return node <= 0 || !m_isWanted[static_cast<std::size_t>(node)] ? nullptr
                                                                    : &m_nodes[static_cast<std::size_t>(node)];
}

}  // namespace mnerva::eval
