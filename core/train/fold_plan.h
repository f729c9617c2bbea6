#pragma once

#include <cstdint>
#include <vector>

namespace mnerva::train {

/// What decides in which fold a post is.
struct FoldItem {
    int group = 0;  ///< posts of one group (near-duplicates, one picture) stay together
    int words = 0;
};

/// The fold of each post, 0 <= fold < folds: groups in an order that the seed gives, large ones first, each to the fold
/// with the fewest posts, then the fewest words. The same on every machine. Error(OptionInvalid) for fewer than two
/// folds and for more than there are groups.
std::vector<int> plannedFolds(const std::vector<FoldItem>& items, int folds, std::uint64_t seed);

}  // namespace mnerva::train
