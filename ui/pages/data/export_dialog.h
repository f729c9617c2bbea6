#pragma once

#include <QDialog>

#include "ui/pages/data/export_host.h"
#include "ui/pages/data/findings_model.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QTableView;

namespace mnerva::ui {

class Banner;
class PathField;

/// Export of a layer: format, split, scheme, target, and a preview of the first lines and of what the format cannot
/// hold.
class ExportDialog : public QDialog {
    Q_OBJECT
public:
    explicit ExportDialog(ProjectSession& session, QWidget* parent = nullptr);
    ExportHost& host() { return m_host; }
    void setTarget(const QString& path);
    QPushButton* exportButton() const { return m_export; }

protected:
    void reject() override;

private:
    QWidget* makeFields();
    QWidget* makePreview();
    QWidget* makeBottom();
    void fillChoices();
    void choose();
    void askToReplace(const QStringList& files, const QStringList& imported);
    void showState();
    ProjectSession& m_session;
    ExportHost m_host;
    FindingsModel m_findings;
    Banner* m_banner;
    QComboBox *m_format, *m_layer, *m_split, *m_scheme;
    PathField* m_target;
    QLabel *m_counts, *m_lost;
    QPlainTextEdit* m_sample;
    QTableView* m_findingsView;
    QProgressBar* m_progress;
    QPushButton *m_export, *m_cancel;
};

}  // namespace mnerva::ui
