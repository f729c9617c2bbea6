#pragma once

#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>

#include "core/eval/resampling.h"
#include "core/project/project.h"

namespace mnerva::workflow {

struct RunReportOptions {
    std::string program;  ///< name and version of who writes it
    /// What the preset gives each option; an empty object: not known, so nothing is marked as changed.
    nlohmann::json presetValues = nlohmann::json::object();
    eval::ResamplingOptions resampling;
    int worstPosts = 12;
    int surfaceRows = 20;
};

/// All that is known of a run of a project as one HTML page (error-analysis.md 7): what it was started with, data,
/// seeds, environment, curves, scores under every rule with intervals, types, confusion, mistakes, buckets, strings,
/// calibration, influence.json and explanation.json, and some posts that it gets most wrong. It opens anywhere: no
/// network, no script, nothing beside it. English; words of posts and names stand as they are. What the run's folder or
/// the project does not have is named. Throws RunMissing {run, known runs}, Cancelled.
std::string runReport(const project::Project& project, const std::string& run, const RunReportOptions& options = {},
                      const std::stop_token& stop = {});

}  // namespace mnerva::workflow
