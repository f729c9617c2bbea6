#include "core/domain/prediction.h"

#include <catch2/catch.hpp>

using namespace mnerva;

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
