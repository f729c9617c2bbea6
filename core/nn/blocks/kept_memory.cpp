#include "core/nn/blocks/kept_memory.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <malloc.h>
#include <torch/version.h>

#include <cstdint>
#include <cstdlib>
#include <limits>

namespace mnerva::nn {
namespace {

constexpr std::size_t kAlignment = 64;
/// Steps that sizes are rounded up to, of what is large and of the rest, so that what is freed fits again.
constexpr std::size_t kLarge = std::size_t{1} << 20, kLargeStep = std::size_t{1} << 16, kStep = 64;

/// Stands before the bytes of a tensor.
struct Header {
    void* block;
    std::int64_t bytes;
};
constexpr std::size_t kBefore = sizeof(Header) + kAlignment;

void tell(void* pointer, std::int64_t bytes) {
    if (c10::memoryProfilingEnabled())
        c10::reportMemoryUsageToProfiler(pointer, bytes, 0, 0, c10::Device(c10::DeviceType::CPU));
}

void release(void* pointer) {
    if (!pointer) return;
    const Header header = static_cast<Header*>(pointer)[-1];
    tell(pointer, -header.bytes);
    std::free(header.block);
}

/// Memory of tensors by malloc, aligned by ourselves: posix_memalign, which torch's own allocator asks, does not find
/// the holes that it left where they fit (glibc before 2.38), and a third of the heap was such holes.
class TensorMemory final : public c10::Allocator {
public:
#if TORCH_VERSION_MAJOR >= 2
    c10::DataPtr allocate(std::size_t bytes) override {
        return made(bytes);
    }
    void copy_data(void* to, const void* from, std::size_t count) const override {
        default_copy_data(to, from, count);
    }
#else
    c10::DataPtr allocate(std::size_t bytes) const override {
        return made(bytes);
    }
#endif
    c10::DeleterFnPtr raw_deleter() const override {
        return &release;
    }

private:
    static c10::DataPtr made(std::size_t bytes) {
        const c10::Device cpu(c10::DeviceType::CPU);
        if (bytes == 0) return {nullptr, nullptr, &release, cpu};
        const std::size_t step = bytes < kLarge ? kStep : kLargeStep;
        const bool fits = bytes < std::numeric_limits<std::size_t>::max() - kBefore - step;
        void* block = fits ? std::malloc((bytes + kBefore + step - 1) / step * step) : nullptr;
        if (!block) return c10::GetDefaultCPUAllocator()->allocate(bytes);  // which says what is wrong
        const auto first = reinterpret_cast<std::uintptr_t>(block) + sizeof(Header);
        void* const pointer = reinterpret_cast<void*>((first + kAlignment - 1) / kAlignment * kAlignment);
        static_cast<Header*>(pointer)[-1] = {block, static_cast<std::int64_t>(bytes)};
        tell(pointer, static_cast<std::int64_t>(bytes));
        return {pointer, pointer, &release, cpu};
    }
};

}  // namespace

void keepFreedMemory() {
#ifdef M_MMAP_MAX
    constexpr int kMost = std::numeric_limits<int>::max();
    ::mallopt(M_MMAP_MAX, 0);
    ::mallopt(M_TRIM_THRESHOLD, kMost);
    ::mallopt(M_TOP_PAD, 64 << 20);
    static auto* const memory = new TensorMemory;  // for ever, as tensors are freed while the program ends
    c10::SetCPUAllocator(memory);
#endif
}

}  // namespace mnerva::nn
