#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/store/migrator.h"
#include "core/store/salvage.h"

namespace mnerva::store {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kBlock = 4096, kHeader = 100;
constexpr std::size_t kBlocksBetweenReports = 256;
constexpr std::string_view kMagic{"SQLite format 3\0", 16};

/// Copies a file block by block; what the disk does not give is zeros. Returns how many blocks those were.
std::int64_t copyWhatCanBeRead(const fs::path& from, const fs::path& to, const ProgressSink& progress,
                               const std::stop_token& stop) {
    const Descriptor source = openForReading(from);
    AtomicFile target(to);
    std::error_code failed;
    const auto bytes = fs::file_size(from, failed);
    const std::uint64_t total = failed ? 0 : bytes;
    std::int64_t unreadable = 0;
    std::array<char, kBlock> block{};
    for (std::uint64_t at = 0; at < total;) {
        if (at / kBlock % kBlocksBetweenReports == 0) {
            if (stop.stop_requested()) throw Cancelled{};
            report(progress, "copying", static_cast<std::int64_t>(at), static_cast<std::int64_t>(total));
        }
        const std::size_t wanted = std::min<std::uint64_t>(kBlock, total - at);
        ssize_t got = retried([&] { return ::pread(source.get(), block.data(), wanted, static_cast<off_t>(at)); });
        if (got == 0) break;  // cut short while it is read
        if (got < 0) {
            block.fill('\0');
            got = static_cast<ssize_t>(wanted);
            ++unreadable;
        }
        target.write({block.data(), static_cast<std::size_t>(got)});
        at += static_cast<std::uint64_t>(got);
    }
    target.commit();
    return unreadable;
}

void putNumber(std::string& page, std::size_t at, std::uint32_t value, std::size_t bytes = 4) {
    for (std::size_t i = 0; i < bytes; ++i) page[at + i] = static_cast<char>((value >> (8 * (bytes - 1 - i))) & 0xff);
}

/// The header of a database as Mnerva makes it, for a file of so many pages.
std::string soundHeader(std::uint32_t pages) {
    std::string header(kHeader, '\0');
    header.replace(0, kMagic.size(), kMagic);
    putNumber(header, 16, kBlock, 2);
    header[18] = header[19] = 2;  // a write-ahead log
    header[21] = 64;
    header[22] = header[23] = 32;
    putNumber(header, 24, 1);
    putNumber(header, 28, pages);
    putNumber(header, 40, 1);
    putNumber(header, 44, 4);
    putNumber(header, 56, 1);
    putNumber(header, 60, static_cast<std::uint32_t>(knownVersion()));
    putNumber(header, 68, 0x4d4e5256);
    putNumber(header, 92, 1);
    return header;
}

void writeAt0(const fs::path& file, std::string_view bytes) {
    const Descriptor target = openForWriting(file, O_WRONLY);
    writeAll(target, bytes, file);
}

std::uint32_t pagesOf(const fs::path& file) {
    std::error_code failed;
    const auto bytes = fs::file_size(file, failed);
    return failed ? 0 : static_cast<std::uint32_t>((bytes + kBlock - 1) / kBlock);
}

}  // namespace

DamagedCopy::DamagedCopy(const fs::path& database, const fs::path& workFolder, const std::vector<fs::path>& olderCopies,
                         const ProgressSink& progress, const std::stop_token& stop)
    : m_file(workFolder / "damaged.mnerva") {
    std::error_code failed;
    if (!fs::exists(database, failed)) return;
    m_unreadable = copyWhatCanBeRead(database, m_file, progress, stop);
    const fs::path log = database.string() + "-wal";
    if (fs::is_regular_file(fs::symlink_status(log, failed)))
        m_unreadable += copyWhatCanBeRead(log, m_file.string() + "-wal", progress, stop);
    if (pagesOf(m_file) == 0 && !fs::exists(m_file.string() + "-wal", failed)) return;
    if (open(stop)) return;
    m_isMended = true;
    mendHeader();
    if (open(stop)) return;
    for (const fs::path& older : olderCopies)
        if (graft(older) && open(stop)) return;
    // A log that cannot be what the file needs is in the way of what the file holds.
    fs::remove(m_file.string() + "-wal", failed);
    fs::remove(m_file.string() + "-shm", failed);
    mendHeader();
    if (!open(stop)) m_connection.reset();
}

/// True where the tables are there; what is in them shows itself when they are read.
bool DamagedCopy::open(const std::stop_token& stop) {
    try {
        m_connection = std::make_unique<Connection>(m_file, Access::ReadOnly, stop);
        if (m_connection->integer("SELECT count(*) FROM sqlite_schema WHERE name = 'posts'") == 1) {
            m_connection->integer("SELECT count(*) FROM pragma_table_info('posts')");
            return true;
        }
    } catch (const Error&) {  // what is wrong with it is why we are here
    }
    m_connection.reset();
    return false;
}

void DamagedCopy::mendHeader() {
    const std::uint32_t pages = pagesOf(m_file);
    if (pages > 0) writeAt0(m_file, soundHeader(pages));
}

/// The whole first page, where the list of tables begins, as it is in an older copy of the same file.
bool DamagedCopy::graft(const fs::path& olderCopy) {
    try {
        const Descriptor source = openForReading(olderCopy);
        std::string page(kBlock, '\0');
        const auto got = retried([&] { return ::pread(source.get(), page.data(), page.size(), 0); });
        if (got != static_cast<ssize_t>(kBlock) || page.compare(0, kMagic.size(), kMagic) != 0) return false;
        writeAt0(m_file, page.replace(0, kHeader, soundHeader(std::max(pagesOf(m_file), 1U))));
        return true;
    } catch (const Error&) {
        return false;
    }
}

}  // namespace mnerva::store
