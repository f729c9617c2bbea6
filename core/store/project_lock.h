#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/base/file.h"

namespace mnerva::store {

/// Who holds a lock, as written in the lock file.
struct LockOwner {
    std::string program, host;
    int processId = 0;
};

/// The right to write a project: an operating-system lock (flock) on the file `lock` of its folder, which also holds
/// the holder's name as JSON. The kernel lets go when the holder dies, whatever number its process had, so a dead
/// holder is taken over and a process that got the same number later does not matter. Where the file was left by
/// another host (a crash on a network folder whose locks do not travel), it counts as held until it was not touched for
/// kStaleAfter; a time that lies in the future by more than clocks disagree is nobody's.
/// A holder that lives touches the file by itself (one sleeping thread), however long it writes nothing.
class ProjectLock {
public:
    static constexpr std::chrono::minutes kStaleAfter{10};
    static constexpr std::chrono::minutes kClocksDisagree{2};
    static constexpr std::chrono::milliseconds kHeartbeat{60000};

    struct Attempt {
        std::unique_ptr<ProjectLock> lock;
        LockOwner holder;  ///< filled when `lock` is null; the program is "another program" when it left no name
    };
    /// Throws FileUnwritable when the lock file cannot be made, UnsafeTarget when it is a link, a pipe or a device.
    static Attempt tryTake(const std::filesystem::path& folder, const std::string& program,
                           std::chrono::milliseconds heartbeat = kHeartbeat);
    /// True where `lock` of a folder is a file of somebody else: neither empty nor written by us.
    static bool isForeignFile(const std::filesystem::path& folder);

    ~ProjectLock();
    ProjectLock(const ProjectLock&) = delete;
    ProjectLock& operator=(const ProjectLock&) = delete;

    /// Says to other hosts that the holder is alive; called with every write.
    void touch() const noexcept;
    /// Who has taken the lock over meanwhile (after a long sleep of this machine), or that the file is gone; nothing
    /// while it is ours.
    std::optional<LockOwner> lostTo() const noexcept;

private:
    ProjectLock(Descriptor file, std::filesystem::path path, std::string written, std::chrono::milliseconds heartbeat);
    void beat(const std::stop_token& stop, std::chrono::milliseconds every);

    Descriptor m_file;
    std::filesystem::path m_path;
    std::string m_written;  ///< content of the file
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::jthread m_heart;  ///< last: ends before what it uses
};

}  // namespace mnerva::store
