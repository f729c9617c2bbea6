#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/error.h"

namespace mnerva {

/// Whether the text of a failure says that memory ran out: of the processor or of a graphics card, in the words of
/// torch, CUDA, cuBLAS and cuDNN.
bool saysOutOfMemory(std::string_view text);
/// Whether a failure is that memory ran out: std::bad_alloc, MemoryExhausted, or a text that says so.
bool isOutOfMemory(const std::exception& failure);

/// How many posts (or pictures) of a batch are computed at once: all of them, until memory runs out; then half as many
/// as did not fit, from then on (experiments.md 4). One thread works by it; others may ask limit() and next().
class PartSize {
public:
    using Told = std::function<void(std::size_t limit)>;

    PartSize() = default;
    PartSize(const PartSize& other) : m_limit(other.limit()), m_told(other.m_told) {}
    PartSize& operator=(const PartSize&) = delete;

    /// 0: whole batches.
    std::size_t limit() const { return m_limit; }
    void setLimit(std::size_t limit) { m_limit = limit; }
    /// `told` hears of every new limit, on the thread of attempt().
    void setTold(Told told) { m_told = std::move(told); }
    /// Size of the next part where so many are left: as even as the limit allows.
    std::size_t next(std::size_t left) const;
    /// Runs work() on a part of this size. False: memory ran out, and the limit is lower now. Error: MemoryOfOne
    /// {doing} where one alone does not fit. Other failures pass.
    template <class Work>
    bool attempt(std::size_t size, const std::string& doing, Work&& work);
    /// Calls work(first, count) for parts of a batch whose results do not depend on each other.
    template <class Work>
    void each(std::size_t total, const std::string& doing, Work&& work);

private:
    void lower(std::size_t failed, const std::string& doing);

    std::atomic<std::size_t> m_limit = 0;
    Told m_told;
};

template <class Work>
bool PartSize::attempt(std::size_t size, const std::string& doing, Work&& work) {
    try {
        work();
        return true;
    } catch (const std::exception& failure) {
        if (!isOutOfMemory(failure)) throw;
    }
    lower(size, doing);  // here, not above: what the work held is free by now
    return false;
}

template <class Work>
void PartSize::each(std::size_t total, const std::string& doing, Work&& work) {
    for (std::size_t done = 0; done < total;) {
        const std::size_t count = next(total - done);
        if (attempt(count, doing, [&] { work(done, count); })) done += count;
    }
}

}  // namespace mnerva
