#pragma once

#include <QTimer>
#include <QToolButton>

namespace mnerva::ui {

class ProjectSession;

/// The order of the posts over their list: says which it is, and how far it is where that takes long; a click opens the
/// menu of orders.
class OrderButton : public QToolButton {
    Q_OBJECT
public:
    explicit OrderButton(ProjectSession& session, QWidget* parent = nullptr);
    void openMenu();
    /// Nothing but the icon.
    void setShort(bool isShort);
    void retranslate();

private:
    void refresh();
    ProjectSession& m_session;
    QTimer m_patience;  ///< before progress is told
    bool m_isShort = false;
};

}  // namespace mnerva::ui
