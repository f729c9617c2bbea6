#pragma once

#include <QWidget>

#include "ui/pages/cases/agreement_host.h"

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QMenu;
class QStackedWidget;
class QTabBar;
class QTableView;
class QToolButton;

namespace mnerva::ui {

class ActionRegistry;
class Banner;
class EmptyState;
class RowsModel;

/// How far annotators agree, by label and by post, and the conflicts between them with what is decided about each and
/// why (error-analysis.md 6). The post itself is shown below, by the page.
class AgreementView : public QWidget {
    Q_OBJECT
public:
    AgreementView(ProjectSession& session, ActionRegistry& actions, QWidget* parent = nullptr);

    AgreementHost& host() { return m_host; }
    QTableView* table() const { return m_table; }
    /// Runs the action that a key means; false: none of this view.
    bool handleKey(QKeyEvent* event);
    void retranslate();

Q_SIGNALS:
    /// Ask the window to save a table: what it is called, and its text.
    void tableWanted(const QString& name, const std::string& csv);

private:
    enum Tab { kConflicts, kLabels, kPosts };
    QWidget* makeBar();
    QWidget* makeDecision();
    QWidget* makeNewLayer();
    void fillLayers(QMenu& menu);
    void fillButtons();
    void fillTable();
    void saveTable();
    void refreshState();
    void refreshCurrent();
    void refreshRemark();
    void takeRemark();
    QString summary() const;

    ProjectSession& m_session;
    ActionRegistry& m_actions;
    AgreementHost m_host;
    RowsModel* m_model;
    Banner* m_banner;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QToolButton *m_layers, *m_start, *m_save, *m_make;
    QLabel *m_summary, *m_causeTitle, *m_takeTitle;
    QTabBar* m_tabs;
    QTableView* m_table;
    QWidget* m_decision;
    QHBoxLayout* m_takes;
    QComboBox* m_cause;
    QLineEdit *m_note, *m_name;
    QCheckBox *m_forGuideline, *m_isBlind;
    bool m_isFilling = false;
};

}  // namespace mnerva::ui
