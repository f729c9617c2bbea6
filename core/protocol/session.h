#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>

#include "core/protocol/messages.h"

namespace mnerva::protocol {

/// Work that takes its time: done one after the other, in the order it was asked for.
struct UnloadRequest {};
struct Job {
    std::int64_t id = 0;
    std::variant<LoadRequest, PredictRequest, ExplainRequest, DetectRequest, UnloadRequest> request;
    std::stop_source stop;
};

/// The engine's side of one conversation: greeting, queue, cancelling. Thread-safe: one thread hands in what it reads
/// (`receive`), another works (`take`, `finish`). Starts no threads and touches no streams.
class Session {
public:
    /// `send` is called from both threads, one call at a time. `about` is merged into the answer to `hello`.
    Session(std::function<void(const nlohmann::json&)> send, nlohmann::json about);

    enum class After { GoOn, Quit };
    /// Answers at once or queues. Content that does not fit is answered by an error, never thrown.
    After receive(const nlohmann::json& message);
    /// Answers an error that belongs to no request (a broken frame): id 0.
    void reject(const Error& error);

    /// The next job; waits for one. Nothing after close().
    std::optional<Job> take();
    /// Runs the work of a taken job and sends its one end: what it returns, its Error, or cancelled. Other exceptions
    /// become errors too: nothing escapes.
    void finish(const Job& job, const std::function<nlohmann::json(const ProgressSink&)>& work);

    /// Sends a part of a running job's result ahead of the whole; from its work alone.
    void sendPart(const Job& job, nlohmann::json part) { send(partMessage(job.id, std::move(part))); }

    /// Stops the running job, answers the queued ones as cancelled, lets take() return nothing.
    void close();
    /// Waits until no job runs; false when that takes longer.
    bool waitIdle(std::chrono::milliseconds longest);

private:
    void handle(std::int64_t id, const std::string& type, const nlohmann::json& message);
    void hello(std::int64_t id, const nlohmann::json& message);
    void cancel(std::int64_t id, const nlohmann::json& message);
    void enqueue(Job job);
    void send(const nlohmann::json& message);

    std::function<void(const nlohmann::json&)> m_send;
    nlohmann::json m_about;
    bool m_greeted = false;

    std::mutex m_sendMutex;
    std::mutex m_mutex;  // of all below
    std::condition_variable m_changed;
    std::deque<Job> m_queue;
    std::optional<Job> m_running;
    bool m_closed = false;
};

}  // namespace mnerva::protocol
