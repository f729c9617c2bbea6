#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/base/error.h"
#include "core/train/events_internal.h"

namespace mnerva::train {
namespace fs = std::filesystem;
namespace {

constexpr auto kStepInterval = std::chrono::milliseconds(200);
constexpr auto kQuiet = std::chrono::seconds(2);

}  // namespace

double unixSeconds() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<double>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count()) / 1000;
}

EventLog::EventLog(const fs::path& file, std::int64_t keptBytes, EventSink sink)
    : m_path(file), m_file(openForWriting(file, O_WRONLY | O_APPEND)), m_sink(std::move(sink)) {
    struct stat state {};
    if (::fstat(m_file.get(), &state) != 0)
        throw Error(ErrorCode::FileUnwritable, {file.string(), std::strerror(errno)});
    m_bytes = std::min(keptBytes, static_cast<std::int64_t>(state.st_size));
    if (state.st_size > m_bytes && retried([&] { return ::ftruncate(m_file.get(), m_bytes); }) != 0)
        throw Error(ErrorCode::FileUnwritable, {file.string(), std::strerror(errno)});
}

protocol::TimedEvent EventLog::stamped(protocol::TrainingEvent event) {
    return {std::move(event), unixSeconds()};
}

std::string EventLog::lineOf(const protocol::TimedEvent& event) {
    return protocol::toJson(event).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

void EventLog::emitLine(const protocol::TimedEvent& event, const std::string& line) {
    writeAll(m_file, line, m_path);
    m_bytes += static_cast<std::int64_t>(line.size());
    m_lastEvent = std::chrono::steady_clock::now();
    if (m_sink) m_sink(event);
}

bool EventLog::isQuiet() const {
    return std::chrono::steady_clock::now() - m_lastEvent > kQuiet;
}

bool EventLog::stepDue() {
    const auto now = std::chrono::steady_clock::now();
    if (now - m_lastStep < kStepInterval) return false;
    m_lastStep = now;
    return true;
}

double residentMebibytes() {
    std::ifstream stream("/proc/self/statm");
    long long total = 0, resident = 0;
    stream >> total >> resident;
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

}  // namespace mnerva::train
