#include "ui/shell/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QSplitter>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "ui/base/error_text.h"
#include "ui/widgets/language.h"
#include "ui/base/plain_text.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/attention/attention_page.h"
#include "ui/pages/data/data_page.h"
#include "ui/pages/data/detections.h"
#include "ui/pages/data/project_commands.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/pages/tag/tag_page.h"
#include "ui/pages/train/train_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/keys_dialog.h"
#include "ui/shell/rail.h"
#include "ui/shell/shell_actions.h"
#include "ui/shell/status_line.h"
#include "ui/shell/title_bar.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {
namespace {

/// Where the last run was trained, as people say it: "CPU", "GPU 0".
QString lastDevice() {
    const std::string stored = toUtf8(settings::value(QStringLiteral("train/last")).toString());
    const auto last = tryParseJson(stored);
    std::string device = "cpu";
    if (last.is_object() && last.contains("device") && last["device"].is_string()) device = last["device"];
    if (!device.starts_with("cuda")) return QStringLiteral("CPU");
    const auto number = device.find(':');
    return QStringLiteral("GPU %1").arg(number == std::string::npos ? QStringLiteral("0")
                                                                    : fromUtf8(device.substr(number + 1)));
}

}  // namespace

QStringList MainWindow::pageIds() {
    return {QStringLiteral("tag"), QStringLiteral("data"), QStringLiteral("train"), QStringLiteral("attention"),
            QStringLiteral("settings")};
}

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent), m_commands(new ProjectCommands(m_session, m_jobs, this)) {
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setMinimumSize(960, 600);
    setWindowIcon(QIcon(QStringLiteral(":/icons/mnerva.svg")));
    defineShellActions();
    definePages();
    buildFrame();
    makeActions();
    connectSession();
    retranslate();
    resize(1280, 800);
    restoreGeometry(settings::layout(QStringLiteral("window")));
    showPage(QStringLiteral("data"));
}

MainWindow::~MainWindow() {
    // Pages use the session and the jobs, so they go first.
    delete takeCentralWidget();
    delete m_commands;
}

void MainWindow::buildFrame() {
    auto* central = new QWidget;
    auto* column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_title = new TitleBar(m_session);
    m_rail = new Rail;
    m_banner = new Banner;
    m_banner->setObjectName(QStringLiteral("windowBanner"));
    m_stack = new QStackedWidget;
    m_status = new StatusLine(m_session, m_jobs);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    auto* pages = new QVBoxLayout;
    pages->setSpacing(0);
    pages->addWidget(m_banner);
    pages->addWidget(m_stack, 1);
    middle->addWidget(m_rail);
    middle->addLayout(pages, 1);
    column->addWidget(m_title);
    column->addLayout(middle, 1);
    column->addWidget(m_status);
    setCentralWidget(central);
    for (const Entry& entry : m_pages) {
        if (entry.id == QLatin1String("settings")) m_rail->addStretch();
        m_rail->add(entry.id, entry.icon);
    }
    connect(m_rail, &Rail::chosen, this, &MainWindow::showPage);
    connect(m_title, &TitleBar::leftQuery, this, [this] {
        if (Page* current = page(m_current)) current->activated();
    });
}

void MainWindow::definePages() {
    m_pages.push_back({QStringLiteral("tag"), QStringLiteral("tag"), [this]() -> Page* {
                           auto* made = new TagPage(m_session);
                           made->setFindAction(action(QStringLiteral("project.detect")));
                           return made;
                       }});
    m_pages.push_back({QStringLiteral("data"), QStringLiteral("data"),
                       [this]() -> Page* { return new DataPage(m_session, *m_commands); }});
    m_pages.push_back({QStringLiteral("train"), QStringLiteral("train"),
                       [this]() -> Page* { return new TrainPage(m_session, m_jobs); }});
    m_pages.push_back({QStringLiteral("attention"), QStringLiteral("attention"),
                       [this]() -> Page* { return new AttentionPage(m_session, m_jobs); }});
    m_pages.push_back({QStringLiteral("settings"), QStringLiteral("settings"), [this]() -> Page* {
                           auto* made = new SettingsPage;
                           connect(made, &SettingsPage::languageChosen, this, [](const QString& code) {
                               settings::setLanguage(code);
                               useLanguage(code);
                           });
                           return made;
                       }});
}

