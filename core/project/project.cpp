#include "core/project/project.h"

#include <algorithm>
#include <system_error>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/domain/run_name.h"
#include "core/project/labels_internal.h"
#include "core/project/project_internal.h"
#include "core/store/migrator.h"
#include "core/store/project_files.h"
#include "core/store/schema.h"
#include "core/store/transaction.h"
#include "core/text/utf8.h"

namespace mnerva::project {
namespace fs = std::filesystem;
namespace {

/// The project folder of what a person pointed at: the folder, or the database in it.
fs::path folderOf(const fs::path& given) {
    std::error_code ignored;
    fs::path path = fs::absolute(given).lexically_normal();
    text::requireUtf8Path(path);
    if (path.filename().empty()) path = path.parent_path();
    if (path.filename() == kProjectFile && fs::is_regular_file(path, ignored)) path = path.parent_path();
    return path;
}

void requireProject(const fs::path& folder) {
    std::error_code failed;
    if (fs::is_regular_file(folder / kProjectFile, failed)) return;
    if (failed == std::errc::permission_denied)
        throw Error(ErrorCode::FileUnreadable, {(folder / kProjectFile).string(), failed.message()});
    throw Error(ErrorCode::ProjectMissing, {folder.string()});
}

LockHolder holderOf(const store::LockOwner& owner) {
    return {owner.program, owner.host, owner.processId};
}

/// "a, b" of the parts of a schema that are not ours; only those that make reading senseless with `reading`.
std::string foreignText(store::Connection& connection, int version, bool reading) {
    std::string text;
    for (const store::ForeignPart& part : store::foreignParts(connection, version))
        if (!reading || part.blocksReading) text += (text.empty() ? "" : ", ") + part.what;
    return text;
}

void requireSafe(const fs::path& folder) {
    const std::vector<store::UnsafePart> unsafe = store::unsafeParts(folder, false);
    if (!unsafe.empty()) throw Error(ErrorCode::UnsafeTarget, {unsafe.front().path.string(), unsafe.front().what});
}

/// A journal beside the file: somebody is writing (then the lock is held, and nothing is to be done), or was killed.
void takeBackIfFree(const fs::path& folder, const std::stop_token& stop) {
    try {
        requireSafe(folder);
        const auto attempt = store::ProjectLock::tryTake(folder, "mnerva");
        if (attempt.lock) store::Connection::takeBack(folder / kProjectFile, stop);
    } catch (const Error&) {  // what keeps it from being read is said by the reading
    }
}

std::unique_ptr<Project::Impl> openReading(const fs::path& folder, const std::stop_token& stop) {
    requireProject(folder);
    const fs::path file = folder / kProjectFile;
    if (store::Connection::wasCutOff(file)) takeBackIfFree(folder, stop);
    auto connection = std::make_unique<store::Connection>(file, store::Access::ReadOnly, stop);
    const int version = store::versionOf(*connection);
    if (version == 0) throw Error(ErrorCode::ProjectCorrupt, {file.string(), "it is empty"});
    const std::string foreign = foreignText(*connection, version, true);
    if (!foreign.empty()) throw Error(ErrorCode::ProjectCorrupt, {file.string(), "it holds " + foreign});
    return std::make_unique<Project::Impl>(folder, std::move(connection));
}

/// What was left by programs that were killed, here and in the runs.
void sweep(const fs::path& folder) {
    sweepTemporaryFiles(folder);
    std::error_code failed;
    for (const char* name : {"runs", "cache"}) {
        sweepTemporaryFiles(folder / name);
        for (fs::directory_iterator at(folder / name, failed), end; !failed && at != end; at.increment(failed)) {
            std::error_code odd;
            if (fs::is_directory(at->symlink_status(odd))) sweepTemporaryFiles(at->path());
        }
    }
}

/// Read-write with the lock in hand; read-only when a newer program made the project.
std::unique_ptr<Project::Impl> openWriting(const fs::path& folder, std::unique_ptr<store::ProjectLock> lock,
                                           const std::stop_token& stop) {
    const fs::path file = folder / kProjectFile;
    if (store::Connection::wasCutOff(file)) store::Connection::takeBack(file, stop);
    {
        // Looked at before anything is set on it: it might be a database of somebody else.
        store::Connection look(file, store::Access::ReadOnly, stop);
        const int version = store::versionOf(look);
        if (version > store::knownVersion()) return openReading(folder, stop);
        const std::string foreign = version == 0 ? std::string() : foreignText(look, version, false);
        if (!foreign.empty())
            throw Error(ErrorCode::ProjectCorrupt,
                        {file.string(), "it holds " + foreign + ", which Mnerva did not make; it is not written to"});
    }
    auto connection = std::make_unique<store::Connection>(file, store::Access::ReadWrite, stop);
    store::migrate(*connection);
    auto impl = std::make_unique<Project::Impl>(folder, std::move(connection));
    impl->lock = std::move(lock);
    sweep(folder);
    return impl;
}

}  // namespace

Project::Impl::Impl(fs::path projectFolder, std::unique_ptr<store::Connection> opened)
    : folder(std::move(projectFolder)),
      connection(std::move(opened)),
      posts(*connection),
      layers(*connection),
      regions(*connection),
      verdicts(*connection),
      decisions(*connection),
      comments(*connection),
      journal(*connection),
      settings(*connection) {
    version = store::versionOf(*connection);
    if (!isReadOnly()) stacks = journal.stacks();
}

void Project::Impl::requireWritable() const {
    const std::string path = (folder / kProjectFile).string();
    if (version > store::knownVersion())
        throw Error(ErrorCode::ProjectNewer, {path, std::to_string(version), std::to_string(store::knownVersion())});
    if (isReadOnly()) throw Error(ErrorCode::ProjectReadOnly, {path});
    const auto taken = lock ? lock->lostTo() : std::nullopt;
    if (!taken) return;
    connection->requireInPlace();  // a folder that was moved says so, not that its lock is gone
    throw Error(ErrorCode::ProjectLocked,
                {folder.string(), taken->program, taken->host, std::to_string(taken->processId)});
}

store::LayerRow Project::Impl::layerOrThrow(const std::string& name) const {
    if (const auto found = layers.find(name)) return *found;
    std::error_code ignored;
    if (runNameFault(name) == RunNameFault::None && fs::is_regular_file(folder / "runs" / name / "run.json", ignored))
        throw Error(ErrorCode::LayerNotStored, {name});
    std::string known;
    for (const store::LayerRow& layer : layers.all()) known += (known.empty() ? "" : ", ") + layer.name;
    throw Error(ErrorCode::LayerUnknown, {name, known});
}

LayerId Project::Impl::editedLayer(const std::string& name) const {
    if (name.empty() || name == "corrected") return store::kCorrectedLayer;
    const store::LayerRow row = layerOrThrow(name);
    if (row.kind == "annotator") return row.id;
    std::string known = "corrected";
    for (const store::LayerRow& layer : layers.named())
        if (layer.kind == "annotator") known += ", " + layer.name;
    throw Error(ErrorCode::LayerUnknown, {name, known});
}

std::string Project::Impl::storedFolder(const fs::path& path) const {
    if (path.empty()) return {};
    const fs::path absolute = fs::absolute(path).lexically_normal();
    const fs::path relative = absolute.lexically_relative(folder);
    const bool isInside = !relative.empty() && *relative.begin() != "..";
    return (isInside ? relative : absolute).string();
}

fs::path Project::Impl::folderOf(const std::string& stored) const {
    return stored.empty() ? fs::path() : (folder / stored).lexically_normal();
}

std::int64_t toMilliseconds(std::chrono::system_clock::time_point time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

Project::Project(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Project::~Project() = default;

std::unique_ptr<Project> Project::create(const fs::path& givenFolder, const NewProject& options,
                                         const std::string& program) {
    const std::vector<std::string> types = checkedTypes(options.labels.types);
    const fs::path folder = folderOf(givenFolder);
    const fs::path file = folder / kProjectFile;
    std::error_code failed;
    if (fs::exists(file, failed)) throw Error(ErrorCode::ProjectExists, {folder.string()});
    const bool madeFolder = fs::create_directories(folder, failed);
    if (failed) throw Error(ErrorCode::FileUnwritable, {folder.string(), failed.message()});
    requireSafe(folder);
    if (store::ProjectLock::isForeignFile(folder)) throw Error(ErrorCode::FileExists, {(folder / "lock").string()});
    // What a person had in the folder stays, whatever happens.
    std::vector<fs::path> ours;
    for (const char* name : {"project.mnerva", "project.mnerva-wal", "project.mnerva-shm", "lock"})
        if (!fs::exists(fs::symlink_status(folder / name, failed))) ours.push_back(folder / name);
    try {
        auto attempt = store::ProjectLock::tryTake(folder, program);
        if (!attempt.lock || fs::exists(file, failed)) throw Error(ErrorCode::ProjectExists, {folder.string()});
        auto connection = std::make_unique<store::Connection>(file, store::Access::Create);
        store::migrate(*connection);
        auto impl = std::make_unique<Impl>(folder, std::move(connection));
        impl->lock = std::move(attempt.lock);
        store::Transaction transaction(*impl->connection);
        if (!types.empty()) impl->settings.setTypes(types);
        if (options.schemeGiven) impl->settings.setScheme(options.labels.scheme);
        transaction.commit();
        return std::make_unique<Project>(std::move(impl));
    } catch (const Error& error) {
        if (error.code() == ErrorCode::ProjectExists) throw;
        for (const fs::path& left : ours) fs::remove(left, failed);
        if (madeFolder) fs::remove(folder, failed);
        throw;
    }
}

std::unique_ptr<Project> Project::open(const fs::path& givenFolder, OpenMode mode, const std::string& program,
                                       std::stop_token stop) {
    const fs::path folder = folderOf(givenFolder);
    if (mode == OpenMode::ReadOnly) return std::make_unique<Project>(openReading(folder, stop));
    requireProject(folder);
    requireSafe(folder);
    auto attempt = store::ProjectLock::tryTake(folder, program);
    if (!attempt.lock)
        throw Error(ErrorCode::ProjectLocked, {folder.string(), attempt.holder.program, attempt.holder.host,
                                               std::to_string(attempt.holder.processId)});
    return std::make_unique<Project>(openWriting(folder, std::move(attempt.lock), stop));
}

std::unique_ptr<Project> Project::openOrReadOnly(const fs::path& givenFolder, const std::string& program,
                                                 std::stop_token stop) {
    const fs::path folder = folderOf(givenFolder);
    requireProject(folder);
    std::optional<LockHolder> holder;
    std::optional<Error> blocked;
    try {
        requireSafe(folder);
        auto attempt = store::ProjectLock::tryTake(folder, program);
        if (attempt.lock) return std::make_unique<Project>(openWriting(folder, std::move(attempt.lock), stop));
        holder = holderOf(attempt.holder);
    } catch (const Error& error) {
        // What may not be written can still be looked at; what is really damaged says so again.
        if (error.code() != ErrorCode::FileUnwritable && error.code() != ErrorCode::UnsafeTarget &&
            error.code() != ErrorCode::ProjectCorrupt)
            throw;
        blocked = error;
    }
    auto impl = openReading(folder, stop);
    impl->holder = holder;
    impl->blocked = blocked;
    return std::make_unique<Project>(std::move(impl));
}

std::unique_ptr<Project> Project::openReader(std::stop_token stop) const {
    auto impl = openReading(m_impl->folder, stop);
    impl->holder = m_impl->holder;
    impl->blocked = m_impl->blocked;
    return std::make_unique<Project>(std::move(impl));
}

void Project::setStop(std::stop_token stop) {
    m_impl->connection->setStop(std::move(stop));
}

Findings Project::oddRows() const {
    return m_impl->connection->oddRows();
}

const fs::path& Project::folder() const {
    return m_impl->folder;
}

bool Project::isReadOnly() const {
    return m_impl->isReadOnly();
}

ProjectInfo Project::info(const std::string& layer) const {
    ProjectInfo info;
    info.folder = m_impl->folder;
    info.name = m_impl->folder.filename().string();
    info.labels = labels();
    info.readOnly = isReadOnly();
    info.holder = m_impl->holder;
    info.blocked = m_impl->blocked;
    if (m_impl->connection->fileSystem().isNetwork) info.networkFileSystem = m_impl->connection->fileSystem().name;
    info.madeByNewerVersion = m_impl->version > store::knownVersion();
    const auto counted = m_impl->posts.counts();
    for (const auto& [key, count] : counted) info.postsOfSplit[key.first] += count;
    const LayerId edited = m_impl->editedLayer(layer);
    const bool isCorrected = edited == store::kCorrectedLayer;
    for (const auto& [key, count] : isCorrected ? counted : m_impl->layers.counts(edited)) {
        if (isDone(key.second)) info.doneOfSplit[key.first] += count;
        if (isSkipped(key.second)) info.skippedOfSplit[key.first] += count;
    }
    for (const auto& [key, count] : isCorrected ? m_impl->posts.reviewCounts() : m_impl->layers.reviewCounts(edited))
        info.reviewOfSplit[key.first][key.second] += count;
    for (const store::Source& source : m_impl->posts.sources())
        for (const std::string& stored : {source.imageFolder, source.cropFolder})
            if (!stored.empty()) info.pictureFolders.push_back(m_impl->folderOf(stored));
    return info;
}

LabelSet Project::labels() const {
    return m_impl->settings.labels();
}

std::string Project::setting(const std::string& key, const std::string& fallback) const {
    return m_impl->settings.get(key).value_or(fallback);
}

std::int64_t Project::dataVersion() const {
    return m_impl->connection->dataVersion();
}

std::shared_ptr<void> Project::holdSnapshot() const {
    return std::make_shared<store::Snapshot>(*m_impl->connection);
}

std::vector<std::string> withNewTypes(const std::vector<std::string>& known, const std::vector<std::string>& seen) {
    std::vector<std::string> types = known;
    const auto add = [&](const std::string& type) {
        if (std::find(types.begin(), types.end(), type) == types.end()) types.push_back(type);
    };
    if (known.empty())
        for (const char* usual : {"PER", "LOC", "ORG", "MISC", "GPE"})
            if (std::find(seen.begin(), seen.end(), usual) != seen.end()) add(usual);
    for (const std::string& type : seen) add(type);
    return types;
}

}  // namespace mnerva::project
