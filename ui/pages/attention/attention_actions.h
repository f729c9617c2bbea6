#pragma once

#include <span>

#include "ui/widgets/actions.h"

namespace mnerva::ui {

class AttentionPage;

/// The keys of the attention page, for wherever on it the focus is; scope "attention".
std::span<const ActionRow<AttentionPage>> attentionActions();
/// Registers them; more calls do nothing.
void defineAttentionActions(ActionRegistry& actions);

}  // namespace mnerva::ui
