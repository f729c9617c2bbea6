#include "core/domain/region.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <tuple>

#include "core/base/check.h"

namespace mnerva {
namespace {

constexpr std::array<std::string_view, 4> kOriginNames{"crop-list", "xml", "detector", "human"};
constexpr int kFarthest = std::numeric_limits<int>::max();

bool isOneLine(const std::string& text) {
    return text.find('\n') == std::string::npos;
}

int rankOf(RegionOrigin origin) {
    switch (origin) {
        case RegionOrigin::Human:
            return 0;
        case RegionOrigin::Xml:
            return 1;
        case RegionOrigin::CropList:
            return 2;
        case RegionOrigin::Detector:
            return 3;
    }
    return 4;
}

/// The nearest whole pixel within [0, limit].
int pixelWithin(double value, int limit) {
    return static_cast<int>(std::lround(std::clamp(value, 0.0, static_cast<double>(limit))));
}

}  // namespace

std::string_view originName(RegionOrigin origin) {
    return kOriginNames[static_cast<std::size_t>(origin)];
}

std::optional<RegionOrigin> originFromName(std::string_view name) {
    const auto found = std::find(kOriginNames.begin(), kOriginNames.end(), name);
    if (found == kOriginNames.end()) return std::nullopt;
    return static_cast<RegionOrigin>(found - kOriginNames.begin());
}

bool Region::sameAs(const Region& o) const {
    return image == o.image && left == o.left && top == o.top && width == o.width && height == o.height &&
           label == o.label && score == o.score && origin == o.origin && detector == o.detector &&
           fingerprint == o.fingerprint;
}

void checkRegion(const Region& region) {
    MNERVA_CHECK(region.image >= 0 && region.left >= 0 && region.top >= 0);
    MNERVA_CHECK(region.width > 0 && region.height > 0);
    MNERVA_CHECK(std::int64_t{region.left} + region.width <= kFarthest);
    MNERVA_CHECK(std::int64_t{region.top} + region.height <= kFarthest);
    MNERVA_CHECK(!region.score || (*region.score >= 0 && *region.score <= 1));  // false for what is no number
    MNERVA_CHECK(region.origin != RegionOrigin::Detector || !region.detector.empty());
    MNERVA_CHECK(region.origin == RegionOrigin::Detector || region.origin == RegionOrigin::Human ||
                 region.detector.empty());
    MNERVA_CHECK(region.origin == RegionOrigin::Detector || region.fingerprint.empty());
    MNERVA_CHECK(isOneLine(region.label) && isOneLine(region.detector) && isOneLine(region.fingerprint));
}

RegionId newRegionId() {
    constexpr std::int64_t kMostDrawnId = std::int64_t{1} << 62;
    thread_local std::mt19937_64 dice{[] {
        std::random_device device;
        std::seed_seq seed{device(), device(), device(), device()};
        return std::mt19937_64(seed);
    }()};
    return RegionId{std::uniform_int_distribution<std::int64_t>(kFirstDrawnId, kMostDrawnId)(dice)};
}

void sortLinks(std::vector<RegionLink>& links) {
    std::sort(links.begin(), links.end(), [](const RegionLink& a, const RegionLink& b) {
        return std::tie(a.entity.first, a.entity.last, a.entity.type, a.region.value) <
               std::tie(b.entity.first, b.entity.last, b.entity.type, b.region.value);
    });
}

void sortBestFirst(std::vector<Region>& regions) {
    const auto area = [](const Region& r) { return std::int64_t{r.width} * r.height; };
    std::stable_sort(regions.begin(), regions.end(), [&](const Region& a, const Region& b) {
        if (a.origin != b.origin) return rankOf(a.origin) < rankOf(b.origin);
        const double scoreA = a.score.value_or(1), scoreB = b.score.value_or(1);
        if (scoreA != scoreB) return scoreA > scoreB;
        return area(a) > area(b);
    });
}

ClippedBox clippedBox(double left, double top, double right, double bottom, int width, int height) {
    ClippedBox box;
    const int rightmost = width > 0 ? width : kFarthest, lowest = height > 0 ? height : kFarthest;
    box.left = pixelWithin(left, rightmost);
    box.top = pixelWithin(top, lowest);
    box.width = std::max(0, pixelWithin(right, rightmost) - box.left);
    box.height = std::max(0, pixelWithin(bottom, lowest) - box.top);
    box.wasCut = left < 0 || top < 0 || right > rightmost || bottom > lowest;
    return box;
}

}  // namespace mnerva
