#pragma once

#include <QObject>
#include <QString>

#include "core/workflow/export.h"
#include "ui/common/project_session.h"
#include "ui/jobs/job_runner.h"

namespace mnerva::ui {

/// State of the export dialog: what is to be written where, a preview of it, and the writing. Uses a read-only
/// connection of its own on a background thread.
class ExportHost : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, Previewing, Previewed, Writing, Written };
    explicit ExportHost(ProjectSession& session, QObject* parent = nullptr);

    const workflow::ExportOptions& options() const { return m_options; }
    /// Previews again, unless only the target changed.
    void setOptions(const workflow::ExportOptions& options);
    State state() const { return m_state; }
    const workflow::ExportReport& report() const { return m_report; }
    bool isReady() const;
    void start();
    void cancel();

Q_SIGNALS:
    void stateChanged();
    void progressed(double fraction);
    void failed(const mnerva::Error& error);

private:
    using Answer = std::variant<workflow::ExportReport, Error, Cancelled>;
    void setState(State state);
    void preview();
    void previewed(const Answer& answer);
    void written(const Answer& answer);
    ProjectSession& m_session;
    workflow::ExportOptions m_options;
    workflow::ExportReport m_report;
    State m_state = State::Idle;
    bool m_hasPreview = false;
    JobRunner m_preview, m_write;
};

}  // namespace mnerva::ui
