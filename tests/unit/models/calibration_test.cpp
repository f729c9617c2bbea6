#include "core/models/calibration.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "core/base/file.h"
#include "tests/support/data.h"

using namespace mnerva;
using namespace mnerva::models;

namespace {

struct Drawn {
    std::vector<double> confidences;
    std::vector<bool> right;
};

/// Confidences spread over 0..1 that are right with the probability that `truth` makes of them.
Drawn drawn(const Calibration& truth, int count, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> uniform(0.001, 0.999);
    Drawn out;
    for (int i = 0; i < count; ++i) {
        out.confidences.push_back(uniform(random));
        out.right.push_back(uniform(random) < truth.apply(out.confidences.back()));
    }
    return out;
}

Calibration fitted(const Drawn& data) {
    return fitCalibration(data.confidences, data.right);
}

}  // namespace

TEST_CASE("Calibration: the identity changes nothing, and edges stay probabilities") {
    for (double c : {0.001, 0.2, 0.5, 0.97}) CHECK(Calibration{}.apply(c) == Approx(c));
    for (const Calibration& calibration : {Calibration{}, Calibration{3, -2}})
        for (double c : {0.0, 1.0}) {
            CHECK(calibration.apply(c) >= 0);
            CHECK(calibration.apply(c) <= 1);
        }
}

TEST_CASE("Calibration: by hand, log-odds 0 with slope 2 and offset ln 3 is 3/4") {
    CHECK(Calibration{2, std::log(3.0)}.apply(0.5) == Approx(0.75));
}

TEST_CASE("Calibration: the fit finds the line that made the data") {
    const Calibration found = fitted(drawn({0.5, -0.8}, 20000, 1));
    CHECK(found.slope == Approx(0.5).margin(0.03));
    CHECK(found.offset == Approx(-0.8).margin(0.06));
}

TEST_CASE("Calibration: the fit is where the gradient vanishes") {
    const Drawn data = drawn({0.7, 0.3}, 50, 2);
    const Calibration found = fitted(data);
    const auto loss = [&](const Calibration& c) {
        double sum = ((c.slope - 1) * (c.slope - 1) + c.offset * c.offset) / 2;
        for (std::size_t i = 0; i < data.right.size(); ++i) {
            const double p = c.apply(data.confidences[i]);
            sum -= std::log(data.right[i] ? p : 1 - p);
        }
        return sum;
    };
    for (const auto& [ds, go] : {std::pair{1e-3, 0.0}, {-1e-3, 0.0}, {0.0, 1e-3}, {0.0, -1e-3}})
        CHECK(loss({found.slope + ds, found.offset + go}) > loss(found));
}

TEST_CASE("Calibration: with little to learn from it stays near the identity, and with nothing it is the identity") {
    const Calibration none = fitCalibration({}, {});
    CHECK(none.slope == Approx(1));
    CHECK(none.offset == Approx(0).margin(1e-9));
    const Calibration one = fitCalibration({0.6}, {true});
    CHECK(one.slope == Approx(1).margin(0.3));
    CHECK(std::abs(one.offset) < 0.5);
}

TEST_CASE("Calibration: all right or all wrong gives finite numbers, and more or less confidence") {
    const std::vector<double> confidences(30, 0.7);
    const Calibration up = fitCalibration(confidences, std::vector<bool>(30, true));
    const Calibration down = fitCalibration(confidences, std::vector<bool>(30, false));
    CHECK(up.apply(0.7) > 0.85);
    CHECK(up.apply(0.7) < 1);
    CHECK(down.apply(0.7) < 0.2);
    CHECK(down.apply(0.7) > 0);
}

TEST_CASE("Calibration: the order of confidences never turns around") {
    Drawn data = drawn({1, 0}, 400, 3);
    for (std::size_t i = 0; i < data.right.size(); ++i) data.right[i] = data.confidences[i] < 0.5;
    const Calibration found = fitted(data);
    CHECK(found.slope > 0);
    CHECK(found.apply(0.9) > found.apply(0.1));
}

TEST_CASE("Calibration: a file that is missing, torn, foreign or senseless is no calibration") {
    const mnerva::test::TemporaryFolder folder;
    CHECK_FALSE(readCalibration(folder / ""));
    const auto path = folder / "calibration.json";
    for (const char* text :
         {"{", "[]", R"({"method":"isotonic","slope":1,"offset":0})", R"({"method":"platt","slope":1})",
          R"({"method":"platt","slope":-1,"offset":0})", R"({"method":"platt","slope":"1","offset":0})"}) {
        writeFileAtomic(path, text);
        CHECK_FALSE(readCalibration(folder / ""));
    }
    writeFileAtomic(path, R"({"method":"platt","slope":0.5,"offset":-1})");
    const auto found = readCalibration(folder / "");
    REQUIRE(found);
    CHECK(found->slope == 0.5);
    CHECK(found->offset == -1);
}
