#pragma once

#include <QDialog>

#include "core/project/project.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace mnerva::ui {

class Banner;
class PathField;

/// What a new project is called, where it lies, which labels it knows.
class NewProjectDialog : public QDialog {
    Q_OBJECT
public:
    explicit NewProjectDialog(QWidget* parent = nullptr);
    void suggestName(const QString& name);
    void setLocation(const QString& folder);
    QString folder() const;
    project::NewProject options() const;
    /// What is wrong with the input, or "".
    QString problem() const;
    Banner* banner() const { return m_banner; }

private:
    void fillFields();
    void layOut();
    void connectFields();
    void check();
    Banner* m_banner;
    QLineEdit *m_name, *m_types;
    PathField* m_location;
    QRadioButton *m_learn, *m_given;
    QComboBox* m_scheme;
    QLabel *m_result, *m_problem;
    QPushButton* m_create;
};

/// Label names typed by a person: split at commas and spaces, without repeats.
std::vector<std::string> typesFromText(const QString& text);

}  // namespace mnerva::ui
