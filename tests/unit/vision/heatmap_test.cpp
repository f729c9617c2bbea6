#include "core/vision/heatmap.h"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "core/vision/geometry.h"

using namespace mnerva::vision;

namespace {

std::array<float, 49> onlyCell(int index, float weight = 1.0f) {
    std::array<float, 49> cells{};
    cells[static_cast<std::size_t>(index)] = weight;
    return cells;
}

std::vector<std::uint8_t> white(int width, int height) {
    return std::vector<std::uint8_t>(static_cast<std::size_t>(width * height * 3), 255);
}

bool isWhite(const std::vector<std::uint8_t>& rgb, int width, int x, int y) {
    return rgb[static_cast<std::size_t>(3 * (y * width + x))] == 255;
}

}  // namespace

TEST_CASE("HeatColour.OfZeroIsTransparent") {
    CHECK(heatColour(0, {}) >> 24 == 0);
    CHECK(heatColour(-3, {}) >> 24 == 0);
}

TEST_CASE("HeatColour.AlphaGrowsWithTheWeightUpToTheMaximum") {
    HeatOptions options;
    options.maxAlpha = 0.5;
    unsigned last = 0;
    for (double weight : {0.1, 0.3, 0.6, 1.0}) {
        const unsigned alpha = heatColour(weight, options) >> 24;
        CHECK(alpha > last);
        last = alpha;
    }
    CHECK(last == 128);
    CHECK(heatColour(7.0, options) == heatColour(1.0, options));
}

TEST_CASE("HeatColour.IgnoresNumbersThatAreNotFinite") {
    CHECK(heatColour(std::numeric_limits<double>::quiet_NaN(), {}) >> 24 == 0);
    CHECK(heatColour(std::numeric_limits<double>::infinity(), {}) >> 24 == 0);
}

TEST_CASE("HeatColour.EveryMapEndsInItsOwnColours") {
    const auto end = [](HeatColours colours, double weight) {
        HeatOptions options;
        options.colours = colours;
        return heatColour(weight, options) & 0xffffff;
    };
    CHECK(end(HeatColours::Magma, 1) == 0xfcfdbf);
    CHECK(end(HeatColours::Inferno, 1) == 0xfcffa4);
    CHECK(end(HeatColours::Viridis, 1) == 0xfde725);
    CHECK(end(HeatColours::Blue, 1) == 0x08306b);
    CHECK((end(HeatColours::Blue, 0.01) & 0xff) > 0xe0);
    CHECK(end(HeatColours::Diverging, 1) == 0xb2182b);
    CHECK(end(HeatColours::Diverging, -1) == 0x2166ac);
}

TEST_CASE("HeatColour.ADivergingMapIsWhiteAndClearAtZeroAndAsStrongBelowAsAbove") {
    HeatOptions options;
    options.colours = HeatColours::Diverging;
    CHECK(heatColour(0, options) == 0x00ffffff);
    CHECK(heatInk(0, HeatColours::Diverging) == 0xffffffff);
    CHECK(heatColour(-0.5, options) >> 24 == heatColour(0.5, options) >> 24);
    CHECK(heatColour(-7, options) == heatColour(-1, options));
}

TEST_CASE("HeatInk.ASequentialMapNeverFadesToWhite") {
    for (const HeatColours colours : {HeatColours::Magma, HeatColours::Inferno, HeatColours::Viridis})
        for (int step = 0; step <= 20; ++step) {
            const std::uint32_t ink = heatInk(step / 20.0, colours);
            CHECK(ink >> 24 == 255);
            CHECK((ink & 0xff) < 0xd0);
        }
    CHECK(heatInk(0, HeatColours::Magma) == 0xff000004);
}

TEST_CASE("HeatImage.HasTheCellsWhereTheyAreAndNothingElsewhere") {
    std::array<float, 49> cells{};
    cells[8] = -0.5f;  // row 2, column 2
    HeatOptions options;
    options.colours = HeatColours::Diverging;
    const auto image = heatImage(cells, 0, options, 14);
    REQUIRE(image.size() == std::size_t(14 * 14));
    for (int y = 0; y < 14; ++y)
        for (int x = 0; x < 14; ++x) {
            const bool isInside = x / 2 == 1 && y / 2 == 1;
            CHECK(image[static_cast<std::size_t>(14 * y + x)] == (isInside ? heatColour(-1, options) : 0u));
        }
    options.threshold = 0.6;
    for (const std::uint32_t pixel : heatImage(cells, 0, options, 14)) CHECK(pixel == 0);
    options = {};
    for (const std::uint32_t pixel : heatImage(cells, 0, options, 14)) CHECK(pixel == 0);  // nothing is over 0
    CHECK(heatImage({}, 0, options, 3) == std::vector<std::uint32_t>(9, 0));
}

