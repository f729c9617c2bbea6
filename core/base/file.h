#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace mnerva {

/// Whole content of a file. Errors: FileMissing, FileIsDirectory, FileUnreadable.
std::string readFile(const std::filesystem::path& path);

/// Writes to a temporary neighbour, flushes to the disk, renames: the old content or the new, never half of it.
/// Errors: FileUnwritable, DiskFull.
void writeFileAtomic(const std::filesystem::path& path, std::string_view content);

/// A text or binary stream with the same promise: nothing is seen under `path` before commit().
class AtomicFile {
public:
    explicit AtomicFile(std::filesystem::path path);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    void write(std::string_view bytes);
    void commit();

private:
    std::filesystem::path m_path, m_temporary;
    std::ofstream m_stream;
    bool m_committed = false;
};

/// True where `relative` stays inside the folder it is joined to (no root, no "..").
bool staysInside(const std::filesystem::path& relative);

/// SHA-256 in lower-case hexadecimal.
std::string sha256(std::string_view bytes);
std::string sha256OfFile(const std::filesystem::path& path);

}  // namespace mnerva
