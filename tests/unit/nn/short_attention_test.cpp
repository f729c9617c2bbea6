#include "core/nn/blocks/short_attention.h"

#include <cmath>

#include "core/nn/blocks/row_kernels.h"
#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;
using torch::Tensor;

namespace {

/// By torch's operations, with what a post without any key gets.
Tensor plainly(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& mask) {
    Tensor scores = torch::matmul(q, k.transpose(2, 3)) / std::sqrt(static_cast<double>(q.size(3)));
    if (mask.defined()) scores = scores.masked_fill(~mask.view({mask.size(0), 1, 1, mask.size(1)}), -1e30);
    Tensor weights = torch::softmax(scores, -1);
    if (mask.defined()) weights = weights * mask.any(1).view({-1, 1, 1, 1});
    return torch::matmul(weights, v).transpose(1, 2).flatten(2);
}

struct Heads {
    Tensor q, k, v;  ///< leaves [B, rows, A, D]
    Tensor of(const Tensor& x) const { return x.transpose(1, 2); }
};
Heads heads(int64_t queries, int64_t keys, double scale = 3.0) {
    return {formula("q", {3, queries, 2, 16}, scale).requires_grad_(),
            formula("k", {3, keys, 2, 16}, scale).requires_grad_(), formula("v", {3, keys, 2, 16}).requires_grad_()};
}

}  // namespace

TEST_CASE("ShortAttention.IsThatOfTorchWithGradients") {
    const Tensor none,
        some = torch::tensor({{1, 0, 1, 1, 0, 1, 1, 1, 0}, {0, 0, 0, 0, 0, 0, 0, 0, 1}, {0, 0, 0, 0, 0, 0, 0, 0, 0}})
                   .to(torch::kBool);
    for (const Tensor& mask : {none, some}) {
        const Heads own = heads(5, 9), plain = heads(5, 9);
        const Tensor y = attend(own.of(own.q), own.of(own.k), own.of(own.v), mask, 0);
        const Tensor wanted = plainly(plain.of(plain.q), plain.of(plain.k), plain.of(plain.v), mask);
        requireClose("context", y, wanted, 1e-5);
        const Tensor slope = formula("slope", y.sizes());
        (y * slope).sum().backward();
        (wanted * slope).sum().backward();
        requireClose("queries", own.q.grad(), plain.q.grad(), 1e-5);
        requireClose("keys", own.k.grad(), plain.k.grad(), 1e-5);
        requireClose("values", own.v.grad(), plain.v.grad(), 1e-5);
        const torch::NoGradGuard noGradients;
        requireClose("without gradients", attend(own.of(own.q), own.of(own.k), own.of(own.v), mask, 0), wanted, 1e-5);
    }
}

TEST_CASE("ShortAttention.InBFloat16IsNearThatOfTorchWithGradients") {
    const Tensor mask =
        torch::tensor({{1, 0, 1, 1, 0, 1, 1, 1, 0}, {0, 0, 0, 0, 0, 0, 0, 0, 1}, {0, 0, 0, 0, 0, 0, 0, 0, 0}})
            .to(torch::kBool);
    const Heads own = heads(5, 9, 1.0), plain = heads(5, 9, 1.0);
    const auto rounded = [&](const Tensor& x) { return own.of(x.to(torch::kBFloat16)); };
    Tensor weights;
    const Tensor y = attend(rounded(own.q), rounded(own.k), rounded(own.v), mask, 0, &weights);
    CHECK(y.scalar_type() == torch::kBFloat16);
    CHECK(weights.scalar_type() == torch::kFloat32);
    const Tensor wanted = plainly(plain.of(plain.q), plain.of(plain.k), plain.of(plain.v), mask);
    requireClose("context", y, wanted, 2e-2);
    const Tensor slope = formula("slope", y.sizes());
    (y.to(torch::kFloat32) * slope).sum().backward();
    (wanted * slope).sum().backward();
    requireClose("queries", own.q.grad(), plain.q.grad(), 2e-2);
    requireClose("keys", own.k.grad(), plain.k.grad(), 2e-2);
    requireClose("values", own.v.grad(), plain.v.grad(), 2e-2);
    // With dropout, which drops the same in either type.
    const Heads less = heads(5, 9, 1.0), exact = heads(5, 9, 1.0);
    torch::manual_seed(5);
    const Tensor z = attend(less.of(less.q.to(torch::kBFloat16)), less.of(less.k.to(torch::kBFloat16)),
                            less.of(less.v.to(torch::kBFloat16)), mask, 0.4);
    torch::manual_seed(5);
    const Tensor expected = attend(exact.of(exact.q), exact.of(exact.k), exact.of(exact.v), mask, 0.4);
    CHECK(difference(expected, wanted) > 0.1);
    requireClose("context with dropout", z, expected, 2e-2);
    (z.to(torch::kFloat32) * slope).sum().backward();
    (expected * slope).sum().backward();
    requireClose("queries with dropout", less.q.grad(), exact.q.grad(), 2e-2);
    requireClose("keys with dropout", less.k.grad(), exact.k.grad(), 2e-2);
    requireClose("values with dropout", less.v.grad(), exact.v.grad(), 2e-2);
    const torch::NoGradGuard noGradients;
    requireClose("without gradients", attend(rounded(own.q), rounded(own.k), rounded(own.v), mask, 0), wanted, 2e-2);
}

