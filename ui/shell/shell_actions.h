#pragma once

#include <span>

#include "ui/widgets/actions.h"

namespace mnerva::ui {

class MainWindow;
struct PageSpec;

/// The actions of the window itself: project, editing, query line, text size, key sheet.
std::span<const ActionRow<MainWindow>> windowActions();
/// Registers them.
void defineWindowActions(ActionRegistry& actions);

/// The action that shows a page: "page.tag".
QString pageActionId(const PageSpec& page);
void definePageAction(ActionRegistry& actions, const PageSpec& page);

}  // namespace mnerva::ui
