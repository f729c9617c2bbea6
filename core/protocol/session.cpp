#include "core/protocol/session.h"

#include <algorithm>
#include <chrono>
#include <new>

#include "core/base/json.h"
#include "core/protocol/refusal_internal.h"

namespace mnerva::protocol {
namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

/// A window asks for the post that is shown and a few around it.
constexpr std::size_t kMostQueued = 4096;
constexpr auto kProgressInterval = std::chrono::milliseconds(50);

std::int64_t idOf(const json& message) {
    const auto found = message.find("id");
    if (found == message.end() || !isWholeNumber<std::int64_t>(*found))
        refuseMessage("a request without a whole number as id");
    return found->get<std::int64_t>();
}

std::int64_t numberOf(const json& message, const char* field) {
    const auto found = message.find(field);
    if (found == message.end() || !isWholeNumber<std::int64_t>(*found))
        refuseMessage(std::string(field) + " is missing or no whole number");
    return found->get<std::int64_t>();
}

/// What an exception says as an Error.
Error asError(const std::exception& failure) {
    if (const auto* error = dynamic_cast<const Error*>(&failure)) return *error;
    if (dynamic_cast<const std::bad_alloc*>(&failure))
        return Error(ErrorCode::MemoryExhausted, {"answering a request"});
    return Error(ErrorCode::Internal, {failure.what()});
}

}  // namespace

Session::Session(std::function<void(const json&)> send, json about)
    : m_send(std::move(send)), m_about(std::move(about)) {}

void Session::send(const json& message) {
    const std::lock_guard lock(m_sendMutex);
    m_send(message);
}

void Session::reject(const Error& error) {
    send(errorMessage(0, error));
}

Session::After Session::receive(const json& message) {
    std::int64_t id = 0;
    try {
        id = idOf(message);
        const auto type = message.find("type");
        if (type == message.end() || !type->is_string()) refuseMessage("a request without a type");
        if (*type == "quit") {
            close();
            send(resultMessage(id, json::object()));
            return After::Quit;
        }
        handle(id, type->get<std::string>(), message);
    } catch (const std::exception& failure) {
        send(errorMessage(id, asError(failure)));
    }
    return After::GoOn;
}

void Session::handle(std::int64_t id, const std::string& type, const json& message) {
    if (type == "hello") return hello(id, message);
    if (!m_greeted) refuseMessage(type + " came before a hello of the right version");
    if (type == "cancel") return cancel(id, message);
    if (type == "load") return enqueue({id, loadRequestFromJson(message), {}});
    if (type == "predict") return enqueue({id, predictRequestFromJson(message), {}});
    if (type == "explain") return enqueue({id, explainRequestFromJson(message), {}});
    if (type == "detect") return enqueue({id, detectRequestFromJson(message), {}});
    if (type == "unload") return enqueue({id, UnloadRequest{}, {}});
    refuseMessage("request type " + type +
                  " is unknown; known are hello, load, predict, explain, detect, cancel, unload, quit");
}

void Session::hello(std::int64_t id, const json& message) {
    const std::int64_t version = numberOf(message, "version");
    if (version != kProtocolVersion)
        throw Error(ErrorCode::EngineVersion, {std::to_string(version), std::to_string(kProtocolVersion)});
    m_greeted = true;
    json answer = m_about;
    answer["version"] = kProtocolVersion;
    send(resultMessage(id, std::move(answer)));
}

void Session::cancel(std::int64_t id, const json& message) {
    const std::int64_t target = numberOf(message, "target");
    bool found = false, wasQueued = false;
    {
        const std::lock_guard lock(m_mutex);
        const auto queued =
            std::find_if(m_queue.begin(), m_queue.end(), [&](const Job& job) { return job.id == target; });
        if (queued != m_queue.end()) {
            m_queue.erase(queued);
            found = wasQueued = true;
        } else if (m_running && m_running->id == target) {
            m_running->stop.request_stop();
            found = true;
        }
    }
    if (wasQueued) send(cancelledMessage(target));
    send(resultMessage(id, {{"found", found}}));
}

void Session::enqueue(Job job) {
    const std::lock_guard lock(m_mutex);
    const auto same = [&](const Job& other) { return other.id == job.id; };
    if ((m_running && same(*m_running)) || std::any_of(m_queue.begin(), m_queue.end(), same))
        refuseMessage("the id " + std::to_string(job.id) + " is in use");
    if (m_closed) refuseMessage("a request after quit");
    if (m_queue.size() == kMostQueued) refuseMessage("more than " + std::to_string(kMostQueued) + " requests at once");
    m_queue.push_back(std::move(job));
    m_changed.notify_all();
}

std::optional<Job> Session::take() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_closed || !m_queue.empty(); });
    if (m_queue.empty()) return std::nullopt;
    m_running = std::move(m_queue.front());
    m_queue.pop_front();
    return m_running;
}

void Session::finish(const Job& job, const std::function<json(const ProgressSink&)>& work) {
    Progress last;
    auto lastSent = Clock::time_point::min();
    const ProgressSink progress = [&](const Progress& now) {
        const bool news = now.stage != last.stage || (now.total > 0 && now.done >= now.total);
        if (!news && Clock::now() - lastSent < kProgressInterval) return;
        last = now;
        lastSent = Clock::now();
        send(progressMessage(job.id, now));
    };
    json end;
    try {
        end = job.stop.stop_requested() ? cancelledMessage(job.id) : resultMessage(job.id, work(progress));
    } catch (const Cancelled&) {
        end = cancelledMessage(job.id);
    } catch (const std::exception& failure) {
        end = errorMessage(job.id, asError(failure));
    }
    {
        // First free, then answered: the client may ask again under the same id as soon as it hears.
        const std::lock_guard lock(m_mutex);
        m_running.reset();
        m_changed.notify_all();
    }
    send(end);
}

void Session::close() {
    std::deque<Job> dropped;
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        dropped.swap(m_queue);
        if (m_running) m_running->stop.request_stop();
        m_changed.notify_all();
    }
    for (const Job& job : dropped) send(cancelledMessage(job.id));
}

bool Session::waitIdle(std::chrono::milliseconds longest) {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, longest, [&] { return !m_running; });
}

}  // namespace mnerva::protocol