TEST_CASE("BlendHeat.PaintsExactlyTheCellOfItsIndex", "[invariant-7]") {
    // Invariant 7 seen from the picture: weight at row 7(r-1)+(c-1) lands on row r, column c.
    for (int index : {0, 6, 10, 24, 42, 48}) {
        auto rgb = white(256, 256);
        blendHeat(rgb, 256, 256, onlyCell(index), 0, {});
        const Rect cell = cellRect(index, 256, 256);
        int painted = 0;
        for (int y = 0; y < 256; ++y)
            for (int x = 0; x < 256; ++x)
                if (!isWhite(rgb, 256, x, y)) {
                    ++painted;
                    REQUIRE(x >= cell.x);
                    REQUIRE(x < cell.x + cell.width);
                    REQUIRE(y >= cell.y);
                    REQUIRE(y < cell.y + cell.height);
                }
        CHECK(painted == 32 * 32);
    }
}

TEST_CASE("BlendHeat.LeavesWhatTheNetworkDoesNotSee") {
    auto rgb = white(400, 256);
    std::array<float, 49> cells;
    cells.fill(1.0f);
    blendHeat(rgb, 400, 256, cells, 0, {});
    CHECK(isWhite(rgb, 400, 10, 128));
    CHECK(isWhite(rgb, 400, 390, 128));
    CHECK(isWhite(rgb, 400, 200, 5));
    CHECK_FALSE(isWhite(rgb, 400, 200, 128));
}

TEST_CASE("BlendHeat.DoesNotDrawCellsUnderTheThreshold") {
    auto cells = onlyCell(0, 0.5f);
    cells[48] = 0.05f;
    auto rgb = white(256, 256);
    HeatOptions options;
    options.threshold = 0.08;
    blendHeat(rgb, 256, 256, cells, 0, options);
    CHECK_FALSE(isWhite(rgb, 256, 30, 30));
    CHECK(isWhite(rgb, 256, 225, 225));
}

TEST_CASE("BlendHeat.ScalesByTheGivenMaximum") {
    auto pale = white(256, 256), dark = white(256, 256);
    HeatOptions blue;
    blue.colours = HeatColours::Blue;
    blendHeat(pale, 256, 256, onlyCell(24, 0.1f), 1.0, blue);
    blendHeat(dark, 256, 256, onlyCell(24, 0.1f), 0.1, blue);
    const std::size_t middle = 3 * (128 * 256 + 128);
    CHECK(pale[middle] > dark[middle]);
}

TEST_CASE("BlendHeat.SmoothHasNoStepAtACellBorder") {
    auto rgb = white(256, 256);
    HeatOptions options;
    options.colours = HeatColours::Blue;
    options.smooth = true;
    blendHeat(rgb, 256, 256, onlyCell(24), 0, options);
    int steepest = 0;
    for (int x = 17; x < 239; ++x) {
        const int a = rgb[static_cast<std::size_t>(3 * (128 * 256 + x))],
                  b = rgb[static_cast<std::size_t>(3 * (128 * 256 + x + 1))];
        steepest = std::max(steepest, std::abs(a - b));
    }
    CHECK(steepest > 0);
    CHECK(steepest < 25);
}

TEST_CASE("BlendHeat.AllZeroWeightsChangeNothing") {
    auto rgb = white(64, 48);
    blendHeat(rgb, 64, 48, std::array<float, 49>{}, 0, {});
    CHECK(rgb == white(64, 48));
}

TEST_CASE("BlendHeat.RefusesTooFewCellsOrPixelsWithoutHarm") {
    auto rgb = white(8, 8);
    const std::array<float, 3> few{1, 1, 1};
    blendHeat(rgb, 8, 8, few, 0, {});
    CHECK(rgb == white(8, 8));
    std::array<float, 49> cells;
    cells.fill(1.0f);
    blendHeat(rgb, 800, 800, cells, 0, {});
    CHECK(rgb == white(8, 8));
    blendHeat(rgb, 0, 0, cells, 0, {});
    CHECK(rgb == white(8, 8));
}

TEST_CASE("BlendHeat.CoversTheWholeCropOfATinyPicture") {
    auto rgb = white(7, 7);
    std::array<float, 49> cells;
    cells.fill(1.0f);
    blendHeat(rgb, 7, 7, cells, 0, {});
    CHECK_FALSE(isWhite(rgb, 7, 3, 3));
}
