#include "core/project/backup.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/project/project_internal.h"
#include "core/store/project_files.h"
#include "core/text/utf8.h"

namespace mnerva::project {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::system_clock;

constexpr std::string_view kStart = "backup-", kEnd = ".mnerva";
constexpr const char* kStampForm = "%Y%m%d-%H%M%S";

std::tm localTime(Clock::time_point time) {
    const std::time_t seconds = Clock::to_time_t(time);
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    return parts;
}

std::string stampOf(Clock::time_point time) {
    const std::tm parts = localTime(time);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), kStampForm, &parts)};
}

/// The time in the name of a backup; nothing for any other name.
std::optional<Clock::time_point> timeInName(const std::string& name) {
    if (name.size() <= kStart.size() + kEnd.size() || !name.starts_with(kStart) || !name.ends_with(kEnd))
        return std::nullopt;
    const std::string stamp = name.substr(kStart.size(), name.size() - kStart.size() - kEnd.size());
    std::tm parts{};
    const char* rest = ::strptime(stamp.c_str(), kStampForm, &parts);
    if (!rest || *rest != '\0') return std::nullopt;
    parts.tm_isdst = -1;
    return Clock::from_time_t(std::mktime(&parts));
}

bool isSameDay(Clock::time_point one, Clock::time_point other) {
    const std::tm a = localTime(one), b = localTime(other);
    return a.tm_year == b.tm_year && a.tm_yday == b.tm_yday;
}

/// The folder for backups, made where it is missing; nothing in it is reached through links.
fs::path readyFolder(const fs::path& folder) {
    const fs::path backups = folder / kBackupFolder;
    requirePlainBelow(folder, backups);
    std::error_code failed;
    fs::create_directory(backups, failed);
    if (failed) throwUnwritable(backups, failed.value());
    if (!fs::is_directory(fs::symlink_status(backups, failed)))
        throw Error(ErrorCode::UnsafeTarget, {backups.string(), store::oddityOfFile(backups)});
    return backups;
}

std::uintmax_t bytesOf(const fs::path& file) {
    std::error_code failed;
    const auto bytes = fs::file_size(file, failed);
    return failed ? 0 : bytes;
}

/// A copy must leave at least as much free as it takes.
void requireRoom(const fs::path& database, const fs::path& backups) {
    std::error_code failed;
    const fs::space_info room = fs::space(backups, failed);
    if (!failed && room.available / 2 < bytesOf(database)) throw Error(ErrorCode::DiskFull, {backups.string()});
}

bool isEqual(const fs::path& one, const fs::path& other) {
    return bytesOf(one) == bytesOf(other) && sha256OfFile(one) == sha256OfFile(other);
}

/// A free name with this start: a second one of the same second gets a number.
fs::path freeName(const fs::path& folder, const std::string& start) {
    std::error_code failed;
    for (int number = 1;; ++number) {
        fs::path file = folder / (start + (number == 1 ? "" : "-" + std::to_string(number)) + std::string(kEnd));
        if (!fs::exists(fs::symlink_status(file, failed))) return file;
    }
}

void requireDatabase(const fs::path& folder) {
    std::error_code failed;
    if (!fs::is_regular_file(folder / kProjectFile, failed)) throw Error(ErrorCode::ProjectMissing, {folder.string()});
}

}  // namespace

std::string stampOfNow() {
    return stampOf(Clock::now());
}

std::vector<Backup> backupsOf(const fs::path& folder) {
    std::vector<Backup> found;
    std::error_code failed;
    for (fs::directory_iterator at(folder / kBackupFolder, failed), end; !failed && at != end; at.increment(failed)) {
        std::error_code odd;
        const auto time = timeInName(at->path().filename().string());
        if (time && fs::is_regular_file(at->symlink_status(odd)))
            found.push_back({at->path(), *time, bytesOf(at->path())});
    }
    std::sort(found.begin(), found.end(), [](const Backup& a, const Backup& b) {
        return a.madeAt != b.madeAt ? a.madeAt > b.madeAt : a.file > b.file;
    });
    return found;
}

std::optional<BackupContent> contentOf(const fs::path& database, const std::stop_token& stop) {
    try {
        return store::contentOf(database, stop);
    } catch (const Error&) {
        return std::nullopt;
    }
}

