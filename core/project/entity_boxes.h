#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/entity_box.h"
#include "core/project/project.h"

namespace mnerva::project {

/// Where a layer says its entities are, by post. An entity without a box is not shown in the picture.
using EntityBoxes = std::map<PostId, std::vector<EntityBox>>;

/// Keeps what a run that grounds its entities said beside its layer, in the place of what was there. The boxes are kept
/// by themselves, so that no new detection changes what the run said. storePredictions() forgets them: they are stored
/// after it. Throws LayerUnknown, and what Project::setSetting does.
void storeEntityBoxes(Project& project, const std::string& run, const EntityBoxes& boxes);

/// Where the entities of a layer are; nothing: the layer carries no regions. Those of gold are what its links name, and
/// the corrected layer has them too where words have no link of its own: a link is found by its words, whatever the
/// type was changed to. Boxes of other pictures than the first are left out. Throws LayerUnknown.
std::optional<EntityBoxes> entityBoxesOf(const Project& project, const std::string& layer);

/// The name of the setting that keeps those of a run.
std::string entityBoxesKey(const std::string& run);

}  // namespace mnerva::project
