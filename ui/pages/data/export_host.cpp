#include "ui/pages/data/export_host.h"

#include <QCoreApplication>
#include <QPointer>

#include "ui/base/gui_thread.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {

ExportHost::ExportHost(ProjectSession& session, QObject* parent) : QObject(parent), m_session(session) {}

void ExportHost::setState(State state) {
    m_state = state;
    Q_EMIT stateChanged();
}

void ExportHost::setOptions(const workflow::ExportOptions& options) {
    const bool same = m_hasPreview && options.format == m_options.format && options.layer == m_options.layer &&
                      options.split == m_options.split && options.scheme == m_options.scheme;
    m_options = options;
    if (same) {
        Q_EMIT stateChanged();
        return;
    }
    preview();
}

void ExportHost::preview() {
    if (!m_session.isOpen()) return;
    m_hasPreview = true;
    setState(State::Previewing);
    m_preview.run<workflow::ExportReport>(
        [folder = toPath(m_session.folder()), options = m_options](std::stop_token stop) {
            const auto project =
                project::Project::open(folder, project::OpenMode::ReadOnly, toUtf8(ProjectSession::programName()));
            return workflow::previewExport(*project, options, stop);
        },
        [this](const Answer& answer) { previewed(answer); });
}

void ExportHost::previewed(const Answer& answer) {
    m_report = std::holds_alternative<workflow::ExportReport>(answer) ? std::get<workflow::ExportReport>(answer)
                                                                      : workflow::ExportReport{};
    setState(State::Previewed);
    if (const auto* error = std::get_if<Error>(&answer)) Q_EMIT failed(*error);
}

bool ExportHost::isReady() const {
    return m_state == State::Previewed && m_report.posts > 0 && !m_options.target.empty() && m_session.isOpen();
}

void ExportHost::start(bool replace) {
    if (!isReady()) return;
    setState(State::Writing);
    const ProgressSink sink = [self = QPointer<ExportHost>(this)](const Progress& progress) {
        if (progress.total <= 0 || progress.done % 64 != 0) return;
        const double fraction = static_cast<double>(progress.done) / static_cast<double>(progress.total);
        onGuiThread(QCoreApplication::instance(), [self, fraction] {
            if (self) Q_EMIT self->progressed(fraction);
        });
    };
    workflow::ExportOptions options = m_options;
    options.replace = replace;
    m_write.run<Written>(
        [folder = toPath(m_session.folder()), options, sink](std::stop_token stop) {
            const auto project =
                project::Project::open(folder, project::OpenMode::ReadOnly, toUtf8(ProjectSession::programName()));
            Written out;
            const auto targets = workflow::exportTargets(*project, options);
            workflow::requireFreeTargets(*project, targets, true);  // what must never be written is no question
            if (!options.replace) out.inTheWay = workflow::stateOfTargets(*project, targets);
            if (out.inTheWay.existing.empty()) out.report = workflow::exportProject(*project, options, sink, stop);
            return out;
        },
        [this](const std::variant<Written, Error, Cancelled>& answer) { written(answer); });
}

void ExportHost::written(const std::variant<Written, Error, Cancelled>& answer) {
    if (const auto* done = std::get_if<Written>(&answer); done && done->report) {
        m_report = *done->report;
        setState(State::Written);
        return;
    }
    setState(State::Previewed);
    if (const auto* error = std::get_if<Error>(&answer)) Q_EMIT failed(*error);
    const auto* asked = std::get_if<Written>(&answer);
    if (!asked) return;
    const auto names = [](const std::vector<std::filesystem::path>& paths) {
        QStringList out;
        for (const auto& path : paths) out << fromPath(path);
        return out;
    };
    Q_EMIT replaceAsked(names(asked->inTheWay.existing), names(asked->inTheWay.imported));
}

void ExportHost::cancel() {
    m_preview.cancel();
    m_write.cancel();
    if (m_state == State::Writing) setState(State::Previewed);
}

}  // namespace mnerva::ui
