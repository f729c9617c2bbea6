#include "tests/unit/train/full_memory.h"

#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>
#include <torch/version.h>

#include <atomic>
#include <string>

namespace mnerva::train::test {
namespace {

struct Counts {
    std::atomic<std::size_t> limit{0}, largest{0};
    std::atomic<long> failures{0}, left{0};
    std::atomic<const char*> text{nullptr};
};

Counts& counts() {
    static Counts all;
    return all;
}

/// Memory itself comes from the allocator before it.
class Watching final : public c10::Allocator {
public:
    explicit Watching(c10::Allocator* before) : m_before(before) {}

#if TORCH_VERSION_MAJOR >= 2
    c10::DataPtr allocate(std::size_t bytes) override {
        return watched(bytes);
    }
    void copy_data(void* to, const void* from, std::size_t bytes) const override {
        default_copy_data(to, from, bytes);
    }
#else
    c10::DataPtr allocate(std::size_t bytes) const override {
        return watched(bytes);
    }
#endif
    c10::DeleterFnPtr raw_deleter() const override {
        return m_before->raw_deleter();
    }

private:
    c10::DataPtr watched(std::size_t bytes) const {
        Counts& all = counts();
        if (const char* text = all.text; text && --all.left <= 0) fail(text);
        std::size_t seen = all.largest;
        while (seen < bytes && !all.largest.compare_exchange_weak(seen, bytes)) continue;
        if (const std::size_t limit = all.limit; limit > 0 && bytes > limit)
            fail("DefaultCPUAllocator: can't allocate memory: you tried to allocate " + std::to_string(bytes) +
                 " bytes. Error code 12 (Cannot allocate memory)");
        return m_before->allocate(bytes);
    }
    [[noreturn]] static void fail(const std::string& text) {
        ++counts().failures;
        TORCH_CHECK(false, text);
    }
    c10::Allocator* m_before;
};

}  // namespace

FullMemory::FullMemory() {
    static Watching watching(c10::GetDefaultCPUAllocator());
    forget();
    c10::SetCPUAllocator(&watching, /*priority=*/100);
}

FullMemory::~FullMemory() {
    forget();
    c10::SetCPUAllocator(c10::GetDefaultCPUAllocator(), /*priority=*/100);
}

void FullMemory::setLargest(std::size_t bytes) {
    counts().limit = bytes;
}

void FullMemory::failAt(long number, const char* text) {
    counts().left = number;
    counts().text = number == 0 ? nullptr : text;
}

std::size_t FullMemory::largestSeen() const {
    return counts().largest;
}

long FullMemory::failures() const {
    return counts().failures;
}

void FullMemory::forget() {
    counts().limit = counts().largest = 0;
    counts().failures = counts().left = 0;
    counts().text = nullptr;
}

}  // namespace mnerva::train::test
