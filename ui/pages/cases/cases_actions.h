#pragma once

#include <span>

#include "ui/widgets/actions.h"

namespace mnerva::ui {

class CasesHost;

/// The keys of the page Cases.
std::span<const ActionRow<CasesHost>> casesActions();
void defineCasesActions(ActionRegistry& actions);

}  // namespace mnerva::ui
