#pragma once

#include <span>

#include "ui/widgets/actions.h"

namespace mnerva::ui {

class AgreementHost;
class CasesHost;
class DoctorHost;

/// The keys of the page Cases.
std::span<const ActionRow<CasesHost>> casesActions();
/// Those of its view "Label errors".
std::span<const ActionRow<DoctorHost>> doctorActions();
/// Those of its view "Agreement".
std::span<const ActionRow<AgreementHost>> agreementActions();
void defineCasesActions(ActionRegistry& actions);

}  // namespace mnerva::ui
