#include "ui/pages/data/data_commands.h"

#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QStandardPaths>

#include "core/base/log.h"
#include "ui/base/error_text.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/jobs/command_process.h"
#include "ui/jobs/job_host.h"
#include "ui/pages/data/bulk_dialog.h"
#include "ui/pages/data/data_set_scan.h"
#include "ui/pages/data/detect_dialog.h"
#include "ui/pages/data/detect_host.h"
#include "ui/pages/data/detections.h"
#include "ui/pages/data/export_dialog.h"
#include "ui/pages/data/gazetteer_dialog.h"
#include "ui/pages/data/import_dialog.h"
#include "ui/pages/data/labels_dialog.h"
#include "ui/pages/data/new_project_dialog.h"
#include "ui/pages/data/rescue_host.h"
#include "ui/session/project_session.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {
namespace {

constexpr int kSamplePosts = 400;
const QString kSampleName = QStringLiteral("Sample");

/// The commands that make the sample: data set, project, import.
QStringList sampleStep(int step, const QString& folder, int posts) {
    const QDir dir(folder);
    const QString data = dir.filePath(QStringLiteral("data")), project = dir.filePath(kSampleName);
    const QDir set(data);
    switch (step) {
        case 0:
            return {QStringLiteral("sample"),  data,
                    QStringLiteral("--posts"), QString::number(posts),
                    QStringLiteral("--seed"),  QStringLiteral("1")};
        case 1:
            return {QStringLiteral("init"), project};
        case 2:
            return {QStringLiteral("import"),
                    project,
                    set.filePath(QStringLiteral("train.txt")),
                    set.filePath(QStringLiteral("valid.txt")),
                    set.filePath(QStringLiteral("test.txt")),
                    QStringLiteral("--images"),
                    set.filePath(QStringLiteral("images")),
                    QStringLiteral("--crops"),
                    set.filePath(QStringLiteral("crops.json")),
                    QStringLiteral("--crop-dir"),
                    set.filePath(QStringLiteral("crops"))};
        default:
            return {};
    }
}

}  // namespace

DataCommands::DataCommands(ProjectSession& session, JobHost& jobs, QWidget* window)
    : m_session(session),
      m_jobs(jobs),
      m_window(window),
      m_detect(new DetectHost(session, jobs, this)),
      m_rescue(new RescueHost(session, jobs, this)) {
    connectRescue();
    connect(m_detect, &DetectHost::runningChanged, this, &DataCommands::canFindObjectsChanged);
    connect(m_detect, &DetectHost::finished, this, &DataCommands::objectsFound);
    connect(m_detect, &DetectHost::failed, this, &DataCommands::findingFailed);
    connect(&session, &ProjectSession::opened, this, [this] {
        settings::addRecentProject(m_session.folder());
        const QStringList waiting = std::exchange(m_importWhenOpened, {});
        if (!waiting.isEmpty())
            QMetaObject::invokeMethod(
                this, [this, waiting] { importInto(waiting); }, Qt::QueuedConnection);
    });
    connect(&session, &ProjectSession::openFailed, this, [this](const Error& error) {
        m_importWhenOpened.clear();
        Q_EMIT failed(error, tr("The project could not be opened."));
    });
}

DataCommands::~DataCommands() = default;

bool DataCommands::mayLeave() {
    for (;;) {
        const std::optional<Error> failed = m_session.saveNow();
        if (!failed) return true;
        log::error(*failed, "save-at-the-end");
        const int answer = dialogs::ask(m_window, {QStringLiteral("leave-unsaved"),
                                                   tr("Not saved"),
                                                   tr("Your last change could not be saved."),
                                                   errorText(*failed) + QStringLiteral("\n\n") +
                                                       tr("When you close the project now, what is not saved is lost."),
                                                   {tr("Try again"), tr("Close and lose it"), tr("Stay here")},
                                                   {}});
        if (answer != 0) return answer == 1;
        m_session.retrySave();
    }
}

