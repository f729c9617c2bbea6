#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/eval/score.h"

namespace mnerva::eval {

/// A gold entity and where in the picture it is.
struct GoldGrounding {
    text::TypedSpan span;
    bool isShown = false;      ///< it has a box in the picture
    std::vector<int> regions;  ///< regions that cover it; none although it is shown: no prediction is right
};

/// A predicted entity and the region that is said to show it.
struct PredictedGrounding {
    text::TypedSpan span;
    int region = -1;  ///< -1: none
};

/// The scores of models.md 4.7. A region is right when it is one of those that cover the entity, or when there is none
/// and the entity is not shown.
struct GroundingScore {
    Prf gmner;  ///< span, type and region
    Prf eeg;    ///< span and region
    Prf mner;   ///< span and type
};

/// What is right of a predicted entity; nothing is, where gold has none of the same words.
struct GroundingVerdict {
    bool isType = false, isRegion = false;
    bool isRight() const { return isType && isRegion; }
};

/// Whether boxes of a predicted entity are those of the gold one: each is the same region as one of gold's, and there
/// are none where gold has none. Boxes are those of whole posts, of which the ones of these words count.
bool isRegionRight(std::span<const EntityBox> gold, std::span<const EntityBox> predicted, int first, int last);

/// Of each predicted entity of a post. Both lists of chunks are sorted and disjoint.
std::vector<GroundingVerdict> groundingVerdicts(std::span<const Chunk> gold, std::span<const EntityBox> goldBoxes,
                                                std::span<const Chunk> predicted,
                                                std::span<const EntityBox> predictedBoxes);

/// Adds up posts one by one. No two entities of a list may have the same span.
class GroundingScorer {
public:
    /// A post of so many gold entities, by what is right of each predicted one.
    void add(std::size_t gold, std::span<const GroundingVerdict> predicted);
    void add(std::span<const GoldGrounding> gold, std::span<const PredictedGrounding> predicted);
    GroundingScore score() const;

private:
    int m_gold = 0, m_predicted = 0, m_gmner = 0, m_eeg = 0, m_mner = 0;
};

}  // namespace mnerva::eval
