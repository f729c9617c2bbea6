#include "core/models/pictures/box_crops.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace mnerva;
using namespace mnerva::models;

namespace {

std::vector<std::size_t> boxesOf(const std::vector<std::string>& labels, BoxCrops choice, int most) {
    PostInput post;
    post.imagePath = "0";
    for (const std::string& label : labels) post.regions.push_back({0, 0, 1, 1, label, 1, "yolo"});
    return boxesAsCrops(post, choice, most);
}

using Places = std::vector<std::size_t>;

}  // namespace

TEST_CASE("Pictures: boxes stand for crops best first, and only where a post has no crops") {
    CHECK(boxesOf({"dog", "person", "cat"}, BoxCrops::Best, 2) == Places{0, 1});
    CHECK(boxesOf({"dog"}, BoxCrops::Best, 3) == Places{0});
    CHECK(boxesOf({"dog"}, BoxCrops::None, 3).empty());
    CHECK(boxesOf({"dog"}, BoxCrops::Best, 0).empty());
    PostInput post;
    post.cropPaths = {"crop"};
    post.regions.push_back({0, 0, 1, 1, "dog", 1, "yolo"});
    CHECK(boxesAsCrops(post, BoxCrops::Best, 3).empty());
    CHECK(boxesAsCrops(post, BoxCrops::ByClass, 3).empty());
}

TEST_CASE("Pictures: by class the best person, thing, location and organization are taken, in this order") {
    CHECK(boxesOf({"dog", "Person", "ORG", "person", "cat", "Location"}, BoxCrops::ByClass, 4) == Places{1, 0, 5, 2});
    CHECK(boxesOf({"face"}, BoxCrops::ByClass, 4) == Places{0});
    // Neither location nor organization: their places stay with the whole picture.
    CHECK(boxesOf({"dog", "person", "cat", "car"}, BoxCrops::ByClass, 4) == Places{1, 0});
    CHECK(boxesOf({"dog", "person"}, BoxCrops::ByClass, 1) == Places{1});
    // Places beyond the four classes go to what is left, boxes without label included.
    CHECK(boxesOf({"", "dog", "person", "cat"}, BoxCrops::ByClass, 6) == Places{2, 1, 0, 3});
}
