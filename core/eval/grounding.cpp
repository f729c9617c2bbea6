#include "core/eval/grounding.h"

#include <algorithm>

namespace mnerva::eval {

void GroundingScorer::add(std::span<const GoldGrounding> gold, std::span<const PredictedGrounding> predicted) {
    m_gold += static_cast<int>(gold.size());
    m_predicted += static_cast<int>(predicted.size());
    for (const PredictedGrounding& found : predicted) {
        const auto same = std::find_if(gold.begin(), gold.end(), [&](const GoldGrounding& g) {
            return g.span.first == found.span.first && g.span.last == found.span.last;
        });
        if (same == gold.end()) continue;
        const bool typeRight = same->span.type == found.span.type;
        const bool regionRight =
            same->isShown ? std::find(same->regions.begin(), same->regions.end(), found.region) != same->regions.end()
                          : found.region < 0;
        m_mner += typeRight;
        m_eeg += regionRight;
        m_gmner += typeRight && regionRight;
    }
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
