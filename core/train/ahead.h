#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace mnerva::train {

/// Makes items 0, 1, ... in this order on a second thread, a few before they are asked for: what a step waits for is
/// made while the step before it computes (experiments.md 4). What is made depends on no clock: the same items in the
/// same order. One thread asks.
template <class Item>
class Ahead {
public:
    using Make = std::function<Item(std::size_t, const std::stop_token&)>;

    /// `make` runs on the second thread, which the destructor stops: at once where `make` looks at its token, else
    /// after the item it is at. Without `isAhead` each item is made when it is asked for, on the asking thread.
    Ahead(std::size_t count, Make make, bool isAhead = true)
        : m_count(count), m_make(std::move(make)), m_isAhead(isAhead) {
        if (isAhead) m_thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
    }

    /// The next item. Throws what making it threw; then the items behind it are made all the same.
    Item next() {
        if (!m_isAhead) return m_make(m_asked++, {});
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_made.empty(); });
        Made made = std::move(m_made.front());
        m_made.pop_front();
        lock.unlock();
        m_changed.notify_all();
        if (made.failure) std::rethrow_exception(made.failure);
        return std::move(made.item);
    }

private:
    static constexpr std::size_t kAhead = 2;
    struct Made {
        Item item;
        std::exception_ptr failure;
    };

    void work(const std::stop_token& stop) {
        for (std::size_t i = 0; i < m_count && !stop.stop_requested(); ++i) {
            Made made;
            try {
                made.item = m_make(i, stop);
            } catch (...) {  // thrown on where it is asked for
                made.failure = std::current_exception();
            }
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait(lock, stop, [this] { return m_made.size() < kAhead; })) return;
            m_made.push_back(std::move(made));
            lock.unlock();
            m_changed.notify_all();
        }
    }

    const std::size_t m_count;
    const Make m_make;
    const bool m_isAhead;
    std::size_t m_asked = 0;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<Made> m_made;
    std::jthread m_thread;  ///< last: ends before what it uses
};

}  // namespace mnerva::train
