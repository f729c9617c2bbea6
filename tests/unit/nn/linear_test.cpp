#include "core/nn/blocks/linear.h"

#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;
using torch::Tensor;

TEST_CASE("Linear.WithAndWithoutBiasGivesValuesAndGradientsOnEveryPath") {
    const LinearPath before = linearPath();
    const Tensor values = formula("x", {2, 3, 5}), weights = formula("w", {4, 5}), biases = formula("b", {4});
    for (const LinearPath path : {LinearPath::Blas, LinearPath::Convolution, LinearPath::OneDnn}) {
        if (!linearPathAvailable(path)) continue;
        setLinearPath(path);
        for (const bool withBias : {true, false}) {
            INFO(linearPathName(path) << (withBias ? " with" : " without") << " bias");
            const Tensor x = values.clone().requires_grad_(), w = weights.clone().requires_grad_();
            const Tensor b = withBias ? biases.clone().requires_grad_() : Tensor();
            const Tensor y = linear(x, w, b);
            const Tensor wanted = values.matmul(weights.t()) + (withBias ? biases : torch::zeros({4}));
            CHECK(difference(y, wanted) < 1e-6);
            const Tensor slope = formula("slope", {2, 3, 4});
            (y * slope).sum().backward();
            CHECK(difference(x.grad(), slope.matmul(weights)) < 1e-6);
            CHECK(difference(w.grad(), slope.view({6, 4}).t().mm(values.view({6, 5}))) < 1e-6);
            if (withBias) CHECK(difference(b.grad(), slope.view({6, 4}).sum(0)) < 1e-6);
        }
    }
    setLinearPath(before);
}

namespace {

struct PrecisionCase {
    Precision precision;
    double tolerance;
};
const PrecisionCase kPrecisions[] = {{Precision::Float32, 1e-5}, {Precision::BFloat16, 2e-2}};

/// What a layer gives and the gradients of everything that goes in, with PyTorch's own operations.
struct Wanted {
    Tensor y, x, weight, bias;
};
Wanted wantedOf(const Tensor& values, const Tensor& weights, const Tensor& biases, const Tensor& slope, bool gelu) {
    const Tensor x = values.clone().requires_grad_(), w = weights.clone().requires_grad_();
    const Tensor b = biases.clone().requires_grad_();
    const Tensor before = at::linear(x, w, b), y = gelu ? torch::gelu(before) : before;
    (y * slope).sum().backward();
    return {y.detach(), x.grad(), w.grad(), b.grad()};
}

}  // namespace

TEST_CASE("Linear.GeluIsPyTorchsInEitherPrecision") {
    const LinearPath before = linearPath();
    setLinearPath(LinearPath::OneDnn);
    const Tensor values = formula("x", {2, 7, 64}), weights = formula("w", {48, 64}, 0.2), biases = formula("b", {48});
    const Tensor slope = formula("slope", {2, 7, 48});
    const Wanted wanted = wantedOf(values, weights, biases, slope, true);
    for (const auto& [precision, tolerance] : kPrecisions) {
        INFO(precisionName(precision));
        const PrecisionScope scope(precision);
        const Tensor x = values.clone().requires_grad_(), w = weights.clone().requires_grad_();
        const Tensor b = biases.clone().requires_grad_();
        const Tensor y = linearGelu(x, w, b);
        (y.to(torch::kFloat32) * slope).sum().backward();
        requireClose("y", y, wanted.y, tolerance);
        requireClose("x", x.grad(), wanted.x, 3 * tolerance);
        requireClose("weight", w.grad(), wanted.weight, 5 * tolerance);  // sums of 14 rows, as large as 8
        requireClose("bias", b.grad(), wanted.bias, 5 * tolerance);
        const torch::NoGradGuard noGradients;
        requireClose("without gradients", linearGelu(x, w, b), wanted.y, tolerance);
    }
    setLinearPath(before);
}

TEST_CASE("Linear.TogetherIsOneByOneWithGradients") {
    const LinearPath before = linearPath();
    for (const LinearPath path : {LinearPath::Blas, LinearPath::OneDnn})
        for (const auto& [precision, tolerance] : kPrecisions) {
            setLinearPath(path);
            INFO(linearPathName(path) << " " << precisionName(precision));
            Dense first(32, 16), second(32, 24);
            const Tensor values = formula("x", {2, 7, 32}),
                         slopes[] = {formula("p", {2, 7, 16}), formula("q", {2, 7, 24})};
            const Wanted one = wantedOf(values, first->weight.detach(), first->bias.detach(), slopes[0], false);
            const Wanted two = wantedOf(values, second->weight.detach(), second->bias.detach(), slopes[1], false);
            const PrecisionScope scope(precision);
            const Tensor x = values.clone().requires_grad_();
            const auto y = linearTogether(x, {first.get(), second.get()});
            REQUIRE(y.size() == 2);
            ((y[0] * slopes[0]).sum() + (y[1] * slopes[1]).sum()).backward();
            requireClose("first", y[0], one.y, tolerance);
            requireClose("second", y[1], two.y, tolerance);
            requireClose("x", x.grad(), one.x + two.x, 2 * tolerance);
            requireClose("weight of the first", first->weight.grad(), one.weight, 2 * tolerance);
            requireClose("bias of the second", second->bias.grad(), two.bias, 2 * tolerance);
            const torch::NoGradGuard noGradients;
            requireClose("without gradients", linearTogether(x, {first.get(), second.get()})[1], two.y, tolerance);
        }
    setLinearPath(before);
}

TEST_CASE("Linear.AddedToAResidualIsTheSumWithAndWithoutGradients") {
    const LinearPath before = linearPath();
    setLinearPath(LinearPath::OneDnn);
    Dense dense(32, 16);
    const Tensor x = formula("x", {2, 7, 32}), residual = formula("r", {2, 7, 16});
    const Tensor wanted = residual + at::linear(x, dense->weight, dense->bias);
    requireClose("with", dense->addedTo(residual, x), wanted, 1e-5);
    const torch::NoGradGuard noGradients;
    requireClose("without", dense->addedTo(residual, x), wanted, 1e-5);
    setLinearPath(before);
}

TEST_CASE("Linear.ComesBackInThePrecisionItWentForwardsIn") {
    const Tensor values = formula("x", {4, 32}), weights = formula("w", {16, 32});
    const Tensor inside = values.clone().requires_grad_(), outside = values.clone().requires_grad_();
    Tensor y;
    {
        const PrecisionScope scope(Precision::BFloat16);
        y = linear(inside, weights, Tensor());
        linear(outside, weights, Tensor()).sum().backward();
    }
    y.sum().backward();
    CHECK(difference(inside.grad(), outside.grad()) == 0);
}
