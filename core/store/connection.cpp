#include "core/store/connection.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/base/check.h"
#include "core/base/file.h"
#include "core/store/project_files.h"
#include "core/store/statement.h"

namespace mnerva::store {
namespace fs = std::filesystem;
namespace {

constexpr int kBusyTimeoutMs = 5000;
constexpr int kPageCacheKiB = 16 * 1024;
constexpr std::int64_t kLogLimitBytes = 8 << 20;
constexpr int kOpsBetweenStopChecks = 20000;  // some hundred microseconds
constexpr std::size_t kOddKept = 10000;

/// "file:..." name of a path, with the characters escaped that mean something in such a name.
std::string uriOf(const fs::path& file) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : file.string()) {
        if (c == '%' || c == '?' || c == '#') {
            const auto byte = static_cast<unsigned char>(c);
            uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
        } else {
            uri += c;
        }
    }
    return uri;
}

/// True for a database file without a write-ahead log or a rollback journal that still holds something.
bool isAlone(const fs::path& file) {
    std::error_code failed;
    if (!fs::is_regular_file(file, failed)) return false;
    for (const char* ending : {"-wal", "-journal"}) {
        const auto bytes = fs::file_size(file.string() + ending, failed);
        if (!failed && bytes > 0) return false;
    }
    return true;
}

/// Device and number of a file.
std::optional<std::pair<std::uint64_t, std::uint64_t>> numberOf(const fs::path& file) {
    struct stat state {};
    if (::lstat(file.c_str(), &state) != 0) return std::nullopt;
    return std::pair{static_cast<std::uint64_t>(state.st_dev), static_cast<std::uint64_t>(state.st_ino)};
}

std::string reasonOf(int systemError, const char* fallback) {
    return systemError ? std::strerror(systemError) : std::string(fallback);
}

}  // namespace

Connection::Connection(fs::path file, Access access, std::stop_token stop)
    : m_file(std::move(file)), m_access(access), m_stop(std::move(stop)) {
    try {
        m_fileSystem = fileSystemOf(fs::absolute(m_file).parent_path());
        if (access == Access::ReadOnly)
            openReading();
        else
            openWriting();
    } catch (...) {
        close();
        throw;
    }
}

Connection::Connection(fs::path file, Recovery, std::stop_token stop)
    : m_file(std::move(file)), m_access(Access::ReadWrite), m_stop(std::move(stop)) {
    try {
        openUnchanged();
        integer("SELECT count(*) FROM sqlite_schema");  // the first read takes back
    } catch (...) {
        close();
        throw;
    }
}

bool Connection::wasCutOff(const fs::path& file) {
    const fs::path journal = file.string() + "-journal";
    std::error_code failed;
    if (!fs::is_regular_file(fs::symlink_status(journal, failed))) return false;
    const auto bytes = fs::file_size(journal, failed);
    return !failed && bytes > 0;
}

void Connection::takeBack(const fs::path& file, std::stop_token stop) {
    const Connection taken(file, Recovery{}, std::move(stop));
}

Connection::~Connection() {
    close();
}

void Connection::close() noexcept {
    m_interrupt.reset();  // waits for a call that is under way
    for (auto& [sql, statements] : m_prepared)
        for (sqlite3_stmt* statement : statements) sqlite3_finalize(statement);
    m_prepared.clear();
    if (m_handle) sqlite3_close_v2(m_handle);
    m_handle = nullptr;
}

/// The folder may be reached through links; from there on nothing is followed (SQLITE_OPEN_NOFOLLOW looks at the whole
/// path).
std::string Connection::nameForSqlite() const {
    std::error_code failed;
    const fs::path absolute = fs::absolute(m_file), folder = fs::canonical(absolute.parent_path(), failed);
    return failed ? absolute.string() : (folder / absolute.filename()).string();
}

