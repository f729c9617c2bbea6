#include "ui/pages/data/import_host.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QPointer>
#include <algorithm>

#include "ui/base/error_text.h"
#include "ui/base/gui_thread.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

constexpr int kPreviewPosts = 12;
constexpr int kProgressMs = 60;

struct Looked {
    std::optional<workflow::ImportReport> report;
    std::optional<Error> error;
};

/// A dry run of each file, against the project if there is one (files it has already, labels new to it); an unreadable
/// one is an answer too.
std::vector<Looked> lookAt(const std::filesystem::path& folder, const std::vector<workflow::ImportOptions>& wanted,
                           std::stop_token stop) {
    std::unique_ptr<project::Project> project;
    if (!folder.empty()) {
        project = project::Project::open(folder, project::OpenMode::ReadOnly, toUtf8(ProjectSession::programName()));
    }
    std::vector<Looked> all;
    for (const workflow::ImportOptions& options : wanted) {
        Looked looked;
        try {
            looked.report = workflow::importFiles(project.get(), options, {}, stop);
        } catch (const Error& error) {
            looked.error = error;
        }
        all.push_back(std::move(looked));
    }
    return all;
}

}  // namespace

/// Shared with the writer thread while an import runs.
struct ImportHost::Running {
    std::vector<workflow::ImportOptions> wanted;
    std::stop_token stop;
    QPointer<ImportHost> host;
    // Written on the writer thread, read after it has ended.
    int posts = 0;
    std::size_t current = 0;
    bool wasCancelled = false;
    QElapsedTimer sinceReport;

    void tell(const Progress& progress) {
        if (sinceReport.isValid() && sinceReport.elapsed() < kProgressMs) return;
        sinceReport.start();
        const double part =
            progress.total > 0 ? static_cast<double>(progress.done) / static_cast<double>(progress.total) : 0;
        const double fraction = (static_cast<double>(current) + part) / static_cast<double>(wanted.size());
        const QString file = fromPath(wanted[current].files.front().filename());
        onGuiThread(QCoreApplication::instance(), [to = host, stage = progress.stage, file, fraction] {
            if (to)
                Q_EMIT to->progressed(
                    QStringLiteral("%1 · %2").arg(translated("Stage", workflow::importStageTitle(stage)), file),
                    fraction);
        });
    }

    void run(project::Project& project) {
        try {
            for (current = 0; current < wanted.size(); ++current) {
                const auto sink = [this](const Progress& progress) { tell(progress); };
                posts += workflow::importFiles(&project, wanted[current], sink, stop).posts;
            }
        } catch (const Cancelled&) {
            wasCancelled = true;
        }
    }
};

ImportHost::ImportHost(ProjectSession& session, QObject* parent) : QObject(parent), m_session(session) {}

ImportHost::~ImportHost() {
    m_stop.request_stop();
}

void ImportHost::setState(State state) {
    m_state = state;
    Q_EMIT stateChanged();
}

void ImportHost::addPaths(const QStringList& paths) {
    std::vector<std::filesystem::path> chosen;
    for (const QString& path : paths) chosen.push_back(toPath(path));
    m_scan.run<ScanResult>([chosen](std::stop_token stop) { return scanDataSet(chosen, stop); },
                           [this](const std::variant<ScanResult, Error, Cancelled>& answer) {
                               if (const auto* found = std::get_if<ScanResult>(&answer)) scanned(*found);
                           });
}

void ImportHost::scanned(const ScanResult& found) {
    for (const ScannedFile& file : found.files) {
        const QString path = fromPath(file.path);
        const bool known = std::any_of(m_files.begin(), m_files.end(), [&](const File& f) { return f.path == path; });
        if (!known) m_files.push_back({path, fromPath(file.cropFile), {}, {}, {}, false});
    }
    for (const LeftOut& one : found.leftOut) {
        const bool known =
            std::any_of(m_leftOut.begin(), m_leftOut.end(), [&](const LeftOut& l) { return l.path == one.path; });
        if (!known) m_leftOut.push_back(one);
    }
    if (m_imageFolder.isEmpty()) m_imageFolder = fromPath(found.imageFolder);
    if (m_cropFolder.isEmpty()) m_cropFolder = fromPath(found.cropFolder);
    if (m_xmlFolder.isEmpty()) m_xmlFolder = fromPath(found.xmlFolder);
    look();
}

void ImportHost::removeFile(int index) {
    if (index < 0 || index >= static_cast<int>(m_files.size())) return;
    m_files.erase(m_files.begin() + index);
    look();
}

void ImportHost::removeLeftOut(int index) {
    if (index < 0 || index >= static_cast<int>(m_leftOut.size())) return;
    m_leftOut.erase(m_leftOut.begin() + index);
    Q_EMIT filesChanged();
}

void ImportHost::setEncoding(const QString& name) {
    if (name == m_encoding) return;
    m_encoding = name;
    look();
}

bool ImportHost::needsEncoding() const {
    return std::any_of(m_files.begin(), m_files.end(), [](const File& file) { return file.needsEncoding; });
}

void ImportHost::setSplit(int index, std::optional<Split> split) {
    m_files.at(static_cast<std::size_t>(index)).split = split;
    look();
}

