#include "core/train/fold_plan.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <tuple>

#include "core/base/error.h"

namespace mnerva::train {

std::vector<int> plannedFolds(const std::vector<FoldItem>& items, int folds, std::uint64_t seed) {
    std::map<int, std::size_t> places;
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto [place, isNew] = places.try_emplace(items[i].group, groups.size());
        if (isNew) groups.emplace_back();
        groups[place->second].push_back(i);
    }
    if (folds < 2 || static_cast<std::size_t>(folds) > groups.size())
        throw Error(ErrorCode::OptionInvalid, {"--folds", std::to_string(folds),
                                               "2 to " + std::to_string(std::max<std::size_t>(2, groups.size())) +
                                                   ", the number of groups of unlike training posts"});
    std::mt19937_64 random(seed * 1000003u + static_cast<std::uint64_t>(folds));
    for (std::size_t i = groups.size(); i > 1; --i) std::swap(groups[i - 1], groups[random() % i]);
    std::stable_sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    std::vector<int> out(items.size());
    std::vector<std::tuple<std::size_t, std::int64_t, int>> loads;  // posts, words, fold
    for (int fold = 0; fold < folds; ++fold) loads.emplace_back(0, 0, fold);
    for (const std::vector<std::size_t>& group : groups) {
        auto& [posts, words, fold] = *std::min_element(loads.begin(), loads.end());
        posts += group.size();
        for (const std::size_t item : group) {
            words += items[item].words;
            out[item] = fold;
        }
    }
    return out;
}

}  // namespace mnerva::train
