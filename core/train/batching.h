#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mnerva::train {

/// Batches of post indices for one epoch: shuffled by (seed, epoch) alone, then posts of like length are put together
/// within pools of 32 batches, so that little is padded while the order stays random. Every index occurs once.
std::vector<std::vector<int>> epochBatches(const std::vector<int>& lengths, int batch, std::uint64_t seed, int epoch);

/// Batches in the order of the posts.
std::vector<std::vector<int>> batchesInOrder(std::size_t posts, int batch);

/// Batches for evaluation: by length, no randomness.
std::vector<std::vector<int>> evaluationBatches(const std::vector<int>& lengths, int batch);

}  // namespace mnerva::train
