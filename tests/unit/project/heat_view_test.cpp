#include "core/project/heat_view.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>

using namespace mnerva;
using namespace mnerva::project;

namespace {

/// Two words; word w weighs cell c with `weights[w]` where c is 10 w, with .01 elsewhere.
Answer answer(float first, float second) {
    auto result = std::make_shared<protocol::PredictResult>();
    FloatArray tensor;
    tensor.shape = {1, 2, 49};
    for (int word = 0; word < 2; ++word)
        for (int cell = 0; cell < 49; ++cell)
            tensor.values.push_back(cell == 10 * word ? (word == 0 ? first : second) : 0.01F);
    result->textToImage = {tensor};
    return result;
}

std::shared_ptr<const Attribution> attribution(float hottest, bool isSigned) {
    auto made = std::make_shared<Attribution>();
    made->method = "occlusion";
    made->cells.assign(49, 0.0F);
    made->cells[5] = hottest;
    made->cells[6] = -2 * hottest;
    made->isSigned = isSigned;
    return made;
}

}  // namespace

TEST_CASE("HeatView.TwoRunsHaveOneScale") {
    HeatView view;
    view.setAnswer(HeatView::kFirst, answer(0.3F, 0.2F), 2);
    CHECK(view.at({1, 1}).maximum == Approx(0.3));
    view.setAnswer(HeatView::kSecond, answer(0.9F, 0.1F), 2);
    const Heat heat = view.at({1, 1});
    CHECK(heat.maximum == Approx(0.9));  // of the other word of the other run
    CHECK(heat.sides[0].cells[10] == Approx(0.2));
    CHECK(heat.sides[1].cells[10] == Approx(0.1));
    HeatChoice choice;
    choice.attention.sameScale = false;
    view.setChoice(choice);
    CHECK(view.at({1, 1}).maximum == Approx(0.2));  // of these words, and still one for both
    view.setAnswer(HeatView::kSecond, nullptr, 2);
    CHECK(view.at({1, 1}).sides[1].cells.empty());
}

TEST_CASE("HeatView.TheScaleReachesTheThreshold") {
    HeatView view;
    view.setAnswer(HeatView::kFirst, answer(0.014F, 0.012F), 2);  // even: it points nowhere
    CHECK(view.at({0, 0}).maximum == Approx(0.08));
    CHECK(view.at({0, 0}).options.threshold == Approx(0.08));
    CHECK(view.at({0, 0}).sides[0].hottest.empty());
}

TEST_CASE("HeatView.AMapUnderTheThresholdThatPointsSomewhereIsDrawnFromHalfOfItsLargestWeight") {
    HeatView view;
    view.setAnswer(HeatView::kFirst, answer(0.06F, 0.02F), 2);
    const Heat heat = view.at({0, 0});
    CHECK(heat.wanted == Approx(0.08));
    CHECK(heat.options.threshold == Approx(0.03));
    CHECK(heat.maximum == Approx(0.06));
    CHECK(heat.sides[0].hottest == std::vector<int>{0});
    // Beside a map that reaches the threshold, on one scale with it, the other stays as it is.
    view.setAnswer(HeatView::kSecond, answer(0.3F, 0.2F), 2);
    CHECK(view.at({0, 0}).options.threshold == Approx(0.08));
    CHECK(view.at({0, 0}).sides[0].hottest.empty());
    CHECK(view.at({0, 0}).sides[1].hottest == std::vector<int>{0});
}

TEST_CASE("HeatView.TheDifferenceIsSignedAndTakesTheWholePhoto") {
    HeatView view;
    view.setAnswer(HeatView::kFirst, answer(0.3F, 0.2F), 2);
    view.setAnswer(HeatView::kSecond, answer(0.9F, 0.1F), 2);
    HeatChoice choice;
    choice.difference = true;
    view.setChoice(choice);
    const Heat heat = view.at({0, 0});
    CHECK(heat.options.colours == vision::HeatColours::Diverging);
    CHECK(heat.options.threshold == 0);
    CHECK(heat.sides[0].cells[0] == Approx(-0.6));
    CHECK(heat.sides[0].cells[3] == Approx(0));
    CHECK(heat.sides[1].cells.empty());
    CHECK(heat.maximum == Approx(0.6));
    view.setAnswer(HeatView::kSecond, nullptr, 2);
    CHECK(view.at({0, 0}).maximum == 0);
}

TEST_CASE("HeatView.AMethodIsDrawnByItsSign") {
    HeatView view;
    view.setAnswer(HeatView::kFirst, answer(0.3F, 0.2F), 2);
    HeatChoice choice;
    choice.method = "occlusion";
    view.setChoice(choice);
    CHECK(view.at({0, 0}).maximum == 0);  // nothing yet: the attention does not stand in for it
    CHECK(view.at({0, 0}).sides[0].cells.empty());
    view.setAttribution(HeatView::kFirst, attribution(0.5F, true));
    Heat heat = view.at({0, 0});
    CHECK(heat.options.colours == vision::HeatColours::Diverging);
    CHECK(heat.maximum == Approx(1.0));  // of the cell that speaks against it
    CHECK(heat.sides[0].hottest == std::vector<int>{5});
    view.setAttribution(HeatView::kFirst, attribution(0.5F, false));
    heat = view.at({0, 0});
    CHECK(heat.options.colours == vision::HeatColours::Magma);
    CHECK(heat.maximum == Approx(0.5));
    view.setAttribution(HeatView::kSecond, attribution(0.7F, true));
    heat = view.at({0, 0});
    CHECK(heat.options.colours == vision::HeatColours::Diverging);  // one scale, so one map
    CHECK(heat.maximum == Approx(1.4));
}

TEST_CASE("HeatView.EachPictureHasItsOwnCells") {
    Attribution two = *attribution(0.5F, true);
    two.more = {std::vector<float>(49, 0.25F), std::vector<float>(7, 1.0F)};
    CHECK(cellsOfPicture(two, 0)[5] == 0.5F);
    CHECK(cellsOfPicture(two, 1)[5] == 0.25F);
    CHECK(cellsOfPicture(two, 2).empty());  // seven numbers are no map
    CHECK(cellsOfPicture(two, 3).empty());
    CHECK(cellsOfPicture(two, -1).empty());
    two.cells[0] = std::numeric_limits<float>::infinity();
    CHECK(cellsOfPicture(two, 0)[0] == 0.0F);
}

TEST_CASE("HeatView.AHeadHasItsOwnMap") {
    auto result = std::make_shared<protocol::PredictResult>();
    FloatArray tensor;
    tensor.shape = {2, 2, 49};
    for (int head = 0; head < 2; ++head)
        for (int i = 0; i < 2 * 49; ++i) tensor.values.push_back(head == 0 ? 0.25F : 0.75F);
    result->textToImage = {tensor};
    CHECK(headCells(result, 2, {}, 0, 1, {0, 1})[7] == Approx(0.75));
    CHECK(headCells(result, 2, {}, 0, -1, {0, 1})[7] == Approx(0.5));
    CHECK(headCells(result, 2, {}, 3, 0, {0, 1}).empty());
    CHECK(headCells(nullptr, 2, {}, 0, 0, {0, 1}).empty());
}
