#pragma once

#include <QDialog>
#include <QTimer>

#include "ui/pages/data/bulk_host.h"

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace mnerva::ui {

class Banner;

/// "Change many posts": one step over all posts of a query, with what it would do and twenty examples before, and the
/// list of posts behind it.
class BulkDialog : public QDialog {
    Q_OBJECT
public:
    explicit BulkDialog(ProjectSession& session, QWidget* parent = nullptr);

    BulkHost& host() { return m_host; }
    QPushButton* applyButton() const { return m_apply; }
    /// It waits for a further letter before it looks.
    bool isAboutToAsk() const { return m_delay.isActive(); }

protected:
    void reject() override;

private:
    enum Doing { Relabel, Clear, Accept, Status };

    QWidget* makeFields();
    QWidget* makePreview();
    QWidget* makeBottom();
    void fillChoices();
    void showFields();
    void askSoon();
    /// What is chosen; nothing where it cannot be done.
    std::optional<workflow::BulkStep> step() const;
    void showState();
    void showExamples();
    QString countText() const;
    void showWritten();
    void saveReport();

    ProjectSession& m_session;
    BulkHost m_host;
    QTimer m_delay;
    Banner* m_banner;
    QFormLayout* m_form;
    QLineEdit *m_query, *m_text;
    QComboBox *m_doing, *m_from, *m_to, *m_run, *m_status;
    QDoubleSpinBox* m_above;
    QLabel *m_mistake, *m_count;
    QTableWidget* m_examples;
    QProgressBar* m_progress;
    QPushButton *m_report, *m_cancel, *m_apply;
};

}  // namespace mnerva::ui
