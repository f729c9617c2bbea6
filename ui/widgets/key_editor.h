#pragma once

#include <QWidget>

#include "ui/widgets/key_table_model.h"

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace mnerva::ui {

/// All actions and their keys; the chosen one's key can be changed, taken away or set back. A taken key is refused with
/// the name of who has it.
class KeyEditor : public QWidget {
    Q_OBJECT
public:
    explicit KeyEditor(ActionRegistry& actions, QWidget* parent = nullptr);
    void retranslate();
    KeyTableModel* model() { return &m_model; }
    void choose(const QString& id);
    /// Gives the chosen action a key; false and a sentence when it is taken.
    bool assign(const QKeySequence& key);
    QString message() const;

private:
    void layOut();
    void showChosen();
    QString chosenId() const;
    ActionRegistry& m_actions;
    KeyTableModel m_model;
    QLineEdit* m_search;
    QTableView* m_table;
    QLabel *m_chosen, *m_message;
    QKeySequenceEdit* m_key;
    QPushButton *m_assign, *m_reset, *m_resetAll;
};

}  // namespace mnerva::ui
