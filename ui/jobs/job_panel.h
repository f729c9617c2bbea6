#pragma once

#include <QFrame>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <map>

#include "ui/jobs/job_host.h"

namespace mnerva::ui {

/// The running jobs, one row each: title, what is being done, how far, time left, Cancel. Shown as a popup over the
/// status line.
class JobPanel : public QFrame {
    Q_OBJECT
public:
    explicit JobPanel(JobHost& jobs, QWidget* parent = nullptr);
    void retranslate();

private:
    struct Row {
        QWidget* widget;
        QLabel *title, *detail;
        QProgressBar* bar;
        QToolButton* cancel;
    };
    void addRow(Job* job);
    void updateRow(Job* job);
    void removeRow(Job* job);

    JobHost& m_jobs;
    QVBoxLayout* m_layout;
    QLabel* m_empty;
    std::map<Job*, Row> m_rows;
};

/// The job part of the status line: one sentence and a slim bar; a press opens the panel. Invisible while nothing runs.
class JobStatus : public QWidget {
    Q_OBJECT
public:
    explicit JobStatus(JobHost& jobs, QWidget* parent = nullptr);
    void retranslate();
    JobPanel* panel() const { return m_panel; }

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refresh();
    void openPanel();

    JobHost& m_jobs;
    QLabel* m_text;
    QProgressBar* m_bar;
    JobPanel* m_panel;
};

}  // namespace mnerva::ui
