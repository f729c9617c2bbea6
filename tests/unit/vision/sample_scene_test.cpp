#include "core/vision/sample_scene.h"

#include <catch2/catch.hpp>
#include <set>

#include "core/vision/dice.h"

using namespace mnerva::vision;

TEST_CASE("Dice.GivesTheSameNumbersOnEveryMachine") {
    Dice dice(1);
    CHECK(dice.next() == 0x910a2dec89025cc1ull);  // splitmix64's first for seed 1
    CHECK(dice.next() == 0xbeeb8da1658eec67ull);
}

TEST_CASE("Dice.BetweenReachesBothEndsAndNoFurther") {
    Dice dice(3);
    std::set<int> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(dice.between(-1, 2));
    CHECK(seen == std::set<int>{-1, 0, 1, 2});
}

TEST_CASE("Dice.ChanceFollowsItsProbability") {
    Dice dice(4);
    int hits = 0;
    for (int i = 0; i < 10000; ++i) hits += dice.chance(0.25);
    CHECK(hits == Approx(2500).margin(200));
    CHECK_FALSE(dice.chance(0));
    CHECK(dice.chance(1));
}

TEST_CASE("SampleScene.EqualScenesGiveEqualPixels") {
    const SampleScene scene = sampleScene(SampleObject::Sign, 42);
    CHECK(drawScene(scene) == drawScene(sampleScene(SampleObject::Sign, 42)));
    CHECK_FALSE(drawScene(scene) == drawScene(sampleScene(SampleObject::Sign, 43)));
}

TEST_CASE("SampleScene.ShorterSideIs256") {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const SampleScene scene = sampleScene(SampleObject::Person, seed);
        CHECK(std::min(scene.width, scene.height) == 256);
    }
}

TEST_CASE("SampleScene.ObjectsChangeOnlyTheirBox") {
    for (SampleObject object : {SampleObject::Person, SampleObject::Mountains, SampleObject::Sign}) {
        SampleScene scene = sampleScene(object, 7);
        const Picture with = drawScene(scene);
        scene.object.reset();
        const Picture without = drawScene(scene);
        const PixelBox& box = scene.box;
        int inside = 0, outside = 0;
        for (int y = 0; y < with.height; ++y)
            for (int x = 0; x < with.width; ++x) {
                if (std::equal(with.at(x, y), with.at(x, y) + 3, without.at(x, y))) continue;
                const bool in =
                    x >= box.x - 1 && x <= box.x + box.width + 1 && y >= box.y - 1 && y <= box.y + box.height + 1;
                ++(in ? inside : outside);
            }
        CHECK(outside == 0);
        CHECK(inside > box.width * box.height / 8);
    }
}