Page* MainWindow::page(const QString& id) {
    for (Entry& entry : m_pages) {
        if (entry.id != id) continue;
        if (!entry.page) {
            entry.page = entry.make();
            m_stack->addWidget(entry.page);
            connect(entry.page, &Page::statusMessage, m_status, &StatusLine::showMessage);
            connect(entry.page, &Page::pageWanted, this, &MainWindow::showPage);
            for (QSplitter* splitter : entry.page->findChildren<QSplitter*>()) {
                if (!splitter->objectName().isEmpty()) splitter->restoreState(settings::layout(splitter->objectName()));
            }
        }
        return entry.page;
    }
    return nullptr;
}

void MainWindow::showPage(const QString& id) {
    Page* wanted = page(id);
    if (!wanted) return;
    m_current = id;
    m_stack->setCurrentWidget(wanted);
    m_rail->setCurrent(id);
    wanted->activated();
}

void MainWindow::addAction(const QString& id, const QString& icon, std::function<void()> run) {
    QAction* made = ActionRegistry::instance().create(id, this, icon);
    connect(made, &QAction::triggered, this, [run = std::move(run)] { run(); });
}

QAction* MainWindow::action(const QString& id) const {
    return findChild<QAction*>(id, Qt::FindDirectChildrenOnly);
}

void MainWindow::makeActions() {
    const auto icon = [](const char* name) { return QString::fromLatin1(name); };
    addAction(icon("project.new"), icon("plus"), [this] { m_commands->newProject(); });
    addAction(icon("project.open"), icon("folder-open"), [this] { m_commands->openProject(); });
    addAction(icon("project.import"), icon("import"), [this] { m_commands->openDataSet(); });
    addAction(icon("project.detect"), icon("box"), [this] { m_commands->findObjects(); });
    addAction(icon("project.export"), icon("export"), [this] { m_commands->exportPosts(); });
    addAction(icon("project.sample"), icon("sparkle"), [this] { m_commands->trySample(); });
    addAction(icon("project.refresh"), icon("refresh"), [this] { m_session.refresh(); });
    addAction(icon("project.close"), icon("close"), [this] {
        if (m_commands->mayLeave()) m_session.close();
    });
    addAction(icon("window.quit"), {}, [this] { close(); });
    addAction(icon("edit.undo"), icon("undo"), [this] { m_session.undo(); });
    addAction(icon("edit.redo"), icon("redo"), [this] { m_session.redo(); });
    addAction(icon("window.filter"), icon("search"), [this] {
        m_title->query()->setFocus(Qt::ShortcutFocusReason);
        m_title->query()->selectAll();
    });
    addAction(icon("window.palette"), icon("terminal"), [this] {
        CommandPalette palette(actions(), this);
        if (dialogs::run(palette) == QDialog::Accepted && palette.chosen()) palette.chosen()->trigger();
    });
    addAction(icon("window.keys"), icon("keyboard"), [this] {
        KeysDialog dialog(this);
        dialogs::run(dialog);
    });
    const auto resizeText = [](int by) {
        if (Theme* theme = Theme::instance()) theme->setPostTextSize(Theme::postTextSize() + by);
    };
    addAction(icon("window.larger"), icon("zoom-in"), [resizeText] { resizeText(1); });
    addAction(icon("window.smaller"), icon("zoom-out"), [resizeText] { resizeText(-1); });
    addAction(icon("window.dark"), icon("moon"), [] {
        const auto choice = Theme::isDark() ? Theme::Choice::Light : Theme::Choice::Dark;
        settings::setTheme(choice);
        if (Theme* theme = Theme::instance()) theme->setChoice(choice);
    });
    for (const QString& id : pageIds()) addAction(QStringLiteral("page.") + id, {}, [this, id] { showPage(id); });
    m_title->setActions({action(icon("edit.undo")), action(icon("edit.redo")), action(icon("window.keys"))});
    connect(m_title->projectMenu(), &QMenu::aboutToShow, this, &MainWindow::fillProjectMenu);
    fillProjectMenu();
}

