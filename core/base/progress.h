#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace mnerva {

/// How far a long piece of work is. `total` 0 means unknown.
struct Progress {
    std::string stage;  ///< stable kebab-case name: "reading", "storing", "features", ...
    std::int64_t done = 0;
    std::int64_t total = 0;
};

/// Called from the working thread, at most a few hundred times a second; must be cheap. May be empty.
using ProgressSink = std::function<void(const Progress&)>;

inline void report(const ProgressSink& sink, std::string stage, std::int64_t done, std::int64_t total) {
    if (sink) sink(Progress{std::move(stage), done, total});
}

}  // namespace mnerva
