#include "ui/pages/tag/tag_actions.h"

#include <QCoreApplication>
#include <QHash>
#include <span>

#include "ui/look/theme.h"
#include "ui/pages/tag/tag_host.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {

namespace {

constexpr const char* kContext = "TagActions";
constexpr const char* kMove = QT_TRANSLATE_NOOP("TagActions", "Move");
constexpr const char* kSelect = QT_TRANSLATE_NOOP("TagActions", "Select");
constexpr const char* kTag = QT_TRANSLATE_NOOP("TagActions", "Tag");
constexpr const char* kPost = QT_TRANSLATE_NOOP("TagActions", "Post");
constexpr const char* kView = QT_TRANSLATE_NOOP("TagActions", "View");

std::span<const TagAction> rows() {
    // clang-format off
    static const TagAction kRows[] = {
        {{"tag.left", "Left", QT_TRANSLATE_NOOP("TagActions", "Previous word"), kMove, [](TagHost& h) { h.move(-1, false); }, kRepeats}, "tag.right"},
        {{"tag.right", "Right", QT_TRANSLATE_NOOP("TagActions", "Next word"), kMove, [](TagHost& h) { h.move(1, false); }, kRepeats}, "tag.left"},
        {{"tag.segmentLeft", "Ctrl+Left", QT_TRANSLATE_NOOP("TagActions", "Previous segmented word"), kMove, [](TagHost& h) { h.moveBySegment(-1, false); }, kRepeats}, "tag.segmentRight"},
        {{"tag.segmentRight", "Ctrl+Right", QT_TRANSLATE_NOOP("TagActions", "Next segmented word"), kMove, [](TagHost& h) { h.moveBySegment(1, false); }, kRepeats}, "tag.segmentLeft"},
        {{"tag.up", "Up", QT_TRANSLATE_NOOP("TagActions", "Line up"), kMove, [](TagHost& h) { h.moveLine(-1, false); }, kRepeats}},
        {{"tag.down", "Down", QT_TRANSLATE_NOOP("TagActions", "Line down"), kMove, [](TagHost& h) { h.moveLine(1, false); }, kRepeats}},
        {{"tag.home", "Home", QT_TRANSLATE_NOOP("TagActions", "Start of the line, then of the post"), kMove, [](TagHost& h) { h.moveToEnd(-1, false); }}},
        {{"tag.end", "End", QT_TRANSLATE_NOOP("TagActions", "End of the line, then of the post"), kMove, [](TagHost& h) { h.moveToEnd(1, false); }}},
        {{"tag.nextMark", "Tab", QT_TRANSLATE_NOOP("TagActions", "Next entity or suggestion"), kMove, [](TagHost& h) { h.goToMark(1); }, kRepeats}},
        {{"tag.previousMark", "Shift+Tab Shift+Backtab Backtab", QT_TRANSLATE_NOOP("TagActions", "Previous entity or suggestion"), kMove, [](TagHost& h) { h.goToMark(-1); }, kRepeats}},
        {{"tag.nextLikely", "W", QT_TRANSLATE_NOOP("TagActions", "Select the next likely name"), kMove, [](TagHost& h) { h.goToLikely(1); }, kRepeats}},
        {{"tag.previousLikely", "Q", QT_TRANSLATE_NOOP("TagActions", "Select the previous likely name"), kMove, [](TagHost& h) { h.goToLikely(-1); }, kRepeats}},
        {{"tag.cycle", "E", QT_TRANSLATE_NOOP("TagActions", "Cycle what lies under the caret"), kMove, [](TagHost& h) { h.cycle(); }}},
        {{"tag.selectLeft", "Shift+Left", QT_TRANSLATE_NOOP("TagActions", "Selection one word left"), kSelect, [](TagHost& h) { h.move(-1, true); }, kRepeats}, "tag.selectRight"},
        {{"tag.selectRight", "Shift+Right", QT_TRANSLATE_NOOP("TagActions", "Selection one word right"), kSelect, [](TagHost& h) { h.move(1, true); }, kRepeats}, "tag.selectLeft"},
        {{"tag.selectSegmentLeft", "Ctrl+Shift+Left", QT_TRANSLATE_NOOP("TagActions", "Selection one segmented word left"), kSelect, [](TagHost& h) { h.moveBySegment(-1, true); }, kRepeats}, "tag.selectSegmentRight"},
        {{"tag.selectSegmentRight", "Ctrl+Shift+Right", QT_TRANSLATE_NOOP("TagActions", "Selection one segmented word right"), kSelect, [](TagHost& h) { h.moveBySegment(1, true); }, kRepeats}, "tag.selectSegmentLeft"},
        {{"tag.selectUp", "Shift+Up", QT_TRANSLATE_NOOP("TagActions", "Selection one line up"), kSelect, [](TagHost& h) { h.moveLine(-1, true); }, kRepeats}},
        {{"tag.selectDown", "Shift+Down", QT_TRANSLATE_NOOP("TagActions", "Selection one line down"), kSelect, [](TagHost& h) { h.moveLine(1, true); }, kRepeats}},
        {{"tag.selectHome", "Shift+Home", QT_TRANSLATE_NOOP("TagActions", "Select to line start, then post start"), kSelect, [](TagHost& h) { h.moveToEnd(-1, true); }}},
        {{"tag.selectEnd", "Shift+End", QT_TRANSLATE_NOOP("TagActions", "Select to line end, then post end"), kSelect, [](TagHost& h) { h.moveToEnd(1, true); }}},
        {{"tag.escape", "Esc", QT_TRANSLATE_NOOP("TagActions", "Drop the selection"), kSelect, [](TagHost& h) { h.escape(); }}},
        {{"tag.accept", "Return Enter", QT_TRANSLATE_NOOP("TagActions", "Accept the suggestion, or finish the post"), kTag, [](TagHost& h) { h.acceptOrFinish(); }}},
        {{"tag.remove", "Backspace Del", QT_TRANSLATE_NOOP("TagActions", "Delete the entity or reject the suggestion"), kTag, [](TagHost& h) { h.removeHere(); }}},
        {{"tag.rejectAll", "R", QT_TRANSLATE_NOOP("TagActions", "Reject all suggestions that are left"), kTag, [](TagHost& h) { h.rejectPending(); }}},
        {{"tag.findLabel", "/", QT_TRANSLATE_NOOP("TagActions", "Find a label by its name"), kTag, [](TagHost& h) { Q_EMIT h.labelFinderWanted(); }}},
        {{"tag.editLabel", "L", QT_TRANSLATE_NOOP("TagActions", "Label here: name, colour, guideline…"), kTag, [](TagHost& h) { h.editLabelHere(); }}},
        {{"tag.newLabel", "Shift+L", QT_TRANSLATE_NOOP("TagActions", "New label…"), kTag, [](TagHost& h) { h.editLabel({}); }}},
        {{"tag.repeat", ".", QT_TRANSLATE_NOOP("TagActions", "Repeat the last label"), kTag, [](TagHost& h) { h.repeatLast(); }}},
        {{"tag.all", "A", QT_TRANSLATE_NOOP("TagActions", "Label everything alike…"), kTag, [](TagHost& h) { h.askForAlike(); }}},
        {{"tag.rightEdgeLeft", "Alt+Left", QT_TRANSLATE_NOOP("TagActions", "Right edge one word left"), kTag, [](TagHost& h) { h.moveEdge(false, -1); }}, "tag.leftEdgeRight"},
        {{"tag.rightEdgeRight", "Alt+Right", QT_TRANSLATE_NOOP("TagActions", "Right edge one word right"), kTag, [](TagHost& h) { h.moveEdge(false, 1); }}, "tag.leftEdgeLeft"},
        {{"tag.leftEdgeLeft", "U Alt+Shift+Left", QT_TRANSLATE_NOOP("TagActions", "Left edge one word left"), kTag, [](TagHost& h) { h.moveEdge(true, -1); }}, "tag.rightEdgeRight"},
        {{"tag.leftEdgeRight", "I Alt+Shift+Right", QT_TRANSLATE_NOOP("TagActions", "Left edge one word right"), kTag, [](TagHost& h) { h.moveEdge(true, 1); }}, "tag.rightEdgeLeft"},
        {{"tag.ground", "G", QT_TRANSLATE_NOOP("TagActions", "Box of the entity in the picture"), kTag, [](TagHost& h) { Q_EMIT h.groundWanted(); }, kEverywhere}},
        {{"tag.draw", "Shift+B", QT_TRANSLATE_NOOP("TagActions", "Draw boxes in the picture: begin, end"), kTag, [](TagHost& h) { Q_EMIT h.drawWanted(); }, kEverywhere}},
        {{"tag.undo", "Ctrl+Z", QT_TRANSLATE_NOOP("TagActions", "Undo, across posts"), kTag, [](TagHost& h) { h.session().undo(); }, kRepeats | kEverywhere | kTwin}},
        {{"tag.redo", "Ctrl+Shift+Z Ctrl+Y", QT_TRANSLATE_NOOP("TagActions", "Redo, across posts"), kTag, [](TagHost& h) { h.session().redo(); }, kRepeats | kEverywhere | kTwin}},
        {{"tag.nothing", "N", QT_TRANSLATE_NOOP("TagActions", "Nothing to tag here"), kPost, [](TagHost& h) { h.nothingHere(); }}},
        {{"tag.finish", "Ctrl+Return Ctrl+Enter", QT_TRANSLATE_NOOP("TagActions", "Finish the post and go on"), kPost, [](TagHost& h) { h.finishPost(); }}},
        {{"tag.acceptAll", "Shift+Return Shift+Enter", QT_TRANSLATE_NOOP("TagActions", "Accept all suggestions and finish the post"), kPost, [](TagHost& h) { h.acceptAllAndFinish(); }}},
        {{"tag.done", "D", QT_TRANSLATE_NOOP("TagActions", "Mark the post done, or open again"), kPost, [](TagHost& h) { h.apply(h.editor().toggleDone()); }}},
        {{"tag.flag", "F", QT_TRANSLATE_NOOP("TagActions", "Flag, or take the flag off"), kPost, [](TagHost& h) { h.apply(h.editor().toggleFlag()); }}},
        {{"tag.skip", "S", QT_TRANSLATE_NOOP("TagActions", "Skip: put the post aside, or open it again"), kPost, [](TagHost& h) { h.toggleSkipped(); }}},
        {{"tag.comments", "C", QT_TRANSLATE_NOOP("TagActions", "Comments on this post…"), kPost, [](TagHost& h) { if (h.hasPost()) Q_EMIT h.commentsWanted(false); }}},
        {{"tag.reviewAsk", "V", QT_TRANSLATE_NOOP("TagActions", "Review: to be reviewed, or not"), kPost, [](TagHost& h) { h.toggleReview(Review::ToReview); }}},
        {{"tag.reviewAccept", "Shift+A", QT_TRANSLATE_NOOP("TagActions", "Review: accept, or take that back"), kPost, [](TagHost& h) { h.toggleReview(Review::Accepted); }}},
        {{"tag.reviewReturn", "Shift+R", QT_TRANSLATE_NOOP("TagActions", "Review: return with a comment…"), kPost, [](TagHost& h) { h.askToReturn(); }}},
        {{"tag.nextPost", "J", QT_TRANSLATE_NOOP("TagActions", "Next post"), kPost, [](TagHost& h) { h.session().step(1); }, kRepeats | kEverywhere}},
        {{"tag.previousPost", "K", QT_TRANSLATE_NOOP("TagActions", "Previous post"), kPost, [](TagHost& h) { h.session().step(-1); }, kRepeats | kEverywhere}},
        {{"tag.nextOpen", "Shift+J", QT_TRANSLATE_NOOP("TagActions", "Next open post"), kPost, [](TagHost& h) { h.goToOpen(1); }, kRepeats | kEverywhere}},
        {{"tag.previousOpen", "Shift+K", QT_TRANSLATE_NOOP("TagActions", "Previous open post"), kPost, [](TagHost& h) { h.goToOpen(-1); }, kRepeats | kEverywhere}},
        {{"tag.goTo", "Ctrl+G", QT_TRANSLATE_NOOP("TagActions", "Go to a post: number or id…"), kPost, [](TagHost& h) { Q_EMIT h.goToWanted(); }, kEverywhere}},
        {{"tag.order", "Shift+S", QT_TRANSLATE_NOOP("TagActions", "Order of the posts…"), kView, [](TagHost& h) { Q_EMIT h.orderWanted(); }, kEverywhere}},
        {{"tag.wall", "Shift+W", QT_TRANSLATE_NOOP("TagActions", "Wall of pictures, or back to the post"), kView, [](TagHost& h) { Q_EMIT h.wallWanted(); }, kEverywhere}},
        {{"tag.peek", "Space", QT_TRANSLATE_NOOP("TagActions", "Hide all marks while held"), kView, [](TagHost& h) { h.setPeeking(true); }}},
        {{"tag.larger", "Ctrl++ Ctrl+=", QT_TRANSLATE_NOOP("TagActions", "Larger text"), kView, [](TagHost& h) { Q_EMIT h.textSizeWanted(Theme::postTextSize() + 1); }, kRepeats | kEverywhere | kTwin}},
        {{"tag.smaller", "Ctrl+-", QT_TRANSLATE_NOOP("TagActions", "Smaller text"), kView, [](TagHost& h) { Q_EMIT h.textSizeWanted(Theme::postTextSize() - 1); }, kRepeats | kEverywhere | kTwin}},
        {{"tag.scheme", "T", QT_TRANSLATE_NOOP("TagActions", "Tags as BIO, as BMES, or none"), kView, [](TagHost& h) { h.nextTagRow(); }}},
        {{"tag.boxes", "B", QT_TRANSLATE_NOOP("TagActions", "Show or hide the boxes in the picture"), kView, [](TagHost& h) { Q_EMIT h.boxesToggleWanted(); }, kEverywhere}},
        {{"tag.heat", "H", QT_TRANSLATE_NOOP("TagActions", "Heat of a run over the picture: show, hide"), kView, [](TagHost& h) { Q_EMIT h.heatToggleWanted(); }, kEverywhere}},
        {{"tag.zoomIn", "= +", QT_TRANSLATE_NOOP("TagActions", "Photo: closer"), kView, [](TagHost& h) { Q_EMIT h.zoomWanted(1); }, kRepeats | kEverywhere}},
        {{"tag.zoomOut", "Shift+Z", QT_TRANSLATE_NOOP("TagActions", "Photo: further away"), kView, [](TagHost& h) { Q_EMIT h.zoomWanted(-1); }, kRepeats | kEverywhere}},
        {{"tag.zoomFit", "Z", QT_TRANSLATE_NOOP("TagActions", "Photo: whole"), kView, [](TagHost& h) { Q_EMIT h.zoomWanted(0); }, kEverywhere}},
        {{"tag.nextPicture", "P", QT_TRANSLATE_NOOP("TagActions", "Next picture of the post"), kView, [](TagHost& h) { Q_EMIT h.imageWanted(1); }, kRepeats | kEverywhere}},
        {{"tag.previousPicture", "Shift+P", QT_TRANSLATE_NOOP("TagActions", "Previous picture of the post"), kView, [](TagHost& h) { Q_EMIT h.imageWanted(-1); }, kRepeats | kEverywhere}},
        {{"tag.nextPane", "F6", QT_TRANSLATE_NOOP("TagActions", "Focus to the next part of the page"), kView, [](TagHost& h) { Q_EMIT h.nextPaneWanted(); }, kEverywhere}},
        {{"tag.keys", "? Shift+? F1", QT_TRANSLATE_NOOP("TagActions", "This list of keys"), kView, [](TagHost& h) { Q_EMIT h.keySheetWanted(); }, kEverywhere}},
    };
    // clang-format on
    return kRows;
}

}  // namespace

