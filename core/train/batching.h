#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mnerva::train {

/// Batches of post indices for one epoch: shuffled by (seed, epoch) alone, then posts of like length are put together
/// within pools of 32 batches, so that little is padded while the order stays random. Every index occurs once.
std::vector<std::vector<int>> epochBatches(const std::vector<int>& lengths, int batch, std::uint64_t seed, int epoch);

/// The same without regard to length: shuffled by (seed, epoch), then cut.
std::vector<std::vector<int>> plainBatches(std::size_t posts, int batch, std::uint64_t seed, int epoch);

/// Share of the positions of all batches that is padding, when each is padded to its longest post: 0..1.
double paddingShare(const std::vector<int>& lengths, const std::vector<std::vector<int>>& batches);

/// Batches in the order of the posts.
std::vector<std::vector<int>> batchesInOrder(std::size_t posts, int batch);

/// Batches for evaluation: by length, no randomness.
std::vector<std::vector<int>> evaluationBatches(const std::vector<int>& lengths, int batch);

}  // namespace mnerva::train