TEST_CASE("ShortAttention.WeightsHaveGradientsTooAndChangeNothing") {
    const Tensor mask = (torch::arange(9) < 6).expand({3, 9}).contiguous();
    const Heads own = heads(5, 9), plain = heads(5, 9);
    Tensor weights;
    const Tensor y = attend(own.of(own.q), own.of(own.k), own.of(own.v), mask, 0, &weights);
    CHECK(difference(y, attend(own.of(own.q), own.of(own.k), own.of(own.v), mask, 0)) == 0);
    const Tensor scores = torch::matmul(plain.of(plain.q), plain.of(plain.k).transpose(2, 3)) / 4.0;
    const Tensor wanted = torch::softmax(scores.masked_fill(~mask.view({3, 1, 1, 9}), -1e30), -1);
    requireClose("weights", weights, wanted, 1e-6);
    const Tensor slope = formula("slope", weights.sizes()), other = formula("other", y.sizes());
    ((weights * slope).sum() + (y * other).sum()).backward();
    ((wanted * slope).sum() + (plainly(plain.of(plain.q), plain.of(plain.k), plain.of(plain.v), mask) * other).sum())
        .backward();
    requireClose("queries", own.q.grad(), plain.q.grad(), 1e-5);
    requireClose("keys", own.k.grad(), plain.k.grad(), 1e-5);
    requireClose("values", own.v.grad(), plain.v.grad(), 1e-5);
    // The map alone.
    const Heads alone = heads(5, 9);
    attend(alone.of(alone.q), alone.of(alone.k), alone.of(alone.v), mask, 0, &weights);
    (weights * slope).sum().backward();
    CHECK(alone.q.grad().abs().sum().item<double>() > 0);
    CHECK(alone.v.grad().abs().sum().item<double>() == 0);
}

TEST_CASE("ShortAttention.OfOnePostIsThatOfItsBatchAndPaddingChangesNothing") {
    const torch::NoGradGuard noGradients;
    const Heads all = heads(5, 9);
    const Tensor mask = (torch::arange(9) < 6).expand({3, 9}).contiguous();
    const Tensor y = attend(all.of(all.q), all.of(all.k), all.of(all.v), mask, 0);
    for (int64_t b = 0; b < 3; ++b) {
        const auto one = [&](const Tensor& x, int64_t rows) { return all.of(x.narrow(0, b, 1).narrow(1, 0, rows)); };
        requireClose("alone", attend(one(all.q, 5), one(all.k, 6), one(all.v, 6), {}, 0), y.narrow(0, b, 1), 1e-5);
    }
}

