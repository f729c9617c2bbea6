#pragma once

#include <atomic>
#include <chrono>
#include <stop_token>
#include <thread>

namespace mnerva::app {

/// While it lives, SIGINT and SIGTERM ask `stop` for a stop; a second one ends the process with status 130. So does the
/// first when the command has not ended by itself after kGrace: what is written is whole or absent without it too, and
/// work that nobody can ask (a library in the middle of something) must not keep a terminal.
/// Make it first thing in main: threads made later inherit that they are not interrupted. A handler would run on
/// whichever thread computes, on top of the stack of a generated kernel, and runs that were told to stop crashed.
class StopOnSignal {
public:
    static constexpr std::chrono::milliseconds kGrace{1500};

    explicit StopOnSignal(std::stop_source stop);
    ~StopOnSignal();
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

    /// For a command that has something to keep before it ends (a checkpoint): only a second signal ends it.
    void waitForTheCommand() { m_waits = true; }

private:
    void watch(std::stop_source stop);

    std::atomic<bool> m_waits = false;
    std::thread m_watcher;
};

}  // namespace mnerva::app
