#include "core/store/database_copy.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <optional>
#include <thread>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/store/connection.h"
#include "core/store/file_system.h"
#include "core/store/migrator.h"
#include "core/store/schema.h"
#include "core/store/statement.h"
#include "core/store/transaction.h"

namespace mnerva::store {
namespace fs = std::filesystem;
namespace {

constexpr int kPagesAtOnce = 1024;  // 4 MiB
constexpr int kMostRestarts = 50;   // of a source without a log, each time somebody wrote to it
constexpr auto kBetween = std::chrono::milliseconds(2);

/// A file beside the wanted one that goes away unless it takes the name.
class Temporary {
public:
    explicit Temporary(fs::path wanted)
        : m_wanted(std::move(wanted)), m_file(m_wanted), m_name(m_file.temporaryPath()) {}
    ~Temporary() {
        std::error_code ignored;
        for (const char* ending : {"-journal", "-wal", "-shm"}) fs::remove(m_name.string() + ending, ignored);
    }
    const fs::path& path() const { return m_name; }
    void commit() { m_file.commit(); }

private:
    fs::path m_wanted;
    AtomicFile m_file;
    fs::path m_name;
};

[[noreturn]] void failWriting(int code, const fs::path& target, sqlite3* handle = nullptr) {
    const bool isFull = (handle && isFullDisk(sqlite3_system_errno(handle))) ||
                        ((code & 0xff) == SQLITE_IOERR && refusesMore(target.parent_path()));
    if ((code & 0xff) == SQLITE_FULL || isFull) throw Error(ErrorCode::DiskFull, {target.string()});
    throw Error(ErrorCode::DatabaseFailed, {target.string(), sqlite3_errstr(code)});
}

void syncFile(const fs::path& file) {
    const Descriptor opened = openForReading(file);
    if (retried([&] { return ::fdatasync(opened.get()); }) != 0 && errno != EINVAL) throwUnwritable(file, errno);
}

using Database = std::unique_ptr<sqlite3, int (*)(sqlite3*)>;

Database openTarget(const fs::path& file) {
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &handle,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    Database opened(handle, sqlite3_close_v2);
    if (code != SQLITE_OK) failWriting(code, file);
    // The file has no name yet and is synced by us; nothing needs to be taken back.
    sqlite3_exec(handle, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", nullptr, nullptr, nullptr);
    return opened;
}

/// Pages from `source` to `target` until there are no more.
void copyPages(sqlite3* source, sqlite3* target, const fs::path& file, const ProgressSink& progress,
               const std::stop_token& stop) {
    const std::unique_ptr<sqlite3_backup, int (*)(sqlite3_backup*)> copying(
        sqlite3_backup_init(target, "main", source, "main"), sqlite3_backup_finish);
    if (!copying) failWriting(sqlite3_errcode(target), file);
    int restarts = 0, left = 0;
    for (int code = SQLITE_OK; code != SQLITE_DONE;) {
        if (stop.stop_requested()) throw Cancelled{};
        code = sqlite3_backup_step(copying.get(), kPagesAtOnce);
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
            if (++restarts > kMostRestarts) failWriting(code, file);
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            continue;
        }
        if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
            throw Error(ErrorCode::ProjectCorrupt, {file.string(), sqlite3_errstr(code)});
        if (code != SQLITE_OK && code != SQLITE_DONE) failWriting(code, file, target);
        const int total = sqlite3_backup_pagecount(copying.get()), now = sqlite3_backup_remaining(copying.get());
        if (left > 0 && now > left && ++restarts > kMostRestarts) failWriting(SQLITE_BUSY, file);
        left = now;
        syncFile(file);
        report(progress, "copying", total - now, total);
        if (code == SQLITE_OK) std::this_thread::sleep_for(kBetween);
    }
}

/// A copy is one file: without a log, whoever opens it leaves nothing beside it.
void markAlone(const fs::path& file) {
    constexpr off_t kVersions = 18;
    const Descriptor opened = openForWriting(file, O_WRONLY);
    if (retried([&] { return ::pwrite(opened.get(), "\1\1", 2, kVersions); }) != 2) throwUnwritable(file, errno);
}

void requireQuickCheck(Connection& connection) {
    Statement query(connection, "PRAGMA quick_check(1)");
    if (query.step() && query.text(0) != "ok")
        throw Error(ErrorCode::ProjectCorrupt, {connection.file().string(), std::string(query.text(0))});
}

}  // namespace

std::uintmax_t copyDatabase(const fs::path& from, const fs::path& to, const ProgressSink& progress,
                            const std::stop_token& stop) {
    std::error_code failed;
    if (fs::exists(fs::symlink_status(to, failed))) throw Error(ErrorCode::FileExists, {to.string()});
    Temporary temporary(to);
    {
        Connection source(from, Access::ReadOnly, stop);
        // With a log, one state is held while others go on writing; without one that would keep them from it.
        std::optional<Snapshot> held;
        if (!source.fileSystem().isNetwork) held.emplace(source);
        const Database target = openTarget(temporary.path());
        copyPages(source.handle(), target.get(), temporary.path(), progress, stop);
    }
    markAlone(temporary.path());
    report(progress, "checking", 0, 0);
    try {
        Connection copy(temporary.path(), Access::ReadOnly, stop);
        requireQuickCheck(copy);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::ProjectCorrupt) throw;
        throw Error(ErrorCode::ProjectCorrupt, {from.string(), error.args().back()});
    }
    const auto bytes = fs::file_size(temporary.path(), failed);
    temporary.commit();
    return bytes;
}

DatabaseContent contentOf(const fs::path& database, const std::stop_token& stop) {
    Connection connection(database, Access::ReadOnly, stop);
    return {connection.integer("SELECT count(*) FROM posts"),
            connection.integer("SELECT count(*) FROM posts WHERE status = 'done'"),
            connection.integer("SELECT count(*) FROM journal WHERE kind <> 'note'")};
}

int requireSound(const fs::path& database, const std::stop_token& stop) {
    Connection connection(database, Access::ReadOnly, stop);
    const int version = versionOf(connection);
    if (version == 0) throw Error(ErrorCode::ProjectCorrupt, {database.string(), "it is empty"});
    for (const ForeignPart& part : foreignParts(connection, version))
        if (part.blocksReading) throw Error(ErrorCode::ProjectCorrupt, {database.string(), "it holds " + part.what});
    requireQuickCheck(connection);
    return version;
}

}  // namespace mnerva::store
