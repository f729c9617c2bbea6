#include "core/vision/boxes.h"

#include <catch2/catch.hpp>
#include <limits>

using namespace mnerva::vision;

TEST_CASE("Boxes.IoUByHand") {
    const Box a{0, 0, 10, 10};
    CHECK(intersectionOverUnion(a, a) == 1.0);
    CHECK(intersectionOverUnion(a, {0, 0, 10, 5}) == Approx(0.5));
    CHECK(intersectionOverUnion(a, {5, 5, 15, 15}) == Approx(25.0 / 175.0));
    CHECK(intersectionOverUnion({5, 5, 15, 15}, a) == intersectionOverUnion(a, {5, 5, 15, 15}));
    CHECK(intersectionOverUnion(a, {10, 0, 20, 10}) == 0.0);  // side by side
    CHECK(intersectionOverUnion({3, 3, 3, 3}, {3, 3, 3, 3}) == 0.0);
    CHECK(intersectionOverUnion({8, 8, 2, 2}, a) == 0.0);  // edges exchanged
}

TEST_CASE("Boxes.AreCutToThePicture") {
    CHECK(clippedBox({-5, 2, 30, 50}, 20, 40) == Box{0, 2, 20, 40});
    CHECK(clippedBox({1, 2, 3, 4}, 20, 40) == Box{1, 2, 3, 4});
}

TEST_CASE("Boxes.WithoutAPixelInsideAreNothing") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const Box& box : {Box{25, 0, 30, 10}, Box{5, 5, 5, 9}, Box{9, 5, 5, 9}, Box{19.5, 0, 40, 10},
                           Box{nan, 0, 9, 9}, Box{0, 0, 9, std::numeric_limits<double>::infinity()}})
        CHECK_FALSE(clippedBox(box, 20, 40).has_value());
    CHECK_FALSE(clippedBox({0, 0, 5, 5}, 0, 0).has_value());
}

TEST_CASE("RegionLabels.BestIoUOfAnyGoldBoxNormalised") {
    const std::vector<Box> gold{{0, 0, 10, 10}, {20, 0, 30, 10}};
    const std::vector<Box> candidates{{0, 0, 10, 10}, {20, 0, 30, 5}, {0, 0, 10, 4}, {50, 50, 60, 60}};
    const std::vector<float> q = regionLabels(gold, candidates);  // IoU 1, .5, .4, 0
    CHECK(q[0] == Approx(1 / 1.5));
    CHECK(q[1] == Approx(0.5 / 1.5));  // exactly .5 covers
    CHECK(q[2] == 0.0f);
    CHECK(q[3] == 0.0f);
}

TEST_CASE("RegionLabels.AllZeroWhenNothingCovers") {
    const std::vector<Box> gold{{0, 0, 10, 10}}, far{{40, 40, 50, 50}, {0, 0, 10, 4.9}};
    CHECK(regionLabels(gold, far) == std::vector<float>{0, 0});
    CHECK(regionLabels({}, far) == std::vector<float>{0, 0});
    CHECK(regionLabels(gold, {}).empty());
}
