#pragma once

#include <string>
#include <vector>

#include "core/project/project_internal.h"

namespace mnerva::project {

/// OTHER becomes MISC. `known` are the labels a project has already, which came with its files and may look alike.
/// Throws OptionInvalid for names that cannot be: empty, with spaces or commas, twice, or almost the same as another.
std::vector<std::string> checkedTypes(const std::vector<std::string>& given,
                                      const std::vector<std::string>& known = {});
/// The same of types, notes (colours that are none, descriptions that are too long) and kinds (no label is a kind of
/// itself, by whatever way).
LabelSet checkedLabels(const LabelSet& given, const LabelSet& known);

/// Stores labels in place of `before`, after the entities of the same transaction. Refuses to lose one that some entity
/// has (LabelInUse lists them); `keepsUsed`: such a one stays, as the last, so that an undo never stands in the way of
/// those before it.
void storeLabels(Project::Impl& impl, LabelSet labels, const LabelSet& before, bool keepsUsed);

}  // namespace mnerva::project
