#pragma once

#include <QMainWindow>
#include <functional>
#include <vector>

#include "ui/jobs/job_host.h"
#include "ui/session/project_session.h"

class QStackedWidget;

namespace mnerva::ui {

class Banner;
class Page;
class ProjectCommands;
class Rail;
class StatusLine;
class TitleBar;
struct DetectReport;

/// The window: title line, rail, pages, status line. Owns the session and the jobs; pages are made when first shown.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

    ProjectSession& session() { return m_session; }
    JobHost& jobs() { return m_jobs; }
    ProjectCommands& commands() { return *m_commands; }
    StatusLine* statusLine() const { return m_status; }
    TitleBar* titleBar() const { return m_title; }
    Banner* banner() const { return m_banner; }

    static QStringList pageIds();  ///< in the order of the rail
    /// The page of an id, made if it was not there yet; nullptr for an unknown one.
    Page* page(const QString& id);
    void showPage(const QString& id);
    QString currentPage() const { return m_current; }
    void openProject(const QString& folder);
    /// All dialogs that belong to the window itself, for the capture.
    QWidget* makeKeysDialog();
    QWidget* makePalette();

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct Entry {
        QString id, icon;
        std::function<Page*()> make;
        Page* page = nullptr;
    };
    void buildFrame();
    void definePages();
    void makeActions();
    void fillProjectMenu();
    void connectSession();
    void retranslate();
    void showOpened();
    void showHolder();
    void showSaveFailure(const Error& error);
    void showFound(const DetectReport& report);
    void showFindingFailure(const Error& error);
    void saveLayout();
    void rememberPost();
    void addAction(const QString& id, const QString& icon, std::function<void()> run);
    QAction* action(const QString& id) const;
    bool mayClose();

    ProjectSession m_session;
    JobHost m_jobs;
    ProjectCommands* m_commands;
    std::vector<Entry> m_pages;
    QString m_current;
    QStackedWidget* m_stack;
    Rail* m_rail;
    TitleBar* m_title;
    StatusLine* m_status;
    Banner* m_banner;
    QString m_saveFailure;  ///< what the banner said of it: goes with the next write that succeeds
    bool m_forced = false;
};

}  // namespace mnerva::ui
