#include "core/vision/geometry.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace mnerva::vision;

TEST_CASE("ResizedSize.BringsShorterSideTo256AndCutsTheFraction") {
    CHECK(resizedSize(640, 480).width == 341);  // 341.33
    CHECK(resizedSize(640, 480).height == 256);
    CHECK(resizedSize(480, 640).width == 256);
    CHECK(resizedSize(480, 640).height == 341);
    CHECK(resizedSize(1024, 683).width == 383);  // 383.81
}

TEST_CASE("ResizedSize.SquareBecomes256") {
    CHECK(resizedSize(1, 1).width == 256);
    CHECK(resizedSize(5000, 5000).height == 256);
}

TEST_CASE("ResizedSize.OfNothingIsNothing") {
    for (auto [w, h] : {std::pair{0, 10}, {10, 0}, {0, 0}, {-3, 4}}) {
        CHECK(resizedSize(w, h).width == 0);
        CHECK(resizedSize(w, h).height == 0);
    }
}

TEST_CASE("VisibleArea.OfA256SquareIsItsMiddle224") {
    const Rect area = visibleArea(256, 256);
    CHECK(area.x == Approx(16));
    CHECK(area.y == Approx(16));
    CHECK(area.width == Approx(224));
    CHECK(area.height == Approx(224));
}

TEST_CASE("VisibleArea.OfALandscapePictureIsCentredAndInside") {
    const Rect area = visibleArea(640, 480);
    CHECK(area.x + area.width / 2 == Approx(320).margin(1.5));
    CHECK(area.y + area.height / 2 == Approx(240).margin(1e-9));
    CHECK(area.height == Approx(420));
    CHECK(area.x >= 0);
    CHECK(area.x + area.width <= 640);
}

TEST_CASE("VisibleArea.RoundsHalfOffsetsToEvenAsPython") {
    // 341 columns leave 58.5 on each side; Python rounds to 58.
    const Rect area = visibleArea(640, 480);
    CHECK(area.x == Approx(58.0 * 640 / 341));
    // 257 columns: 16.5 becomes 16, not 17.
    CHECK(visibleArea(257, 256).x == Approx(16));
}

TEST_CASE("VisibleArea.OfNothingIsEmpty") {
    CHECK(visibleArea(0, 0).width == 0);
    CHECK(visibleArea(-1, 5).height == 0);
}

TEST_CASE("VisibleArea.StaysInsideTinyAndHugePictures") {
    for (auto [w, h] : {std::pair{1, 1}, {2, 3}, {7, 1}, {20000, 15000}, {40, 12000}, {65535, 17}}) {
        const Rect area = visibleArea(w, h);
        INFO(w << " x " << h);
        CHECK(area.width > 0);
        CHECK(area.height > 0);
        CHECK(area.x >= -1e-9);
        CHECK(area.y >= -1e-9);
        CHECK(area.x + area.width <= w + 1e-6);
        CHECK(area.y + area.height <= h + 1e-6);
    }
}

TEST_CASE("CellRect.NumbersRowsFirst", "[invariant-7]") {
    // Invariant 7: cell (r, c) is index 7(r-1)+(c-1).
    const Rect second = cellRect(1, 256, 256), nextRow = cellRect(7, 256, 256);
    CHECK(second.x == Approx(16 + 32));
    CHECK(second.y == Approx(16));
    CHECK(nextRow.x == Approx(16));
    CHECK(nextRow.y == Approx(16 + 32));
}

TEST_CASE("CellRect.Covers32PixelsOfTheNetworkCrop") {
    const Rect cell = cellRect(24, 512, 512);
    CHECK(cell.width == Approx(64));
    CHECK(cell.height == Approx(64));
    CHECK(cell.x + cell.width / 2 == Approx(256));
}

TEST_CASE("CellRect.TilesTheVisibleArea") {
    const Rect area = visibleArea(301, 777);
    double covered = 0;
    for (int i = 0; i < kGridCells; ++i) covered += cellRect(i, 301, 777).width * cellRect(i, 301, 777).height;
    CHECK(covered == Approx(area.width * area.height));
    const Rect last = cellRect(48, 301, 777);
    CHECK(last.x + last.width == Approx(area.x + area.width));
    CHECK(last.y + last.height == Approx(area.y + area.height));
}

TEST_CASE("CellRect.OfAnUnknownCellIsEmpty") {
    CHECK(cellRect(-1, 256, 256).width == 0);
    CHECK(cellRect(49, 256, 256).width == 0);
}

TEST_CASE("CellName.CountsRowAndColumnFromOne") {
    CHECK(std::string(cellName(0).data()) == "R11");
    CHECK(std::string(cellName(6).data()) == "R17");
    CHECK(std::string(cellName(7).data()) == "R21");
    CHECK(std::string(cellName(48).data()) == "R77");
    CHECK(std::string(cellName(49).data()) == "R??");
}

TEST_CASE("CellsInBox.TakesCellsWhoseCentreLiesInside") {
    CHECK(cellsInBox({16, 16, 32, 32}, 256, 256) == std::vector<int>{0});
    CHECK(cellsInBox({16, 16, 64, 64}, 256, 256) == std::vector<int>{0, 1, 7, 8});
    CHECK(cellsInBox({16, 16, 16, 16}, 256, 256).empty());  // the centre is on its edge, as the reference counts
    CHECK(cellsInBox({0, 0, 256, 256}, 256, 256).size() == 49);
}

TEST_CASE("CellsInBox.OfABoxOutsideTheVisibleAreaIsEmpty") {
    CHECK(cellsInBox({0, 0, 40, 480}, 640, 480).empty());
    CHECK(cellsInBox({0, 0, 10, 10}, 0, 0).empty());
}
