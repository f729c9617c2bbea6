#include "core/vision/sample_scene.h"

#include <array>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/vision/dice.h"
#include "core/vision/geometry.h"

namespace mnerva::vision {
namespace {

constexpr int kSmallestObject = 64, kLargestObject = 96, kClutter = 12;
const cv::Scalar kSkin(224, 172, 105), kRock(90, 90, 90), kForest(60, 110, 60), kBlack(0, 0, 0), kWhite(255, 255, 255);

cv::Scalar colour(Dice& dice, int low, int high) {
    const int red = dice.between(low, high), green = dice.between(low, high), blue = dice.between(low, high);
    return cv::Scalar(red, green, blue);
}

/// A place inside the box, given as shares of its sides.
cv::Point inside(const PixelBox& box, double x, double y) {
    return {box.x + static_cast<int>(std::lround(x * box.width)),
            box.y + static_cast<int>(std::lround(y * box.height))};
}

void fillTriangle(cv::Mat& image, const std::array<cv::Point, 3>& corners, const cv::Scalar& with) {
    cv::fillConvexPoly(image, corners.data(), static_cast<int>(corners.size()), with);
}

void drawPerson(cv::Mat& image, const PixelBox& box, const cv::Scalar& clothes) {
    cv::ellipse(image, inside(box, .5, .2), cv::Size(box.width / 5, box.height / 5), 0, 0, 360, kSkin, cv::FILLED);
    fillTriangle(image, {inside(box, .5, .35), inside(box, .1, 1), inside(box, .9, 1)}, clothes);
}

void drawMountains(cv::Mat& image, const PixelBox& box) {
    fillTriangle(image, {inside(box, 0, 1), inside(box, .35, .1), inside(box, .7, 1)}, kRock);
    fillTriangle(image, {inside(box, .4, 1), inside(box, .7, .35), inside(box, 1, 1)}, kForest);
}

void drawSign(cv::Mat& image, const PixelBox& box, const cv::Scalar& board) {
    constexpr int kFrame = 4, kStroke = 5, kStrokes = 4;
    const cv::Rect whole(inside(box, 0, .2), inside(box, 1, .8));
    cv::rectangle(image, whole, kBlack, cv::FILLED);
    cv::rectangle(image,
                  cv::Rect(whole.x + kFrame, whole.y + kFrame, whole.width - 2 * kFrame, whole.height - 2 * kFrame),
                  board, cv::FILLED);
    for (int i = 0; i < kStrokes; ++i) {
        const cv::Point top = inside(box, .15 + .2 * i, .3), bottom = inside(box, .15 + .2 * i, .7);
        cv::rectangle(image, cv::Rect(top.x - kStroke / 2, top.y, kStroke, bottom.y - top.y), kWhite, cv::FILLED);
    }
}

}  // namespace

SampleScene sampleScene(std::optional<SampleObject> object, std::uint64_t seed) {
    Dice dice(seed);
    SampleScene scene;
    const int shape = dice.between(0, 9);
    if (shape == 0) scene.width = 340;
    if (shape == 1) scene.height = 340;
    scene.object = object;
    scene.seed = dice.next();
    if (object) {
        const Rect seen = visibleArea(scene.width, scene.height);
        const int side = dice.between(kSmallestObject, kLargestObject);
        scene.box = {static_cast<int>(seen.x) + dice.between(0, kCropSide - side),
                     static_cast<int>(seen.y) + dice.between(0, kCropSide - side), side, side};
    }
    return scene;
}

Picture drawScene(const SampleScene& scene) {
    Dice dice(scene.seed);
    Picture picture = filledPicture(scene.width, scene.height, 0, 0, 0);
    cv::Mat image(picture.height, picture.width, CV_8UC3, picture.rgb.data());
    image.setTo(colour(dice, 120, 220));
    for (int i = 0; i < kClutter; ++i) {
        const int x = dice.between(0, scene.width - 1), y = dice.between(0, scene.height - 1),
                  side = dice.between(4, 14);
        cv::rectangle(image, cv::Rect(x, y, side + 1, side + 1), colour(dice, 60, 240), cv::FILLED);
    }
    const cv::Scalar own = colour(dice, 0, 255);
    if (scene.object == SampleObject::Person) drawPerson(image, scene.box, own);
    if (scene.object == SampleObject::Mountains) drawMountains(image, scene.box);
    if (scene.object == SampleObject::Sign) drawSign(image, scene.box, own);
    return picture;
}

}  // namespace mnerva::vision
