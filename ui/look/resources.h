#pragma once

namespace mnerva::ui {

/// Makes icons and translations known, which a static library does not do by itself. More calls do nothing.
void initResources();

}  // namespace mnerva::ui
