#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/domain/post.h"

namespace mnerva::workflow {

/// A text as the set of hashes of its shingles: runs of three words (five characters where words are single Chinese
/// characters), lower-case, without links and without words that hold no letter or digit. Fewer than four such words:
/// empty, as short texts are alike by chance.
std::vector<std::uint64_t> textShingles(const std::vector<std::string>& words, JoinRule join);

/// Shared over all of two sets; 0 when one is empty. Both sorted.
double jaccard(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b);

/// Item i of one split is much like item j of an earlier one.
struct NearPair {
    int item = 0, twin = 0;
};

/// For every item the first earlier item of another split with a Jaccard similarity of at least `least` (>= 0.7).
/// Found by MinHash (64 hashes, 16 bands): a pair at 0.8 is missed once in 5,000 times.
std::vector<NearPair> nearTexts(const std::vector<std::vector<std::uint64_t>>& shingles,
                                const std::vector<Split>& splits, double least);

/// The same for 64-bit picture hashes that differ in at most 4 bits; items without a hash have no twin.
std::vector<NearPair> nearPictures(const std::vector<std::optional<std::uint64_t>>& hashes,
                                   const std::vector<Split>& splits);

/// A number for each item, equal for those that belong together: by texts at least that much alike, by one picture (a
/// name, empty: none), or over others of their group. So no fold holds the twin of what another one learns from.
std::vector<int> duplicateGroups(const std::vector<std::vector<std::uint64_t>>& shingles,
                                 const std::vector<std::string>& pictures, double least);

}  // namespace mnerva::workflow