void DataCommands::newProject() {
    if (!mayLeave()) return;
    NewProjectDialog dialog(m_window);
    if (!m_importWhenOpened.isEmpty()) {
        const QFileInfo first(m_importWhenOpened.first());
        dialog.suggestName(first.isDir() ? first.fileName() : first.absoluteDir().dirName());
    }
    if (dialogs::run(dialog) != QDialog::Accepted) {
        m_importWhenOpened.clear();
        return;
    }
    m_session.create(dialog.folder(), dialog.options());
}

void DataCommands::openProject() {
    const QString folder = dialogs::file(m_window, {QStringLiteral("project.open"),
                                                    dialogs::FileRequest::Kind::OpenFolder,
                                                    tr("Choose a project folder"),
                                                    {},
                                                    {}});
    if (!folder.isEmpty()) open(folder);
}

void DataCommands::open(const QString& folder, const QStringList& andImport) {
    if (!mayLeave()) return;
    m_importWhenOpened = andImport;
    m_askedFolder = folder;
    m_session.open(folder, settings::lastPost(folder));
}

void DataCommands::openDataSet() {
    if (m_session.isOpen()) {
        importInto({});
        return;
    }
    const QStringList chosen = dialogs::files(m_window, {QStringLiteral("import.files"),
                                                         dialogs::FileRequest::Kind::OpenFiles,
                                                         tr("Choose the files of a data set"),
                                                         {},
                                                         tr("Data sets (%1);;All files (*)").arg(dataSetPatterns())});
    if (!chosen.isEmpty()) take(chosen);
}

void DataCommands::take(const QStringList& paths) {
    std::vector<std::filesystem::path> chosen;
    for (const QString& path : paths) chosen.push_back(toPath(path));
    m_scan.run<ScanResult>([chosen](std::stop_token stop) { return scanDataSet(chosen, stop); },
                           [this, paths](const std::variant<ScanResult, Error, Cancelled>& answer) {
                               const auto* found = std::get_if<ScanResult>(&answer);
                               if (!found) return;
                               if (!found->project.empty()) {
                                   open(fromPath(found->project));
                               } else if (found->files.empty()) {
                                   std::string names;
                                   for (const LeftOut& one : found->leftOut)
                                       names += (names.empty() ? "" : ", ") + toUtf8(fromPath(one.path.filename()));
                                   Q_EMIT failed(Error(ErrorCode::FormatUnknown,
                                                       {toUtf8(paths.value(0)),
                                                        "no text files" + (names.empty() ? "" : " (" + names + ")")}),
                                                 tr("There is nothing to import."));
                               } else if (m_session.isOpen()) {
                                   importInto(paths);
                               } else {
                                   m_importWhenOpened = paths;
                                   newProject();
                               }
                           });
}

void DataCommands::importInto(const QStringList& paths) {
    if (!m_session.isOpen()) return;
    ImportDialog dialog(m_session, m_window);
    connect(&dialog, &ImportDialog::imported, this, &DataCommands::imported);
    if (!paths.isEmpty()) dialog.addPaths(paths);
    dialogs::run(dialog);
}

void DataCommands::imported(int posts) {
    Q_EMIT message(tr("%Ln post(s) imported.", nullptr, posts));
    Q_EMIT pageWanted(QStringLiteral("data"));
}

void DataCommands::exportPosts() {
    if (!m_session.isOpen()) return;
    ExportDialog dialog(m_session, m_window);
    dialogs::run(dialog);
}

void DataCommands::showPosts(const std::vector<PostId>& posts, const QString& title, const QString& page) {
    if (!m_session.isOpen() || posts.empty()) return;
    m_session.showOnly(posts);
    m_session.setCurrentPost(posts.front());
    Banner::Notice notice;
    notice.text = tr("Only %Ln posts are shown: %1", nullptr, static_cast<int>(posts.size())).arg(title);
    notice.button = tr("Show all posts");
    notice.run = [this] { m_session.showOnly({}); };
    Q_EMIT noticed(notice);
    Q_EMIT pageWanted(page);
}

