#pragma once

namespace mnerva::ui {

/// Registers the actions of the window itself (project, pages, query line, text size, key sheet).
void defineShellActions();

}  // namespace mnerva::ui
