#pragma once

#include <QDialog>

#include "ui/pages/data/findings_model.h"
#include "ui/pages/data/import_host.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTableWidget;
class QTableView;
class QToolButton;

namespace mnerva::ui {

class Banner;
class PathField;
class PostPreview;

/// Import of a data set: files with their splits and crop lists, pictures, and, before anything is written, the first
/// posts as they will look, the counts and the findings.
class ImportDialog : public QDialog {
    Q_OBJECT
public:
    explicit ImportDialog(ProjectSession& session, QWidget* parent = nullptr);
    ImportHost& host() { return m_host; }
    void addPaths(const QStringList& paths) { m_host.addPaths(paths); }
    QPushButton* importButton() const { return m_import; }

Q_SIGNALS:
    void imported(int posts);

protected:
    void reject() override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeFiles();
    QWidget* makePictures();
    QWidget* makePreview();
    QWidget* makeBottom();
    void showFiles();
    void showState();
    void showTotal();
    void fillRow(int row, const ImportHost::File& file);
    void fillReason(int row, const QString& path, const QString& reason, bool isBad);
    void fillSplit(int row, const ImportHost::File& file);
    void addFiles();

    ProjectSession& m_session;
    ImportHost m_host;
    FindingsModel m_findings;
    Banner* m_banner;
    QTableWidget* m_files;
    QPushButton *m_add, *m_import, *m_cancel;
    QToolButton *m_remove, *m_copyFindings;
    QLabel* m_encodingLabel;
    QComboBox* m_encoding;
    PathField *m_images, *m_crops, *m_boxes;
    PostPreview* m_preview;
    QLabel *m_counts, *m_findingsTitle, *m_progressText;
    QTableView* m_findingsView;
    QProgressBar* m_progress;
};

}  // namespace mnerva::ui
