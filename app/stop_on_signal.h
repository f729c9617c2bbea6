#pragma once

#include <atomic>
#include <chrono>
#include <stop_token>
#include <thread>

namespace mnerva::app {

/// While it lives, SIGINT and SIGTERM ask `stop` for a stop; a second one ends the process with status 130, and so does
/// the first where the program has not stopped by itself after the patience (whatever it reads or computes then: files
/// are whole or absent, and the database takes its last transaction back).
/// Make it first thing in main: threads made later inherit that they are not interrupted. A handler would run on
/// whichever thread computes, on top of the stack of a generated kernel, and runs that were told to stop crashed.
class StopOnSignal {
public:
    static constexpr std::chrono::milliseconds kGrace{1500};

    explicit StopOnSignal(std::stop_source stop);
    ~StopOnSignal();
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;
    /// How long a stop may take; asked for when the signal comes.
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

private:
    void watch(std::stop_source stop);

    std::atomic<std::chrono::milliseconds> m_patience{kGrace};
    std::thread m_watcher;
};

}  // namespace mnerva::app
