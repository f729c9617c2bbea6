#include "app/commands/progress_lines.h"

#include <chrono>
#include <cstdio>

#include "core/protocol/progress_line.h"

namespace mnerva::app {

ProgressSink progressLines() {
    return [last = std::chrono::steady_clock::time_point()](const Progress& p) mutable {
        const auto now = std::chrono::steady_clock::now();
        if (now - last < std::chrono::milliseconds(200) && p.done < p.total) return;
        last = now;
        std::fprintf(stderr, "%s\n", protocol::progressLine(p).c_str());
    };
}

}  // namespace mnerva::app