void MainWindow::fillProjectMenu() {
    QMenu* menu = m_title->projectMenu();
    menu->clear();
    const auto add = [&](const char* id) { menu->QWidget::addAction(action(QString::fromLatin1(id))); };
    add("project.new");
    add("project.open");
    QMenu* recent = menu->addMenu(Theme::icon(QStringLiteral("clock")), tr("Recent projects"));
    for (const QString& folder : settings::recentProjects()) {
        recent->addAction(withoutMnemonic(QDir::toNativeSeparators(folder)), this,
                          [this, folder] { m_commands->open(folder); });
    }
    recent->setEnabled(!recent->isEmpty());
    add("project.sample");
    menu->addSeparator();
    add("project.import");
    add("project.detect");
    add("project.export");
    add("project.refresh");
    menu->addSeparator();
    add("project.close");
    add("window.quit");
    const bool open = m_session.isOpen();
    for (const char* id : {"project.export", "project.refresh", "project.close"}) {
        action(QString::fromLatin1(id))->setEnabled(open);
    }
    action(QStringLiteral("project.import"))->setEnabled(!open || !m_session.isReadOnly());
    action(QStringLiteral("project.detect"))->setEnabled(m_commands->canFindObjects());
}

void MainWindow::connectSession() {
    connect(&m_session, &ProjectSession::opened, this, &MainWindow::showOpened);
    connect(&m_session, &ProjectSession::closed, this, [this] {
        m_banner->clear();
        setWindowTitle(tr("Mnerva"));
        fillProjectMenu();
        showPage(QStringLiteral("data"));
    });
    connect(&m_session, &ProjectSession::saveFailed, this, &MainWindow::showSaveFailure);
    connect(&m_session, &ProjectSession::saved, this, [this] {
        const bool shown = !m_saveFailure.isEmpty() && m_banner->text() == m_saveFailure;
        if (shown && !m_session.isSaveFailed()) m_banner->clear();
    });
    connect(&m_session, &ProjectSession::readFailed, this, [this](const Error& error) {
        m_banner->showError(error, tr("Something could not be read from the project."));
    });
    connect(&m_session, &ProjectSession::damageFound, this, [this](const QString& what) {
        m_banner->showMessage(Banner::Kind::Warning,
                              tr("This project holds rows that cannot be right. They are left out, the rest is shown; "
                                 "“mnerva-cli check” lists them."),
                              what);
    });
    connect(&m_session, &ProjectSession::refused, this,
            [this](const project::Refusal& refusal) { m_status->showMessage(refusalText(refusal)); });
    connect(&m_session, &ProjectSession::currentPostChanged, this, &MainWindow::rememberPost);
    connect(&m_session, &ProjectSession::undone, this, [this](const Change&) {
        m_status->showMessage(tr("Undone or redone; the change is marked in the post."));
    });
    const auto showUndo = [this] {
        action(QStringLiteral("edit.undo"))->setEnabled(m_session.canUndo());
        action(QStringLiteral("edit.redo"))->setEnabled(m_session.canRedo());
    };
    for (const auto signal : {&ProjectSession::undoStateChanged, &ProjectSession::opened, &ProjectSession::closed}) {
        connect(&m_session, signal, this, showUndo);
    }
    showUndo();
    m_status->setDevice(lastDevice());
    connect(&m_jobs, &JobHost::jobAdded, this, [this] { m_status->setDevice(lastDevice()); });
    connect(m_commands, &ProjectCommands::imported, this, [this](int posts) {
        m_status->showMessage(tr("%Ln post(s) imported.", nullptr, posts));
        showPage(QStringLiteral("data"));
    });
    connect(m_commands, &ProjectCommands::canFindObjectsChanged, this,
            [this] { action(QStringLiteral("project.detect"))->setEnabled(m_commands->canFindObjects()); });
    connect(m_commands, &ProjectCommands::objectsFound, this, &MainWindow::showFound);
    connect(m_commands, &ProjectCommands::findingFailed, this, &MainWindow::showFindingFailure);
}

void MainWindow::showOpened() {
    setWindowTitle(tr("%1 – Mnerva").arg(asWindowTitle(fromUtf8(m_session.info().name))));
    m_banner->clear();
    showHolder();
    fillProjectMenu();
    showPage(m_session.summaries().empty() ? QStringLiteral("data") : QStringLiteral("tag"));
}

void MainWindow::showHolder() {
    const project::ProjectInfo& info = m_session.info();
    if (info.madeByNewerVersion) {
        m_banner->showMessage(Banner::Kind::Warning, tr("This project was made by a newer version of Mnerva. It is "
                                                        "open read-only; update Mnerva to change it."));
    } else if (info.holder) {
        m_banner->showMessage(Banner::Kind::Warning,
                              tr("Open read-only: %1 on %2 (process %3) is working on this project.")
                                  .arg(fromUtf8(info.holder->program), fromUtf8(info.holder->host),
                                       QString::number(info.holder->processId)));
        m_banner->addButton(tr("Try again"), [this] { m_session.open(QString(m_session.folder())); });
    } else if (info.blocked) {
        m_banner->showError(*info.blocked, tr("This project is open read-only: writing to it would not be safe."));
        m_banner->addButton(tr("Try again"), [this] { m_session.open(QString(m_session.folder())); });
    } else if (!info.readOnly && !info.networkFileSystem.empty()) {
        m_banner->showMessage(Banner::Kind::Info,
                              tr("This project lies on a network folder (%1). It is written without a write-ahead log, "
                                 "which is slower; a copy on a disk of this computer is faster.")
                                  .arg(fromUtf8(info.networkFileSystem)));
    } else if (info.readOnly) {
        m_banner->showMessage(Banner::Kind::Warning,
                              tr("Open read-only: you may not write into this project's folder."));
    }
}

