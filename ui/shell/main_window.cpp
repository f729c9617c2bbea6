#include "ui/shell/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QMenu>
#include <QMimeData>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/base/error_text.h"
#include "ui/base/plain_text.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/query_line.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/keys_dialog.h"
#include "ui/shell/rail.h"
#include "ui/shell/shell_actions.h"
#include "ui/shell/status_line.h"
#include "ui/shell/title_bar.h"
#include "ui/shell/window_place.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/page.h"

namespace mnerva::ui {

MainWindow::MainWindow(WindowParts parts, QWidget* parent)
    : QMainWindow(parent), m_commands(parts.commands(m_session, m_jobs, this)) {
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setWindowIcon(QIcon(QStringLiteral(":/icons/mnerva.svg")));
    for (PageSpec& spec : parts.pages) m_pages.push_back({std::move(spec)});
    makeActions();
    buildFrame();
    connectSession();
    refreshActions();
    retranslate();
    resize(1280, 800);
    restoreGeometry(settings::layout(QStringLiteral("window")));
    stayOnScreen();
    showPage(pageThatIs(PageSpec::Standing::Start));
}

/// Within its screen, whatever that was when the window was last open, and however large its pixels are.
void MainWindow::stayOnScreen() {
    constexpr QSize kFrame(16, 48);  // of the desktop's frame, which is not known before the window is shown
    const QScreen* there = screen();
    if (!there) return;
    const QRect room = there->availableGeometry();
    setMinimumSize(QSize(960, 600).boundedTo(room.size() - kFrame));
    if (!isMaximized() && !isFullScreen()) setGeometry(placeWithin(geometry(), room, kFrame));
}

MainWindow::~MainWindow() {
    // Pages use the session, the jobs and the commands, so they go first.
    delete takeCentralWidget();
    m_commands.reset();
}

QStringList MainWindow::pageIds() const {
    QStringList ids;
    for (const Entry& entry : m_pages) ids << entry.spec.id;
    return ids;
}

QString MainWindow::pageThatIs(PageSpec::Standing standing) const {
    for (const Entry& entry : m_pages)
        if (entry.spec.standing == standing) return entry.spec.id;
    return m_pages.empty() ? QString() : m_pages.front().spec.id;
}

void MainWindow::buildFrame() {
    auto* central = new QWidget;
    auto* column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_title = new TitleBar(m_session, m_actions);
    m_rail = new Rail;
    m_banner = new Banner;
    m_banner->setObjectName(QStringLiteral("windowBanner"));
    m_stop = new Banner;
    m_stop->setObjectName(QStringLiteral("saveStop"));
    m_stop->setClosable(false);
    m_stack = new QStackedWidget;
    m_status = new StatusLine(m_session, m_jobs);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    auto* pages = new QVBoxLayout;
    pages->setSpacing(0);
    pages->addWidget(m_stop);
    pages->addWidget(m_banner);
    pages->addWidget(m_stack, 1);
    middle->addWidget(m_rail);
    middle->addLayout(pages, 1);
    column->addWidget(m_title);
    column->addLayout(middle, 1);
    column->addWidget(m_status);
    setCentralWidget(central);
    bool atFoot = false;
    for (const Entry& entry : m_pages) {
        if (!atFoot && entry.spec.standing == PageSpec::Standing::Foot) m_rail->addStretch();
        atFoot |= entry.spec.standing == PageSpec::Standing::Foot;
        m_actions.describe(m_rail->add(entry.spec.id, entry.spec.icon), pageActionId(entry.spec));
    }
    m_title->setActions({m_actions.action(QStringLiteral("edit.undo")), m_actions.action(QStringLiteral("edit.redo")),
                         m_actions.action(QStringLiteral("window.keys"))});
    connect(m_title->projectMenu(), &QMenu::aboutToShow, this, &MainWindow::fillProjectMenu);
    fillProjectMenu();
    connect(m_rail, &Rail::chosen, this, &MainWindow::showPage);
    connect(m_title, &TitleBar::leftQuery, this, [this] {
        if (Page* current = page(m_current)) current->activated();
    });
}

Page* MainWindow::page(const QString& id) {
    for (Entry& entry : m_pages) {
        if (entry.spec.id != id) continue;
        if (!entry.page) {
            entry.page = entry.spec.make({m_session, m_jobs, m_actions, *m_commands});
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

void MainWindow::showPage(const QString& target) {
    const QString id = target.section(QLatin1Char(':'), 0, 0), what = target.section(QLatin1Char(':'), 1);
    Page* wanted = page(id);
    if (!wanted) return;
    m_current = id;
    m_stack->setCurrentWidget(wanted);
    m_rail->setCurrent(id);
    wanted->activated();
    if (!what.isEmpty()) wanted->asked(what);
}

void MainWindow::makeActions() {
    defineWindowActions(m_actions);
    for (const Entry& entry : m_pages) definePageAction(m_actions, entry.spec);
    for (const Entry& entry : m_pages) {
        if (!entry.spec.defineActions) continue;
        const std::size_t before = m_actions.ids().size();
        entry.spec.defineActions(m_actions);
        const std::vector<QString> ids = m_actions.ids();
        for (std::size_t i = before; i < ids.size(); ++i) m_pageActions.emplace_back(ids[i], entry.spec.id);
    }
    for (const auto& row : windowActions()) {
        const QAction* made = m_actions.create(QString::fromLatin1(row.id), this);
        connect(made, &QAction::triggered, this, [this, run = row.run] { run(*this); });
    }
    for (const Entry& entry : m_pages) {
        const QAction* made = m_actions.create(pageActionId(entry.spec), this);
        connect(made, &QAction::triggered, this, [this, id = entry.spec.id] { showPage(id); });
    }
}

void MainWindow::refreshActions() {
    for (const auto& row : windowActions())
        if (row.isEnabled) m_actions.action(QString::fromLatin1(row.id))->setEnabled(row.isEnabled(*this));
}

void MainWindow::focusQuery() {
    m_title->query()->setFocus(Qt::ShortcutFocusReason);
    m_title->query()->selectAll();
}

void MainWindow::findAction() {
    QObject owner;
    CommandPalette palette(paletteActions(&owner), this);
    if (dialogs::run(palette) == QDialog::Accepted && palette.chosen()) palette.chosen()->trigger();
}

void MainWindow::showKeys() {
    KeysDialog dialog(m_actions, this);
    dialogs::run(dialog);
}

void MainWindow::fillProjectMenu() {
    QMenu* menu = m_title->projectMenu();
    menu->clear();
    const auto add = [&](const char* id) { menu->addAction(m_actions.action(QString::fromLatin1(id))); };
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
    add("edit.many");
    add("edit.lists");
    add("project.export");
    add("project.refresh");
    add("project.backups");
    menu->addSeparator();
    add("project.close");
    add("window.quit");
}

void MainWindow::connectSession() {
    connect(&m_session, &ProjectSession::opened, this, &MainWindow::showOpened);
    connect(&m_session, &ProjectSession::closed, this, [this] {
        m_banner->clear();
        m_stop->clear();
        setWindowTitle(tr("Mnerva"));
        fillProjectMenu();
        showPage(pageThatIs(PageSpec::Standing::Start));
    });
    connect(&m_session, &ProjectSession::saveFailed, this, &MainWindow::showSaveFailure);
    connect(&m_session, &ProjectSession::saved, this, [this] {
        if (!m_session.isSaveFailed()) m_stop->clear();
    });
    connect(&m_session, &ProjectSession::readFailed, this, [this](const Error& error) {
        m_banner->showError(error, tr("Something could not be read from the project."));
        if (error.code() == ErrorCode::ProjectCorrupt)
            m_banner->addButton(tr("Repair…"), [this] { m_commands->repairProject(); });
    });
    connect(&m_session, &ProjectSession::damageFound, this, [this](const QString& what) {
        m_banner->showMessage(Banner::Kind::Warning,
                              tr("This project holds rows that cannot be right. They are left out, the rest is shown; "
                                 "“mnerva-cli check” lists them."),
                              what);
        m_banner->addButton(tr("Repair…"), [this] { m_commands->repairProject(); });
    });
    connect(&m_session, &ProjectSession::refused, this,
            [this](const project::Refusal& refusal) { m_status->showMessage(refusalText(refusal)); });
    connect(&m_session, &ProjectSession::currentPostChanged, this, &MainWindow::rememberPost);
    connect(&m_session, &ProjectSession::undone, this, [this](const Change&) {
        m_status->showMessage(tr("Undone or redone; the change is marked in the post."));
    });
    for (const auto signal : {&ProjectSession::undoStateChanged, &ProjectSession::infoChanged, &ProjectSession::opened,
                              &ProjectSession::closed}) {
        connect(&m_session, signal, this, &MainWindow::refreshActions);
    }
    showDevice();
    connect(&m_jobs, &JobHost::jobAdded, this, &MainWindow::showDevice);
    connect(m_commands.get(), &ProjectCommands::canFindObjectsChanged, this, &MainWindow::refreshActions);
    connect(m_commands.get(), &ProjectCommands::message, m_status, &StatusLine::showMessage);
    connect(m_commands.get(), &ProjectCommands::noticed, m_banner, &Banner::showNotice);
    connect(m_commands.get(), &ProjectCommands::pageWanted, this, &MainWindow::showPage);
}

void MainWindow::showDevice() {
    for (const Entry& entry : m_pages)
        if (entry.spec.device) m_status->setDevice(entry.spec.device());
}

void MainWindow::showOpened() {
    setWindowTitle(tr("%1 – Mnerva").arg(asWindowTitle(fromUtf8(m_session.info().name))));
    m_banner->clear();
    showHolder();
    fillProjectMenu();
    showPage(pageThatIs(m_session.summaries().empty() ? PageSpec::Standing::Start : PageSpec::Standing::Work));
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

QString MainWindow::adviceOn(ErrorCode code) {
    switch (code) {
        case ErrorCode::FileUnwritable:
        case ErrorCode::FileUnreadable:
            return tr("Give back the right to write there, then try again.");
        case ErrorCode::FileMissing:
            return tr("Put it back where it was, then try again.");
        case ErrorCode::DatabaseFailed:
            return tr("See whether its disk is there and sound, then try again.");
        case ErrorCode::ProjectCorrupt:
            return tr("Try again; where that does not help, close the project and repair it.");
        default:
            return {};  // the sentence of the error says it
    }
}

void MainWindow::showSaveFailure(const Error& error) {
    if (!m_session.isSaveFailed()) {
        m_banner->showError(error, tr("The last change was not applied."));
        return;
    }
    // A bar of its own: nothing else that is said may hide it, and nobody closes it but a write that succeeds.
    m_stopError = error;
    const QString what = tr("Your last change is not saved yet. Nothing more is changed until it is.");
    const QString advice = adviceOn(error.code());
    m_stop->showError(error, advice.isEmpty() ? what : what + QLatin1Char(' ') + advice);
    m_stop->addButton(tr("Try again"), [this] { m_session.retrySave(); });
}

void MainWindow::rememberPost() {
    settings::setLastPost(m_session.folder(), m_session.currentPost());
}

void MainWindow::openProject(const QString& folder) {
    m_commands->open(folder);
}

void MainWindow::retranslate() {
    for (const Entry& entry : m_pages) m_rail->setText(entry.spec.id, entry.spec.title());
    setWindowTitle(m_session.isOpen() ? tr("%1 – Mnerva").arg(asWindowTitle(fromUtf8(m_session.info().name)))
                                      : tr("Mnerva"));
    m_title->retranslate();
    m_status->retranslate();
    for (const Entry& entry : m_pages) {
        if (entry.page) entry.page->retranslate();
    }
    if (m_session.isOpen() && !m_session.isSaveFailed()) showHolder();
    if (m_session.isSaveFailed() && m_stopError) showSaveFailure(*m_stopError);
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        m_actions.retranslate();
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

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    m_rail->fitTo(width());
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
    return new KeysDialog(m_actions, this);
}
QWidget* MainWindow::makePalette() {
    auto* owner = new QObject;
    auto* palette = new CommandPalette(paletteActions(owner), this);
    owner->setParent(palette);
    return palette;
}

QList<QAction*> MainWindow::paletteActions(QObject* owner) {
    QList<QAction*> all, elsewhere;
    for (QAction* action : actions()) all << action;
    for (const auto& [id, pageId] : m_pageActions) {
        const auto entry =
            std::find_if(m_pages.begin(), m_pages.end(), [&, of = pageId](const Entry& e) { return e.spec.id == of; });
        auto* action = new QAction(owner);
        action->setObjectName(id);
        action->setText(tr("%1 (%2)", "an action and its page").arg(m_actions.text(id), entry->spec.title()));
        // On no widget, so the key is only shown: the page has it.
        action->setShortcuts(m_actions.keys(id));
        connect(action, &QAction::triggered, this, [this, id = id, of = pageId] {
            showPage(of);
            page(of)->runAction(id);
        });
        (pageId == m_current ? all : elsewhere) << action;
    }
    return all + elsewhere;
}

}  // namespace mnerva::ui
