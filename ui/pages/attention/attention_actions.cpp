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
        {"attention.nextPicture", "Shift+J", QT_TRANSLATE_NOOP("AttentionActions", "Next picture of the post"), kGroup, [](P& p) { p.stepPicture(1); }, kRepeats},
        {"attention.previousPicture", "Shift+K", QT_TRANSLATE_NOOP("AttentionActions", "Previous picture of the post"), kGroup, [](P& p) { p.stepPicture(-1); }, kRepeats},
    };
    // clang-format on
    return kRows;
}

void defineAttentionActions(ActionRegistry& actions) {
    for (const auto& row : attentionActions())
        if (!actions.has(QLatin1String(row.id))) actions.define(row, "AttentionActions", QStringLiteral("attention"));
}

}  // namespace mnerva::ui
