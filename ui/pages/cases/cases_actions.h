#pragma once

#include <span>

#include "ui/widgets/actions.h"

namespace mnerva::ui {

class CasesHost;
class DoctorHost;

/// The keys of the page Cases.
std::span<const ActionRow<CasesHost>> casesActions();
/// Those of its view "Label errors".
std::span<const ActionRow<DoctorHost>> doctorActions();
void defineCasesActions(ActionRegistry& actions);

}  // namespace mnerva::ui
