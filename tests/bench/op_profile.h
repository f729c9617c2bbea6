#pragma once

#include <ATen/record_function.h>
#include <time.h>

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace mnerva::bench {

/// While it lives, adds up the processor time of this thread in each torch operation and in each marked part of ours,
/// without what is called inside of it. Shares of a step are right with one thread, also on a busy machine. One at a
/// time.
class OpProfile {
public:
    OpProfile() {
        s_open = {{"(outside)", now(), 0.0}};
        m_handle = at::addThreadLocalCallback(
            at::RecordFunctionCallback(&begin, &end)
                .scopes({at::RecordScope::FUNCTION, at::RecordScope::BACKWARD_FUNCTION, at::RecordScope::USER_SCOPE}));
    }
    ~OpProfile() { at::removeCallback(m_handle); }
    OpProfile(const OpProfile&) = delete;
    OpProfile& operator=(const OpProfile&) = delete;

    void clear() {
        s_spent.clear();
        s_open = {{"(outside)", now(), 0.0}};
    }

    /// What this thread is in now: the marked part or operation, and the outermost around it.
    static std::string place() {
        if (s_open.size() < 2) return "(outside)";
        return s_open.size() == 2 ? s_open[1].name : s_open[1].name + " > " + s_open.back().name;
    }

    /// A line for each name that takes at least `leastShare` of all: percent, milliseconds a step, calls a step.
    void print(int steps, double leastShare) {
        std::map<std::string, std::pair<double, int>> spent = s_spent;
        spent["(outside)"].first += since(s_open.front().began) - s_open.front().inside;
        double all = 0;
        std::vector<std::pair<double, std::string>> rows;
        for (const auto& [name, time] : spent) {
            all += time.first;
            rows.emplace_back(time.first, name);
        }
        std::sort(rows.rbegin(), rows.rend());
        for (const auto& [seconds, name] : rows)
            if (seconds >= leastShare * all)
                std::cout << std::fixed << std::setprecision(1) << std::setw(6) << 100 * seconds / all << " % "
                          << std::setw(9) << 1e3 * seconds / steps << " ms " << std::setw(6)
                          << spent[name].second / steps << "  " << name << "\n";
    }

private:
    struct Open {
        std::string name;
        double began = 0;
        double inside = 0;  ///< seconds of what it called
    };

    static double now() {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
    }
    static double since(double began) { return now() - began; }
    static std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction& f) {
        s_open.push_back({std::string(f.name()), now(), 0.0});
        return nullptr;
    }
    static void end(const at::RecordFunction&, at::ObserverContext*) {
        if (s_open.size() < 2) return;  // begun before clear()
        const double seconds = since(s_open.back().began);
        auto& [sum, calls] = s_spent[s_open.back().name];
        sum += seconds - s_open.back().inside;
        ++calls;
        s_open.pop_back();
        s_open.back().inside += seconds;
    }

    inline static thread_local std::vector<Open> s_open;
    inline static thread_local std::map<std::string, std::pair<double, int>> s_spent;
    at::CallbackHandle m_handle{};
};

}  // namespace mnerva::bench
