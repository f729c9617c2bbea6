#include "ui/shell/shell_actions.h"

#include <QCoreApplication>

#include "ui/widgets/actions.h"

namespace mnerva::ui {
namespace {

struct Entry {
    const char* id;
    const char* key;
    const char* text;
    const char* group;
};

// clang-format off
constexpr Entry kEntries[] = {
    {"project.new", "Ctrl+N", QT_TRANSLATE_NOOP("Shell", "New project…"), QT_TRANSLATE_NOOP("Shell", "Project")},
    {"project.open", "Ctrl+O", QT_TRANSLATE_NOOP("Shell", "Open project…"), QT_TRANSLATE_NOOP("Shell", "Project")},
    {"project.import", "Ctrl+I", QT_TRANSLATE_NOOP("Shell", "Import a data set…"), QT_TRANSLATE_NOOP("Shell", "Project")},
    {"project.detect", "Ctrl+B", QT_TRANSLATE_NOOP("Shell", "Find objects in pictures…"), QT_TRANSLATE_NOOP("Shell", "Project")},
    {"project.export", "Ctrl+E", QT_TRANSLATE_NOOP("Shell", "Export…"), QT_TRANSLATE_NOOP("Shell", "Project")},
    {"project.sample", "", QT_TRANSLATE_NOOP("Shell", "Try the sample"), QT_TRANSLATE_NOOP("Shell", "Project")},
    {"project.refresh", "F5", QT_TRANSLATE_NOOP("Shell", "Read the project again"), QT_TRANSLATE_NOOP("Shell", "Project")},
    {"project.close", "Ctrl+W", QT_TRANSLATE_NOOP("Shell", "Close project"), QT_TRANSLATE_NOOP("Shell", "Project")},
    {"window.quit", "Ctrl+Q", QT_TRANSLATE_NOOP("Shell", "Quit"), QT_TRANSLATE_NOOP("Shell", "Project")},
    {"edit.undo", "Ctrl+Z", QT_TRANSLATE_NOOP("Shell", "Undo"), QT_TRANSLATE_NOOP("Shell", "Editing")},
    {"edit.redo", "Ctrl+Shift+Z", QT_TRANSLATE_NOOP("Shell", "Redo"), QT_TRANSLATE_NOOP("Shell", "Editing")},
    {"window.filter", "Ctrl+F", QT_TRANSLATE_NOOP("Shell", "Filter the posts"), QT_TRANSLATE_NOOP("Shell", "Window")},
    {"window.palette", "Ctrl+P", QT_TRANSLATE_NOOP("Shell", "Find an action…"), QT_TRANSLATE_NOOP("Shell", "Window")},
    {"window.keys", "F1", QT_TRANSLATE_NOOP("Shell", "Keys…"), QT_TRANSLATE_NOOP("Shell", "Window")},
    {"window.larger", "Ctrl++", QT_TRANSLATE_NOOP("Shell", "Larger post text"), QT_TRANSLATE_NOOP("Shell", "Window")},
    {"window.smaller", "Ctrl+-", QT_TRANSLATE_NOOP("Shell", "Smaller post text"), QT_TRANSLATE_NOOP("Shell", "Window")},
    {"window.dark", "Ctrl+D", QT_TRANSLATE_NOOP("Shell", "Light or dark"), QT_TRANSLATE_NOOP("Shell", "Window")},
    {"page.tag", "Ctrl+1", QT_TRANSLATE_NOOP("Shell", "Go to Tag"), QT_TRANSLATE_NOOP("Shell", "Window")},
    {"page.data", "Ctrl+2", QT_TRANSLATE_NOOP("Shell", "Go to Data"), QT_TRANSLATE_NOOP("Shell", "Window")},
    {"page.train", "Ctrl+3", QT_TRANSLATE_NOOP("Shell", "Go to Train"), QT_TRANSLATE_NOOP("Shell", "Window")},
    {"page.attention", "Ctrl+4", QT_TRANSLATE_NOOP("Shell", "Go to Attention"), QT_TRANSLATE_NOOP("Shell", "Window")},
    {"page.settings", "Ctrl+5", QT_TRANSLATE_NOOP("Shell", "Go to Settings"), QT_TRANSLATE_NOOP("Shell", "Window")},
};
// clang-format on

}  // namespace

void defineShellActions() {
    ActionRegistry& registry = ActionRegistry::instance();
    for (const Entry& entry : kEntries) {
        ActionRegistry::Definition definition;
        definition.id = QString::fromLatin1(entry.id);
        if (*entry.key) definition.defaultKeys = {QKeySequence(QString::fromLatin1(entry.key))};
        if (definition.id == QLatin1String("window.larger"))
            definition.defaultKeys << QKeySequence(QStringLiteral("Ctrl+="));
        definition.text = [&entry] { return QCoreApplication::translate("Shell", entry.text); };
        definition.group = [&entry] { return QCoreApplication::translate("Shell", entry.group); };
        registry.define(std::move(definition));
    }
}

}  // namespace mnerva::ui
