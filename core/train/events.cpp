#include <unistd.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/train/events_internal.h"

namespace mnerva::train {
namespace fs = std::filesystem;
namespace {

constexpr auto kStepInterval = std::chrono::milliseconds(200);

double unixSeconds() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<double>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count()) / 1000;
}

}  // namespace

EventLog::EventLog(const fs::path& file, std::int64_t keptBytes, EventSink sink)
    : m_path(file), m_sink(std::move(sink)) {
    std::error_code failed;
    const std::uintmax_t size = fs::exists(file, failed) ? fs::file_size(file, failed) : 0;
    m_bytes = std::min(keptBytes, static_cast<std::int64_t>(size));
    if (size > static_cast<std::uintmax_t>(m_bytes))
        fs::resize_file(file, static_cast<std::uintmax_t>(m_bytes), failed);
    m_stream.open(file, std::ios::binary | std::ios::app);
    if (!m_stream) throw Error(ErrorCode::FileUnwritable, {file.string(), "it cannot be opened"});
}

std::string EventLog::lineOf(nlohmann::json& event) {
    event["time"] = unixSeconds();
    return event.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

void EventLog::emitLine(const nlohmann::json& event, const std::string& line) {
    m_stream << line << std::flush;
    if (!m_stream) throw Error(ErrorCode::DiskFull, {m_path.string()});
    m_bytes += static_cast<std::int64_t>(line.size());
    if (m_sink) m_sink(event);
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
