#include "core/train/batching.h"

#include <algorithm>
#include <numeric>
#include <random>

#include "core/base/check.h"

namespace mnerva::train {
namespace {

constexpr int kPoolBatches = 32;

/// Fisher-Yates with a plain remainder: unlike std::shuffle, the same on every standard library.
template <class T>
void shuffleInPlace(std::vector<T>& items, std::mt19937_64& random) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random() % i]);
}

std::vector<std::vector<int>> cut(const std::vector<int>& order, std::size_t batch) {
    std::vector<std::vector<int>> batches;
    for (std::size_t i = 0; i < order.size(); i += batch)
        batches.emplace_back(order.begin() + static_cast<std::ptrdiff_t>(i),
                             order.begin() + static_cast<std::ptrdiff_t>(std::min(order.size(), i + batch)));
    return batches;
}

std::mt19937_64 randomOf(std::uint64_t seed, int epoch) {
    return std::mt19937_64(seed * 1000003u + static_cast<std::uint64_t>(epoch));
}

std::vector<int> shuffledOrder(std::size_t posts, std::mt19937_64& random) {
    std::vector<int> order(posts);
    std::iota(order.begin(), order.end(), 0);
    shuffleInPlace(order, random);
    return order;
}

}  // namespace

std::vector<std::vector<int>> plainBatches(std::size_t posts, int batch, std::uint64_t seed, int epoch) {
    MNERVA_CHECK(batch > 0);
    std::mt19937_64 random = randomOf(seed, epoch);
    return cut(shuffledOrder(posts, random), static_cast<std::size_t>(batch));
}

double paddingShare(const std::vector<int>& lengths, const std::vector<std::vector<int>>& batches) {
    std::int64_t used = 0, all = 0;
    for (const std::vector<int>& batch : batches) {
        std::int64_t longest = 0;
        for (const int post : batch) {
            const std::int64_t length = lengths[static_cast<std::size_t>(post)];
            used += length;
            longest = std::max(longest, length);
        }
        all += longest * static_cast<std::int64_t>(batch.size());
    }
    return all == 0 ? 0 : 1 - static_cast<double>(used) / static_cast<double>(all);
}

std::vector<std::vector<int>> epochBatches(const std::vector<int>& lengths, int batch, std::uint64_t seed, int epoch) {
    MNERVA_CHECK(batch > 0);
    std::mt19937_64 random = randomOf(seed, epoch);
    std::vector<int> order = shuffledOrder(lengths.size(), random);
    const auto pool = static_cast<std::size_t>(batch) * kPoolBatches;
    for (std::size_t i = 0; i < order.size(); i += pool)
        std::stable_sort(
            order.begin() + static_cast<std::ptrdiff_t>(i),
            order.begin() + static_cast<std::ptrdiff_t>(std::min(order.size(), i + pool)),
            [&](int a, int b) { return lengths[static_cast<std::size_t>(a)] < lengths[static_cast<std::size_t>(b)]; });
    std::vector<std::vector<int>> batches = cut(order, static_cast<std::size_t>(batch));
    shuffleInPlace(batches, random);
    return batches;
}

std::vector<std::vector<int>> batchesInOrder(std::size_t posts, int batch) {
    MNERVA_CHECK(batch > 0);
    std::vector<int> order(posts);
    std::iota(order.begin(), order.end(), 0);
    return cut(order, static_cast<std::size_t>(batch));
}

std::vector<std::vector<int>> evaluationBatches(const std::vector<int>& lengths, int batch) {
    MNERVA_CHECK(batch > 0);
    std::vector<int> order(lengths.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return lengths[static_cast<std::size_t>(a)] < lengths[static_cast<std::size_t>(b)];
    });
    return cut(order, static_cast<std::size_t>(batch));
}

}  // namespace mnerva::train
