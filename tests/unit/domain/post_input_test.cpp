#include "core/domain/post_input.h"

#include <catch2/catch.hpp>

using namespace mnerva;

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