void Connection::openReading() {
    const ReadingMode mode = readingModeOf(m_file);
    const std::string uri = uriOf(nameForSqlite());
    const auto look = [&](const std::string& options) {
        openWith(uri + options, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
        integer("SELECT count(*) FROM sqlite_schema");
    };
    if (mode == ReadingMode::WithoutLog) return look("?immutable=1");
    try {
        look(mode == ReadingMode::FixedIndex ? "?readonly_shm=1" : "");
    } catch (const Error& error) {
        // A folder in which not even the index of the log may be made: the file cannot change under us there, and with
        // no log beside it the file says everything.
        const bool noRight = error.code() == ErrorCode::FileUnreadable || error.code() == ErrorCode::FileUnwritable;
        if (!noRight || !isAlone(m_file)) throw;
        look("?immutable=1");
    }
}

/// With the right to write, and nothing changed yet but what a write that was cut off had begun.
void Connection::openUnchanged() {
    const std::vector<UnsafePart> unsafe = unsafeDatabaseFiles(m_file);
    if (!unsafe.empty()) throw Error(ErrorCode::UnsafeTarget, {unsafe.front().path.string(), unsafe.front().what});
    openWith(uriOf(nameForSqlite()),
             SQLITE_OPEN_URI | SQLITE_OPEN_READWRITE | (m_access == Access::Create ? SQLITE_OPEN_CREATE : 0));
    if (sqlite3_db_readonly(m_handle, "main") == 1)  // SQLite falls back to reading without a word
        throw Error(ErrorCode::FileUnwritable, {m_file.string(), std::strerror(EACCES)});
}

void Connection::openWriting() {
    openUnchanged();
    // EXTRA: the deletion of a rollback journal, which is what commits, is on the disk too; a new file begins with one.
    execute("PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON");
    // The index of a log is memory that all who use the file share: between machines there is no such thing.
    const std::string journal = m_fileSystem.isNetwork ? "delete" : "wal";
    if (const std::string got = text("PRAGMA journal_mode = " + journal); got != journal)
        throw Error(ErrorCode::DatabaseFailed,
                    {m_file.string(), m_fileSystem.isNetwork ? "another program keeps its write-ahead log open"
                                                             : "no write-ahead log on this file system"});
    if (!m_fileSystem.isNetwork) execute("PRAGMA synchronous = FULL");
    integer("PRAGMA journal_size_limit = " + std::to_string(kLogLimitBytes));
    integer("SELECT count(*) FROM sqlite_schema");  // opens the log
    m_log = numberOf(m_file.string() + "-wal");
}

void Connection::openWith(const std::string& name, int flags) {
    close();
    // Nobody asks SQLite how much memory it holds, and counting locks a mutex at each allocation: 3 % of an import.
    static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);  // once; refused where SQLite has begun
    static_cast<void>(uncounted);
    const int code = sqlite3_open_v2(
        name.c_str(), &m_handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOFOLLOW, nullptr);
    if (code != SQLITE_OK) fail(code);
    distrust();
    setStop(m_stop);
    sqlite3_busy_timeout(m_handle, kBusyTimeoutMs);
    execute("PRAGMA cache_size = -" + std::to_string(kPageCacheKiB));
}

/// Before the first page is read: a file may have been made to harm who opens it.
void Connection::distrust() {
    for (const auto& [option, value] : {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                                        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
                                        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}})
        sqlite3_db_config(m_handle, option, value, static_cast<int*>(nullptr));
    for (const auto& [limit, value] : {std::pair{SQLITE_LIMIT_LENGTH, kLongestValue},
                                       {SQLITE_LIMIT_SQL_LENGTH, 256 << 10},
                                       {SQLITE_LIMIT_COLUMN, 100},
                                       {SQLITE_LIMIT_EXPR_DEPTH, 100},
                                       {SQLITE_LIMIT_COMPOUND_SELECT, 10},
                                       {SQLITE_LIMIT_FUNCTION_ARG, 16},
                                       {SQLITE_LIMIT_ATTACHED, 0},
                                       {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000},
                                       {SQLITE_LIMIT_VARIABLE_NUMBER, 100},
                                       {SQLITE_LIMIT_TRIGGER_DEPTH, 20},
                                       {SQLITE_LIMIT_WORKER_THREADS, 0}})
        sqlite3_limit(m_handle, limit, value);
    execute("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0");
}

void Connection::setStop(std::stop_token stop) {
    m_interrupt.reset();
    m_stop = std::move(stop);
    if (!m_stop.stop_possible()) {
        sqlite3_progress_handler(m_handle, 0, nullptr, nullptr);
        return;
    }
    // The handler holds for what begins after the stop, the interrupt reaches what asks no handler (integrity_check).
    sqlite3_progress_handler(
        m_handle, kOpsBetweenStopChecks,
        [](void* token) { return static_cast<std::stop_token*>(token)->stop_requested() ? 1 : 0; }, &m_stop);
    m_interrupt.emplace(m_stop, [handle = m_handle] { sqlite3_interrupt(handle); });
}

void Connection::requireInPlace() const {
    int moved = 0;
    sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved != 0) throw Error(ErrorCode::FileMissing, {m_file.string()});
    const fs::path log = m_file.string() + "-wal";
    if (m_log && numberOf(log) != m_log) throw Error(ErrorCode::FileMissing, {log.string()});
}

void Connection::noteOdd(std::string_view code, std::int64_t post, std::string_view column, const std::string& what) {
    std::string text = "post " + std::to_string(post) + ", " + std::string(column) + ": " + what;
    if (m_oddSeen.size() >= kOddKept || !m_oddSeen.insert(text).second) return;
    m_odd.add({std::string(code), m_file.string(), 0, std::move(text)});
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
        case SQLITE_INTERRUPT:
            throw Cancelled{};
        case SQLITE_NOMEM:
            throw Error(ErrorCode::MemoryExhausted, {"using " + path});
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            throw Error(ErrorCode::ProjectCorrupt, {path, detail});
        case SQLITE_READONLY:
        case SQLITE_PERM:
            if (code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY)
                throw Error(ErrorCode::DatabaseFailed,
                            {path, "a write was cut off; open the project once where it may be written"});
            throw Error(ErrorCode::FileUnwritable, {path, reasonOf(systemError, "it is write-protected")});
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw Error(ErrorCode::DatabaseFailed, {path, "another program is writing to it"});
        case SQLITE_TOOBIG:
            throw Error(ErrorCode::BoundExceeded, {path, "bytes in one value", std::to_string(kLongestValue)});
        case SQLITE_CANTOPEN:
            if (code == SQLITE_CANTOPEN_SYMLINK) throw Error(ErrorCode::UnsafeTarget, {path, "a symbolic link"});
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
