#include "ui/shell/shell_actions.h"

#include <QCoreApplication>

#include "ui/base/settings.h"
#include "ui/frame/page_spec.h"
#include "ui/frame/project_commands.h"
#include "ui/look/theme.h"
#include "ui/shell/main_window.h"
#include "ui/shell/title_bar.h"

namespace mnerva::ui {
namespace {

constexpr const char* kContext = "Shell";
constexpr const char* kProject = QT_TRANSLATE_NOOP("Shell", "Project");
constexpr const char* kEditing = QT_TRANSLATE_NOOP("Shell", "Editing");
constexpr const char* kWindow = QT_TRANSLATE_NOOP("Shell", "Window");

bool isOpen(const MainWindow& window) {
    return window.session().isOpen();
}

void resizeText(int by) {
    if (Theme* theme = Theme::instance()) theme->setPostTextSize(Theme::postTextSize() + by);
}

void otherTheme() {
    const auto choice = Theme::isDark() ? Theme::Choice::Light : Theme::Choice::Dark;
    settings::setTheme(choice);
    if (Theme* theme = Theme::instance()) theme->setChoice(choice);
}

}  // namespace

std::span<const ActionRow<MainWindow>> windowActions() {
    using W = MainWindow;
    // clang-format off
    static const ActionRow<W> kRows[] = {
        {"project.new", "Ctrl+N", QT_TRANSLATE_NOOP("Shell", "New project…"), kProject, [](W& w) { w.commands().newProject(); }, kPlain, "plus"},
        {"project.open", "Ctrl+O", QT_TRANSLATE_NOOP("Shell", "Open project…"), kProject, [](W& w) { w.commands().openProject(); }, kPlain, "folder-open"},
        {"project.import", "Ctrl+I", QT_TRANSLATE_NOOP("Shell", "Import a data set…"), kProject, [](W& w) { w.commands().openDataSet(); }, kPlain, "import", [](const W& w) { return !isOpen(w) || !w.session().isReadOnly(); }},
        {"project.detect", "Ctrl+B", QT_TRANSLATE_NOOP("Shell", "Find objects in pictures…"), kProject, [](W& w) { w.commands().findObjects(); }, kPlain, "box", [](const W& w) { return w.commands().canFindObjects(); }},
        {"project.export", "Ctrl+E", QT_TRANSLATE_NOOP("Shell", "Export…"), kProject, [](W& w) { w.commands().exportPosts(); }, kPlain, "export", isOpen},
        {"project.sample", "", QT_TRANSLATE_NOOP("Shell", "Try the sample"), kProject, [](W& w) { w.commands().trySample(); }, kPlain, "sparkle"},
        {"project.backups", "", QT_TRANSLATE_NOOP("Shell", "Backups…"), kProject, [](W& w) { w.commands().showBackups(); }, kPlain, "save", isOpen},
        {"project.repair", "", QT_TRANSLATE_NOOP("Shell", "Repair the project…"), kProject, [](W& w) { w.commands().repairProject(); }, kPlain, "refresh", isOpen},
        {"project.refresh", "F5", QT_TRANSLATE_NOOP("Shell", "Read the project again"), kProject, [](W& w) { w.session().refresh(); }, kPlain, "refresh", isOpen},
        {"project.close", "Ctrl+W", QT_TRANSLATE_NOOP("Shell", "Close project"), kProject, [](W& w) { if (w.commands().mayLeave()) w.session().close(); }, kPlain, "close", isOpen},
        {"window.quit", "Ctrl+Q", QT_TRANSLATE_NOOP("Shell", "Quit"), kProject, [](W& w) { w.close(); }},
        {"edit.undo", "Ctrl+Z", QT_TRANSLATE_NOOP("Shell", "Undo"), kEditing, [](W& w) { w.session().undo(); }, kPlain, "undo", [](const W& w) { return w.session().canUndo(); }},
        {"edit.redo", "Ctrl+Shift+Z", QT_TRANSLATE_NOOP("Shell", "Redo"), kEditing, [](W& w) { w.session().redo(); }, kPlain, "redo", [](const W& w) { return w.session().canRedo(); }},
        {"edit.many", "Ctrl+H", QT_TRANSLATE_NOOP("Shell", "Change many posts…"), kEditing, [](W& w) { w.commands().changeMany(); }, kPlain, "list", [](const W& w) { return isOpen(w) && !w.session().isReadOnly(); }},
        {"edit.lists", "Ctrl+L", QT_TRANSLATE_NOOP("Shell", "Word lists and rules…"), kEditing, [](W& w) { w.commands().editWordLists(); }, kPlain, "list", isOpen},
        {"window.filter", "Ctrl+F", QT_TRANSLATE_NOOP("Shell", "Filter the posts"), kWindow, [](W& w) { w.focusQuery(); }, kPlain, "search"},
        {"window.views", "Ctrl+Shift+F", QT_TRANSLATE_NOOP("Shell", "Saved views…"), kWindow, [](W& w) { w.titleBar()->openViews(); }, kPlain, "bookmark", isOpen},
        {"window.palette", "Ctrl+P", QT_TRANSLATE_NOOP("Shell", "Find an action…"), kWindow, [](W& w) { w.findAction(); }, kPlain, "terminal"},
        {"window.keys", "F1", QT_TRANSLATE_NOOP("Shell", "Keys…"), kWindow, [](W& w) { w.showKeys(); }, kPlain, "keyboard"},
        {"window.larger", "Ctrl++ Ctrl+=", QT_TRANSLATE_NOOP("Shell", "Larger post text"), kWindow, [](W&) { resizeText(1); }, kPlain, "zoom-in"},
        {"window.smaller", "Ctrl+-", QT_TRANSLATE_NOOP("Shell", "Smaller post text"), kWindow, [](W&) { resizeText(-1); }, kPlain, "zoom-out"},
        {"window.dark", "Ctrl+D", QT_TRANSLATE_NOOP("Shell", "Light or dark"), kWindow, [](W&) { otherTheme(); }, kPlain, "moon"},
    };
    // clang-format on
    return kRows;
}

void defineWindowActions(ActionRegistry& actions) {
    for (const auto& row : windowActions()) actions.define(row, kContext);
}

QString pageActionId(const PageSpec& page) {
    return QStringLiteral("page.") + page.id;
}

void definePageAction(ActionRegistry& actions, const PageSpec& page) {
    ActionRegistry::Definition definition;
    definition.id = pageActionId(page);
    if (!page.key.isEmpty()) definition.defaultKeys = {page.key};
    definition.text = [title = page.title] {
        return QCoreApplication::translate("Shell", "Go to %1", "name of a page").arg(title());
    };
    definition.group = [] { return QCoreApplication::translate(kContext, kWindow); };
    actions.define(std::move(definition));
}

}  // namespace mnerva::ui
