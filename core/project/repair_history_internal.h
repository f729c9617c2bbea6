#pragma once

#include "core/project/project_internal.h"
#include "core/project/repair.h"

namespace mnerva::project {

/// Brings what is stored of the layers that people make and the history of a salvaged project together. Where the
/// history is whole, it decides: what it says of every post is stored. Where steps are missing, what is stored stays,
/// the history fills in posts of which nothing is stored, and it becomes a thing to read: undo begins anew.
/// Labels and scheme that were lost are learned anew. Says in the report what it did.
void settleHistory(Project::Impl& impl, RepairReport& report, const ProgressSink& progress,
                   const std::stop_token& stop);

}  // namespace mnerva::project
