#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/project/find.h"
#include "core/workflow/scores/score_report.h"

namespace mnerva::workflow {

/// A query line that is watched over runs (error-analysis.md 3). Both are UTF-8 text; the query is that of core/query.
struct Slice {
    std::string name, query;
    bool operator==(const Slice&) const = default;
};
inline constexpr std::size_t kMostSlices = 200;

/// Those that the project keeps (setting "slices"), in their order; what is none is left out.
std::vector<Slice> readSlices(const project::Project& project);
/// Replaces them. Throws what Project::setSetting does.
void storeSlices(project::Project& project, const std::vector<Slice>& slices);

/// A slice with the posts that are in it now.
struct FoundSlice {
    Slice slice;
    std::vector<PostId> posts;              ///< sorted
    std::optional<query::Mistake> mistake;  ///< why the query is none of this project (a run that is gone)
};
/// Throws Cancelled.
std::vector<FoundSlice> findSlices(const project::Project& project, const std::vector<Slice>& slices);

/// Systems on a slice.
struct SliceRow {
    std::vector<int> posts;                         ///< of the question, places in the source
    std::vector<std::optional<eval::Prf>> systems;  ///< micro, of each row of the table; nothing where it covers none
};
/// A row a slice, by the rule and over the posts of the table.
std::vector<SliceRow> sliceTable(const ScoreSource& source, const ScoreTable& table,
                                 const std::vector<FoundSlice>& slices);
/// The same as it leaves the program; `baseline`: the row that changes are against, -1 for none.
eval::ReportTable slicesReport(const ScoreTable& table, const std::vector<FoundSlice>& slices,
                               const std::vector<SliceRow>& rows, int baseline, const std::string& caption);

}  // namespace mnerva::workflow
