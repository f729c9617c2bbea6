#include "core/eval/grounding.h"

#include <algorithm>

namespace mnerva::eval {

bool isRegionRight(std::span<const EntityBox> gold, std::span<const EntityBox> predicted, int first, int last) {
    const auto isOf = [&](const EntityBox& box) { return box.first == first && box.last == last; };
    bool isPlaced = false;
    for (const EntityBox& said : predicted) {
        if (!isOf(said)) continue;
        isPlaced = true;
        if (std::none_of(gold.begin(), gold.end(),
                         [&](const EntityBox& box) { return isOf(box) && sameRegion(box, said); }))
            return false;
    }
    return isPlaced || std::none_of(gold.begin(), gold.end(), isOf);
}

std::vector<GroundingVerdict> groundingVerdicts(std::span<const Chunk> gold, std::span<const EntityBox> goldBoxes,
                                                std::span<const Chunk> predicted,
                                                std::span<const EntityBox> predictedBoxes) {
    std::vector<GroundingVerdict> verdicts;
    for (const Chunk& found : predicted) {
        const auto same = std::find_if(gold.begin(), gold.end(), [&](const Chunk& chunk) {
            return chunk.first == found.first && chunk.last == found.last;
        });
        if (same == gold.end())
            verdicts.emplace_back();
        else
            verdicts.push_back(
                {same->type == found.type, isRegionRight(goldBoxes, predictedBoxes, found.first, found.last)});
    }
    return verdicts;
}

void GroundingScorer::add(std::size_t gold, std::span<const GroundingVerdict> predicted) {
    m_gold += static_cast<int>(gold);
    m_predicted += static_cast<int>(predicted.size());
    for (const GroundingVerdict& verdict : predicted) {
        m_mner += verdict.isType;
        m_eeg += verdict.isRegion;
        m_gmner += verdict.isRight();
    }
}

void GroundingScorer::add(std::span<const GoldGrounding> gold, std::span<const PredictedGrounding> predicted) {
    std::vector<GroundingVerdict> verdicts;
    for (const PredictedGrounding& found : predicted) {
        const auto same = std::find_if(gold.begin(), gold.end(), [&](const GoldGrounding& g) {
            return g.span.first == found.span.first && g.span.last == found.span.last;
        });
        GroundingVerdict verdict;
        if (same != gold.end()) {
            verdict.isType = same->span.type == found.span.type;
            verdict.isRegion = same->isShown ? std::find(same->regions.begin(), same->regions.end(), found.region) !=
                                                   same->regions.end()
                                             : found.region < 0;
        }
        verdicts.push_back(verdict);
    }
    add(gold.size(), verdicts);
}

GroundingScore GroundingScorer::score() const {
    const auto prf = [&](int correct) {
        Prf out;
        out.support = m_gold;
        out.predicted = m_predicted;
        out.correct = correct;
        out.precision = m_predicted > 0 ? static_cast<double>(correct) / m_predicted : 0;
        out.recall = m_gold > 0 ? static_cast<double>(correct) / m_gold : 0;
        out.f1 = m_gold + m_predicted > 0 ? 2.0 * correct / (m_gold + m_predicted) : 0;
        return out;
    };
    return {prf(m_gmner), prf(m_eeg), prf(m_mner)};
}

}  // namespace mnerva::eval
