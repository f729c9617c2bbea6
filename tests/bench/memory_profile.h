#pragma once

#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>
#include <torch/version.h>

#include <algorithm>
#include <functional>
#include <iomanip>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace mnerva::bench {

/// While it lives, counts the bytes of CPU tensors that this thread allocates and keeps, under the name that `place`
/// gives at that moment. Memory that was there before is not counted, and freeing it is none. One at a time.
class MemoryProfile {
public:
    explicit MemoryProfile(std::function<std::string()> place)
        : m_seen(std::make_shared<Seen>()), m_guard(c10::DebugInfoKind::PROFILER_STATE, m_seen) {
        m_seen->place = std::move(place);
    }

    /// Bytes that are held now.
    std::int64_t held() const { return m_seen->held; }
    /// The most that were held since clear(), and by whom.
    std::int64_t most() const { return m_seen->most; }
    /// From now on.
    void clear() { m_seen->most = m_seen->held; }

    /// A line for each name that holds at least `leastShare` of all.
    void print(double leastShare) const {
        std::map<std::string, std::pair<std::int64_t, int>> sums;
        std::int64_t all = 0;
        for (const auto& [pointer, block] : m_seen->blocks) {
            sums[block.second].first += block.first;
            ++sums[block.second].second;
            all += block.first;
        }
        std::vector<std::pair<std::int64_t, std::string>> rows;
        for (const auto& [name, sum] : sums) rows.emplace_back(sum.first, name);
        std::sort(rows.rbegin(), rows.rend());
        for (const auto& [bytes, name] : rows)
            if (static_cast<double>(bytes) >= leastShare * static_cast<double>(all))
                std::cout << std::fixed << std::setprecision(1) << std::setw(9)
                          << static_cast<double>(bytes) / (1 << 20) << " MiB in " << std::setw(5) << sums[name].second
                          << " tensors of " << name << "\n";
    }

private:
    struct Seen : c10::MemoryReportingInfoBase {
#if TORCH_VERSION_MAJOR >= 2
        using Total = std::size_t;
#else
        using Total = std::int64_t;
#endif
        void reportMemoryUsage(void* pointer, std::int64_t bytes, Total, Total, c10::Device device) override {
            if (!device.is_cpu()) return;
            if (bytes > 0) {
                blocks[pointer] = {bytes, place()};
                held += bytes;
                most = std::max(most, held);
            } else if (const auto found = blocks.find(pointer); found != blocks.end()) {
                held -= found->second.first;
                blocks.erase(found);
            }
        }
        bool memoryProfilingEnabled() const override {
            return true;
        }

        std::function<std::string()> place;
        std::map<void*, std::pair<std::int64_t, std::string>> blocks;
        std::int64_t held = 0, most = 0;
    };

    std::shared_ptr<Seen> m_seen;
    c10::DebugInfoGuard m_guard;
};

}  // namespace mnerva::bench
