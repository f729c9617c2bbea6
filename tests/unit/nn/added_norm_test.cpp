#include "core/nn/blocks/added_norm.h"

#include "core/nn/blocks/short_attention.h"
#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;
using torch::Tensor;

namespace {

constexpr double kEpsilon = 1e-5;

Norm normOf(int64_t width) {
    Norm norm(width, kEpsilon);
    const torch::NoGradGuard noGradients;
    norm->weight.copy_(formula("w", {width}, 0.3, 1.0));
    norm->bias.copy_(formula("b", {width}));
    return norm;
}

/// What goes in and its gradients.
struct Sides {
    Tensor residual, x;
    Norm norm;
};
Sides sides(int64_t rows, int64_t width) {
    return {formula("r", {rows, width}).requires_grad_(), formula("x", {rows, width}, 2.0).requires_grad_(),
            normOf(width)};
}

}  // namespace

TEST_CASE("AddedNorm.IsTheNormOfTheSumWithGradientsInEitherType") {
    // 130 rows are more than one share, 7 fewer; 33 columns fit no vector.
    for (const auto& [rows, width] : {std::pair{7, 33}, std::pair{130, 64}})
        for (const bool rounded : {false, true}) {
            INFO(rows << " x " << width << (rounded ? ", bfloat16" : ""));
            const double tolerance = rounded ? 2e-2 : 1e-5;
            Sides own = sides(rows, width), plain = sides(rows, width);
            const Tensor x = rounded ? own.x.to(torch::kBFloat16) : own.x;
            const BlockRows y = addedNorm(own.residual, x, *own.norm, 0);
            const Tensor wanted = plain.norm->forward(plain.residual + plain.x);
            requireClose("exact", y.exact, wanted, tolerance);
            REQUIRE(y.rounded.defined() == rounded);
            const Tensor slope = formula("slope", wanted.sizes()), other = formula("other", wanted.sizes());
            Tensor loss = (y.exact * slope).sum();
            if (rounded) {
                CHECK(difference(y.rounded.to(torch::kFloat32), y.exact.to(torch::kBFloat16).to(torch::kFloat32)) == 0);
                loss = loss + (y.rounded.to(torch::kFloat32) * other).sum();
            }
            loss.backward();
            (wanted * (rounded ? slope + other : slope)).sum().backward();
            requireClose("residual", own.residual.grad(), plain.residual.grad(), tolerance);
            requireClose("x", own.x.grad(), plain.x.grad(), tolerance);
            // Sums of the rows, each rounded by itself.
            requireClose("weight", own.norm->weight.grad() / rows, plain.norm->weight.grad() / rows, tolerance);
            requireClose("bias", own.norm->bias.grad() / rows, plain.norm->bias.grad() / rows, tolerance);
        }
}

TEST_CASE("AddedNorm.OfOneFormAloneGoesBackToo") {
    const Sides exact = sides(5, 16), rounded = sides(5, 16);
    const Tensor slope = formula("slope", {5, 16}).to(torch::kBFloat16).to(torch::kFloat32);
    (addedNorm(exact.residual, exact.x.to(torch::kBFloat16), *exact.norm, 0).exact * slope).sum().backward();
    const Tensor y = addedNorm(rounded.residual, rounded.x.to(torch::kBFloat16), *rounded.norm, 0).rounded;
    (y.to(torch::kFloat32) * slope).sum().backward();
    CHECK(difference(exact.residual.grad(), rounded.residual.grad()) == 0);
    CHECK(difference(exact.x.grad(), rounded.x.grad()) == 0);
}

TEST_CASE("AddedNorm.DropsWhatDroppedOntoDropsAndTakesTheSameBack") {
    Sides own = sides(9, 40), plain = sides(9, 40);
    torch::manual_seed(11);
    const Tensor y = addedNorm(own.residual, own.x, *own.norm, 0.3).exact;
    torch::manual_seed(11);
    const Tensor wanted = plain.norm->forward(droppedOnto(plain.residual, plain.x, 0.3));
    requireClose("sum", y, wanted, 1e-5);
    const Tensor slope = formula("slope", y.sizes());
    (y * slope).sum().backward();
    (wanted * slope).sum().backward();
    requireClose("residual", own.residual.grad(), plain.residual.grad(), 1e-5);
    requireClose("x", own.x.grad(), plain.x.grad(), 1e-5);
    CHECK((own.x.grad() == 0).sum().item<int64_t>() > 50);
}

TEST_CASE("AddedNorm.IsTheSameForAnyNumberOfThreads") {
    const int before = at::get_num_threads();
    std::vector<Tensor> gradients;
    for (const int threads : {1, 2, 3}) {
        at::set_num_threads(threads);
        const Sides own = sides(300, 48);
        (addedNorm(own.residual, own.x, *own.norm, 0).exact * formula("slope", {300, 48})).sum().backward();
        gradients.push_back(own.norm->weight.grad());
    }
    at::set_num_threads(before);
    CHECK(difference(gradients[0], gradients[1]) == 0);
    CHECK(difference(gradients[0], gradients[2]) == 0);
}

TEST_CASE("AddedNorm.ANumberThatIsNoneIsNotHidden") {
    for (const auto type : {torch::kFloat32, torch::kBFloat16}) {
        Tensor x = formula("x", {2, 8});
        x[1][3] = std::nan("");
        const BlockRows y = addedNorm(formula("r", {2, 8}), x.to(type), *normOf(8), 0);
        CHECK(torch::isfinite(y.exact[0]).all().item<bool>());
        CHECK(torch::isnan(y.exact[1]).all().item<bool>());
        if (y.rounded.defined()) CHECK(torch::isnan(y.rounded[1]).all().item<bool>());
    }
}
