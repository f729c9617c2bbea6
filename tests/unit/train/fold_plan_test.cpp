#include "core/train/fold_plan.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "core/base/error.h"

using namespace mnerva;
using namespace mnerva::train;

namespace {

std::vector<FoldItem> posts(int count, int ofAGroup = 1) {
    std::vector<FoldItem> out;
    for (int i = 0; i < count; ++i) out.push_back({i / ofAGroup, 3 + i * 7 % 20});
    return out;
}

std::map<int, int> sizes(const std::vector<int>& plan) {
    std::map<int, int> out;
    for (const int fold : plan) ++out[fold];
    return out;
}

}  // namespace

TEST_CASE("FoldPlan.FoldsDifferByAtMostOnePost") {
    for (const int folds : {2, 3, 7, 10}) {
        const auto of = sizes(plannedFolds(posts(101), folds, 1));
        CHECK(static_cast<int>(of.size()) == folds);
        for (const auto& [fold, size] : of) CHECK((size == 101 / folds || size == 101 / folds + 1));
    }
}

TEST_CASE("FoldPlan.FoldsHaveWordsAlike") {
    const auto items = posts(400);
    const auto plan = plannedFolds(items, 4, 3);
    std::map<int, int> words;
    for (std::size_t i = 0; i < items.size(); ++i) words[plan[i]] += items[i].words;
    for (const auto& [fold, count] : words) CHECK(std::abs(count - words[0]) < 125);  // of some 1,250
}

TEST_CASE("FoldPlan.AGroupStaysTogether") {
    const auto items = posts(60, 4);
    const auto plan = plannedFolds(items, 5, 1);
    for (std::size_t i = 0; i < items.size(); ++i) CHECK(plan[i] == plan[i / 4 * 4]);
    CHECK(sizes(plan) == std::map<int, int>{{0, 12}, {1, 12}, {2, 12}, {3, 12}, {4, 12}});
}

TEST_CASE("FoldPlan.TheSeedDecides") {
    CHECK(plannedFolds(posts(50), 5, 1) == plannedFolds(posts(50), 5, 1));
    CHECK(plannedFolds(posts(50), 5, 1) != plannedFolds(posts(50), 5, 2));
}

TEST_CASE("FoldPlan.MoreFoldsThanGroupsIsRefused") {
    const auto codeOf = [](const std::vector<FoldItem>& items, int folds) {
        try {
            plannedFolds(items, folds, 1);
        } catch (const Error& error) {
            return error.code();
        }
        return ErrorCode::Internal;
    };
    CHECK(codeOf(posts(8, 4), 3) == ErrorCode::OptionInvalid);
    CHECK(codeOf(posts(8), 1) == ErrorCode::OptionInvalid);
    CHECK(codeOf({}, 2) == ErrorCode::OptionInvalid);
}