void MainWindow::showSaveFailure(const Error& error) {
    if (m_session.isSaveFailed()) {
        m_banner->showError(error, tr("Your last change is not saved yet. Nothing more is changed until it is."));
        m_banner->addButton(tr("Try again"), [this] { m_session.retrySave(); });
    } else {
        m_banner->showError(error, tr("The last change was not applied."));
    }
    m_saveFailure = m_banner->text();
}

void MainWindow::showFound(const DetectReport& report) {
    const bool odd = report.pictures == 0 || report.unusablePictures > 0;
    m_banner->showMessage(odd ? Banner::Kind::Warning : Banner::Kind::Good, report.sentence(), report.detail());
    if (!report.firstPost.isValid()) return;
    m_banner->addButton(tr("Show the first"), [this, post = report.firstPost] {
        m_session.setCurrentPost(post);
        showPage(QStringLiteral("tag"));
    });
}

void MainWindow::showFindingFailure(const Error& error) {
    m_banner->showError(error, tr("The search for objects failed; no box was changed."));
    m_banner->addButton(tr("Try again…"), [this] { m_commands->findObjects(); });
}

void MainWindow::rememberPost() {
    settings::setLastPost(m_session.folder(), m_session.currentPost());
}

void MainWindow::openProject(const QString& folder) {
    m_commands->open(folder);
}

void MainWindow::retranslate() {
    const ActionRegistry& registry = ActionRegistry::instance();
    const QStringList words{tr("Tag"), tr("Data"), tr("Train"), tr("Attention"), tr("Settings")};
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString id = pageIds().at(i);
        m_rail->setText(id, words[i], registry.tooltip(QStringLiteral("page.") + id));
    }
    setWindowTitle(m_session.isOpen() ? tr("%1 – Mnerva").arg(asWindowTitle(fromUtf8(m_session.info().name)))
                                      : tr("Mnerva"));
    m_title->retranslate();
    m_status->retranslate();
    for (const Entry& entry : m_pages) {
        if (entry.page) entry.page->retranslate();
    }
    if (m_session.isOpen() && !m_session.isSaveFailed()) showHolder();
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        ActionRegistry::instance().retranslate();
        retranslate();
    }
    QMainWindow::changeEvent(event);
}

bool MainWindow::mayClose() {
    if (m_jobs.isBusy()) {
        const int answer = dialogs::ask(
            this, {QStringLiteral("close-while-running"),
                   tr("Work is running"),
                   tr("%Ln job(s) are still running.", nullptr, static_cast<int>(m_jobs.jobs().size())),
                   tr("Closing the window stops them. A training run keeps its last checkpoint and can be resumed."),
                   {tr("Stop them and close"), tr("Keep working")}});
        if (answer != 0) return false;
        m_jobs.cancelAll();
    }
    return m_commands->mayLeave();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!m_forced && !mayClose()) {
        event->ignore();
        return;
    }
    m_forced = true;
    saveLayout();
    m_session.close();
    event->accept();
}

void MainWindow::saveLayout() {
    settings::setLayout(QStringLiteral("window"), saveGeometry());
    for (const Entry& entry : m_pages) {
        if (!entry.page) continue;
        for (const QSplitter* splitter : entry.page->findChildren<QSplitter*>()) {
            if (!splitter->objectName().isEmpty()) settings::setLayout(splitter->objectName(), splitter->saveState());
        }
    }
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls()) {
        if (url.isLocalFile()) paths << url.toLocalFile();
    }
    if (!paths.isEmpty()) m_commands->take(paths);
}

QWidget* MainWindow::makeKeysDialog() {
    return new KeysDialog(this);
}
QWidget* MainWindow::makePalette() {
    return new CommandPalette(actions(), this);
}

}  // namespace mnerva::ui
