#pragma once

#include <QDialog>
#include <QTimer>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/project/label_editing.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace mnerva::ui {

class Banner;
class ProjectSession;

/// One label: name, colour, key, what it is a kind of, and the guideline; or a new one. What is saved is one undo step,
/// and the dialog says before how many entities it changes. Another label's name makes one of both.
class LabelDialog : public QDialog {
    Q_OBJECT
public:
    /// `type` empty: a new label.
    LabelDialog(ProjectSession& session, std::string type, QWidget* parent = nullptr);
    ~LabelDialog() override;

    QLineEdit* nameField() const { return m_name; }
    QComboBox* keyField() const { return m_place; }
    QPlainTextEdit* guideline() const { return m_description; }
    QPushButton* saveButton() const { return m_save; }
    QPushButton* removeButton() const { return m_remove; }
    QString message() const;
    /// As the button for the colour does, once one was picked ("#rrggbb"; empty: the usual one).
    void setColour(const QString& colour);
    /// What Save would make of the label.
    project::LabelDraft draft() const;

Q_SIGNALS:
    /// It is written: entities and posts that changed with it.
    void written(int entities, int posts);

private:
    struct Count;
    void makeFields();
    void layOut();
    void fill();
    void pickColour();
    void paintColour();
    void check();
    void count(bool removing);
    void countArrived(const Count& count);
    QString consequence(const project::LabelEdit& edit) const;
    void save();
    void remove();
    void write(std::function<project::LabelEdit(const project::Project&)> make, const QString& failed);
    bool isNew() const { return m_type.empty(); }
    bool isMerge() const;

    ProjectSession& m_session;
    std::string m_type, m_colourText;
    Banner* m_banner;
    QLineEdit* m_name = nullptr;
    QToolButton *m_colour = nullptr, *m_usualColour = nullptr;
    QComboBox *m_place = nullptr, *m_parent = nullptr;
    QPlainTextEdit* m_description = nullptr;
    QLabel* m_message = nullptr;
    QPushButton *m_save = nullptr, *m_remove = nullptr, *m_cancel = nullptr;
    QTimer m_wait;  ///< until nobody types
    std::shared_ptr<Count> m_count;
    std::stop_source m_stopWriting;
    bool m_writing = false, m_removalAsked = false;
};

}  // namespace mnerva::ui
