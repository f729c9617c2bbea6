#pragma once

#include <QObject>
#include <QStringList>
#include <functional>

#include "ui/base/job_runner.h"
#include "ui/session/project_session.h"

class QWidget;

namespace mnerva::ui {

class DetectHost;
class ImportDialog;
class Job;
class JobHost;
struct DetectReport;

/// What can be done with projects, for the menu and for the data page: new, open, import, export,
/// objects in pictures, sample.
class ProjectCommands : public QObject {
    Q_OBJECT
public:
    ProjectCommands(ProjectSession& session, JobHost& jobs, QWidget* window);
    ~ProjectCommands() override;

    void newProject();
    void openProject();
    /// Opens a project folder, asking first when something would be lost, and then imports what is given into it.
    void open(const QString& folder, const QStringList& andImport = {});
    /// Asks for files; without an open project a new one is made for them.
    void openDataSet();
    /// Files and folders from a drop or the command line: a project is opened, anything else is imported.
    void take(const QStringList& paths);
    void exportPosts();
    /// Labels of the open project: add, take away, order.
    void editLabels();
    /// Asks which detector is to look at which pictures, and has it done in the background.
    void findObjects();
    /// False while objects are being looked for, and without a project that may be written.
    bool canFindObjects() const;
    /// Makes the sample data set with the engine program, a project of it, and opens that.
    void trySample();
    /// The same into a given folder, without asking; used by the capture and by the tests.
    void makeSample(const QString& folder, int posts);
    bool isMakingSample() const { return m_sampleJob != nullptr; }

    /// Writes what waits. Where that fails the person chooses: try again, go and lose it, or stay (false).
    bool mayLeave();

Q_SIGNALS:
    void failed(const mnerva::Error& error, const QString& what);
    void imported(int posts);
    void message(const QString& text);
    void canFindObjectsChanged();
    void objectsFound(const mnerva::ui::DetectReport& report);
    void findingFailed(const mnerva::Error& error);

private:
    void importInto(const QStringList& paths);
    void runSampleStep(int step);
    void endSample(bool opened);

    ProjectSession& m_session;
    JobHost& m_jobs;
    QWidget* m_window;
    DetectHost* m_detect;
    JobRunner m_scan;
    QStringList m_importWhenOpened;
    Job* m_sampleJob = nullptr;
    QString m_sampleFolder;
    int m_samplePosts = 0;
};

}  // namespace mnerva::ui
