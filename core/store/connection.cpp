#include "core/store/connection.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/base/check.h"
#include "core/store/statement.h"

namespace mnerva::store {
namespace fs = std::filesystem;
namespace {

constexpr int kBusyTimeoutMs = 5000;
constexpr int kPageCacheKiB = 16 * 1024;
constexpr std::int64_t kLogLimitBytes = 8 << 20;

/// "file:..." name of a path, with the characters escaped that mean something in such a name.
std::string uriOf(const fs::path& file) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : fs::absolute(file).string()) {
        if (c == '%' || c == '?' || c == '#') {
            const auto byte = static_cast<unsigned char>(c);
            uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
        } else {
            uri += c;
        }
    }
    return uri;
}

/// True for a database file without a write-ahead log that still holds something.
bool isAlone(const fs::path& file) {
    std::error_code failed;
    if (!fs::is_regular_file(file, failed)) return false;
    const auto logBytes = fs::file_size(file.string() + "-wal", failed);
    return failed || logBytes == 0;
}

bool isFullDisk(int systemError) {
    return systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG;
}

/// Tries to write a little beside the database: SQLite only tells a full disk apart where a plain write said ENOSPC,
/// not for quotas and size limits, and the error number of the system may be of a later call.
bool refusesMore(const fs::path& folder) {
    constexpr std::size_t kProbeBytes = 1 << 20;
    const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (descriptor < 0) return isFullDisk(errno);
    const std::string bytes(kProbeBytes, 'x');
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    const bool isFull = written < 0 ? isFullDisk(errno) : static_cast<std::size_t>(written) < bytes.size();
    ::close(descriptor);
    return isFull;
}

std::string reasonOf(int systemError, const char* fallback) {
    return systemError ? std::strerror(systemError) : std::string(fallback);
}

}  // namespace

Connection::Connection(fs::path file, Access access) : m_file(std::move(file)), m_access(access) {
    try {
        if (access == Access::ReadOnly) {
            try {
                openWith(m_file.string(), SQLITE_OPEN_READONLY);
                integer("SELECT count(*) FROM sqlite_schema");
            } catch (const Error& error) {
                // A folder in which not even the index of the log may be made: the file cannot change under us there,
                // and with no log beside it the file says everything.
                const bool noRight =
                    error.code() == ErrorCode::FileUnreadable || error.code() == ErrorCode::FileUnwritable;
                if (!noRight || !isAlone(m_file)) throw;
                openWith(uriOf(m_file) + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
                integer("SELECT count(*) FROM sqlite_schema");
            }
            return;
        }
        openWith(m_file.string(), SQLITE_OPEN_READWRITE | (access == Access::Create ? SQLITE_OPEN_CREATE : 0));
        if (sqlite3_db_readonly(m_handle, "main") == 1)  // SQLite falls back to reading without a word
            throw Error(ErrorCode::FileUnwritable, {m_file.string(), std::strerror(EACCES)});
        if (text("PRAGMA journal_mode = WAL") != "wal")
            throw Error(ErrorCode::DatabaseFailed, {m_file.string(), "no write-ahead log on this file system"});
        execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
        integer("PRAGMA journal_size_limit = " + std::to_string(kLogLimitBytes));
    } catch (...) {
        for (auto& [sql, statements] : m_prepared)
            for (sqlite3_stmt* statement : statements) sqlite3_finalize(statement);
        sqlite3_close_v2(m_handle);
        throw;
    }
}

Connection::~Connection() {
    for (auto& [sql, statements] : m_prepared)
        for (sqlite3_stmt* statement : statements) sqlite3_finalize(statement);
    sqlite3_close_v2(m_handle);
}

void Connection::openWith(const std::string& name, int flags) {
    for (auto& [sql, statements] : m_prepared)
        for (sqlite3_stmt* statement : statements) sqlite3_finalize(statement);
    m_prepared.clear();
    if (m_handle) sqlite3_close_v2(m_handle);
    m_handle = nullptr;
    const int code =
        sqlite3_open_v2(name.c_str(), &m_handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (code != SQLITE_OK) fail(code);
    sqlite3_busy_timeout(m_handle, kBusyTimeoutMs);
    execute("PRAGMA cache_size = -" + std::to_string(kPageCacheKiB));
}

void Connection::execute(const std::string& sql) {
    const int code = sqlite3_exec(m_handle, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

std::int64_t Connection::integer(std::string_view sql) {
    Statement statement(*this, sql);
    return statement.step() ? statement.integer(0) : 0;
}

std::string Connection::text(std::string_view sql) {
    Statement statement(*this, sql);
    return statement.step() ? std::string(statement.text(0)) : std::string();
}

std::int64_t Connection::lastInsertId() const {
    return sqlite3_last_insert_rowid(m_handle);
}

int Connection::changes() const {
    return sqlite3_changes(m_handle);
}

bool Connection::inTransaction() const {
    return sqlite3_get_autocommit(m_handle) == 0;
}

std::int64_t Connection::dataVersion() {
    return integer("PRAGMA data_version");
}

void Connection::checkpoint() {
    sqlite3_wal_checkpoint_v2(m_handle, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

sqlite3_stmt* Connection::lease(std::string_view sql) {
    const auto found = m_prepared.find(sql);
    if (found != m_prepared.end() && !found->second.empty()) {
        sqlite3_stmt* statement = found->second.back();
        found->second.pop_back();
        return statement;
    }
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(m_handle, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &statement, nullptr);
    if (code != SQLITE_OK) fail(code);
    return statement;
}

void Connection::giveBack(std::string_view sql, sqlite3_stmt* statement) noexcept {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    try {
        const auto found = m_prepared.find(sql);
        if (found != m_prepared.end())
            found->second.push_back(statement);
        else
            m_prepared[std::string(sql)].push_back(statement);
    } catch (...) {
        sqlite3_finalize(statement);  // no memory to keep it: it will be prepared again
    }
}

void Connection::fail(int code) const {
    const std::string path = m_file.string();
    const int systemError = m_handle ? sqlite3_system_errno(m_handle) : 0;
    const std::string detail = m_handle ? sqlite3_errmsg(m_handle) : sqlite3_errstr(code);
    std::error_code ignored;
    switch (code & 0xff) {
        case SQLITE_FULL:
            throw Error(ErrorCode::DiskFull, {path});
        case SQLITE_NOMEM:
            throw Error(ErrorCode::MemoryExhausted, {"using " + path});
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            throw Error(ErrorCode::ProjectCorrupt, {path, detail});
        case SQLITE_READONLY:
        case SQLITE_PERM:
            throw Error(ErrorCode::FileUnwritable, {path, reasonOf(systemError, "it is write-protected")});
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw Error(ErrorCode::DatabaseFailed, {path, "another program is writing to it"});
        case SQLITE_CANTOPEN:
            if (!m_file.empty() && !fs::exists(m_file, ignored) && m_access != Access::Create)
                throw Error(ErrorCode::FileMissing, {path});
            throw Error(ErrorCode::FileUnreadable, {path, reasonOf(systemError, detail.c_str())});
        case SQLITE_IOERR:
            if (isFullDisk(systemError) || refusesMore(fs::absolute(m_file).parent_path()))
                throw Error(ErrorCode::DiskFull, {path});
            throw Error(ErrorCode::DatabaseFailed,
                        {path, systemError ? detail + " (" + std::strerror(systemError) + ")" : detail});
        default:
            throw Error(ErrorCode::DatabaseFailed, {path, detail});
    }
}

}  // namespace mnerva::store
