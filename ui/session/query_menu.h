#pragma once

#include <QMenu>

namespace mnerva::ui {

class ProjectSession;

/// The usual conditions as a menu: each entry writes into the query line, in place of what it said of the same thing.
/// Filled when it is shown, since labels and runs come and go.
class QueryMenu : public QMenu {
    Q_OBJECT
public:
    explicit QueryMenu(ProjectSession& session, QWidget* parent = nullptr);

private:
    void fill();
    void fillChoices();
    void fillLabels();
    void fillRuns();
    void fillHistory();

    ProjectSession& m_session;
};

}  // namespace mnerva::ui
