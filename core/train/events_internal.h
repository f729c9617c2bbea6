#pragma once

#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/train/trainer.h"

namespace mnerva::train {

/// Sends events to events.jsonl and to the observer; `step` at most five times a second.
class EventLog {
public:
    /// Keeps the first `keptBytes` of an existing file: what came after the checkpoint is about to happen again.
    EventLog(const std::filesystem::path& file, std::int64_t keptBytes, EventSink sink);

    void emit(nlohmann::json event) { emitLine(event, lineOf(event)); }
    /// Stamps the event with the time; its line as it will stand in the file.
    static std::string lineOf(nlohmann::json& event);
    void emitLine(const nlohmann::json& event, const std::string& line);
    /// True when a step may be reported now.
    bool stepDue();
    std::int64_t bytes() const { return m_bytes; }

private:
    std::filesystem::path m_path;
    std::ofstream m_stream;
    EventSink m_sink;
    std::int64_t m_bytes = 0;
    std::chrono::steady_clock::time_point m_lastStep{};
};

/// Resident memory of this process in MiB.
double residentMebibytes();

}  // namespace mnerva::train