const TagAction* tagAction(const QString& id) {
    static const QHash<QString, const TagAction*> byId = [] {
        QHash<QString, const TagAction*> all;
        for (const TagAction& row : rows()) all.insert(QLatin1String(row.id), &row);
        return all;
    }();
    return byId.value(id);
}

QString labelActionId(int index) {
    return QStringLiteral("tag.label%1").arg(index + 1);
}

int labelIndexOf(const QString& actionId) {
    if (!actionId.startsWith(QLatin1String("tag.label"))) return -1;
    bool ok = false;
    const int number = actionId.mid(9).toInt(&ok);
    return ok && number >= 1 && number <= kLabelKeys ? number - 1 : -1;
}

QString labelKeyText(const ActionRegistry& actions, int index) {
    if (index < 0 || index >= kLabelKeys) return {};
    QString text = actions.key(labelActionId(index)).toString(QKeySequence::PortableText);
    return text.replace(QStringLiteral("Shift+"), QStringLiteral("⇧"));
}

void defineTagActions(ActionRegistry& actions) {
    if (actions.has(QStringLiteral("tag.left"))) return;
    const QString scope = QStringLiteral("tag");
    // The window has some of these keys for all pages; a second action on the same key would be a conflict.
    const bool window = actions.has(QStringLiteral("edit.undo"));
    for (const TagAction& row : rows()) {
        if (!window || !(row.traits & kTwin)) actions.define(row, kContext, scope);
    }
    for (int i = 0; i < kLabelKeys; ++i) {
        const int digit = (i + 1) % 10;
        ActionRegistry::Definition label;
        label.id = labelActionId(i);
        label.defaultKeys = {QKeySequence((i < 10 ? QString() : QStringLiteral("Shift+")) + QString::number(digit),
                                          QKeySequence::PortableText)};
        label.text = [i] { return QCoreApplication::translate("TagActions", "Label %1").arg(i + 1); };
        label.group = [] { return QCoreApplication::translate(kContext, kTag); };
        label.scope = scope;
        actions.define(std::move(label));
    }
}

}  // namespace mnerva::ui
