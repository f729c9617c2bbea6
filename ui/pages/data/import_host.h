#pragma once

#include <QObject>
#include <QStringList>
#include <stop_token>

#include "core/workflow/exchange/import.h"
#include "ui/base/job_runner.h"
#include "ui/pages/data/data_set_scan.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {

/// State of the import dialog: which files, their splits and crop lists, what a dry run says of them, and the import
/// itself. Nothing is written before start().
class ImportHost : public QObject {
    Q_OBJECT
public:
    struct File {
        QString path, cropFile;
        std::optional<Split> split;  ///< chosen; absent: from the name
        std::optional<workflow::ImportReport> report;
        std::optional<Error> error;
        bool needsEncoding = false;  ///< it is no UTF-8 and has no mark that says what it is
    };
    enum class State { Choosing, Looking, Looked, Importing, Finished };

    explicit ImportHost(ProjectSession& session, QObject* parent = nullptr);
    ~ImportHost() override;

    /// Files and folders; text files are taken, crop lists and picture folders beside them are found. What is not taken
    /// stands in leftOut().
    void addPaths(const QStringList& paths);
    void removeFile(int index);
    void removeLeftOut(int index);
    void setSplit(int index, std::optional<Split> split);
    void setCropFile(int index, const QString& path);
    void setImageFolder(const QString& folder);
    void setCropFolder(const QString& folder);
    void setXmlFolder(const QString& folder);
    /// Of the files that are not UTF-8; empty: not named, which keeps them from being imported.
    void setEncoding(const QString& name);

    const std::vector<File>& files() const { return m_files; }
    const std::vector<LeftOut>& leftOut() const { return m_leftOut; }
    QString encoding() const { return m_encoding; }
    /// True when a file is there that is not UTF-8.
    bool needsEncoding() const;
    QString imageFolder() const { return m_imageFolder; }
    QString cropFolder() const { return m_cropFolder; }
    QString xmlFolder() const { return m_xmlFolder; }
    State state() const { return m_state; }
    /// All dry runs together. Types are those of every file; preview holds the first posts of each.
    workflow::ImportReport total() const;
    /// True when there is something to import and every file could be read.
    bool isReady() const;

    void start();
    /// Stops the import; the file being read leaves nothing behind.
    void cancel();

Q_SIGNALS:
    void filesChanged();
    void stateChanged();  ///< state(), reports or errors
    void progressed(const QString& what, double fraction);
    void finished(int posts);  ///< posts that were stored
    void failed(const mnerva::Error& error, const QString& file, int postsStored);
    void cancelled(int postsStored);

private:
    struct Running;
    void setState(State state);
    void look();
    workflow::ImportOptions optionsOf(const File& file, bool dryRun) const;
    void scanned(const ScanResult& found);
    void ended(const std::shared_ptr<Running>& running, const std::optional<Error>& error);

    ProjectSession& m_session;
    std::vector<File> m_files;
    std::vector<LeftOut> m_leftOut;
    QString m_imageFolder, m_cropFolder, m_xmlFolder, m_encoding;
    State m_state = State::Choosing;
    JobRunner m_scan, m_look;
    std::stop_source m_stop;
};

}  // namespace mnerva::ui
