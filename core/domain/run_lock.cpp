#include "core/domain/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "core/base/error.h"
#include "core/base/printable.h"

namespace mnerva {
namespace fs = std::filesystem;
namespace {

constexpr int kTries = 20;
constexpr auto kBetweenTries = std::chrono::milliseconds(25);

fs::path lockFile(const fs::path& runFolder) {
    return runFolder / "lock";
}

/// A second look through a descriptor of its own meets the lock of any process, ours included.
bool isLocked(const fs::path& file) {
    try {
        const Descriptor seen = openForReading(file);
        const int failed = retried([&] { return ::flock(seen.get(), LOCK_SH | LOCK_NB); });
        return failed != 0 && errno == EWOULDBLOCK;
    } catch (const Error&) {  // not there, or nothing that was ever locked
        return false;
    }
}

/// A file system that knows no locks (some network ones) is no reason to train nothing there.
bool hasNoLocks(const Error& error) {
    for (const int reason : {ENOLCK, ENOSYS, EOPNOTSUPP})
        if (error.code() == ErrorCode::FileUnwritable && error.args().at(1) == std::strerror(reason)) return true;
    return false;
}

void noteProcess(const fs::path& file) {
    const Descriptor written = openForWriting(file, O_WRONLY);
    if (retried([&] { return ::ftruncate(written.get(), 0); }) != 0)
        throw Error(ErrorCode::FileUnwritable, {file.string(), std::strerror(errno)});
    writeAll(written, std::to_string(::getpid()) + "\n", file);
}

}  // namespace

RunLock RunLock::take(const fs::path& runFolder) {
    const fs::path file = lockFile(runFolder);
    for (int i = 0; i < kTries; ++i) {  // somebody who only looks (isHeld) holds it for a moment
        std::optional<FileLock> lock;
        try {
            lock = FileLock::tryTake(file);
        } catch (const Error& error) {
            if (!hasNoLocks(error)) throw;
            // Then readers must judge by times, as they do where there is no lock file.
            std::error_code ignored;
            fs::remove(file, ignored);
            return RunLock(std::nullopt);
        }
        // A folder that was deleted and made anew meanwhile has another lock file: ours would guard nothing.
        if (lock && isLocked(file)) {
            noteProcess(file);
            return RunLock(std::move(lock));
        }
        lock.reset();
        std::this_thread::sleep_for(kBetweenTries);
    }
    throw Error(ErrorCode::RunBusy, {runFolder.filename().string(), holder(runFolder)});
}

bool RunLock::isHeld(const fs::path& runFolder) {
    return isLocked(lockFile(runFolder));
}

bool RunLock::isKnown(const fs::path& runFolder) {
    std::error_code failed;
    return fs::is_regular_file(fs::symlink_status(lockFile(runFolder), failed));
}

std::string RunLock::holder(const fs::path& runFolder) {
    constexpr std::uint64_t kMostBytes = 64;
    try {
        std::string text = readFile(lockFile(runFolder), kMostBytes);
        text = text.substr(0, text.find('\n'));
        return text.empty() ? "?" : printable(text);
    } catch (const Error&) {
        return "?";
    }
}

void requireIdleRun(const fs::path& runFolder) {
    if (RunLock::isHeld(runFolder))
        throw Error(ErrorCode::RunBusy, {runFolder.filename().string(), RunLock::holder(runFolder)});
}

}  // namespace mnerva
