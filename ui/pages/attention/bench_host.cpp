#include "ui/pages/attention/bench_host.h"

#include <algorithm>
#include <utility>

#include "core/protocol/progress_line.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {

BenchHost::BenchHost(AttentionHost& host, QObject* parent) : QObject(parent), m_host(host) {
    connect(&host, &AttentionHost::runsChanged, this, &BenchHost::refresh);
    connect(&host, &AttentionHost::changed, this, [this](int slot) {
        if (slot == AttentionHost::kFirst && m_host.run(AttentionHost::kFirst) != m_run) refresh();
    });
    connect(&host.session(), &ProjectSession::closed, this, [this] {
        if (m_process) m_process->cancel();
    });
}

void BenchHost::refresh() {
    const QString run = m_host.run(AttentionHost::kFirst);
    if (run != m_run) {
        m_run = run;
        m_figures.reset();
        m_isRead = false;
        Q_EMIT changed();
    }
    const auto model = m_host.modelOf(AttentionHost::kFirst);
    if (!model) return m_reader.cancel();
    m_reader.run<Figures>(
        [folder = std::filesystem::path(model->runFolder)](std::stop_token) -> Figures {
            auto found = protocol::readExplanation(folder);
            if (!found) return nullptr;
            found->list = {};
            return std::make_shared<const protocol::Explanation>(std::move(*found));
        },
        [this](const std::variant<Figures, Error, Cancelled>& answer) {
            const auto* figures = std::get_if<Figures>(&answer);
            m_figures = figures ? *figures : nullptr;
            m_isRead = true;
            Q_EMIT changed();
        });
}

const protocol::MethodFigures* BenchHost::method(std::string_view id) const {
    if (!m_figures) return nullptr;
    const auto found = std::find_if(m_figures->methods.begin(), m_figures->methods.end(),
                                    [&](const protocol::MethodFigures& of) { return of.method == id; });
    return found == m_figures->methods.end() ? nullptr : &*found;
}

QStringList BenchHost::arguments() const {
    QStringList arguments{QStringLiteral("explain"), m_host.session().folder(), QStringLiteral("--run"),
                          m_host.run(AttentionHost::kFirst), QStringLiteral("--bench")};
    const auto& posts = m_host.session().info().postsOfSplit;
    for (const auto& [split, name] : {std::pair(Split::Test, "test"), std::pair(Split::Valid, "valid")}) {
        const auto found = posts.find(split);
        if (found == posts.end() || found->second == 0) continue;
        arguments << QStringLiteral("--split") << QLatin1String(name);
        break;
    }
    const auto model = m_host.modelOf(AttentionHost::kFirst);
    if (model && model->device != "cpu") arguments << QStringLiteral("--device") << fromUtf8(model->device);
    return arguments;
}

QString BenchHost::commandText() const {
    return shellText(QStringLiteral("mnerva-cli"), arguments());
}

void BenchHost::measure() {
    const QString run = m_host.run(AttentionHost::kFirst);
    if (isMeasuring() || run.isEmpty() || !m_host.session().isOpen()) return;
    m_job = m_host.jobs().add(tr("Measuring the maps of %1").arg(run), [self = QPointer<BenchHost>(this)] {
        if (self && self->m_process) self->m_process->cancel();
    });
    m_job->setProgress(-1);
    m_process =
        CommandProcess::run(arguments(), this, [this, run](const CommandResult& result) { measured(run, result); });
    connect(m_process, &CommandProcess::message, this, [this](const QString& line) {
        if (const auto progress = protocol::progressFromLine(toUtf8(line)); progress && m_job && progress->total > 0)
            m_job->setProgress(double(progress->done) / double(progress->total));
    });
    Q_EMIT changed();
}

void BenchHost::measured(const QString& run, const CommandResult& result) {
    const auto* error = std::get_if<Error>(&result);
    const JobState state = error                                       ? JobState::Failed
                           : std::holds_alternative<Cancelled>(result) ? JobState::Cancelled
                                                                       : JobState::Succeeded;
    if (const QPointer<Job> job = std::exchange(m_job, nullptr)) job->end(state);
    Q_EMIT changed();
    if (error) Q_EMIT failed(run, *error);
    if (state == JobState::Succeeded && run == m_host.run(AttentionHost::kFirst)) refresh();
}

}  // namespace mnerva::ui
