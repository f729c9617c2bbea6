#pragma once

#include "core/workflow/report/page_internal.h"
#include "core/workflow/report/run_report.h"
#include "core/workflow/runs/stored_run.h"

namespace mnerva::workflow::report {

// Each adds a section of a run's report; what is missing for it is said there.

void addSettings(Page& page, const StoredRun& run, const RunReportOptions& options);
void addData(Page& page, const StoredRun& run);
void addCourse(Page& page, const StoredRun& run);
/// Scores, types, confusion, mistakes, buckets, strings and posts: of the run's layer in the project.
void addScores(Page& page, const project::Project& project, const StoredRun& run, const RunReportOptions& options,
               const std::stop_token& stop);
void addCalibration(Page& page, const StoredRun& run);
void addInfluence(Page& page, const StoredRun& run);
void addExplanation(Page& page, const StoredRun& run);
void addObject(Page& page, const nlohmann::json& body);

/// A value of a file on one line, cut where it is long.
std::string shortText(const nlohmann::json& value);

}  // namespace mnerva::workflow::report
