#pragma once

#include "core/project/heat_view.h"

namespace mnerva::ui {

/// How a person looks at maps; remembered but for the picture, the layer and the head.
struct ViewSettings {
    project::HeatChoice heat;
    bool isGrey = false;     ///< the photo without its colours
    bool byEntity = true;    ///< an entity has one map; else each word has its own
    bool hasMatrix = false;  ///< words x regions is unfolded
    int tab = 0;             ///< of the panel
};

ViewSettings loadViewSettings();
void saveViewSettings(const ViewSettings& settings);

}  // namespace mnerva::ui
