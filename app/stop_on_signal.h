#pragma once

#include <stop_token>
#include <thread>

namespace mnerva::app {

/// While it lives, SIGINT and SIGTERM ask `stop` for a stop; a second one ends the process with status 130.
/// Make it first thing in main: threads made later inherit that they are not interrupted. A handler would run on
/// whichever thread computes, on top of the stack of a generated kernel, and runs that were told to stop crashed.
class StopOnSignal {
public:
    explicit StopOnSignal(std::stop_source stop);
    ~StopOnSignal();
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

private:
    std::thread m_watcher;
};

}  // namespace mnerva::app
