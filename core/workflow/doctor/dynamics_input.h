#pragma once

#include <string>
#include <vector>

#include "core/workflow/doctor/doctor.h"

namespace mnerva::workflow {

/// Runs of a project that recorded how their training entities were learnt (train --dynamics), the newest first. Only
/// plain files inside of the project count: it may come from a stranger.
std::vector<std::string> dynamicsRuns(const project::Project& project);

/// Puts the learning dynamics of such a run into an input. What cannot be used of the file is a finding of the input
/// ("dynamics-unreadable", "dynamics-other-run", "dynamics-epoch-broken"), and the rest is taken. Errors:
/// RunIncompatible where the run recorded none.
void takeDynamics(const project::Project& project, const std::string& run, DoctorInput& input);

}  // namespace mnerva::workflow
