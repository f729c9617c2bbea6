#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/file.h"

namespace mnerva {

/// The right to train in a run folder: a lock of the operating system on the file "lock" in it, held by the training
/// process until it ends, however it ends. So a run without its window, or one that has said nothing for long, is told
/// from one whose process is gone.
class RunLock {
public:
    /// Makes the folder's lock file where it is missing; the folder must exist. Errors: RunBusy with the run and its
    /// process, those of openForWriting.
    static RunLock take(const std::filesystem::path& runFolder);

    /// Whether a process holds the lock now. False for a folder that has no lock file (a run of 0.1.0).
    static bool isHeld(const std::filesystem::path& runFolder);
    /// Whether the folder has a lock file, so that isHeld() decides and nothing has to be guessed from times.
    static bool isKnown(const std::filesystem::path& runFolder);
    /// Process that holds the lock, as it wrote it down; "?" where that cannot be read.
    static std::string holder(const std::filesystem::path& runFolder);

private:
    explicit RunLock(std::optional<FileLock> lock) : m_lock(std::move(lock)) {}
    std::optional<FileLock> m_lock;  ///< none on a file system that knows no locks
};

/// Errors: RunBusy when a process trains the run now.
void requireIdleRun(const std::filesystem::path& runFolder);

}  // namespace mnerva
