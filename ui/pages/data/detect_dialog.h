#pragma once

#include <QDialog>

#include "ui/pages/data/detect_choice.h"
#include "ui/session/project_session.h"

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QRadioButton;

namespace mnerva::ui {

class PathField;

/// Which detector looks at which pictures, how sure it must be, and what becomes of earlier boxes. Accepting remembers
/// the choice; the work is the DetectHost's.
class DetectDialog : public QDialog {
    Q_OBJECT
public:
    explicit DetectDialog(ProjectSession& session, QWidget* parent = nullptr);
    DetectChoice choice() const;
    void setChoice(const DetectChoice& choice);

    void accept() override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void addDetector(QFormLayout& form);
    void addLimits(QFormLayout& form);
    void connectFields();
    void fillPosts();
    void showState();
    void fit();
    int postsWithPictures() const;

    ProjectSession& m_session;
    QRadioButton *m_faces, *m_onnx;
    std::vector<QWidget*> m_ofFile;  ///< fields of the detector in a file, with their labels
    PathField *m_file, *m_names;
    QDoubleSpinBox* m_score;
    QComboBox* m_posts;
    QLabel *m_summary, *m_problem;
    QPushButton *m_cancel, *m_find;
};

}  // namespace mnerva::ui
