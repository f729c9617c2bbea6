#include "ui/pages/cases/cases_actions.h"

#include <QCoreApplication>

#include "ui/pages/cases/agreement_host.h"
#include "ui/pages/cases/cases_host.h"
#include "ui/pages/cases/doctor_host.h"

namespace mnerva::ui {

std::span<const ActionRow<CasesHost>> casesActions() {
    using H = CasesHost;
    static constexpr const char* kGroup = QT_TRANSLATE_NOOP("CasesActions", "Cases");
    // clang-format off
    static const ActionRow<H> kRows[] = {
        {"cases.nextPost", "J", QT_TRANSLATE_NOOP("CasesActions", "Next post found"), kGroup, [](H& h) { h.step(1); }, kRepeats},
        {"cases.previousPost", "K", QT_TRANSLATE_NOOP("CasesActions", "Previous post found"), kGroup, [](H& h) { h.step(-1); }, kRepeats},
        {"cases.nextDisagreement", "]", QT_TRANSLATE_NOOP("CasesActions", "Next disagreement"), kGroup, [](H& h) { h.stepDisagreement(1); }, kRepeats},
        {"cases.previousDisagreement", "[", QT_TRANSLATE_NOOP("CasesActions", "Previous disagreement"), kGroup, [](H& h) { h.stepDisagreement(-1); }, kRepeats},
        {"cases.right", "Right", QT_TRANSLATE_NOOP("CasesActions", "Next word"), kGroup, [](H& h) { h.moveBy(1, false); }, kRepeats},
        {"cases.left", "Left", QT_TRANSLATE_NOOP("CasesActions", "Previous word"), kGroup, [](H& h) { h.moveBy(-1, false); }, kRepeats},
        {"cases.extendRight", "Shift+Right", QT_TRANSLATE_NOOP("CasesActions", "Choose one word more"), kGroup, [](H& h) { h.moveBy(1, true); }, kRepeats},
        {"cases.extendLeft", "Shift+Left", QT_TRANSLATE_NOOP("CasesActions", "Choose one word more to the left"), kGroup, [](H& h) { h.moveBy(-1, true); }, kRepeats},
        {"cases.adoptGold", "Alt+0", QT_TRANSLATE_NOOP("CasesActions", "Adopt from gold"), kGroup, [](H& h) { h.adopt(0); }},
        {"cases.adopt1", "Alt+1", QT_TRANSLATE_NOOP("CasesActions", "Adopt from lane 1"), kGroup, [](H& h) { h.adopt(1); }},
        {"cases.adopt2", "Alt+2", QT_TRANSLATE_NOOP("CasesActions", "Adopt from lane 2"), kGroup, [](H& h) { h.adopt(2); }},
        {"cases.adopt3", "Alt+3", QT_TRANSLATE_NOOP("CasesActions", "Adopt from lane 3"), kGroup, [](H& h) { h.adopt(3); }},
        {"cases.adopt4", "Alt+4", QT_TRANSLATE_NOOP("CasesActions", "Adopt from lane 4"), kGroup, [](H& h) { h.adopt(4); }},
        {"cases.adopt5", "Alt+5", QT_TRANSLATE_NOOP("CasesActions", "Adopt from lane 5"), kGroup, [](H& h) { h.adopt(5); }},
        {"cases.adopt6", "Alt+6", QT_TRANSLATE_NOOP("CasesActions", "Adopt from lane 6"), kGroup, [](H& h) { h.adopt(6); }},
        {"cases.adopt7", "Alt+7", QT_TRANSLATE_NOOP("CasesActions", "Adopt from lane 7"), kGroup, [](H& h) { h.adopt(7); }},
        {"cases.adopt8", "Alt+8", QT_TRANSLATE_NOOP("CasesActions", "Adopt from lane 8"), kGroup, [](H& h) { h.adopt(8); }},
        {"cases.adopt9", "Alt+9", QT_TRANSLATE_NOOP("CasesActions", "Adopt from lane 9"), kGroup, [](H& h) { h.adopt(9); }},
    };
    // clang-format on
    return kRows;
}

std::span<const ActionRow<DoctorHost>> doctorActions() {
    using H = DoctorHost;
    static constexpr const char* kGroup = QT_TRANSLATE_NOOP("CasesActions", "Label errors");
    // clang-format off
    static const ActionRow<H> kRows[] = {
        {"doctor.fix", "Return", QT_TRANSLATE_NOOP("CasesActions", "Correct the label as proposed"), kGroup, [](H& h) { h.fix(); }},
        {"doctor.dismiss", "N", QT_TRANSLATE_NOOP("CasesActions", "Not an error"), kGroup, [](H& h) { h.dismiss(); }},
        {"doctor.next", "J", QT_TRANSLATE_NOOP("CasesActions", "Next doubt"), kGroup, [](H& h) { h.step(1); }, kRepeats},
        {"doctor.previous", "K", QT_TRANSLATE_NOOP("CasesActions", "Previous doubt"), kGroup, [](H& h) { h.step(-1); }, kRepeats},
    };
    // clang-format on
    return kRows;
}

std::span<const ActionRow<AgreementHost>> agreementActions() {
    using H = AgreementHost;
    static constexpr const char* kGroup = QT_TRANSLATE_NOOP("CasesActions", "Agreement");
    // clang-format off
    static const ActionRow<H> kRows[] = {
        {"agreement.take0", "0", QT_TRANSLATE_NOOP("CasesActions", "Nothing is labelled here"), kGroup, [](H& h) { h.take(0); }},
        {"agreement.take1", "1", QT_TRANSLATE_NOOP("CasesActions", "Take what layer 1 says"), kGroup, [](H& h) { h.take(1); }},
        {"agreement.take2", "2", QT_TRANSLATE_NOOP("CasesActions", "Take what layer 2 says"), kGroup, [](H& h) { h.take(2); }},
        {"agreement.take3", "3", QT_TRANSLATE_NOOP("CasesActions", "Take what layer 3 says"), kGroup, [](H& h) { h.take(3); }},
        {"agreement.take4", "4", QT_TRANSLATE_NOOP("CasesActions", "Take what layer 4 says"), kGroup, [](H& h) { h.take(4); }},
        {"agreement.take5", "5", QT_TRANSLATE_NOOP("CasesActions", "Take what layer 5 says"), kGroup, [](H& h) { h.take(5); }},
        {"agreement.take6", "6", QT_TRANSLATE_NOOP("CasesActions", "Take what layer 6 says"), kGroup, [](H& h) { h.take(6); }},
        {"agreement.take7", "7", QT_TRANSLATE_NOOP("CasesActions", "Take what layer 7 says"), kGroup, [](H& h) { h.take(7); }},
        {"agreement.take8", "8", QT_TRANSLATE_NOOP("CasesActions", "Take what layer 8 says"), kGroup, [](H& h) { h.take(8); }},
        {"agreement.take9", "9", QT_TRANSLATE_NOOP("CasesActions", "Take what layer 9 says"), kGroup, [](H& h) { h.take(9); }},
        {"agreement.next", "J", QT_TRANSLATE_NOOP("CasesActions", "Next conflict"), kGroup, [](H& h) { h.step(1); }, kRepeats},
        {"agreement.previous", "K", QT_TRANSLATE_NOOP("CasesActions", "Previous conflict"), kGroup, [](H& h) { h.step(-1); }, kRepeats},
    };
    // clang-format on
    return kRows;
}

void defineCasesActions(ActionRegistry& actions) {
    for (const auto& row : agreementActions())
        if (!actions.has(QLatin1String(row.id))) actions.define(row, "CasesActions", QStringLiteral("agreement"));
    for (const auto& row : doctorActions())
        if (!actions.has(QLatin1String(row.id))) actions.define(row, "CasesActions", QStringLiteral("doctor"));
    for (const auto& row : casesActions())
        if (!actions.has(QLatin1String(row.id))) actions.define(row, "CasesActions", QStringLiteral("cases"));
}

}  // namespace mnerva::ui
