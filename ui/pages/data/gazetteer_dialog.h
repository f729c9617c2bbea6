#pragma once

#include <QDialog>

#include "ui/pages/data/gazetteer_host.h"

class QComboBox;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTableWidget;
class QToolButton;

namespace mnerva::ui {

class Banner;
class EmptyState;
class GazetteerFields;
class GazetteerPreview;

/// "Word lists and rules": what is looked for in the posts, in its order, with what it finds, and the layer of
/// suggestions that is made of it.
class GazetteerDialog : public QDialog {
    Q_OBJECT
public:
    explicit GazetteerDialog(ProjectSession& session, QWidget* parent = nullptr);

    GazetteerHost& host() { return m_host; }
    Banner* banner() const { return m_banner; }

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void reject() override;

private:
    QWidget* makeLeft();
    QWidget* makeSources();
    QWidget* makeTools();
    QWidget* makeBottom();
    void connectHost();
    void showState();
    void showSources();
    void showFields();
    void showListAdded(const workflow::MadeList& made);
    /// What was said of the files of one go, and of what failed among them.
    void showSaid();
    void clearSaid();
    void showApplied();
    int currentSource() const;  ///< -1: none
    void changeSource(const gazetteer::Source& source);
    void switchSource(int row, bool isOn);
    void chooseFiles();
    void addFromTagged();
    void addPattern();
    void removeSource();
    void moveSource(int by);
    void nameLayer();

    ProjectSession& m_session;
    GazetteerHost m_host;
    Banner* m_banner;
    QStackedWidget* m_left;
    EmptyState* m_empty;
    QTableWidget* m_sources;
    GazetteerFields* m_fields;
    GazetteerPreview* m_preview;
    QToolButton *m_up, *m_down, *m_remove, *m_undo, *m_redo;
    QPushButton *m_files, *m_tagged, *m_pattern;
    QLineEdit* m_layer;
    QProgressBar* m_progress;
    QPushButton *m_delete, *m_cancel, *m_apply;
    std::string m_wanted;  ///< name of the source that is to become the current one
    QStringList m_said;
    bool m_hasFailed = false, m_isShowing = false;
};

}  // namespace mnerva::ui
