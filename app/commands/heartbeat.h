#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace mnerva::app {

/// Calls `beat` again and again while it lives, from a thread of its own: for work that says nothing for long (a large
/// model is read) though somebody takes silence for death.
class Heartbeat {
public:
    Heartbeat(std::chrono::milliseconds interval, std::function<void()> beat);
    /// Ends the thread; no call of `beat` is under way afterwards.
    ~Heartbeat() = default;
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

private:
    std::mutex m_mutex;
    std::condition_variable_any m_ended;
    std::jthread m_thread;  // last: it ends before what it uses
};

}  // namespace mnerva::app
