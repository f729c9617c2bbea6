#include <catch2/catch.hpp>

#include "core/models/options.h"
#include "core/models/predictor.h"

using namespace mnerva::models;

namespace {

PostInput clip(int pictures, const std::vector<double>& seconds = {}) {
    PostInput post;
    post.imagePath = "0";
    for (int i = 1; i < pictures; ++i) post.morePictures.push_back({std::to_string(i), {}, {}, {}});
    if (seconds.empty()) return post;
    post.seconds = seconds[0];
    for (std::size_t i = 1; i < seconds.size(); ++i) post.morePictures[i - 1].seconds = seconds[i];
    return post;
}

std::string chosen(const PostInput& post, int most) {
    std::string names;
    for (const PictureInput& picture : furtherPictures(post, most)) names += picture.path + " ";
    return names;
}

}  // namespace

TEST_CASE("Pictures: as many as fit are used, of more the first and others evenly spread") {
    CHECK(chosen(clip(1), 4).empty());
    CHECK(chosen(clip(4), 4) == "1 2 3 ");
    CHECK(chosen(clip(7), 4) == "2 4 6 ");
    CHECK(chosen(clip(10), 4) == "3 6 9 ");
    CHECK(chosen(clip(9), 2) == "8 ");
    CHECK(chosen(clip(9), 1).empty());
}

TEST_CASE("Pictures: frames are spread by their times where all have one") {
    const std::vector<double> late{0, 1, 2, 3, 4, 60, 90};
    CHECK(chosen(clip(7, late), 4) == "4 5 6 ");  // near 30, 60 and 90 s
    PostInput some = clip(7, late);
    some.morePictures[2].seconds.reset();
    CHECK(chosen(some, 4) == "2 4 6 ");
    CHECK(chosen(clip(5, {3, 3, 3, 3, 3}), 3) == "1 2 ");  // none twice
}

TEST_CASE("Pictures: of an answer the first blocks can be kept alone") {
    Prediction p;
    p.pictures = 2;
    p.relevance = {0.1, 0.2, 0.3, 0.4};
    p.textToImage.push_back({{2, 1, 4}, {0, 1, 2, 3, 4, 5, 6, 7}});
    p.imageToText.push_back({{1, 4, 2}, {0, 1, 2, 3, 4, 5, 6, 7}});
    keepPictures(p, 2);
    CHECK(p.relevance.size() == 4);
    keepPictures(p, 1);
    CHECK(p.pictures == 1);
    CHECK(p.relevance == std::vector<double>{0.1, 0.2});
    CHECK(p.textToImage[0].shape == std::vector<int>{2, 1, 2});
    CHECK(p.textToImage[0].values == std::vector<float>{0, 1, 4, 5});
    CHECK(p.imageToText[0].shape == std::vector<int>{1, 2, 2});
    CHECK(p.imageToText[0].values == std::vector<float>{0, 1, 2, 3});
}

TEST_CASE("Options: a run that is older than an option goes on as it was") {
    const SystemInfo& mpcfn = systemByName("mpcfn");
    CHECK(completeOptions(mpcfn, nlohmann::json::object()).at("pictures") == 1);
    CHECK(completeOptions(mpcfn, {{"pictures", 3}}).at("pictures") == 3);
    CHECK(resolveOptions(mpcfn, "", {}).at("pictures") == 4);
}

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
