#include "core/domain/entity_box.h"

#include <algorithm>
#include <cstdint>

namespace mnerva {

bool sameRegion(const EntityBox& a, const EntityBox& b) {
    const auto shared = [](std::int64_t from, std::int64_t length, std::int64_t otherFrom, std::int64_t otherLength) {
        return std::max<std::int64_t>(0, std::min(from + length, otherFrom + otherLength) - std::max(from, otherFrom));
    };
    const auto areaOf = [](const EntityBox& box) { return static_cast<double>(box.width) * box.height; };
    const double common = static_cast<double>(shared(a.left, a.width, b.left, b.width)) *
                          static_cast<double>(shared(a.top, a.height, b.top, b.height));
    return common > 0 && 2 * common >= areaOf(a) + areaOf(b) - common;
}

}  // namespace mnerva
