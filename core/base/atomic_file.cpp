#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <mutex>
#include <random>
#include <set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/hash.h"

namespace mnerva {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kBufferBytes = 1 << 16;
constexpr std::string_view kTail = ".mnerva-part";

/// Flushes what stands behind a descriptor. A file system that has no such call (EINVAL) promises nothing more.
void sync(const Descriptor& file, const fs::path& path) {
    const int failed = retried([&] { return ::fsync(file.get()); });
    if (failed != 0 && errno != EINVAL) throwUnwritable(path, errno);
}

fs::path folderOf(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

void syncFolder(const fs::path& path) {
    const Descriptor folder(
        retried([&] { return ::open(folderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
    // Folders that may be written and not listed exist (EACCES): nothing can be synced there by its name.
    if (!folder.isOpen() && errno != EACCES) throwUnwritable(path, errno);
    if (folder.isOpen()) sync(folder, path);
}

/// ".NAME.PID-RANDOM.mnerva-part": told apart from everybody else's files, its process can be asked for.
fs::path temporaryName(const fs::path& path) {
    static thread_local std::mt19937_64 random{std::random_device{}()};
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string tail;
    for (std::uint64_t bits = random(), i = 0; i < 16; ++i, bits >>= 4) tail += kDigits[bits & 15];
    // A name may have 255 bytes: the long ones lose their end, never the part that makes them unlike others.
    const std::string head = path.filename().string().substr(0, 180);
    return folderOf(path) / ("." + head + "." + std::to_string(::getpid()) + "-" + tail + std::string(kTail));
}

/// Access rights of the file that will be replaced; what the process may give by default where there is none.
mode_t rightsFor(const fs::path& path) {
    struct stat state {};
    if (::lstat(path.c_str(), &state) != 0) {
        if (errno != ENOENT) throwUnwritable(path, errno);
        const mode_t mask = ::umask(0);
        ::umask(mask);
        return 0666 & ~mask;
    }
    if (S_ISDIR(state.st_mode)) throw Error(ErrorCode::FileIsDirectory, {path.string()});
    if (S_ISLNK(state.st_mode)) throw Error(ErrorCode::UnsafeTarget, {path.string(), "a symbolic link"});
    if (!S_ISREG(state.st_mode)) throw Error(ErrorCode::UnsafeTarget, {path.string(), "a pipe or a device"});
    return state.st_mode & 0777;
}

/// Process number in a temporary name; 0 where the name is not one of ours.
int processOf(const std::string& name) {
    if (name.size() <= kTail.size() || name.front() != '.' || name.substr(name.size() - kTail.size()) != kTail)
        return 0;
    const std::string head = name.substr(0, name.size() - kTail.size());
    const std::size_t dash = head.rfind('-'), dot = head.rfind('.');
    if (dash == std::string::npos || dot == std::string::npos || dash < dot) return 0;
    int process = 0;
    const auto [end, failed] = std::from_chars(head.data() + dot + 1, head.data() + dash, process);
    return failed == std::errc() && end == head.data() + dash ? process : 0;
}

}  // namespace

void writeFileAtomic(const fs::path& path, std::string_view content) {
    AtomicFile file(path);
    file.write(content);
    file.commit();
}

std::string copyFileAtomic(const fs::path& from, const fs::path& to) {
    const Descriptor source = openForReading(from);
    AtomicFile target(to);
    Sha256 digest;
    std::array<char, kBufferBytes> buffer{};
    while (true) {
        const ssize_t got = ::read(source.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw Error(ErrorCode::FileUnreadable, {from.string(), std::strerror(errno)});
        if (got == 0) break;
        const std::string_view bytes(buffer.data(), static_cast<std::size_t>(got));
        digest.add(bytes);
        target.write(bytes);
    }
    target.commit();
    return digest.hex();
}

AtomicFile::AtomicFile(fs::path path) : m_path(std::move(path)) {
    const mode_t rights = rightsFor(m_path);
    m_temporary = temporaryName(m_path);
    const int descriptor = retried(
        [&] { return ::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600); });
    if (descriptor < 0) throwUnwritable(m_path, errno);
    m_file = Descriptor(descriptor);
    // A file system without rights (a stick) refuses: its own rules hold then.
    if (::fchmod(descriptor, rights) != 0 && errno != EPERM && errno != ENOTSUP) {
        const int reason = errno;
        ::unlink(m_temporary.c_str());
        throwUnwritable(m_path, reason);
    }
    m_buffer.reserve(kBufferBytes);
}

AtomicFile::~AtomicFile() {
    if (m_committed) return;
    m_file.reset();
    ::unlink(m_temporary.c_str());
}

void AtomicFile::write(std::string_view bytes) {
    if (m_buffer.size() + bytes.size() > kBufferBytes) flush();
    if (bytes.size() >= kBufferBytes)
        writeAll(m_file, bytes, m_path);
    else
        m_buffer += bytes;
}

void AtomicFile::flush() {
    writeAll(m_file, m_buffer, m_path);
    m_buffer.clear();
}

void AtomicFile::finish() {
    if (m_finished) return;
    flush();
    sync(m_file, m_path);
    const int descriptor = m_file.release();
    // After EINTR the descriptor is closed on Linux, and all was synced before.
    if (::close(descriptor) != 0 && errno != EINTR) throwUnwritable(m_path, errno);
    m_finished = true;
}

void AtomicFile::commit() {
    finish();
    if (::rename(m_temporary.c_str(), m_path.c_str()) != 0) throwUnwritable(m_path, errno);
    m_committed = true;
    syncFolder(m_path);
}

int sweepTemporaryFiles(const fs::path& folder) noexcept {
    int removed = 0;
    std::error_code failed;
    try {
        for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
            const int process = processOf(at->path().filename().string());
            if (process <= 0 || !fs::is_regular_file(at->symlink_status(failed))) continue;
            // Another host's process may have that number: its file is left alone for a day.
            const auto age = fs::file_time_type::clock::now() - at->last_write_time(failed);
            const bool gone = ::kill(process, 0) != 0 && errno == ESRCH;
            if (!gone && age < std::chrono::hours(24)) continue;
            if (gone && age < std::chrono::minutes(1)) continue;
            removed += ::unlink(at->path().c_str()) == 0 ? 1 : 0;
        }
    } catch (...) {
        return removed;
    }
    return removed;
}

void sweepTemporaryFilesOnce(const fs::path& folder) noexcept {
    static std::mutex mutex;
    static std::set<fs::path> swept;
    try {
        const std::lock_guard lock(mutex);
        if (swept.insert(folder).second) sweepTemporaryFiles(folder);
    } catch (const std::exception&) {  // no memory for a name: swept another time
    }
}

}  // namespace mnerva
