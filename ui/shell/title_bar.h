#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/session/project_session.h"

class QLabel;
class QMenu;
class QToolButton;

namespace mnerva::ui {

class ActionRegistry;
class LayerButton;
class QueryLine;
class ViewsPopup;

/// The line at the top: project menu, query line with how many posts it leaves, undo and redo, key sheet.
class TitleBar : public QWidget {
    Q_OBJECT
public:
    TitleBar(ProjectSession& session, const ActionRegistry& actions, QWidget* parent = nullptr);
    QMenu* projectMenu() const { return m_menu; }
    QueryLine* query() const { return m_query; }
    ViewsPopup* views() const { return m_views; }
    void openViews();
    /// Tool buttons for these actions at the right, in order.
    void setActions(const QList<QAction*>& actions);
    void retranslate();

Q_SIGNALS:
    void recentWanted(const QString& folder);
    void leftQuery();  ///< Enter or Escape in the query line: work goes on in the page

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showProject();
    void showMatches();
    ProjectSession& m_session;
    const ActionRegistry& m_actions;
    QToolButton* m_project;
    LayerButton* m_layer;
    QMenu* m_menu;
    QueryLine* m_query;
    QToolButton *m_filter, *m_viewsButton;
    ViewsPopup* m_views;
    QLabel* m_matches;
    QWidget* m_buttons;
    QTimer m_patience;  ///< before progress is told
};

}  // namespace mnerva::ui
