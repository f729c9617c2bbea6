#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/workflow/cases/case_table.h"

namespace mnerva::workflow {

/// The rows of posts, which come in project order; those that the table lacks are left out. Throws Cancelled.
std::vector<std::uint32_t> rowsOf(const CaseTable& table, std::span<const PostId> posts,
                                  const std::stop_token& stop = {});

/// In which order cases are walked. Ties keep the project's order.
enum class CaseOrder {
    Project,
    Disagreeing,  ///< most disagreeing systems first
    Gap,          ///< widest gap of confidence first (CaseTable::confidenceGap); posts without one last
};
void sortRows(std::vector<std::uint32_t>& rows, const CaseTable& table, CaseOrder order);
/// In the order in which posts were named; those that were not, last.
void sortByName(std::vector<std::uint32_t>& rows, const CaseTable& table, const std::vector<std::string>& posts);

/// Posts that people come back to.
struct SavedView {
    std::string name;                ///< stable: "figure-3"
    std::string title;               ///< for people (context "SavedView")
    std::vector<std::string> posts;  ///< external ids, in the order of the view
};
/// The views that Mnerva brings: the case study of models.md 6.8.
const std::vector<SavedView>& builtInViews();
/// Those of which every post is in the table.
std::vector<SavedView> viewsOf(const CaseTable& table);

}  // namespace mnerva::workflow
