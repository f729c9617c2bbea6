#pragma once

#include <QMainWindow>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "ui/frame/page_spec.h"
#include "ui/frame/project_commands.h"
#include "ui/jobs/job_host.h"
#include "ui/session/project_session.h"
#include "ui/widgets/actions.h"

class QStackedWidget;

namespace mnerva::ui {

class Page;
class Rail;
class StatusLine;
class TitleBar;

/// What a window is made of besides itself. The window knows no page by name: app/pages.cpp puts these together.
struct WindowParts {
    std::vector<PageSpec> pages;  ///< in the order of the rail
    std::function<std::unique_ptr<ProjectCommands>(ProjectSession&, JobHost&, QWidget* window)> commands;
};

/// The window: title line, rail, pages, status line. Owns the session, the jobs and the actions; pages are made when
/// first shown.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(WindowParts parts, QWidget* parent = nullptr);
    ~MainWindow() override;

    ProjectSession& session() { return m_session; }
    const ProjectSession& session() const { return m_session; }
    JobHost& jobs() { return m_jobs; }
    ActionRegistry& registry() { return m_actions; }
    ProjectCommands& commands() { return *m_commands; }
    const ProjectCommands& commands() const { return *m_commands; }
    StatusLine* statusLine() const { return m_status; }
    TitleBar* titleBar() const { return m_title; }
    Banner* banner() const { return m_banner; }

    QStringList pageIds() const;  ///< in the order of the rail
    /// The page of an id, made if it was not there yet; nullptr for an unknown one.
    Page* page(const QString& id);
    void showPage(const QString& id);
    QString currentPage() const { return m_current; }
    void openProject(const QString& folder);
    void focusQuery();
    void findAction();
    void showKeys();
    /// All dialogs that belong to the window itself, for the capture.
    QWidget* makeKeysDialog();
    QWidget* makePalette();
    /// What the palette offers: the window's actions and those of all pages, which show their page first. New ones
    /// belong to `owner`.
    QList<QAction*> paletteActions(QObject* owner);

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct Entry {
        PageSpec spec;
        Page* page = nullptr;
    };
    void buildFrame();
    void makeActions();
    /// Which actions can be used now; the only place that says so.
    void refreshActions();
    QString pageThatIs(PageSpec::Standing standing) const;
    void showDevice();
    void fillProjectMenu();
    void connectSession();
    void retranslate();
    void showOpened();
    void showHolder();
    void showSaveFailure(const Error& error);
    /// What to do about a write that failed; empty where the error's own sentence says it.
    static QString adviceOn(ErrorCode code);
    void stayOnScreen();
    void saveLayout();
    void rememberPost();
    bool mayClose();

    ProjectSession m_session;
    JobHost m_jobs;
    ActionRegistry m_actions;
    std::unique_ptr<ProjectCommands> m_commands;
    std::vector<Entry> m_pages;
    std::vector<std::pair<QString, QString>> m_pageActions;  ///< id of an action, id of its page
    QString m_current;
    QStackedWidget* m_stack;
    Rail* m_rail;
    TitleBar* m_title;
    StatusLine* m_status;
    Banner *m_banner, *m_stop;         ///< m_stop: shown while a write waits that failed
    std::optional<Error> m_stopError;  ///< what m_stop says
    bool m_forced = false;
};

}  // namespace mnerva::ui
