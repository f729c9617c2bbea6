#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace mnerva::ui {

/// One thread that runs jobs one after another; urgent ones before the others, each kind in order. A job must not
/// throw.
class SerialWorker {
public:
    using Job = std::function<void()>;
    SerialWorker();
    /// Runs what is still queued, then ends the thread.
    ~SerialWorker();
    SerialWorker(const SerialWorker&) = delete;
    SerialWorker& operator=(const SerialWorker&) = delete;

    void post(Job job);
    void postLater(Job job);
    /// Drops queued jobs that have not begun.
    void clear();
    /// Waits until everything queued so far has run.
    void drain();

private:
    void loop();
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_urgent, m_later;
    bool m_ending = false;
    std::thread m_thread;
};

}  // namespace mnerva::ui
