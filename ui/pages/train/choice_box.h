#pragma once

#include <QComboBox>

namespace mnerva::ui {

/// What a combo box means: its data where the shown text is only a description, else what was typed.
inline QString valueOf(const QComboBox& box) {
    const int index = box.findText(box.currentText());
    if (index >= 0 && box.itemData(index).isValid()) return box.itemData(index).toString();
    return box.currentText().trimmed();
}

/// Shows the entry with that data, or the value itself where it can be typed.
inline void showValue(QComboBox& box, const QString& value) {
    const int index = box.findData(value);
    if (index >= 0)
        box.setCurrentIndex(index);
    else if (box.isEditable())
        box.setEditText(value);
}

}  // namespace mnerva::ui
