// The golden comparisons themselves: what they must not let through.
#include <cmath>
#include <limits>

#include "tests/unit/nn/nn_test.h"

using namespace mnerva::test;
using torch::Tensor;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN(), kInfinity = std::numeric_limits<float>::infinity();

Tensor row(std::vector<float> values) {
    return torch::tensor(values);
}

}  // namespace

TEST_CASE("Close.EqualTensorsAreCloseAndSoAreThoseWithinTheTolerance") {
    CHECK(mismatch("x", row({1, 2, 3}), row({1, 2, 3}), 0) == "");
    CHECK(mismatch("x", row({1, 2.001F}), row({1, 2}), 1e-2) == "");
    CHECK(mismatch("x", torch::zeros({0, 3}), torch::zeros({0, 3}), 0) == "");
}

TEST_CASE("Close.TheFirstNumberThatIsTooFarIsNamedByTensorAndIndex") {
    Tensor other = torch::zeros({2, 3});
    other[1][2].fill_(0.5);
    const std::string said = mismatch("emissions", other, torch::zeros({2, 3}), 1e-3);
    CHECK(said.find("emissions[1, 2]") == 0);
    CHECK(said.find("0.5") != std::string::npos);
    CHECK(said.find("0.001") != std::string::npos);
}

TEST_CASE("Close.ANumberThatIsNoneIsNeverClose") {
    // What std::max(worst, x) loses: max(0.1, NaN) is 0.1.
    CHECK(mismatch("x", row({1, kNan}), row({1, 2}), 1e9).find("x[1]") == 0);
    CHECK(mismatch("x", row({1, 2}), row({1, kNan}), 1e9).find("x[1]") == 0);
    CHECK(mismatch("x", row({kNan}), row({kNan}), 1e9) != "");
    CHECK(mismatch("x", row({kInfinity}), row({kInfinity}), 1e9) != "");
    CHECK(mismatch("x", torch::tensor(kNan), torch::tensor(0.0F), 1e9).find("x[]") == 0);
}

TEST_CASE("Close.AnotherShapeOrNoTensorIsNotClose") {
    CHECK(mismatch("x", torch::zeros({2}), torch::zeros({3}), 1) != "");
    CHECK(mismatch("x", Tensor(), torch::zeros({3}), 1).find("undefined") != std::string::npos);
    CHECK(mismatch("x", torch::zeros({3}), Tensor(), 1).find("undefined") != std::string::npos);
}

TEST_CASE("Close.SummariesOfGradientsAreHeldByTheirSizeAndLoseNoNaN") {
    const Tensor g = formula("g", {4, 5}, 10.0);
    const Tensor by = formula("dot g", {4, 5});
    const std::vector<double> right{g.sum().item<double>(), (g * g).sum().item<double>(),
                                    (g * by).sum().item<double>()};
    CHECK(summaryMismatch("g", g, right, 1e-5) == "");
    for (std::size_t k = 0; k < 3; ++k) {
        auto wrong = right;
        wrong[k] += 1 + 0.01 * std::abs(wrong[k]);
        CHECK(summaryMismatch("g", g, wrong, 1e-4) != "");
        wrong[k] = std::numeric_limits<double>::quiet_NaN();
        CHECK(summaryMismatch("g", g, wrong, 1e9) != "");
    }
    Tensor broken = g.clone();
    broken[0][0].fill_(kNan);
    CHECK(summaryMismatch("g", broken, right, 1e9) != "");
    CHECK(summaryMismatch("g", Tensor(), right, 1) != "");
}

TEST_CASE("Close.NumericGradientsThatAreNoNumbersAreTold") {
    Tensor x = torch::tensor({-1.0F}).requires_grad_();
    CHECK(std::isnan(numericGradientError([&] { return x.sqrt().sum(); }, x)));
}
