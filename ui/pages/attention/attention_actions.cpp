#include "ui/pages/attention/attention_actions.h"

#include <QCoreApplication>

#include "ui/pages/attention/attention_page.h"

namespace mnerva::ui {

std::span<const ActionRow<AttentionPage>> attentionActions() {
    using P = AttentionPage;
    static constexpr const char* kGroup = QT_TRANSLATE_NOOP("AttentionActions", "Attention");
    // clang-format off
    static const ActionRow<P> kRows[] = {
        {"attention.nextPost", "J", QT_TRANSLATE_NOOP("AttentionActions", "Next post"), kGroup, [](P& p) { p.stepPost(1); }, kRepeats},
        {"attention.previousPost", "K", QT_TRANSLATE_NOOP("AttentionActions", "Previous post"), kGroup, [](P& p) { p.stepPost(-1); }, kRepeats},
        {"attention.nextError", "]", QT_TRANSLATE_NOOP("AttentionActions", "Next error"), kGroup, [](P& p) { p.stepError(1); }, kRepeats},
        {"attention.previousError", "[", QT_TRANSLATE_NOOP("AttentionActions", "Previous error"), kGroup, [](P& p) { p.stepError(-1); }, kRepeats},
        {"attention.nextPicture", "Shift+J", QT_TRANSLATE_NOOP("AttentionActions", "Next picture of the post"), kGroup, [](P& p) { p.stepPicture(1); }, kRepeats},
        {"attention.previousPicture", "Shift+K", QT_TRANSLATE_NOOP("AttentionActions", "Previous picture of the post"), kGroup, [](P& p) { p.stepPicture(-1); }, kRepeats},
        {"attention.nextHead", "H", QT_TRANSLATE_NOOP("AttentionActions", "Next head"), kGroup, [](P& p) { p.stepHead(1); }, kRepeats},
        {"attention.previousHead", "Shift+H", QT_TRANSLATE_NOOP("AttentionActions", "Previous head"), kGroup, [](P& p) { p.stepHead(-1); }, kRepeats},
        {"attention.byEntity", "E", QT_TRANSLATE_NOOP("AttentionActions", "One map for an entity, or one for each word"), kGroup, [](P& p) { p.toggleByEntity(); }},
        {"attention.drawer", "D", QT_TRANSLATE_NOOP("AttentionActions", "Small maps over the second photo"), kGroup, [](P& p) { p.toggleDrawer(); }},
        {"attention.matrix", "M", QT_TRANSLATE_NOOP("AttentionActions", "Words and regions as a table"), kGroup, [](P& p) { p.toggleMatrix(); }},
        {"attention.similar", "N", QT_TRANSLATE_NOOP("AttentionActions", "Posts with similar maps"), kGroup, [](P& p) { p.toggleSimilar(); }},
        {"attention.cover", "C", QT_TRANSLATE_NOOP("AttentionActions", "Cover cells with the mouse"), kGroup, [](P& p) { p.toggleCoverMode(); }},
        {"attention.blank", "B", QT_TRANSLATE_NOOP("AttentionActions", "Blank the picture"), kGroup, [](P& p) { p.toggleBlank(); }},
        {"attention.asItIs", "Esc", QT_TRANSLATE_NOOP("AttentionActions", "Show the picture as it is"), kGroup, [](P& p) { p.restorePicture(); }},
        {"attention.save", "S", QT_TRANSLATE_NOOP("AttentionActions", "Save figure…"), kGroup, [](P& p) { p.exportFigure(); }},
    };
    // clang-format on
    return kRows;
}

void defineAttentionActions(ActionRegistry& actions) {
    for (const auto& row : attentionActions())
        if (!actions.has(QLatin1String(row.id))) actions.define(row, "AttentionActions", QStringLiteral("attention"));
}

}  // namespace mnerva::ui
