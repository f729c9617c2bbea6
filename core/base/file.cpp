#include "core/base/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/base/error.h"

namespace mnerva {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void throwUnreadable(const fs::path& path, int reason) {
    if (reason == ENOENT || reason == ENOTDIR) throw Error(ErrorCode::FileMissing, {path.string()});
    throw Error(ErrorCode::FileUnreadable, {path.string(), std::strerror(reason)});
}

int openRetrying(const fs::path& path, int flags, mode_t mode = 0) {
    return retried([&] { return ::open(path.c_str(), flags | O_CLOEXEC, mode); });
}

/// What a thing that is no plain file is, as part of a sentence; empty for a plain file and for a folder.
std::string_view kindOf(mode_t mode) {
    if (S_ISLNK(mode)) return "a symbolic link";
    if (S_ISFIFO(mode)) return "a named pipe";
    if (S_ISSOCK(mode)) return "a socket";
    if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device";
    return {};
}

}  // namespace

void throwUnwritable(const fs::path& path, int reason) {
    if (reason == ENOSPC || reason == EDQUOT) throw Error(ErrorCode::DiskFull, {path.string()});
    throw Error(ErrorCode::FileUnwritable, {path.string(), std::strerror(reason)});
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    if (this != &other) {
        reset();
        m_value = other.release();
    }
    return *this;
}

int Descriptor::release() noexcept {
    const int value = m_value;
    m_value = -1;
    return value;
}

void Descriptor::reset() noexcept {
    if (m_value >= 0) ::close(m_value);
    m_value = -1;
}

Descriptor openForReading(const fs::path& path) {
    // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever; it means nothing for a plain file.
    Descriptor file(openRetrying(path, O_RDONLY | O_NONBLOCK | O_NOCTTY));
    if (!file.isOpen()) {
        const int reason = errno;
        if (reason == ENXIO) throw Error(ErrorCode::FileNotPlain, {path.string(), "a socket"});
        throwUnreadable(path, reason);
    }
    struct stat state {};
    if (::fstat(file.get(), &state) != 0) throwUnreadable(path, errno);
    if (S_ISDIR(state.st_mode)) throw Error(ErrorCode::FileIsDirectory, {path.string()});
    if (!S_ISREG(state.st_mode))
        throw Error(ErrorCode::FileNotPlain, {path.string(), std::string(kindOf(state.st_mode))});
    return file;
}

Descriptor openForWriting(const fs::path& path, int flags) {
    Descriptor file(openRetrying(path, flags | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0644));
    if (!file.isOpen()) {
        const int reason = errno;
        if (reason == ELOOP) throw Error(ErrorCode::UnsafeTarget, {path.string(), "a symbolic link"});
        if (reason == ENXIO) throw Error(ErrorCode::UnsafeTarget, {path.string(), "a named pipe or a socket"});
        if (reason == EISDIR) throw Error(ErrorCode::FileIsDirectory, {path.string()});
        throwUnwritable(path, reason);
    }
    struct stat state {};
    if (::fstat(file.get(), &state) != 0) throwUnwritable(path, errno);
    if (S_ISDIR(state.st_mode)) throw Error(ErrorCode::FileIsDirectory, {path.string()});
    if (!S_ISREG(state.st_mode))
        throw Error(ErrorCode::UnsafeTarget, {path.string(), std::string(kindOf(state.st_mode))});
    if (state.st_nlink > 1)
        throw Error(ErrorCode::UnsafeTarget, {path.string(), "a file that has another name too (hard link)"});
    return file;
}

void requirePlainBelow(const fs::path& folder, const fs::path& path) {
    const fs::path relative = path.lexically_relative(folder);
    if (!staysInside(relative)) throw Error(ErrorCode::UnsafeTarget, {path.string(), "outside of " + folder.string()});
    fs::path at = folder;
    for (const fs::path& part : relative) {
        at /= part;
        std::error_code missing;
        if (fs::is_symlink(fs::symlink_status(at, missing)))
            throw Error(ErrorCode::UnsafeTarget, {at.string(), "a symbolic link"});
    }
}

void writeAll(const Descriptor& file, std::string_view bytes, const fs::path& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throwUnwritable(path, errno);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::string readFile(const fs::path& path, std::uint64_t maxBytes) {
    const Descriptor file = openForReading(path);
    struct stat state {};
    if (::fstat(file.get(), &state) != 0) throwUnreadable(path, errno);
    const auto tooLarge = [&](std::uint64_t bytes) {
        return Error(ErrorCode::FileTooLarge, {path.string(), std::to_string(bytes), std::to_string(maxBytes)});
    };
    if (static_cast<std::uint64_t>(state.st_size) > maxBytes) throw tooLarge(static_cast<std::uint64_t>(state.st_size));
    std::string content(static_cast<std::size_t>(state.st_size), '\0');
    std::size_t filled = 0;
    while (true) {
        // Files of /proc say 0, and a file may grow while it is read.
        if (filled == content.size()) content.resize(content.size() + (content.empty() ? 1 << 16 : 1 << 12));
        const ssize_t got = ::read(file.get(), content.data() + filled, content.size() - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throwUnreadable(path, errno);
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
        if (filled > maxBytes) throw tooLarge(filled);
    }
    content.resize(filled);
    return content;
}

bool staysInside(const fs::path& relative) {
    if (relative.empty() || relative.is_absolute()) return false;
    for (const fs::path& part : relative)
        if (part == "..") return false;
    return true;
}

std::optional<FileLock> FileLock::tryTake(const fs::path& path) {
    Descriptor file = openForWriting(path, O_RDWR);
    const int failed = retried([&] { return ::flock(file.get(), LOCK_EX | LOCK_NB); });
    if (failed != 0 && errno == EWOULDBLOCK) return std::nullopt;
    if (failed != 0) throwUnwritable(path, errno);
    return FileLock(std::move(file));
}

}  // namespace mnerva
