#pragma once

#include <QDateTime>
#include <QTimer>
#include <QWidget>

#include "ui/session/project_session.h"

class QLabel;

namespace mnerva::ui {

class JobHost;
class JobStatus;

/// The line at the bottom: when it was saved, how many posts are done, a passing message, the running job, the device.
class StatusLine : public QWidget {
    Q_OBJECT
public:
    StatusLine(ProjectSession& session, JobHost& jobs, QWidget* parent = nullptr);
    /// Shown for some seconds in the middle.
    void showMessage(const QString& text);
    void setDevice(const QString& device);
    void retranslate();
    QString savedText() const;
    QString doneText() const;
    JobStatus* jobStatus() const { return m_job; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showSaved();
    void showDone();
    ProjectSession& m_session;
    QDateTime m_savedAt;
    bool m_failed = false;
    QLabel *m_saved, *m_done, *m_message, *m_device;
    JobStatus* m_job;
    QTimer m_messageEnd;
};

}  // namespace mnerva::ui
