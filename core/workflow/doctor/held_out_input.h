#pragma once

#include <string>
#include <vector>

#include "core/workflow/doctor/doctor.h"

namespace mnerva::workflow {

/// Runs of a project whose models were asked about posts that they had not seen (train --folds), the newest first. Only
/// plain files inside of the project count: it may come from a stranger.
std::vector<std::string> heldOutRuns(const project::Project& project);

/// Puts what the models of such a run said into an input, as the odds of its posts. Errors: RunIncompatible where its
/// folds are not done; as readHeldOutFile.
void takeHeldOut(const project::Project& project, const std::string& run, DoctorInput& input);

/// All layers of runs as the systems to hold the labels against.
void takeSystems(const project::Project& project, DoctorInput& input);

}  // namespace mnerva::workflow
