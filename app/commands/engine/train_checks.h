#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/project/project.h"
#include "core/protocol/run_record.h"
#include "core/workflow/quality/training_check.h"

namespace mnerva::app {

/// What a run is about to be trained on.
struct CheckRequest {
    std::string layer, preset;  ///< a preset named after a data set tells which sizes to expect
    bool readsPictures = false;
    std::vector<std::string> overruled;  ///< codes, or "all"
};

/// The checks of models.md 9.4 on a project. What was seen of each picture is kept in <project>/cache, so the second
/// time is quick. Throws OptionInvalid for an unknown code in `overruled`.
std::vector<protocol::TrainCheck> checksBeforeTraining(const project::Project& project, const CheckRequest& request,
                                                       const ProgressSink& progress, const std::stop_token& stop);

/// Codes of those that stop and were not overruled, joined by ", "; empty: the run may start.
std::string stoppingChecks(const std::vector<protocol::TrainCheck>& checks);

/// One paragraph each for a person at a terminal.
std::string checksText(const std::vector<protocol::TrainCheck>& checks);

}  // namespace mnerva::app
