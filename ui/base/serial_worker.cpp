#include "ui/base/serial_worker.h"

#include <future>

namespace mnerva::ui {

SerialWorker::SerialWorker() : m_thread([this] { loop(); }) {}

SerialWorker::~SerialWorker() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void SerialWorker::post(Job job) {
    {
        const std::lock_guard lock(m_mutex);
        m_urgent.push_back(std::move(job));
    }
    m_wake.notify_one();
}

void SerialWorker::postLater(Job job) {
    {
        const std::lock_guard lock(m_mutex);
        m_later.push_back(std::move(job));
    }
    m_wake.notify_one();
}

void SerialWorker::clear() {
    const std::lock_guard lock(m_mutex);
    m_urgent.clear();
    m_later.clear();
}

void SerialWorker::drain() {
    std::promise<void> reached;
    postLater([&] { reached.set_value(); });
    reached.get_future().wait();
}

void SerialWorker::loop() {
    for (;;) {
        Job job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_ending || !m_urgent.empty() || !m_later.empty(); });
            std::deque<Job>& queue = m_urgent.empty() ? m_later : m_urgent;
            if (queue.empty()) return;
            job = std::move(queue.front());
            queue.pop_front();
        }
        job();
    }
}

}  // namespace mnerva::ui
