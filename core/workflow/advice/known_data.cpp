#include "core/workflow/advice/known_data.h"

#include <algorithm>
#include <cmath>

#include "core/workflow/advice/known_ids_internal.h"

namespace mnerva::workflow {
namespace {

constexpr double kLeastFound = 0.5;  // of the ids
constexpr std::array<std::string_view, 4> kTweetTypes{"LOC", "MISC", "ORG", "PER"};
constexpr std::array<std::string_view, 5> kWukongTypes{"GPE", "LOC", "MOHULOC", "ORG", "PER"};
constexpr double kLargest = 1.25;  // times the published number of posts

std::int64_t totalOf(const KnownData& data) {
    return data.posts[0] + data.posts[1] + data.posts[2];
}

double shareFound(const KnownData& data, const DataSheet& sheet) {
    const auto found = std::count_if(data.ids.begin(), data.ids.end(),
                                     [&](std::uint64_t id) { return sheet.contentIds.contains(id); });
    return data.ids.empty() ? 0 : static_cast<double>(found) / static_cast<double>(data.ids.size());
}

double sizeDistance(const KnownData& data, const DataSheet& sheet) {
    return std::abs(
        std::log(static_cast<double>(totalOf(data)) / static_cast<double>(std::max<std::int64_t>(1, sheet.total()))));
}

}  // namespace

std::span<const KnownData> knownData() {
    static const std::array<KnownData, 4> all{{
        {"twitter2015", "Twitter-2015", {4000, 1000, 3257}, PostLanguage::Latin, kTweetTypes, kTwitter2015Ids},
        {"twitter2017", "Twitter-2017", {3373, 723, 723}, PostLanguage::Latin, kTweetTypes, kTwitter2017Ids},
        {"wukong", "WuKong", {36024, 9699, 9700}, PostLanguage::Chinese, kWukongTypes, kWukongIds},
        {"twitter10000",
         "Twitter-10000 (GMNER)",
         {7000, 1500, 1500},
         PostLanguage::Latin,
         kTweetTypes,
         kTwitter10000Ids},
    }};
    return all;
}

bool haveTypesOf(const KnownData& data, const std::vector<std::string>& types) {
    return !types.empty() && std::all_of(types.begin(), types.end(), [&](const std::string& type) {
        return std::find(data.types.begin(), data.types.end(), type) != data.types.end();
    });
}

Recognised recognise(const DataSheet& sheet) {
    Recognised best;
    double bestShare = 0;
    for (const KnownData& data : knownData()) {
        const double share = shareFound(data, sheet);
        if (share < kLeastFound || static_cast<double>(sheet.total()) > kLargest * static_cast<double>(totalOf(data)))
            continue;
        const bool isNearer = best.data && sizeDistance(data, sheet) < sizeDistance(*best.data, sheet);
        if (!best.data || share > bestShare || (share == bestShare && isNearer)) {
            best = {&data, Recognised::By::Content};
            bestShare = share;
        }
    }
    if (best.data) return best;
    for (const KnownData& data : knownData())
        if (data.posts == sheet.posts && data.language == sheet.language && haveTypesOf(data, sheet.types))
            return {&data, Recognised::By::Sizes};
    return {};
}

}  // namespace mnerva::workflow
