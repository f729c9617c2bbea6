#include "core/nn/weights/own_pages.h"

#include <sys/mman.h>

#include <numeric>

namespace mnerva::nn {
namespace {

constexpr std::size_t kLarge = std::size_t{1} << 20;

}  // namespace

torch::Tensor zerosInOwnPages(at::IntArrayRef shape, torch::ScalarType type) {
    const int64_t count = std::accumulate(shape.begin(), shape.end(), int64_t{1}, std::multiplies<>());
    const std::size_t bytes = static_cast<std::size_t>(count) * torch::elementSize(type);
    if (bytes < kLarge) return torch::zeros(shape, type);
    void* pages = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) return torch::zeros(shape, type);
    return torch::from_blob(
        pages, shape, [bytes](void* begin) { ::munmap(begin, bytes); }, type);
}

}  // namespace mnerva::nn
