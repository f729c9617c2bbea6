#include "core/nn/blocks/feed_forward.h"

#include <cmath>

#include "core/nn/blocks/row_kernels.h"
#include "core/nn/blocks/weight_gradient.h"
#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;
using torch::Tensor;

namespace {

Rounded* bits(const Tensor& x) {
    return reinterpret_cast<Rounded*>(x.data_ptr<at::BFloat16>());
}

Dense layer(const std::string& name, int64_t in, int64_t out) {
    Dense dense(in, out);
    const torch::NoGradGuard noGradients;
    dense->weight.copy_(formula(name, {out, in}, 0.3));
    dense->bias.copy_(formula(name + " bias", {out}));
    return dense;
}

}  // namespace

TEST_CASE("FeedForward.IsPyTorchsWithGradients") {
    Dense up = layer("up", 48, 96), down = layer("down", 96, 40);
    Dense plainUp = layer("up", 48, 96), plainDown = layer("down", 96, 40);
    const Tensor values = formula("x", {2, 7, 48});
    const Tensor x = values.clone().requires_grad_(), plain = values.clone().requires_grad_();
    const Tensor y = feedForward(x.to(torch::kBFloat16), *up, *down);
    CHECK(y.scalar_type() == torch::kBFloat16);
    const Tensor wanted =
        at::linear(torch::gelu(at::linear(plain, plainUp->weight, plainUp->bias)), plainDown->weight, plainDown->bias);
    const auto close = [](const char* name, const Tensor& actual, const Tensor& expected) {
        const double size = expected.abs().max().item<double>();
        requireClose(name, actual.to(torch::kFloat32) / size, expected / size, 2e-2);
    };
    close("y", y, wanted);
    const Tensor slope = formula("slope", wanted.sizes());
    (y.to(torch::kFloat32) * slope).sum().backward();
    (wanted * slope).sum().backward();
    close("x", x.grad(), plain.grad());
    close("weight of the first", up->weight.grad(), plainUp->weight.grad());
    close("bias of the first", up->bias.grad(), plainUp->bias.grad());
    close("weight of the second", down->weight.grad(), plainDown->weight.grad());
    close("bias of the second", down->bias.grad(), plainDown->bias.grad());
}

TEST_CASE("GeluRow.IsExactToTheLastBitOfBFloat16OverTheWholeRange") {
    const Tensor x = torch::arange(-12.0, 12.0, 1.0 / 64).to(torch::kBFloat16);
    const Tensor exact = x.to(torch::kFloat64).requires_grad_(), wanted = torch::gelu(exact);
    wanted.sum().backward();
    const Tensor y = torch::empty_like(x), again = torch::empty_like(x), slope = torch::ones_like(x);
    geluRow(bits(x), bits(y), x.numel());
    geluRowBackward(bits(x), bits(slope), bits(again), x.numel());
    // Half a step of bfloat16, and what a float32 polynomial leaves far out on the left.
    CHECK(((y.to(torch::kFloat64) - wanted).abs() / (wanted.abs() + 1e-4)).max().item<double>() < 1.0 / 256);
    CHECK(difference(y.to(torch::kFloat32), again.to(torch::kFloat32)) == 0);
    CHECK(((slope.to(torch::kFloat64) - exact.grad()).abs() / (exact.grad().abs() + 1e-4)).max().item<double>() <
          1.0 / 256);
}

TEST_CASE("GradientsInPlace.AreThoseOfTorchAndAddUp") {
    const LinearPath before = linearPath();
    setLinearPath(LinearPath::OneDnn);
    for (const Precision precision : {Precision::Float32, Precision::BFloat16}) {
        INFO(precisionName(precision));
        const PrecisionScope scope(precision);
        Dense own = layer("w", 32, 24), plain = layer("w", 32, 24);
        const Tensor first = formula("first", {5, 32}), second = formula("second", {3, 32});
        const auto loss = [&](Dense& dense) {  // two products of one weight, and a second way back
            return (dense(first) * formula("a", {5, 24})).sum() + (dense(second) * formula("b", {3, 24})).sum();
        };
        for (int pass = 0; pass < 2; ++pass) {
            loss(plain).backward();
            const GradientsInPlace inPlace;
            loss(own).backward();
        }
        requireClose("weight", own->weight.grad(), plain->weight.grad(), 1e-4);
        requireClose("bias", own->bias.grad(), plain->bias.grad(), 1e-4);
    }
    setLinearPath(before);
}

TEST_CASE("GradientsInPlace.LeaveWeightsAloneThatAreNoParameters") {
    const LinearPath before = linearPath();
    setLinearPath(LinearPath::OneDnn);
    const Tensor base = formula("w", {4, 6}).requires_grad_(), frozen = formula("w", {4, 6});
    const Tensor x = formula("x", {3, 6}).requires_grad_(), slope = formula("slope", {3, 4});
    const GradientsInPlace inPlace;
    (nn::linear(x, base * 2.0, Tensor()) * slope).sum().backward();
    requireClose("through its maker", base.grad(), 2.0 * slope.t().mm(x.detach()), 1e-5);
    (nn::linear(x, frozen, Tensor()) * slope).sum().backward();
    CHECK(!frozen.grad().defined());
    setLinearPath(before);
}

TEST_CASE("TableRows.AreThoseOfTorchWithGradientsInEitherPlace") {
    const Tensor ids = torch::tensor({{3, 0, 599}, {3, 599, 7}});
    const auto loss = [&](const Tensor& rows) { return (rows * formula("slope", {2, 3, 512})).sum(); };
    for (const int64_t untrained : {int64_t{-1}, int64_t{0}}) {
        const Tensor plain = formula("t", {600, 512}).requires_grad_(), own = formula("t", {600, 512}).requires_grad_(),
                     inPlace = formula("t", {600, 512}).requires_grad_();
        CHECK(difference(tableRows(own, ids, untrained), torch::embedding(plain, ids, untrained)) == 0);
        for (int pass = 0; pass < 2; ++pass) {
            loss(torch::embedding(plain, ids, untrained)).backward();
            loss(tableRows(own, ids, untrained)).backward();
            const GradientsInPlace scope;
            loss(tableRows(inPlace, ids, untrained)).backward();
        }
        requireClose("by torch", own.grad(), plain.grad(), 1e-6);
        requireClose("in place", inPlace.grad(), plain.grad(), 1e-6);
        CHECK((inPlace.grad()[0].abs().sum().item<double>() == 0) == (untrained == 0));
    }
}

TEST_CASE("BiasGradient.IsTheSumOfTheRows") {
    const Tensor g = formula("g", {70, 300}).to(torch::kBFloat16);
    requireClose("rounded", biasGradient(g), g.to(torch::kFloat32).sum(0), 1e-5);
    requireClose("exact", biasGradient(g.to(torch::kFloat32)), g.to(torch::kFloat32).sum(0), 1e-5);
}
