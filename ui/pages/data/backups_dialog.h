#pragma once

#include <QDialog>

#include "core/project/backup.h"
#include "ui/base/job_runner.h"

class QLabel;
class QPushButton;
class QTreeWidget;

namespace mnerva::ui {

/// The backups of a project, newest first, with what each holds. Accepted: the person wants to go back to chosen().
class BackupsDialog : public QDialog {
    Q_OBJECT
public:
    /// What exec() answers besides QDialog::Accepted and Rejected: one is to be made now.
    static constexpr int kMakeOne = 2;
    BackupsDialog(const QString& folder, bool canMake, QWidget* parent = nullptr);

    QString chosen() const;      ///< file; empty: none
    QString chosenTime() const;  ///< when it was made, as the list says it

private:
    void fill(const std::vector<project::Backup>& backups);
    void showContent(const std::vector<std::optional<project::BackupContent>>& contents);
    void showChosen();

    JobRunner m_reading;
    QLabel* m_sentence;
    QTreeWidget* m_list;
    QPushButton *m_make, *m_restore;
};

}  // namespace mnerva::ui
