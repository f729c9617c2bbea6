#pragma once

#include <QDialog>

namespace mnerva::ui {

class ActionRegistry;

/// All keys, to read and to change (F1).
class KeysDialog : public QDialog {
    Q_OBJECT
public:
    explicit KeysDialog(ActionRegistry& actions, QWidget* parent = nullptr);
};

}  // namespace mnerva::ui
