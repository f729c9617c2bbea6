#include "core/project/repair.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/project/backup.h"
#include "core/project/repair_history_internal.h"
#include "core/store/migrator.h"
#include "core/store/post_repository.h"

namespace mnerva::project {
namespace fs = std::filesystem;
namespace {

/// What does not change once it was written, so that an older copy has it right.
const std::vector<std::string> kFromBackup{"sources",  "posts",  "auxiliary_texts", "journal",
                                           "settings", "layers", "annotators"};

/// A folder that goes away with all in it.
class WorkFolder {
public:
    explicit WorkFolder(const fs::path& beside) {
        std::string name = (beside.parent_path() / ".repair-XXXXXX").string();
        if (!::mkdtemp(name.data())) throwUnwritable(beside, errno);
        m_path = name;
    }
    ~WorkFolder() {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

std::vector<fs::path> usableBackups(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const Backup& backup : backupsOf(folder))
        if (contentOf(backup.file)) files.push_back(backup.file);
    return files;
}

/// Rows of everything that can be read, in a new database.
void salvageInto(store::Connection& target, const fs::path& database, const fs::path& work,
                 const std::vector<fs::path>& backups, RepairReport& report, const ProgressSink& progress,
                 const std::stop_token& stop) {
    store::DamagedCopy damaged(database, work, backups, progress, stop);
    report.isFirstPageMended = damaged.connection() != nullptr && damaged.isHeaderMended();
    store::Salvage salvage(target, progress, stop);
    if (damaged.connection()) salvage.takeAll(*damaged.connection());
    salvage.discardBrokenPosts();
    const auto isDamaged = [&] {
        return std::any_of(salvage.tables().begin(), salvage.tables().end(),
                           [](const auto& table) { return table.second.isDamaged; });
    };
    const bool lacksSomething = !damaged.connection() || isDamaged();
    if (lacksSomething && backups.empty() && store::PostRepository(target).count() == 0)
        throw Error(ErrorCode::ProjectCorrupt,
                    {database.string(), "nothing of it can be read, and there is no backup"});
    if (lacksSomething && !backups.empty()) {
        store::Connection older(backups.front(), store::Access::ReadOnly, stop);
        if (damaged.connection())
            salvage.fillFrom(older, kFromBackup, false);
        else
            salvage.takeAll(older);
        report.backup = backups.front();
    }
    salvage.finish();
    report.tables = salvage.tables();
    report.isDamaged = isDamaged() || !damaged.connection() || damaged.unreadableBlocks() > 0;
    for (const auto& [name, table] : report.tables) report.lostRows += table.refused;
    report.lostRows += salvage.lostReferences();
}

/// In the folder, with a number where two are made in one second.
fs::path freeRepairName(const fs::path& folder) {
    const std::string name = "project-repaired-" + stampOfNow();
    fs::path file = folder / (name + ".mnerva");
    std::error_code failed;
    for (int number = 2; fs::exists(fs::symlink_status(file, failed)); ++number)
        file = folder / (name + "-" + std::to_string(number) + ".mnerva");
    return file;
}

}  // namespace

RepairReport repair(const fs::path& givenFolder, const fs::path& target, const std::string& program,
                    const ProgressSink& progress, const std::stop_token& stop) {
    std::error_code failed;
    fs::path folder = fs::absolute(givenFolder).lexically_normal();
    if (folder.filename().empty()) folder = folder.parent_path();
    if (folder.filename() == kProjectFile) folder = folder.parent_path();
    const fs::path database = folder / kProjectFile;
    const std::vector<fs::path> backups = usableBackups(folder);
    if (!fs::exists(fs::symlink_status(database, failed)) && backups.empty())
        throw Error(ErrorCode::ProjectMissing, {folder.string()});
    RepairReport report;
    report.file = target.empty() ? freeRepairName(folder) : fs::absolute(target);
    if (fs::exists(fs::symlink_status(report.file, failed))) throw Error(ErrorCode::FileExists, {report.file.string()});
    auto attempt = store::ProjectLock::tryTake(folder, program);
    if (!attempt.lock)
        throw Error(ErrorCode::ProjectLocked, {folder.string(), attempt.holder.program, attempt.holder.host,
                                               std::to_string(attempt.holder.processId)});
    const WorkFolder work(report.file);
    const fs::path made = work.path() / kProjectFile;
    {
        auto connection = std::make_unique<store::Connection>(made, store::Access::Create, stop);
        store::migrate(*connection);
        salvageInto(*connection, database, work.path(), backups, report, progress, stop);
        report.lostPosts = store::missingNumbers(*connection, "posts");
        report.lostSteps = store::missingNumbers(*connection, "journal");
        Project::Impl impl(folder, std::move(connection));
        settleHistory(impl, report, progress, stop);
        report.posts = impl.posts.count();
        report.steps = impl.journal.count();
    }
    fs::rename(made, report.file, failed);
    if (failed) throwUnwritable(report.file, failed.value());
    return report;
}

}  // namespace mnerva::project
