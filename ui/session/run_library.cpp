#include "ui/session/run_library.h"

#include <QFileInfo>
#include <algorithm>
#include <utility>

#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

constexpr int kDebounceMs = 400;         // a run writes several files at its end
constexpr qsizetype kMostWatched = 500;  // each is a handle of the system

bool isAmong(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

RunLibrary::RunLibrary(QObject* parent) : QObject(parent) {
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(kDebounceMs);
    connect(&m_debounce, &QTimer::timeout, this, &RunLibrary::refresh);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, [this] {
        // Before the first run the project's own folder is watched, where the database's files come and go.
        if (hasRunsFolder() || !m_model.runs().empty())
            m_debounce.start();
        else
            watch();
    });
}

void RunLibrary::open(const QString& projectFolder) {
    m_folder = projectFolder;
    m_loaded = false;
    m_live.clear();
    m_ended.clear();
    m_reader.cancel();
    m_settler.cancel();
    m_debounce.stop();
    if (!m_watcher.directories().isEmpty()) m_watcher.removePaths(m_watcher.directories());
    m_model.setRuns({});
    Q_EMIT changed();
    if (m_wanted) refresh();
}

void RunLibrary::want() {
    if (std::exchange(m_wanted, true)) return;
    refresh();
}

void RunLibrary::refresh() {
    if (m_folder.isEmpty()) return;
    m_reader.run<std::vector<RunInfo>>([folder = toPath(m_folder), known = m_model.runs()](
                                           std::stop_token stop) { return workflow::readRuns(folder, stop, known); },
                                       [this](const auto& answer) {
                                           if (const auto* error = std::get_if<Error>(&answer)) {
                                               m_loaded = true;
                                               Q_EMIT failed(*error);
                                           } else {
                                               take(std::get<std::vector<RunInfo>>(answer));
                                           }
                                           Q_EMIT loaded();
                                           Q_EMIT changed();
                                       });
}

/// What is watched live is newer than the disk.
void RunLibrary::take(std::vector<RunInfo> runs) {
    for (const std::string& name : m_live) {
        const RunInfo* live = m_model.run(m_model.rowOf(fromUtf8(name)));
        if (!live) continue;
        const auto found = std::find_if(runs.begin(), runs.end(), [&](const RunInfo& r) { return r.name == name; });
        if (found == runs.end()) {
            runs.insert(runs.begin(), *live);
        } else {
            found->history = live->history;
            takeScores(*found, live->history);
        }
    }
    m_model.setRuns(std::move(runs));
    m_loaded = true;
    watch();
}

bool RunLibrary::hasRunsFolder() const {
    return QFileInfo(fromPath(workflow::runsFolder(toPath(m_folder)))).isDir();
}

void RunLibrary::watch() {
    const bool awaitsFirst = !hasRunsFolder();
    QStringList folders{awaitsFirst ? m_folder : fromPath(workflow::runsFolder(toPath(m_folder)))};
    for (const RunInfo& run : m_model.runs()) {
        if (folders.size() >= kMostWatched) break;
        if (!isAmong(m_live, run.name)) folders << fromPath(run.folder);
    }
    const QStringList watched = m_watcher.directories();
    for (const QString& old : watched)
        if (!folders.contains(old)) m_watcher.removePath(old);
    folders.removeIf([&](const QString& folder) { return watched.contains(folder) || !QFileInfo::exists(folder); });
    if (!folders.isEmpty()) m_watcher.addPaths(folders);
    if (awaitsFirst && hasRunsFolder()) m_debounce.start();  // made meanwhile
}

/// A run may outlive the project that it was started from being open.
bool RunLibrary::isOurs(const RunInfo& run) const {
    return !m_folder.isEmpty() && run.folder.parent_path() == workflow::runsFolder(toPath(m_folder));
}

void RunLibrary::live(const RunInfo& run) {
    if (!isOurs(run)) return;
    if (!isAmong(m_live, run.name)) {
        m_live.push_back(run.name);
        m_watcher.removePath(fromPath(run.folder));
    }
    m_model.updateRun(run);
}

void RunLibrary::ended(const RunInfo& run) {
    if (!isOurs(run)) return;
    std::erase(m_live, run.name);
    m_model.updateRun(run);
    std::erase_if(m_ended, [&](const RunInfo& other) { return other.name == run.name; });
    m_ended.push_back(run);
    m_settler.run<std::vector<RunInfo>>(
        [runs = m_ended](std::stop_token) {
            std::vector<RunInfo> out = runs;
            for (RunInfo& one : out) takeResults(one);
            return out;
        },
        [this](const auto& answer) {
            m_ended.clear();
            if (const auto* runs = std::get_if<std::vector<RunInfo>>(&answer))
                for (const RunInfo& settled : *runs) {
                    if (settled.isThere)
                        m_model.updateRun(settled);
                    else
                        m_model.remove(fromUtf8(settled.name));  // it failed before anything was made of it
                }
            watch();
            Q_EMIT loaded();
            Q_EMIT changed();
        });
}

}  // namespace mnerva::ui
