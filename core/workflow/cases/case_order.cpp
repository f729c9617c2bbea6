#include "core/workflow/cases/case_order.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/error.h"
#include "core/base/translatable.h"

namespace mnerva::workflow {
namespace {

constexpr std::size_t kRowsBetweenLooks = 16384;

}  // namespace

std::vector<std::uint32_t> rowsOf(const CaseTable& table, std::span<const PostId> posts, const std::stop_token& stop) {
    std::vector<std::uint32_t> rows;
    rows.reserve(posts.size());
    for (std::size_t i = 0; i < posts.size(); ++i) {
        if (i % kRowsBetweenLooks == 0 && stop.stop_requested()) throw Cancelled{};
        if (const auto row = table.rowOf(posts[i])) rows.push_back(static_cast<std::uint32_t>(*row));
    }
    return rows;
}

void sortRows(std::vector<std::uint32_t>& rows, const CaseTable& table, CaseOrder order) {
    if (order == CaseOrder::Project) {
        std::sort(rows.begin(), rows.end());
        return;
    }
    std::vector<std::pair<double, std::uint32_t>> keyed;
    keyed.reserve(rows.size());
    for (const std::uint32_t row : rows)
        keyed.emplace_back(
            order == CaseOrder::Disagreeing ? table.disagreeing(row) : table.confidenceGap(row).value_or(-1), row);
    std::sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = keyed[i].second;
}

void sortByName(std::vector<std::uint32_t>& rows, const CaseTable& table, const std::vector<std::string>& posts) {
    const auto place = [&](std::uint32_t row) {
        return std::find(posts.begin(), posts.end(), table.externalId(row)) - posts.begin();
    };
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) { return place(a) < place(b); });
}

const std::vector<SavedView>& builtInViews() {
    static const std::vector<SavedView> views{{"figure-3",
                                               MNERVA_TEXT("SavedView", "Figure 3 of the paper"),
                                               {"587868", "791750", "841095", "456985", "806530"}}};
    return views;
}

std::vector<SavedView> viewsOf(const CaseTable& table) {
    std::unordered_set<std::string> ids;
    for (std::size_t row = 0; row < table.rows(); ++row) ids.insert(table.externalId(row));
    std::vector<SavedView> there;
    for (const SavedView& view : builtInViews())
        if (std::all_of(view.posts.begin(), view.posts.end(), [&](const std::string& id) { return ids.contains(id); }))
            there.push_back(view);
    return there;
}

}  // namespace mnerva::workflow