std::optional<Backup> backUp(const fs::path& folder, const ProgressSink& progress, const std::stop_token& stop) {
    requireDatabase(folder);
    const fs::path backups = readyFolder(folder), database = folder / kProjectFile;
    sweepTemporaryFiles(backups);
    requireRoom(database, backups);
    const std::vector<Backup> known = backupsOf(folder);
    const auto now = Clock::now();
    const fs::path file = backups / (std::string(kStart) + stampOf(now) + std::string(kEnd));
    std::error_code failed;
    if (fs::exists(fs::symlink_status(file, failed))) return std::nullopt;  // made this very second
    const std::uintmax_t bytes = store::copyDatabase(database, file, progress, stop);
    if (!known.empty() && isEqual(file, known.front().file)) {
        // The newest one stays the newest, under the time it was last found to be equal.
        fs::rename(file, known.front().file, failed);
        return std::nullopt;
    }
    const std::vector<Backup> all = backupsOf(folder);
    for (std::size_t i = kKeptBackups; i < all.size(); ++i) fs::remove(all[i].file, failed);
    return Backup{file, now, bytes};
}

DailyBackup backUpDaily(const fs::path& folder, const ProgressSink& progress, const std::stop_token& stop) {
    DailyBackup daily;
    const std::vector<Backup> known = backupsOf(folder);
    if (!known.empty()) {
        // Its own time, or when it was last found to be equal to the project.
        struct stat state {};
        const bool isSeen = ::stat(known.front().file.c_str(), &state) == 0;
        const auto seen = Clock::from_time_t(isSeen ? state.st_mtime : 0);
        if (isSameDay(known.front().madeAt, Clock::now()) || isSameDay(seen, Clock::now())) return daily;
    }
    try {
        daily.made = backUp(folder, progress, stop);
    } catch (const Error& error) {
        const char* code = error.code() == ErrorCode::DiskFull         ? "backup-no-room"
                           : error.code() == ErrorCode::ProjectCorrupt ? "backup-damaged"
                                                                       : "backup-failed";
        daily.findings.add({code, (folder / kBackupFolder).string(), 0, error.what()});
    }
    return daily;
}

fs::path replaceDatabase(const fs::path& folder, const fs::path& database, const std::string& program,
                         const ProgressSink& progress, const std::stop_token& stop) {
    const fs::path present = folder / kProjectFile;
    auto attempt = store::ProjectLock::tryTake(folder, program);
    if (!attempt.lock)
        throw Error(ErrorCode::ProjectLocked, {folder.string(), attempt.holder.program, attempt.holder.host,
                                               std::to_string(attempt.holder.processId)});
    report(progress, "checking", 0, 0);
    store::requireSound(database, stop);
    const fs::path backups = readyFolder(folder);
    requireRoom(database, backups);
    const fs::path incoming = present.string() + ".incoming";
    std::error_code failed;
    fs::remove(incoming, failed);  // of a program that was killed here
    store::copyDatabase(database, incoming, progress, stop);
    // What is written in the log only goes into the file first, as far as it can be read.
    try {
        if (fs::exists(present, failed)) store::Connection(present, store::Access::ReadWrite, stop).checkpoint();
    } catch (const Error&) {  // damaged: file and log are kept as they are
    }
    fs::path aside;
    if (fs::exists(fs::symlink_status(present, failed))) {
        aside = freeName(backups, "replaced-" + stampOfNow());
        fs::rename(present, aside, failed);
        if (failed) throwUnwritable(aside, failed.value());
    }
    // A log of another file must not stay: it would be read as one of the new file.
    for (const char* ending : {"-wal", "-journal"}) {
        const fs::path companion = present.string() + ending;
        if (!fs::exists(fs::symlink_status(companion, failed))) continue;
        const fs::path to = aside.empty() ? freeName(backups, "replaced-" + stampOfNow()) : aside;
        fs::rename(companion, to.string() + ending, failed);
        if (failed) throwUnwritable(to, failed.value());
    }
    fs::remove(present.string() + "-shm", failed);
    fs::rename(incoming, present, failed);
    if (failed) throwUnwritable(present, failed.value());
    return aside;
}

}  // namespace mnerva::project
