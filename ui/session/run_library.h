#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include "ui/base/job_runner.h"
#include "ui/session/runs_model.h"

namespace mnerva::ui {

/// The runs of the open project, for all pages: read when the first page wants them, and again, in the background, what
/// changed of them when something appears in their folders, or their folder in the project. A run that this window
/// drives is told here by who drives it (live()); its events are never read from the disk, not even when it has ended.
class RunLibrary : public QObject {
    Q_OBJECT
public:
    explicit RunLibrary(QObject* parent = nullptr);

    /// The runs of this project ("" for none). They are read when somebody wanted() them once.
    void open(const QString& projectFolder);
    /// Somebody shows runs: loaded() follows, here and for every project that is opened later.
    void want();
    /// Looks for what has changed; loaded() follows.
    void refresh();
    /// False until the runs of the open project have been read once.
    bool isLoaded() const { return m_loaded; }

    RunsModel& model() { return m_model; }
    const std::vector<RunInfo>& runs() const { return m_model.runs(); }
    /// Null for an unknown name. Valid until the runs change.
    const RunInfo* run(const QString& name) const { return m_model.run(m_model.rowOf(name)); }

    /// A run that this window drives: what is known of it now.
    void live(const RunInfo& run);
    /// It has ended: its files are looked at in the background, loaded() follows.
    void ended(const RunInfo& run);

Q_SIGNALS:
    /// The runs have been read.
    void loaded();
    /// Runs were read, came, went, ended: what can be predicted with may be another. Not sent for each event of a live
    /// run.
    void changed();
    void failed(const mnerva::Error& error);

private:
    bool isOurs(const RunInfo& run) const;
    bool hasRunsFolder() const;
    void take(std::vector<RunInfo> runs);
    void watch();

    RunsModel m_model;
    QString m_folder;
    QFileSystemWatcher m_watcher;
    QTimer m_debounce;
    JobRunner m_reader, m_settler;
    std::vector<RunInfo> m_ended;     ///< not yet looked at
    std::vector<std::string> m_live;  ///< names
    bool m_loaded = false, m_wanted = false;
};

}  // namespace mnerva::ui
