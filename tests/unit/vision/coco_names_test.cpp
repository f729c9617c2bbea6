#include "core/vision/coco_names.h"

#include <catch2/catch.hpp>
#include <set>

using namespace mnerva::vision;

TEST_CASE("CocoNames: eighty different names, numbered from 1 in COCO's order") {
    CHECK(std::set<std::string_view>(cocoNames().begin(), cocoNames().end()).size() == 80);
    CHECK(cocoName(1) == "person");
    CHECK(cocoName(17) == "dog");
    CHECK(cocoName(58) == "couch");
    CHECK(cocoName(63) == "tv");
    CHECK(cocoName(80) == "toothbrush");
    for (int id = 1; id <= kCocoClasses; ++id) CHECK(cocoClass(cocoName(id)) == id);
}

TEST_CASE("CocoNames: case and underscores do not matter; what COCO lacks is 0") {
    CHECK(cocoClass("Traffic_Light") == 10);
    CHECK(cocoClass("location") == 0);
    CHECK(cocoClass("") == 0);
    CHECK(cocoName(0).empty());
    CHECK(cocoName(81).empty());
}
