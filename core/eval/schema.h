#pragma once

#include <span>
#include <vector>

#include "core/eval/layers.h"
#include "core/eval/rule.h"

namespace mnerva::eval {

/// The five counts of error-analysis.md 1.
struct SchemaCounts {
    int correct = 0, incorrect = 0, partial = 0, missed = 0, spurious = 0;
    int possible() const { return correct + incorrect + partial + missed; }
    int actual() const { return correct + incorrect + partial + spurious; }
    bool operator==(const SchemaCounts&) const = default;
};
SchemaCounts& operator+=(SchemaCounts& sum, const SchemaCounts& other);

/// Counts of one post. Both lists are sorted and each is disjoint. An overlap counts from 1 % of the gold entity's
/// words. In LibraryOrder the first hit in the order of nervaluate 1.1 wins; MaximumOverlap pairs so that the words in
/// common are as many as can be, then the equal types.
SchemaCounts countSchema(std::span<const Chunk> gold, std::span<const Chunk> predicted, SchemaRule rule);

/// For each predicted chunk the place of its gold partner, -1 without one: the pairing MaximumOverlap.
std::vector<int> partnersByOverlap(std::span<const Chunk> gold, std::span<const Chunk> predicted);

}  // namespace mnerva::eval
