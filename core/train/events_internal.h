#pragma once

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/protocol/training_events.h"
#include "core/train/trainer.h"

namespace mnerva::train {

/// Sends events to events.jsonl and to the observer; `step` at most five times a second.
class EventLog {
public:
    /// Keeps the first `keptBytes` of an existing file: what came after the checkpoint is about to happen again.
    /// Errors: those of openForWriting.
    EventLog(const std::filesystem::path& file, std::int64_t keptBytes, EventSink sink);

    void emit(protocol::TrainingEvent event) {
        const protocol::TimedEvent timed = stamped(std::move(event));
        emitLine(timed, lineOf(timed));
    }
    /// The event with the time of now.
    static protocol::TimedEvent stamped(protocol::TrainingEvent event);
    /// Its line as it will stand in the file.
    static std::string lineOf(const protocol::TimedEvent& event);
    void emitLine(const protocol::TimedEvent& event, const std::string& line);
    /// True when a step may be reported now.
    bool stepDue();
    /// True when nothing was told for some seconds: who watches should hear that the run is alive.
    bool isQuiet() const;
    std::int64_t bytes() const { return m_bytes; }

private:
    std::filesystem::path m_path;
    Descriptor m_file;
    EventSink m_sink;
    std::int64_t m_bytes = 0;
    std::chrono::steady_clock::time_point m_lastStep{}, m_lastEvent = std::chrono::steady_clock::now();
};

/// Seconds since 1970, as events carry them.
double unixSeconds();

/// Resident memory of this process in MiB.
double residentMebibytes();

}  // namespace mnerva::train
