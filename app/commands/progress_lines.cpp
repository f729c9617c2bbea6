#include "app/commands/progress_lines.h"

#include <chrono>
#include <cstdio>

namespace mnerva::app {

ProgressSink progressLines() {
    return [last = std::chrono::steady_clock::time_point()](const Progress& p) mutable {
        const auto now = std::chrono::steady_clock::now();
        if (now - last < std::chrono::milliseconds(200) && p.done < p.total) return;
        last = now;
        std::fprintf(stderr, "%s %lld of %lld\n", p.stage.c_str(), static_cast<long long>(p.done),
                     static_cast<long long>(p.total));
    };
}

}  // namespace mnerva::app
