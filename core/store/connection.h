#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/domain/finding.h"
#include "core/store/file_system.h"

struct sqlite3;
struct sqlite3_stmt;

namespace mnerva::store {

enum class Access { Create, ReadWrite, ReadOnly };

/// One SQLite connection; not thread-safe, one a thread. Writers run in WAL mode with synchronous=FULL (on a network
/// file system, where a log with shared memory is not to be relied on, with a rollback journal and synchronous=EXTRA):
/// a committed transaction is on the disk. Foreign keys are on, a busy database is waited for five seconds.
///
/// The file may come from a stranger. Nothing is written through links, second names, pipes or devices; triggers, views
/// and functions that a schema brings along do not run; sizes are limited; a stop ends the longest query.
/// Every SQLite error leaves this module as an Error: SQLITE_FULL and a full disk below it as DiskFull, a foreign or
/// damaged file as ProjectCorrupt, missing rights as FileUnreadable or FileUnwritable, links and pipes as UnsafeTarget,
/// the rest as DatabaseFailed. A query that was stopped throws Cancelled.
class Connection {
public:
    /// Longest text or blob that is read or written.
    static constexpr int kLongestValue = 256 << 20;

    Connection(std::filesystem::path file, Access access, std::stop_token stop = {});
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// True where a write was cut off that a reader cannot take back (a rollback journal lies beside the file).
    static bool wasCutOff(const std::filesystem::path& file);
    /// Takes such a write back. Only with the project's lock in hand. Errors: as the constructor.
    static void takeBack(const std::filesystem::path& file, std::stop_token stop = {});

    const std::filesystem::path& file() const { return m_file; }
    Access access() const { return m_access; }
    /// Where the file lies.
    const FileSystem& fileSystem() const { return m_fileSystem; }

    /// Runs SQL text without parameters or results (may be several statements).
    void execute(const std::string& sql);
    /// First column of the first row.
    std::int64_t integer(std::string_view sql);
    std::string text(std::string_view sql);
    std::int64_t lastInsertId() const;
    /// Rows that the last INSERT, UPDATE or DELETE touched.
    int changes() const;
    bool inTransaction() const;
    /// PRAGMA data_version: changes when another connection has committed.
    std::int64_t dataVersion();
    /// Moves what it can of the write-ahead log into the main file; waits for nobody.
    void checkpoint();
    /// What ends queries from now on. Not while one runs.
    void setStop(std::stop_token stop);
    /// Throws FileMissing when the file or its log was deleted or replaced since it was opened: what would be written
    /// now could never be found again.
    void requireInPlace() const;

    /// Notes that a row holds what cannot be: the reader leaves that part out and goes on. Each is kept once.
    void noteOdd(std::string_view code, std::int64_t post, std::string_view column, const std::string& what);
    /// What was noted so far.
    const Findings& oddRows() const { return m_odd; }

    /// For this folder's own use of interfaces that have no statement (backup).
    sqlite3* handle() const { return m_handle; }

    /// Throws the Error that `code` (an SQLite result) stands for.
    [[noreturn]] void fail(int code) const;

private:
    friend class Statement;
    using StopCallback = std::stop_callback<std::function<void()>>;

    sqlite3_stmt* lease(std::string_view sql);
    void giveBack(std::string_view sql, sqlite3_stmt* statement) noexcept;
    struct Recovery {};
    Connection(std::filesystem::path file, Recovery, std::stop_token stop);
    void openReading();
    void openWriting();
    void openUnchanged();
    void openWith(const std::string& name, int flags);
    void distrust();
    void close() noexcept;
    std::string nameForSqlite() const;

    std::filesystem::path m_file;
    Access m_access;
    std::stop_token m_stop;
    FileSystem m_fileSystem;
    sqlite3* m_handle = nullptr;
    std::map<std::string, std::vector<sqlite3_stmt*>, std::less<>> m_prepared;  ///< not in use at the moment
    std::optional<StopCallback> m_interrupt;
    std::optional<std::pair<std::uint64_t, std::uint64_t>>
        m_log;  ///< device and number of the log, while it is kept open
    Findings m_odd;
    std::set<std::string> m_oddSeen;
};

}  // namespace mnerva::store
