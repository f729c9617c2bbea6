#pragma once

#include <QWidget>

#include "core/gazetteer/definition.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace mnerva::ui {

/// The options of one word list or pattern.
class GazetteerFields : public QWidget {
    Q_OBJECT
public:
    explicit GazetteerFields(QWidget* parent = nullptr);

    /// Shows a source, or nothing; labels are offered, another one can be typed.
    void showSource(const gazetteer::Source* source, const std::vector<std::string>& labels);
    /// The first field to be filled in takes the keys: the pattern of a pattern, else the label.
    void beginEditing();
    /// What is wrong with the pattern as it is typed; empty: nothing.
    QString mistake() const;

Q_SIGNALS:
    /// A value was given: whole, checked.
    void edited(const mnerva::gazetteer::Source& source);

private:
    void makeForm();
    void connectFields();
    void take();
    void showMistake();

    gazetteer::Source m_source;
    bool m_isShowing = false;
    QFormLayout* m_form;
    QLineEdit *m_name, *m_pattern;
    QLabel* m_mistake;
    QComboBox *m_label, *m_scope;
    QSpinBox *m_priority, *m_least;
    QCheckBox *m_case, *m_marks;
};

}  // namespace mnerva::ui
