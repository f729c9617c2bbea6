#pragma once

#include <QMenu>
#include <string>

#include "core/query/query.h"

namespace mnerva::ui {

class ProjectSession;

/// The usual conditions as a menu: each entry writes into the query line, in place of what it said of the same thing.
/// Filled when it is shown, since labels and runs come and go.
class QueryMenu : public QMenu {
    Q_OBJECT
public:
    explicit QueryMenu(ProjectSession& session, QWidget* parent = nullptr);

Q_SIGNALS:
    void viewsWanted();

private:
    void fill();
    /// Puts a condition about a field into the query; empty: takes it away.
    void write(query::Field field, const std::string& condition);
    void fillChoices();
    void fillLabels();
    void fillRuns();
    void fillHistory();

    ProjectSession& m_session;
};

}  // namespace mnerva::ui
