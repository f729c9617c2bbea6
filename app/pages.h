#pragma once

#include "ui/shell/main_window.h"

namespace mnerva {

/// The pages of the window in the order of the rail, and the commands on projects that they share.
ui::WindowParts windowParts();

}  // namespace mnerva
