#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace mnerva::store {

enum class Access { Create, ReadWrite, ReadOnly };

/// One SQLite connection; not thread-safe, one a thread. Writers run in WAL mode with synchronous=FULL: a committed
/// transaction is on the disk. Foreign keys are on, a busy database is waited for five seconds.
/// Every SQLite error leaves this module as an Error: SQLITE_FULL and a full disk below it as DiskFull, a foreign or
/// damaged file as ProjectCorrupt, missing rights as FileUnreadable or FileUnwritable, the rest as DatabaseFailed.
class Connection {
public:
    Connection(std::filesystem::path file, Access access);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    const std::filesystem::path& file() const { return m_file; }
    Access access() const { return m_access; }

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

    /// Throws the Error that `code` (an SQLite result) stands for.
    [[noreturn]] void fail(int code) const;

private:
    friend class Statement;
    sqlite3_stmt* lease(std::string_view sql);
    void giveBack(std::string_view sql, sqlite3_stmt* statement) noexcept;
    void openWith(const std::string& name, int flags);

    std::filesystem::path m_file;
    Access m_access;
    sqlite3* m_handle = nullptr;
    std::map<std::string, std::vector<sqlite3_stmt*>, std::less<>> m_prepared;  ///< not in use at the moment
};

}  // namespace mnerva::store