void ImportHost::setCropFile(int index, const QString& path) {
    m_files.at(static_cast<std::size_t>(index)).cropFile = path;
    look();
}

void ImportHost::setImageFolder(const QString& folder) {
    if (folder == m_imageFolder) return;
    m_imageFolder = folder;
    look();
}

void ImportHost::setCropFolder(const QString& folder) {
    if (folder == m_cropFolder) return;
    m_cropFolder = folder;
    look();
}

void ImportHost::setXmlFolder(const QString& folder) {
    if (folder == m_xmlFolder) return;
    m_xmlFolder = folder;
    look();
}

workflow::ImportOptions ImportHost::optionsOf(const File& file, bool dryRun) const {
    workflow::ImportOptions options;
    options.files = {toPath(file.path)};
    options.split = file.split;
    options.imageFolder = toPath(m_imageFolder);
    options.cropFile = toPath(file.cropFile);
    options.cropFolder = toPath(m_cropFolder);
    options.xmlFolder = toPath(m_xmlFolder);
    // The others are UTF-8 and would be spoilt by it.
    if (file.needsEncoding) options.encoding = toUtf8(m_encoding);
    options.dryRun = dryRun;
    options.previewPosts = dryRun ? kPreviewPosts : 0;
    return options;
}

void ImportHost::look() {
    m_look.cancel();
    Q_EMIT filesChanged();
    if (m_files.empty()) {
        setState(State::Choosing);
        return;
    }
    std::vector<workflow::ImportOptions> wanted;
    for (const File& file : m_files) wanted.push_back(optionsOf(file, true));
    setState(State::Looking);
    m_look.run<std::vector<Looked>>(
        [wanted, folder = toPath(m_session.isOpen() ? m_session.folder() : QString())](std::stop_token stop) {
            return lookAt(folder, wanted, stop);
        },
        [this](const std::variant<std::vector<Looked>, Error, Cancelled>& answer) {
            const auto* all = std::get_if<std::vector<Looked>>(&answer);
            for (std::size_t i = 0; i < m_files.size(); ++i) {
                m_files[i].report = all ? (*all)[i].report : std::nullopt;
                m_files[i].error = all ? (*all)[i].error : std::nullopt;
                if (const auto* error = std::get_if<Error>(&answer)) m_files[i].error = *error;
                if (m_files[i].error && m_files[i].error->code() == ErrorCode::EncodingUnknown)
                    m_files[i].needsEncoding = true;
            }
            Q_EMIT filesChanged();
            setState(State::Looked);
        });
}

workflow::ImportReport ImportHost::total() const {
    workflow::ImportReport sum;
    for (const File& file : m_files) {
        if (!file.report) continue;
        const workflow::ImportReport& report = *file.report;
        sum.format = report.format;
        sum.scheme = report.scheme;
        sum.posts += report.posts;
        sum.words += report.words;
        sum.entities += report.entities;
        for (const auto& [type, count] : report.entitiesOfType) sum.entitiesOfType[type] += count;
        for (const std::string& type : report.newTypes) {
            if (std::find(sum.newTypes.begin(), sum.newTypes.end(), type) == sum.newTypes.end())
                sum.newTypes.push_back(type);
        }
        sum.missingImages += report.missingImages;
        sum.postsWithoutCropList += report.postsWithoutCropList;
        sum.boxes.files += report.boxes.files;
        sum.boxes.boxes += report.boxes.boxes;
        sum.boxes.linked += report.boxes.linked;
        sum.boxes.unmatched += report.boxes.unmatched;
        sum.boxes.groundedEntities += report.boxes.groundedEntities;
        sum.findings.append(report.findings);
        sum.preview.insert(sum.preview.end(), report.preview.begin(), report.preview.end());
    }
    return sum;
}

bool ImportHost::isReady() const {
    if (m_state != State::Looked || m_files.empty() || !m_session.isOpen() || m_session.isReadOnly()) return false;
    const bool clean = std::none_of(m_files.begin(), m_files.end(), [](const File& f) { return f.error.has_value(); });
    return clean && total().posts > 0;
}

void ImportHost::start() {
    if (!isReady()) return;
    m_stop = std::stop_source();
    auto running = std::make_shared<Running>();
    for (const File& file : m_files) running->wanted.push_back(optionsOf(file, false));
    running->stop = m_stop.get_token();
    running->host = this;
    setState(State::Importing);
    m_session.write([running](project::Project& project) { running->run(project); },
                    [running, session = &m_session](const std::optional<Error>& error) {
                        if (running->posts > 0) session->refresh();
                        if (running->host) running->host->ended(running, error);
                    });
}

void ImportHost::ended(const std::shared_ptr<Running>& running, const std::optional<Error>& error) {
    setState(error || running->wasCancelled ? State::Looked : State::Finished);
    if (error) {
        const std::size_t at = std::min(running->current, running->wanted.size() - 1);
        Q_EMIT failed(*error, fromPath(running->wanted[at].files.front().filename()), running->posts);
    } else if (running->wasCancelled) {
        Q_EMIT cancelled(running->posts);
    } else {
        Q_EMIT finished(running->posts);
    }
}

void ImportHost::cancel() {
    m_stop.request_stop();
}

}  // namespace mnerva::ui
