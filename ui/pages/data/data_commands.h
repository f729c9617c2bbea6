#pragma once

#include "ui/base/job_runner.h"
#include "ui/frame/project_commands.h"

class QWidget;

namespace mnerva::ui {

class DetectHost;
class Job;
class JobHost;
class ProjectSession;
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
