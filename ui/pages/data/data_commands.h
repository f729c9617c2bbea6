#pragma once

#include "ui/base/job_runner.h"
#include "ui/frame/project_commands.h"

class QWidget;

namespace mnerva::project {
struct DailyBackup;
struct RepairReport;
}  // namespace mnerva::project

namespace mnerva::ui {

class DetectHost;
class Job;
class JobHost;
class ProjectSession;
class RescueHost;
struct DetectReport;

/// The commands on projects with their dialogs.
class DataCommands : public ProjectCommands {
    Q_OBJECT
public:
    /// The window is the parent of the dialogs.
    DataCommands(ProjectSession& session, JobHost& jobs, QWidget* window);
    ~DataCommands() override;

    void newProject() override;
    void openProject() override;
    void open(const QString& folder, const QStringList& andImport = {}) override;
    void openDataSet() override;
    void take(const QStringList& paths) override;
    void exportPosts() override;
    void editLabels() override;
    void changeMany() override;
    void editWordLists() override;
    void showBackups() override;
    void repairProject() override;
    RescueHost& rescue() { return *m_rescue; }
    void findObjects() override;
    bool canFindObjects() const override;
    void trySample() override;
    void makeSample(const QString& folder, int posts) override;
    bool isMakingSample() const { return m_sampleJob != nullptr; }
    using ProjectCommands::showPosts;
    void showPosts(const std::vector<PostId>& posts, const QString& title, const QString& page) override;
    bool mayLeave() override;

private:
    void importInto(const QStringList& paths);
    void imported(int posts);
    void objectsFound(const DetectReport& report);
    void findingFailed(const Error& error);
    /// The folder of the open project, else of the one that was last asked for.
    QString rescueFolder() const;
    /// Closes the open project, if nothing waits to be saved or the person lets it go.
    bool closeForRescue();
    void connectRescue();
    void backedUp(const project::DailyBackup& backup, bool isDaily);
    void offerRepaired(const QString& folder, const project::RepairReport& report);
    void runSampleStep(int step);
    void endSample(bool opened);

    ProjectSession& m_session;
    JobHost& m_jobs;
    QWidget* m_window;
    DetectHost* m_detect;
    RescueHost* m_rescue;
    QString m_askedFolder;  ///< of the project that was last to be opened
    JobRunner m_scan;
    QStringList m_importWhenOpened;
    Job* m_sampleJob = nullptr;
    QString m_sampleFolder;
    int m_samplePosts = 0;
};

}  // namespace mnerva::ui
