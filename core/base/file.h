#pragma once

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace mnerva {

/// A file descriptor that closes itself; -1 is none.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int value) : m_value(value) {}
    ~Descriptor() { reset(); }
    Descriptor(Descriptor&& other) noexcept : m_value(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    int get() const { return m_value; }
    bool isOpen() const { return m_value >= 0; }
    int release() noexcept;
    void reset() noexcept;

private:
    int m_value = -1;
};

/// Opens a plain file for reading; a pipe, a socket or a device never blocks the caller, it is refused.
/// Errors: FileMissing, FileIsDirectory, FileNotPlain, FileUnreadable.
Descriptor openForReading(const std::filesystem::path& path);

/// Opens a plain file for writing in place, made where it is missing. Nothing is followed on the way to other data: a
/// symbolic link, a file with a second name (hard link), a pipe and a device are refused and stay as they are.
/// `flags` are added to O_CREAT (O_RDWR, O_WRONLY, O_APPEND; never O_TRUNC: truncate what was opened and checked).
/// Errors: UnsafeTarget, FileIsDirectory, FileUnwritable, DiskFull.
Descriptor openForWriting(const std::filesystem::path& path, int flags);

/// Refuses a path in `folder` that leads through a symbolic link: `folder` itself may be one, nothing below it.
/// What does not exist yet is no fault. Errors: UnsafeTarget.
void requirePlainBelow(const std::filesystem::path& folder, const std::filesystem::path& path);

/// Writes all of it, taking up after signals and short writes. Errors: FileUnwritable, DiskFull (naming `path`).
void writeAll(const Descriptor& file, std::string_view bytes, const std::filesystem::path& path);

/// Whole content of a plain file. Errors: as openForReading; FileTooLarge above `maxBytes`.
std::string readFile(const std::filesystem::path& path,
                     std::uint64_t maxBytes = std::numeric_limits<std::uint64_t>::max());

/// Writes to a temporary neighbour, flushes to the disk, renames: the old content or the new, never half of it.
/// Errors: as AtomicFile.
void writeFileAtomic(const std::filesystem::path& path, std::string_view content);

/// A copy that is whole or absent, with the source's access rights for its owner. Returns the SHA-256 of what was
/// copied. Errors: as openForReading and AtomicFile.
std::string copyFileAtomic(const std::filesystem::path& from, const std::filesystem::path& to);

/// A text or binary stream with the same promise: nothing is seen under `path` before commit(). The temporary
/// neighbour has a name nobody can foresee and is made anew (O_EXCL); a replaced file's access rights are kept.
/// Errors: UnsafeTarget where `path` is a link, a pipe or a device; FileIsDirectory; FileUnwritable; DiskFull.
class AtomicFile {
public:
    explicit AtomicFile(std::filesystem::path path);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    void write(std::string_view bytes);
    /// All bytes on the disk, under the temporary name still: what is there can be read again and checked.
    void finish();
    /// finish(), then takes the name. The old file is untouched unless this returns.
    void commit();
    const std::filesystem::path& temporaryPath() const { return m_temporary; }

private:
    void flush();

    std::filesystem::path m_path, m_temporary;
    Descriptor m_file;
    std::string m_buffer;
    bool m_finished = false, m_committed = false;
};

/// Throws DiskFull where the reason (an errno) is that there is no room, else FileUnwritable with the reason.
[[noreturn]] void throwUnwritable(const std::filesystem::path& path, int reason);

/// A call of the system, made again while a signal cuts it short (EINTR).
template <class Call>
auto retried(Call call) {
    auto result = call();
    while (result == -1 && errno == EINTR) result = call();
    return result;
}

/// Removes what AtomicFile left in `folder` when a program was killed: temporary files whose process is gone. Returns
/// how many. Never throws: a sweep that cannot be done is no fault.
int sweepTemporaryFiles(const std::filesystem::path& folder) noexcept;
/// The same, once a process for each folder: for caches of many folders, which are swept where they are written.
void sweepTemporaryFilesOnce(const std::filesystem::path& folder) noexcept;

/// Exclusive lock of the operating system (flock) on a file, held until destroyed or until the process dies.
class FileLock {
public:
    /// The lock, or nothing where another process holds it. The file stays afterwards. Errors: as openForWriting.
    static std::optional<FileLock> tryTake(const std::filesystem::path& path);

private:
    explicit FileLock(Descriptor file) : m_file(std::move(file)) {}
    Descriptor m_file;
};

/// True where `relative` stays inside the folder it is joined to (no root, no "..").
bool staysInside(const std::filesystem::path& relative);

/// SHA-256 in lower-case hexadecimal.
std::string sha256(std::string_view bytes);
std::string sha256OfFile(const std::filesystem::path& path);

}  // namespace mnerva
