#pragma once

#include <QTimer>
#include <QToolButton>

class QLabel;

namespace mnerva::ui {

class ProjectSession;

/// The order of the posts over their list: a click opens the menu of orders. Beside it a line that says which it is
/// where it is not the project's, and how far it is where that takes long.
class OrderButton : public QToolButton {
    Q_OBJECT
public:
    explicit OrderButton(ProjectSession& session, QWidget* parent = nullptr);
    void openMenu();
    /// The line, for whoever owns the button to place; it takes no room while there is nothing to say.
    QLabel* note() const { return m_note; }
    /// No room for the line.
    void setShort(bool isShort);
    void retranslate();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void elide();
    ProjectSession& m_session;
    QTimer m_patience;  ///< before progress is told
    QLabel* m_note;
    QString m_text;
    bool m_isShort = false;
};

}  // namespace mnerva::ui
