#pragma once

#include <QToolButton>

namespace mnerva::ui {

class ProjectSession;

/// Which layer is edited, and the choice of another one: the corrected layer and those of annotators. Hidden while
/// there is only the corrected one.
class LayerButton : public QToolButton {
    Q_OBJECT
public:
    explicit LayerButton(ProjectSession& session, QWidget* parent = nullptr);
    void retranslate();

private:
    void fill();
    void refresh();

    ProjectSession& m_session;
};

}  // namespace mnerva::ui
