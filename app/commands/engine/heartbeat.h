#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace mnerva::app {

inline constexpr auto kHeartbeat = std::chrono::seconds(5);  ///< what train and serve say when nothing else is to say
inline constexpr int kPollMs = 100;                          ///< how often a wait for standard input looks for a stop

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
