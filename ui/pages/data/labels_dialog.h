#pragma once

#include <QDialog>

#include "ui/session/project_session.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QToolButton;

namespace mnerva::ui {

class Banner;

/// The labels of the open project in the order of their digits: add, take away unused ones, move.
class LabelsDialog : public QDialog {
    Q_OBJECT
public:
    explicit LabelsDialog(ProjectSession& session, QWidget* parent = nullptr);
    std::vector<std::string> types() const;
    /// Adds a label at the end; false with a message when it is empty, odd, there already, or looks like one that is.
    bool add(const QString& name);
    void removeCurrent();
    void move(int by);
    Banner* banner() const { return m_banner; }
    /// Stores the labels; the dialog closes when that worked.
    void store();

private:
    void nameFields();
    void layOut();
    void addTyped();
    void showKeys();
    ProjectSession& m_session;
    Banner* m_banner;
    QListWidget* m_list;
    QLineEdit* m_name;
    QLabel* m_message;
    QPushButton *m_add, *m_store;
    QToolButton *m_remove, *m_up, *m_down;
};

}  // namespace mnerva::ui