void DataCommands::editLabels() {
    if (!m_session.isOpen()) return;
    LabelsDialog dialog(m_session, m_window);
    dialogs::run(dialog);
}

void DataCommands::changeMany() {
    if (!m_session.isOpen() || m_session.isReadOnly()) return;
    auto* dialog = new BulkDialog(m_session, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void DataCommands::editWordLists() {
    if (!m_session.isOpen()) return;
    auto* dialog = new GazetteerDialog(m_session, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

bool DataCommands::canFindObjects() const {
    return m_detect->isReady();
}

void DataCommands::findObjects() {
    if (!canFindObjects()) return;
    DetectDialog dialog(m_session, m_window);
    if (dialogs::run(dialog) == QDialog::Accepted) m_detect->start(dialog.choice());
}

void DataCommands::objectsFound(const DetectReport& report) {
    const bool odd = report.told.pictures == 0 || report.told.unusablePictures > 0;
    Banner::Notice notice;
    notice.kind = odd ? Banner::Kind::Warning : Banner::Kind::Good;
    notice.text = report.sentence();
    notice.detail = report.detail();
    if (report.firstPost.isValid()) {
        notice.button = tr("Show the first");
        notice.run = [this, post = report.firstPost] {
            m_session.setCurrentPost(post);
            Q_EMIT pageWanted(QStringLiteral("tag"));
        };
    }
    Q_EMIT noticed(notice);
}

void DataCommands::findingFailed(const Error& error) {
    Banner::Notice notice;
    notice.error = error;
    notice.text = tr("The search for objects failed; no box was changed.");
    notice.button = tr("Try again…");
    notice.run = [this] { findObjects(); };
    Q_EMIT noticed(notice);
}

void DataCommands::trySample() {
    if (m_sampleJob || !mayLeave()) return;
    const QDir base(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation));
    const QString folder = base.filePath(QStringLiteral("sample"));
    if (QFileInfo::exists(QDir(folder).filePath(kSampleName + QStringLiteral("/project.mnerva")))) {
        open(QDir(folder).filePath(kSampleName));
        return;
    }
    makeSample(folder, kSamplePosts);
}

void DataCommands::makeSample(const QString& folder, int posts) {
    if (m_sampleJob) return;
    m_sampleFolder = folder;
    m_samplePosts = posts;
    QDir().mkpath(folder);
    m_sampleJob = m_jobs.add(tr("Making the sample"), [this] {
        // Direct children only: the DetectHost has a program of its own.
        if (auto* running = findChild<CommandProcess*>({}, Qt::FindDirectChildrenOnly)) running->cancel();
    });
    runSampleStep(0);
}

void DataCommands::runSampleStep(int step) {
    const QStringList arguments = sampleStep(step, m_sampleFolder, m_samplePosts);
    if (arguments.isEmpty()) {
        endSample(true);
        return;
    }
    const QStringList says{tr("Drawing posts and pictures"), tr("Making the project"), tr("Importing")};
    constexpr double kDone[] = {0.0, 0.8, 0.82};
    m_sampleJob->setProgress(kDone[step], says.value(step));
    CommandProcess::run(arguments, this, [this, step](const CommandResult& result) {
        if (std::holds_alternative<nlohmann::json>(result)) {
            runSampleStep(step + 1);
            return;
        }
        const auto* error = std::get_if<Error>(&result);
        Job* job = std::exchange(m_sampleJob, nullptr);
        QDir(m_sampleFolder).removeRecursively();
        job->end(error ? JobState::Failed : JobState::Cancelled);
        if (error) Q_EMIT failed(*error, tr("The sample could not be made."));
    });
}

void DataCommands::endSample(bool opened) {
    Job* job = std::exchange(m_sampleJob, nullptr);
    job->end(opened ? JobState::Succeeded : JobState::Failed);
    m_session.open(QDir(m_sampleFolder).filePath(kSampleName));
}

}  // namespace mnerva::ui
