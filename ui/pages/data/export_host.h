#pragma once

#include <QObject>
#include <QStringList>

#include "core/workflow/exchange/export.h"
#include "ui/base/job_runner.h"
#include "ui/session/project_session.h"

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
    /// Writes. Where files are there already nothing is written: replaceAsked() names them, and start(true) replaces
    /// them.
    void start(bool replace = false);
    void cancel();

Q_SIGNALS:
    void stateChanged();
    void progressed(double fraction);
    void failed(const mnerva::Error& error);
    /// `files` would be replaced; the project was imported from `imported` of them.
    void replaceAsked(const QStringList& files, const QStringList& imported);

private:
    using Answer = std::variant<workflow::ExportReport, Error, Cancelled>;
    /// What writing came to: a report, or files that are in the way.
    struct Written {
        std::optional<workflow::ExportReport> report;
        workflow::TargetState inTheWay;
    };
    void setState(State state);
    void preview();
    void previewed(const Answer& answer);
    void written(const std::variant<Written, Error, Cancelled>& answer);
    ProjectSession& m_session;
    workflow::ExportOptions m_options;
    workflow::ExportReport m_report;
    State m_state = State::Idle;
    bool m_hasPreview = false;
    JobRunner m_preview, m_write;
};

}  // namespace mnerva::ui
