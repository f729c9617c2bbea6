#pragma once

#include <c10/core/Allocator.h>

#include <cstddef>
#include <functional>

namespace mnerva::train::test {

/// Stands in for torch's memory of the CPU while it lives: allocations that are larger than `largest` bytes fail, with
/// the words of torch. Without a limit it counts. Thread-safe, one at a time.
class FullMemory {
public:
    FullMemory();
    ~FullMemory();
    FullMemory(const FullMemory&) = delete;
    FullMemory& operator=(const FullMemory&) = delete;

    /// 0: no limit.
    void setLargest(std::size_t bytes);
    /// From now on the allocation of this number, from 1, fails with this text, and those behind it; 0: none.
    void failAt(long number, const char* text);
    std::size_t largestSeen() const;
    long failures() const;
    void forget();
};

}  // namespace mnerva::train::test
