#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <QStringList>
#include <memory>

#include "core/protocol/explanation.h"
#include "ui/base/job_runner.h"
#include "ui/jobs/command_process.h"
#include "ui/pages/attention/attention_host.h"

namespace mnerva::ui {

/// What `explain --bench` has measured of the maps of the first run (explanation.md 3): read from the run's folder on
/// another thread, and measured by a job where a person asks for it.
class BenchHost : public QObject {
    Q_OBJECT
public:
    using Figures = std::shared_ptr<const protocol::Explanation>;
    explicit BenchHost(AttentionHost& host, QObject* parent = nullptr);

    /// Looks for the figures of the run; changed() follows when they are others.
    void refresh();
    /// False until the folder of the run was looked at.
    bool isRead() const { return m_isRead; }
    /// Without the list of entities; null where nobody has measured the run.
    const Figures& figures() const { return m_figures; }
    /// Null for a method that was not measured.
    const protocol::MethodFigures* method(std::string_view id) const;

    /// The command that measures the run: on the test posts, where the project has some.
    QStringList arguments() const;
    /// The same as a person could type it.
    QString commandText() const;
    /// Runs it as a job; what the run had is replaced when it has ended well. Nothing while one runs.
    void measure();
    bool isMeasuring() const { return m_job != nullptr; }

Q_SIGNALS:
    void changed();
    void failed(const QString& run, const mnerva::Error& error);

private:
    void measured(const QString& run, const CommandResult& result);

    AttentionHost& m_host;
    JobRunner m_reader;
    Figures m_figures;
    QString m_run;  ///< that the figures are of
    bool m_isRead = false;
    QPointer<CommandProcess> m_process;
    QPointer<Job> m_job;
};

}  // namespace mnerva::ui
