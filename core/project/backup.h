#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/domain/finding.h"
#include "core/store/database_copy.h"

namespace mnerva::project {

/// Copies of a project's database in its folder `backups`, each a database of its own.
inline constexpr const char* kBackupFolder = "backups";
inline constexpr int kKeptBackups = 7;

struct Backup {
    std::filesystem::path file;
    std::chrono::system_clock::time_point madeAt;
    std::uintmax_t bytes = 0;
};

/// Those of a project, newest first. Files of other names and what is no plain file are none.
std::vector<Backup> backupsOf(const std::filesystem::path& folder);

/// What a backup holds, without the project being opened. Nothing where it cannot be read.
using BackupContent = store::DatabaseContent;
std::optional<BackupContent> contentOf(const std::filesystem::path& database, const std::stop_token& stop = {});

/// Makes one now, whoever is working on the project; nothing where it would equal the newest. The oldest beyond
/// kKeptBackups go. Errors: ProjectMissing, ProjectCorrupt (then none goes), DiskFull also where the copy would take
/// more than half of what is free, UnsafeTarget, FileUnwritable.
std::optional<Backup> backUp(const std::filesystem::path& folder, const ProgressSink& progress = {},
                             const std::stop_token& stop = {});

struct DailyBackup {
    std::optional<Backup> made;
    Findings findings;  ///< "backup-failed", "backup-no-room", "backup-damaged": why there is none
};
/// The same where none was made today (by the clock of this place). What fails is a finding. Throws Cancelled.
DailyBackup backUpDaily(const std::filesystem::path& folder, const ProgressSink& progress = {},
                        const std::stop_token& stop = {});

/// Puts a database in the place of a project's, whether that one can be read or not. The present one is kept aside in
/// `backups` and named in the answer (empty: there was none). Errors: ProjectLocked while another program works on the
/// project, ProjectCorrupt where `database` is not sound (then nothing is changed), those of files.
std::filesystem::path replaceDatabase(const std::filesystem::path& folder, const std::filesystem::path& database,
                                      const std::string& program, const ProgressSink& progress = {},
                                      const std::stop_token& stop = {});

/// "20261201-140211" of now, by the clock of this place: part of names.
std::string stampOfNow();

}  // namespace mnerva::project
