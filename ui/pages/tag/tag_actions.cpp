#include "ui/pages/tag/tag_actions.h"

#include <QCoreApplication>
#include <QKeySequence>

#include "ui/widgets/actions.h"

namespace mnerva::ui {

namespace {

struct Entry {
    const char* id;
    const char* keys;  ///< portable names, separated by a space
    const char* text;
    const char* group;
};

constexpr const char* kMove = QT_TRANSLATE_NOOP("TagActions", "Move");
constexpr const char* kSelect = QT_TRANSLATE_NOOP("TagActions", "Select");
constexpr const char* kTag = QT_TRANSLATE_NOOP("TagActions", "Tag");
constexpr const char* kPost = QT_TRANSLATE_NOOP("TagActions", "Post");
constexpr const char* kView = QT_TRANSLATE_NOOP("TagActions", "View");

const Entry kEntries[] = {
    {"tag.left", "Left", QT_TRANSLATE_NOOP("TagActions", "Previous word"), kMove},
    {"tag.right", "Right", QT_TRANSLATE_NOOP("TagActions", "Next word"), kMove},
    {"tag.segmentLeft", "Ctrl+Left", QT_TRANSLATE_NOOP("TagActions", "Previous segmented word"), kMove},
    {"tag.segmentRight", "Ctrl+Right", QT_TRANSLATE_NOOP("TagActions", "Next segmented word"), kMove},
    {"tag.up", "Up", QT_TRANSLATE_NOOP("TagActions", "Line up"), kMove},
    {"tag.down", "Down", QT_TRANSLATE_NOOP("TagActions", "Line down"), kMove},
    {"tag.home", "Home", QT_TRANSLATE_NOOP("TagActions", "First word"), kMove},
    {"tag.end", "End", QT_TRANSLATE_NOOP("TagActions", "Last word"), kMove},
    {"tag.nextMark", "Tab", QT_TRANSLATE_NOOP("TagActions", "Next entity or suggestion"), kMove},
    {"tag.previousMark", "Shift+Tab Shift+Backtab Backtab",
     QT_TRANSLATE_NOOP("TagActions", "Previous entity or suggestion"), kMove},
    {"tag.cycle", "E", QT_TRANSLATE_NOOP("TagActions", "Cycle what lies under the caret"), kMove},
    {"tag.selectLeft", "Shift+Left", QT_TRANSLATE_NOOP("TagActions", "Selection one word left"), kSelect},
    {"tag.selectRight", "Shift+Right", QT_TRANSLATE_NOOP("TagActions", "Selection one word right"), kSelect},
    {"tag.selectSegmentLeft", "Ctrl+Shift+Left", QT_TRANSLATE_NOOP("TagActions", "Selection one segmented word left"),
     kSelect},
    {"tag.selectSegmentRight", "Ctrl+Shift+Right",
     QT_TRANSLATE_NOOP("TagActions", "Selection one segmented word right"), kSelect},
    {"tag.selectUp", "Shift+Up", QT_TRANSLATE_NOOP("TagActions", "Selection one line up"), kSelect},
    {"tag.selectDown", "Shift+Down", QT_TRANSLATE_NOOP("TagActions", "Selection one line down"), kSelect},
    {"tag.selectHome", "Shift+Home", QT_TRANSLATE_NOOP("TagActions", "Selection to the first word"), kSelect},
    {"tag.selectEnd", "Shift+End", QT_TRANSLATE_NOOP("TagActions", "Selection to the last word"), kSelect},
    {"tag.escape", "Esc", QT_TRANSLATE_NOOP("TagActions", "Drop the selection"), kSelect},
    {"tag.accept", "Return Enter", QT_TRANSLATE_NOOP("TagActions", "Accept the suggestion, or finish the post"), kTag},
    {"tag.remove", "Backspace Del", QT_TRANSLATE_NOOP("TagActions", "Delete the entity or reject the suggestion"),
     kTag},
    {"tag.rejectAll", "R", QT_TRANSLATE_NOOP("TagActions", "Reject all suggestions that are left"), kTag},
    {"tag.findLabel", "/", QT_TRANSLATE_NOOP("TagActions", "Find a label by its name"), kTag},
    {"tag.repeat", ".", QT_TRANSLATE_NOOP("TagActions", "Repeat the last label"), kTag},
    {"tag.all", "A", QT_TRANSLATE_NOOP("TagActions", "Label all equal mentions"), kTag},
    {"tag.rightEdgeLeft", "Alt+Left", QT_TRANSLATE_NOOP("TagActions", "Right edge one word left"), kTag},
    {"tag.rightEdgeRight", "Alt+Right", QT_TRANSLATE_NOOP("TagActions", "Right edge one word right"), kTag},
    {"tag.leftEdgeLeft", "Alt+Shift+Left", QT_TRANSLATE_NOOP("TagActions", "Left edge one word left"), kTag},
    {"tag.leftEdgeRight", "Alt+Shift+Right", QT_TRANSLATE_NOOP("TagActions", "Left edge one word right"), kTag},
    {"tag.undo", "Ctrl+Z", QT_TRANSLATE_NOOP("TagActions", "Undo, across posts"), kTag},
    {"tag.redo", "Ctrl+Shift+Z Ctrl+Y", QT_TRANSLATE_NOOP("TagActions", "Redo, across posts"), kTag},
    {"tag.nothing", "N", QT_TRANSLATE_NOOP("TagActions", "Nothing to tag here"), kPost},
    {"tag.done", "D", QT_TRANSLATE_NOOP("TagActions", "Mark the post done, or open again"), kPost},
    {"tag.flag", "F", QT_TRANSLATE_NOOP("TagActions", "Flag, or take the flag off"), kPost},
    {"tag.nextPost", "J", QT_TRANSLATE_NOOP("TagActions", "Next post"), kPost},
    {"tag.previousPost", "K", QT_TRANSLATE_NOOP("TagActions", "Previous post"), kPost},
    {"tag.peek", "Space", QT_TRANSLATE_NOOP("TagActions", "Hide all marks while held"), kView},
    {"tag.larger", "Ctrl++ Ctrl+=", QT_TRANSLATE_NOOP("TagActions", "Larger text"), kView},
    {"tag.smaller", "Ctrl+-", QT_TRANSLATE_NOOP("TagActions", "Smaller text"), kView},
    {"tag.scheme", "T", QT_TRANSLATE_NOOP("TagActions", "Tags as BIO, as BMES, or none"), kView},
    {"tag.boxes", "B", QT_TRANSLATE_NOOP("TagActions", "Show or hide the boxes in the picture"), kView},
    {"tag.nextPane", "F6", QT_TRANSLATE_NOOP("TagActions", "Focus to the next part of the page"), kView},
    {"tag.keys", "? Shift+? F1", QT_TRANSLATE_NOOP("TagActions", "This list of keys"), kView},
};

const QStringList kOfTheWindow{QStringLiteral("tag.undo"), QStringLiteral("tag.redo"), QStringLiteral("tag.larger"),
                               QStringLiteral("tag.smaller")};

QList<QKeySequence> sequences(const char* names) {
    QList<QKeySequence> result;
    for (const QString& name : QString::fromLatin1(names).split(QLatin1Char(' '))) {
        result << QKeySequence(name, QKeySequence::PortableText);
    }
    return result;
}

}  // namespace

QString labelActionId(int index) {
    return QStringLiteral("tag.label%1").arg(index + 1);
}

int labelIndexOf(const QString& actionId) {
    if (!actionId.startsWith(QLatin1String("tag.label"))) return -1;
    bool ok = false;
    const int number = actionId.mid(9).toInt(&ok);
    return ok && number >= 1 && number <= kLabelKeys ? number - 1 : -1;
}

QString labelKeyText(int index) {
    if (index < 0 || index >= kLabelKeys) return {};
    QString text = ActionRegistry::instance().key(labelActionId(index)).toString(QKeySequence::PortableText);
    return text.replace(QStringLiteral("Shift+"), QStringLiteral("⇧"));
}

void defineTagActions() {
    auto& registry = ActionRegistry::instance();
    if (registry.has(QStringLiteral("tag.left"))) return;
    const auto add = [&](const QString& id, const QList<QKeySequence>& keys, std::function<QString()> text,
                         const char* group) {
        registry.define({id, keys, std::move(text),
                         [group] { return QCoreApplication::translate("TagActions", group); }, QStringLiteral("tag")});
    };
    // The window has some of these keys for all pages; a second action on the same key would be a conflict.
    const bool window = registry.has(QStringLiteral("edit.undo"));
    for (const Entry& entry : kEntries) {
        const QString name = QString::fromLatin1(entry.id);
        if (window && kOfTheWindow.contains(name)) continue;
        add(
            QString::fromLatin1(entry.id), sequences(entry.keys),
            [text = entry.text] { return QCoreApplication::translate("TagActions", text); }, entry.group);
    }
    for (int i = 0; i < kLabelKeys; ++i) {
        const int digit = (i + 1) % 10;
        const QString key = (i < 10 ? QString() : QStringLiteral("Shift+")) + QString::number(digit);
        add(
            labelActionId(i), {QKeySequence(key, QKeySequence::PortableText)},
            [i] { return QCoreApplication::translate("TagActions", "Label %1").arg(i + 1); }, kTag);
    }
}

}  // namespace mnerva::ui
