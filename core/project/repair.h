#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <stop_token>
#include <string>

#include "core/base/progress.h"
#include "core/store/salvage.h"

namespace mnerva::project {

/// What was kept of a damaged project and what was lost.
struct RepairReport {
    std::filesystem::path file;    ///< the new database; that of the project is as it was
    std::filesystem::path backup;  ///< what the damaged file lacked came from it; empty: none was needed or there
    std::map<std::string, store::SalvagedTable> tables;
    std::int64_t posts = 0, lostPosts = 0;  ///< lost: as far as the numbers of those that are left tell
    std::int64_t steps = 0, lostSteps = 0;  ///< of the history
    std::int64_t replayedPosts = 0;         ///< posts whose labels were made again from the history
    std::int64_t lostRows = 0;              ///< rows of other tables that are left out
    bool isFirstPageMended = false;
    /// The history is whole and can be undone as before; else it is kept to be read, and undo begins anew.
    bool isHistoryWhole = true;
    /// Nothing that was in the file is missing in the new one, as far as can be told.
    bool isWhole() const { return lostPosts == 0 && lostSteps == 0 && lostRows == 0 && isHistoryWhole && !isDamaged; }
    bool isDamaged = false;  ///< some table could not be read to its end
};

/// Makes a sound project file beside a damaged one out of what can be read of it, of its newest backup, and of its
/// history, which is replayed. The damaged file stays as it is to the last byte. `target`: the new file; empty: one in
/// the project folder, with the time in its name. replaceDatabase() puts it in place.
/// Errors: ProjectMissing, ProjectLocked while a program works on it, ProjectCorrupt where nothing can be read and
/// there is no backup, FileExists, those of files. Throws Cancelled.
RepairReport repair(const std::filesystem::path& folder, const std::filesystem::path& target,
                    const std::string& program, const ProgressSink& progress = {}, const std::stop_token& stop = {});

}  // namespace mnerva::project
