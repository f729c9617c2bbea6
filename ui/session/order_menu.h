#pragma once

#include <QMenu>

#include "core/project/post_order.h"

class QActionGroup;

namespace mnerva::ui {

class ProjectSession;

/// In which order the visible rows stand, as a menu. What a run lacks the numbers for cannot be chosen, and says why.
/// Filled when it is shown, since runs come and go.
class OrderMenu : public QMenu {
    Q_OBJECT
public:
    explicit OrderMenu(ProjectSession& session, QWidget* parent = nullptr);

private:
    void fill();
    void addKey(project::OrderKey key);
    /// Of each run; what it lacks stands behind its name.
    void addRuns(project::OrderKey key);
    void addDisagreement();
    void addDirections();
    QAction* addChoice(QMenu* menu, const QString& text, const project::PostOrder& order, const QString& lacks = {});
    /// Why no order of runs can be chosen; empty: it can.
    QString lacking() const;

    ProjectSession& m_session;
    QActionGroup* m_keys = nullptr;
};

/// "Length", "Least sure entity of run1".
QString orderTitle(const project::PostOrder& order);
/// The same with an arrow for the direction; empty for the project's order.
QString orderText(const project::PostOrder& order);

}  // namespace mnerva::ui
