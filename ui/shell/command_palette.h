#pragma once

#include <QAction>
#include <QDialog>
#include <QPointer>

class QLineEdit;
class QListWidget;

namespace mnerva::ui {

/// Type a few letters of an action, Enter runs it.
class CommandPalette : public QDialog {
    Q_OBJECT
public:
    CommandPalette(const QList<QAction*>& actions, QWidget* parent = nullptr);
    QAction* chosen() const { return m_chosen; }
    QLineEdit* search() const { return m_search; }
    QListWidget* list() const { return m_list; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void take();
    QList<QAction*> m_actions;
    QPointer<QAction> m_chosen;
    QLineEdit* m_search;
    QListWidget* m_list;
};

}  // namespace mnerva::ui
