#include "ui/pages/data/detect_host.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/protocol/progress_line.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {

DetectHost::DetectHost(ProjectSession& session, JobHost& jobs, QObject* parent)
    : QObject(parent), m_session(session), m_jobs(jobs) {
    connect(&session, &ProjectSession::closed, this, &DetectHost::projectClosed);
}

DetectHost::~DetectHost() {
    // The program goes before the folder that it writes into.
    delete m_process.data();
    if (m_job) m_job->end(JobState::Cancelled);
}

bool DetectHost::isReady() const {
    return m_session.isOpen() && !m_session.isReadOnly() && !isRunning();
}

void DetectHost::start(const DetectChoice& choice) {
    if (!isReady()) return;
    m_folder = std::make_unique<QTemporaryDir>();
    if (!m_folder->isValid()) {
        const Error error(ErrorCode::FileUnwritable, {toUtf8(m_folder->path()), toUtf8(m_folder->errorString())});
        return Q_EMIT failed(error);
    }
    const QString title = choice.faces ? tr("Finding faces") : tr("Finding objects with %1").arg(choice.detectorName());
    m_job = m_jobs.add(title, [self = QPointer<DetectHost>(this)] {
        if (self && self->m_process) self->m_process->cancel();
    });
    m_job->setProgress(-1, tr("looking at the pictures"));
    // The window holds the project's lock, so the engine writes a file and the window stores what is in it.
    const QString output = m_folder->filePath(QStringLiteral("boxes.jsonl"));
    m_process = CommandProcess::run(choice.arguments(m_session.folder(), output), this,
                                    [this](const CommandResult& result) { answered(result); });
    connect(m_process, &CommandProcess::message, m_job, [job = m_job.data()](const QString& line) {
        if (const auto progress = protocol::progressFromLine(toUtf8(line)))
            job->setProgress(double(progress->done) / double(progress->total), tr("looking at the pictures"));
    });
    Q_EMIT runningChanged();
}

void DetectHost::answered(const CommandResult& result) {
    if (!isRunning()) return;
    if (std::holds_alternative<Cancelled>(result)) return end(JobState::Cancelled);
    if (const auto* error = std::get_if<Error>(&result)) {
        end(JobState::Failed);
        return Q_EMIT failed(*error);
    }
    DetectReport report;
    try {
        report.told = protocol::detectionReportFromJson(std::get<nlohmann::json>(result));
    } catch (const Error& error) {
        end(JobState::Failed);
        return Q_EMIT failed(error);
    }
    if (report.told.pictures > 0) return store(report);
    end(JobState::Succeeded);
    Q_EMIT finished(report);
}

void DetectHost::store(const DetectReport& report) {
    m_job->setProgress(-1, tr("storing the boxes"));
    const auto file = toPath(m_folder->filePath(QStringLiteral("boxes.jsonl")));
    auto stored = std::make_shared<DetectReport>(report);
    m_session.write(
        [file, stored](project::Project& project) {
            std::vector<std::pair<PostId, std::vector<Region>>> found;
            for (protocol::DetectionLine& line : protocol::readDetectionLines(readFile(file), file, stored->told)) {
                if (!stored->firstPost.isValid() && !line.regions.empty()) stored->firstPost = line.number;
                found.emplace_back(line.number, std::move(line.regions));
            }
            project.storeDetections(stored->told.detector, stored->told.settings.dump(), found);
        },
        [self = QPointer<DetectHost>(this), job = m_job, stored](const std::optional<Error>& error) {
            if (!self || !job || self->m_job != job) return;
            self->end(error ? JobState::Failed : JobState::Succeeded);
            if (error) return Q_EMIT self->failed(*error);
            self->m_session.refresh();
            Q_EMIT self->finished(*stored);
        });
}

void DetectHost::end(JobState state) {
    Job* job = m_job.data();
    m_job.clear();
    m_folder.reset();
    if (job) job->end(state);
    Q_EMIT runningChanged();
}

void DetectHost::projectClosed() {
    if (!isRunning()) return;
    delete m_process.data();
    end(JobState::Cancelled);
}

}  // namespace mnerva::ui