TEST_CASE("ShortAttention.WithDropoutHasTheGradientsOfTheWeightsThatItKept") {
    // Linear in V, so the gradient of V says which weights were kept; the same seed draws the same.
    Heads own = heads(6, 8);
    torch::manual_seed(5);
    const Tensor y = attend(own.of(own.q), own.of(own.k), own.of(own.v), {}, 0.4);
    torch::manual_seed(5);
    const Tensor again = attend(own.of(own.q), own.of(own.k), own.of(own.v), {}, 0.4);
    CHECK(difference(y, again) == 0);
    CHECK(difference(y, attend(own.of(own.q), own.of(own.k), own.of(own.v), {}, 0.4)) > 1e-3);
    const Tensor slope = formula("slope", y.sizes());
    (y * slope).sum().backward();
    // y is linear in V, and homogeneous: <dL/dV, V> = L.
    const double loss = (y * slope).sum().item<double>();
    CHECK((own.v.grad() * own.v).sum().item<double>() == Approx(loss).epsilon(1e-4));
    const auto lossOf = [&] {
        torch::manual_seed(5);
        return (attend(own.of(own.q), own.of(own.k), own.of(own.v), {}, 0.4) * slope).sum();
    };
    CHECK(numericGradientError(lossOf, own.q) < 5e-3);
    CHECK(numericGradientError(lossOf, own.k) < 5e-3);
}

TEST_CASE("ShortAttention.ANumberThatIsNoneIsNotHidden") {
    const torch::NoGradGuard noGradients;
    const Tensor q = torch::full({1, 1, 2, 4}, std::nan("")), k = formula("k", {1, 1, 3, 4});
    CHECK(torch::isnan(attend(q, k, k, {}, 0)).all().item<bool>());
    CHECK(torch::isnan(attend(q, k, k, torch::ones({1, 3}, torch::kBool), 0)).all().item<bool>());
}

TEST_CASE("Dropped.KeepsTheRateTheMeanAndTheSeed") {
    const Tensor x = torch::ones({500, 300}).requires_grad_();
    torch::manual_seed(3);
    const Tensor y = dropped(x, 0.1);
    const double kept = (y > 0).to(torch::kFloat32).mean().item<double>();
    CHECK(kept == Approx(0.9).epsilon(0.005));
    CHECK(y.mean().item<double>() == Approx(1.0).epsilon(0.005));
    CHECK(difference(y.masked_select(y > 0), torch::full({(y > 0).sum().item<int64_t>()}, 1 / 0.9)) < 1e-6);
    // No row and no column is dropped as another one.
    const Tensor zeros = (y == 0).to(torch::kFloat32);
    CHECK(zeros.mean(0).max().item<double>() < 0.17);
    CHECK(zeros.mean(1).max().item<double>() < 0.19);
    CHECK(zeros.mean(0).min().item<double>() > 0.03);
    y.sum().backward();
    CHECK(difference(x.grad(), y) == 0);  // of ones, what was kept is its own gradient
    torch::manual_seed(3);
    CHECK(difference(dropped(x, 0.1), y) == 0);
    CHECK(difference(dropped(x, 0), x) == 0);
}

TEST_CASE("Dropped.OntoAResidualIsTheSumWithBothGradients") {
    const Tensor x = formula("x", {4, 7, 33}).requires_grad_(), r = formula("r", {4, 7, 33}).requires_grad_();
    torch::manual_seed(9);
    const Tensor alone = dropped(x.detach(), 0.3);
    torch::manual_seed(9);
    const Tensor y = droppedOnto(r, x, 0.3);
    requireClose("sum", y, r + alone, 1e-6);
    const Tensor slope = formula("slope", y.sizes());
    (y * slope).sum().backward();
    requireClose("residual", r.grad(), slope, 0);
    requireClose("x", x.grad() * x, slope * alone, 1e-6);
}

TEST_CASE("SoftmaxRow.IsExactOverTheWholeRange") {
    std::vector<float> scores;
    for (int i = 0; i <= 400; ++i) scores.push_back(-100.0F + 0.5F * static_cast<float>(i));
    double sum = 0;
    for (const float s : scores) sum += std::exp(static_cast<double>(s) - 100.0);
    std::vector<float> out = scores;
    softmaxRow(out.data(), nullptr, static_cast<int64_t>(out.size()), 1.0F);
    for (size_t i = 0; i < out.size(); ++i) {
        const double wanted = std::exp(static_cast<double>(scores[i]) - 100.0) / sum;
        CHECK(std::abs(out[i] - wanted) <= 1e-6 * wanted + 1e-37);
    }
}
