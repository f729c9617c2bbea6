#pragma once

#include <string>
#include <vector>

#include "core/eval/report_table.h"
#include "core/workflow/scores/score_table.h"

namespace mnerva::workflow {

// The tables of scores as they leave the program, for the command line and the window. Figures have four decimals.

/// A row a system: micro P, R, F1 with its interval, macro and weighted F1, F1 of each type.
eval::ReportTable systemsReport(const ScoreTable& table, const std::string& caption);
/// A row for each system and type, micro, macro and weighted: P, R, F1, support, predicted, correct. For computing on.
eval::ReportTable typesReport(const ScoreTable& table, const std::string& caption);
/// Gold in rows, prediction in columns; O is what the side does not have.
eval::ReportTable confusionReport(const ScoreSource& source, const LayerErrors& errors, const std::string& layer,
                                  const std::string& caption);
/// A row a type and one for all: right, the five kinds of mistakes and, under a rule that looks at them, wrong regions.
struct ErrorRow {
    int type = eval::Unit::kNone;  ///< kNone: all
    int right = 0;
    int kinds[5] = {};  ///< by eval::ErrorKind
    int region = 0;     ///< right but for the region, where the rule looks at it
    int wrong() const { return kinds[0] + kinds[1] + kinds[2] + kinds[3] + kinds[4] + region; }
};
/// The types that occur, the most frequent first, then all together.
std::vector<ErrorRow> errorRows(const ScoreSource& source, const LayerErrors& errors);
eval::ReportTable errorsReport(const ScoreSource& source, const LayerErrors& errors, const std::string& layer,
                               const std::string& caption);
eval::ReportTable surfacesReport(const ScoreSource& source, const std::vector<eval::SurfaceRow>& rows, int most,
                                 const std::string& layer, const std::string& caption);
/// A row a bucket: n, and F1 with its interval of each layer.
eval::ReportTable bucketsReport(const ScoreSource& source, const ScoreQuestion& question, const BucketTable& table,
                                const std::string& caption);
eval::ReportTable comparisonReport(const eval::Comparison& comparison, const std::string& first,
                                   const std::string& second, const std::string& caption);
/// Mean and sample deviation of micro F1 of each group of seeds, and which layers and seeds they are.
eval::ReportTable seedsReport(const std::vector<SeedGroup>& groups, const std::string& caption);
/// A row a bin: confidence and share right.
eval::ReportTable reliabilityReport(const eval::Reliability& found, const std::string& layer,
                                    const std::string& caption);

}  // namespace mnerva::workflow
