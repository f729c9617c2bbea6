#pragma once

#include <memory>

#include "ui/frame/page_spec.h"
#include "ui/pages/data/post_table_model.h"
#include "ui/pages/data/statistics_model.h"
#include "ui/session/project_session.h"
#include "ui/widgets/page.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;
class QTemporaryDir;
class QToolButton;

namespace mnerva::ui {

class ActionRegistry;
class Banner;
class EmptyState;
class NoMatchNote;
class ProjectCommands;

/// The data of the open project: numbers of its splits and all posts in a table; a welcome while nothing is open.
class DataPage : public Page {
    Q_OBJECT
public:
    DataPage(ProjectSession& session, ProjectCommands& commands, const ActionRegistry& actions,
             QWidget* parent = nullptr);
    ~DataPage() override;

    void retranslate() override;
    void activated() override;
    std::vector<CaptureDialog> dialogsForCapture() override;
    bool readyForCapture() const override;
    PostTableModel* model() { return &m_posts; }

private:
    QWidget* makeContent();
    QWidget* makeHeader();
    QWidget* makeFilters();
    void makeStatistics();
    void makeTable();
    void showState();
    void readStatistics();
    void fitStatistics();
    void selectCurrent();
    void showCount();

    ProjectSession& m_session;
    ProjectCommands& m_commands;
    PostTableModel m_posts;
    StatisticsModel m_statistics;
    std::unique_ptr<QTemporaryDir> m_demo;  ///< files shown by the import dialog of a capture
    bool m_statisticsAsked = false, m_following = false;
    Banner* m_banner;
    QStackedWidget* m_stack;
    EmptyState *m_welcome, *m_noPosts;
    QLabel *m_name, *m_folder, *m_count;
    QPushButton *m_labels, *m_import, *m_detect, *m_export;
    QTableView *m_table, *m_numbers;
    QToolButton* m_filter;
    NoMatchNote* m_noMatch;
};

PageSpec dataPage();

}  // namespace mnerva::ui
