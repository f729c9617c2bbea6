#include "core/domain/region.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "core/base/error.h"

namespace {
using namespace mnerva;

Region box(RegionOrigin origin, int width = 10, std::optional<double> score = {}) {
    Region region;
    region.width = width;
    region.height = 10;
    region.origin = origin;
    region.score = score;
    if (origin == RegionOrigin::Detector) region.detector = "faces";
    return region;
}
bool holds(const Region& region) {
    try {
        checkRegion(region);
        return true;
    } catch (const Error&) {
        return false;
    }
}
}  // namespace

TEST_CASE("Region.EveryOriginHasANameOfItsOwn") {
    for (auto origin : {RegionOrigin::CropList, RegionOrigin::Xml, RegionOrigin::Detector, RegionOrigin::Human})
        CHECK(originFromName(originName(origin)) == origin);
    CHECK_FALSE(originFromName("magic"));
}

TEST_CASE("Region.TheInvariantRefusesWhatIsNoBox") {
    CHECK(holds(box(RegionOrigin::Human)));
    CHECK(holds(box(RegionOrigin::Detector, 10, 0.5)));
    CHECK_FALSE(holds(box(RegionOrigin::Human, 0)));
    CHECK_FALSE(holds(box(RegionOrigin::Detector, 10, 1.5)));
    CHECK_FALSE(holds(box(RegionOrigin::Detector, 10, std::nan(""))));
    Region left = box(RegionOrigin::Human);
    left.left = -1;
    CHECK_FALSE(holds(left));
    left.left = 2147483640;
    CHECK_FALSE(holds(left));
    Region nameless = box(RegionOrigin::Detector, 10, 0.5);
    nameless.detector.clear();
    CHECK_FALSE(holds(nameless));
    Region lines = box(RegionOrigin::Xml);
    lines.label = "a\nb";
    CHECK_FALSE(holds(lines));
}

TEST_CASE("Region.HumanComesBeforeFilesAndFilesBeforeDetectorsByScore") {
    std::vector<Region> regions{box(RegionOrigin::Detector, 10, 0.4), box(RegionOrigin::Xml, 10),
                                box(RegionOrigin::Detector, 10, 0.9), box(RegionOrigin::CropList),
                                box(RegionOrigin::Xml, 30),           box(RegionOrigin::Human)};
    sortBestFirst(regions);
    CHECK(regions[0].origin == RegionOrigin::Human);
    CHECK(regions[1].width == 30);
    CHECK(regions[2].origin == RegionOrigin::Xml);
    CHECK(regions[3].origin == RegionOrigin::CropList);
    CHECK(regions[4].score == 0.9);
    CHECK(regions[5].score == 0.4);
}

TEST_CASE("Region.ABoxIsCutAtTheEdgesOfAKnownPicture") {
    const ClippedBox inside = clippedBox(1, 2, 11.4, 20.6, 100, 50);
    CHECK_FALSE(inside.wasCut);
    CHECK(inside.left == 1);
    CHECK(inside.width == 10);
    CHECK(inside.height == 19);
    const ClippedBox cut = clippedBox(-5, 40, 105, 1e30, 100, 50);
    CHECK(cut.wasCut);
    CHECK(cut.left == 0);
    CHECK(cut.width == 100);
    CHECK(cut.height == 10);
    CHECK(clippedBox(200, 0, 300, 10, 100, 50).width == 0);
    CHECK(clippedBox(200, 0, 300, 10, 0, 0).width == 100);
}
