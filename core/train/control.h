#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string_view>

namespace mnerva::train {

/// The words a running training accepts on stdin (architecture.md "Training events"). Thread-safe.
class Control {
public:
    /// "stop", "finish", "pause" or "resume"; false for any other word, which changes nothing.
    bool say(std::string_view word);
    bool stopAsked() const;
    /// After this epoch, then test.
    bool finishAsked() const;
    bool paused() const;
    /// Blocks while paused; returns at once when a stop is asked for here or by the token.
    void waitWhilePaused(const std::stop_token& stop) const;

private:
    mutable std::mutex m_mutex;
    mutable std::condition_variable_any m_changed;
    bool m_stop = false, m_finish = false, m_paused = false;
};

}  // namespace mnerva::train
