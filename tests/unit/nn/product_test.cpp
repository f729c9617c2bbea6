#include "core/nn/blocks/product.h"

#include <thread>

#include "core/nn/blocks/linear.h"
#include "core/nn/optim/optimiser.h"
#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;
using torch::Tensor;

namespace {

/// The way linear layers are computed, while it lives.
struct OneDnnGuard {
    OneDnnGuard() { setLinearPath(LinearPath::OneDnn); }
    ~OneDnnGuard() { setLinearPath(before); }
    LinearPath before = linearPath();
};

/// In doubles.
Tensor exact(const Tensor& a, const Tensor& b) {
    return a.to(torch::kFloat64).mm(b.to(torch::kFloat64)).to(torch::kFloat32);
}

}  // namespace

TEST_CASE("Product.EqualsPlainAlgebraHoweverItsOperandsAreStored") {
    const Tensor a = formula("a", {5, 70}), b = formula("b", {70, 33});
    for (const torch::ScalarType type : {torch::kFloat32, torch::kBFloat16})
        for (const bool transposeA : {false, true})
            for (const bool transposeB : {false, true}) {
                INFO(torch::toString(type) << " " << transposeA << transposeB);
                const Tensor left = a.to(type), right = b.to(type);
                const Tensor got = product(transposeA ? left.t().contiguous() : left, transposeA,
                                           transposeB ? right.t().contiguous() : right, transposeB);
                CHECK(got.scalar_type() == torch::kFloat32);
                requireClose("product", got, exact(left, right), 1e-5);  // of operands that are rounded already
            }
}

TEST_CASE("Product.AddsBiasGeluAndResidualInThisOrder") {
    const Tensor a = formula("a", {5, 70}), b = formula("b", {70, 33}), bias = formula("bias", {33}),
                 residual = formula("residual", {5, 33});
    const Tensor before = exact(a, b) + bias;
    requireClose("bias", product(a, false, b, false, {.bias = bias}), before, 1e-5);
    requireClose("gelu", product(a, false, b, false, {.bias = bias, .gelu = true}), torch::gelu(before), 1e-5);
    requireClose("residual", product(a, false, b, false, {.bias = bias, .residual = residual}), before + residual,
                 1e-5);
    requireClose("all", product(a, false, b, false, {.bias = bias, .gelu = true, .residual = residual}),
                 torch::gelu(before) + residual, 1e-5);
    const Tensor sum = residual.clone();
    const Tensor added = product(a, false, b, false, {.addTo = sum});
    CHECK(added.data_ptr() == sum.data_ptr());
    requireClose("sum", sum, exact(a, b) + residual, 1e-5);
}

TEST_CASE("Product.WithoutRowsOrInnerSizeIsEmptyOrZero") {
    CHECK(product(torch::zeros({0, 3}), false, torch::ones({3, 2}), false).sizes() == at::IntArrayRef({0, 2}));
    CHECK(difference(product(torch::zeros({2, 0}), false, torch::zeros({0, 3}), false), torch::zeros({2, 3})) == 0);
}

TEST_CASE("Product.RowAloneIsThatRowOfABatch") {
    const Tensor a = formula("a", {40, 96}), b = formula("b", {96, 64});
    for (const torch::ScalarType type : {torch::kFloat32, torch::kBFloat16}) {
        const Tensor all = product(a.to(type), false, b.to(type), false);
        for (const int64_t row : {0, 17, 39})
            CHECK(difference(product(a.narrow(0, row, 1).to(type), false, b.to(type), false), all.narrow(0, row, 1)) <
                  1e-5);
    }
}

TEST_CASE("Product.FromSeveralThreadsAtOnceIsTheSame") {
    const Tensor b = formula("b", {64, 48});
    std::vector<std::string> found(4);
    std::vector<std::thread> threads;
    for (size_t t = 0; t < found.size(); ++t)
        threads.emplace_back([&, t] {
            for (int64_t rows = 1; rows <= 40; ++rows) {
                const Tensor a = formula("a" + std::to_string(t), {rows, 64});
                const std::string wrong = mismatch("rows", product(a, false, b, false), exact(a, b), 1e-5);
                if (!wrong.empty()) found[t] = wrong;
            }
        });
    for (std::thread& thread : threads) thread.join();
    for (const std::string& each : found) CHECK(each == "");
}

TEST_CASE("PackedWeight.GivesWhatThePlainOneGives") {
    const Tensor x = formula("x", {9, 128}), w = formula("w", {64, 128}), bias = formula("b", {64});
    WeightForms forms;
    const auto packed = forms.packed(w, Precision::Float32, 100000);
    REQUIRE(packed);
    requireClose("float32", product(x, *packed, {.bias = bias}), exact(x, w.t()) + bias, 1e-5);
    CHECK(forms.bytes() >= 4 * w.numel());
}

TEST_CASE("PackedWeight.InBFloat16IsOneFormWhereTheProcessorHasIt") {
    const Tensor x = formula("x", {9, 128}), w = formula("w", {64, 128}), bias = formula("b", {64});
    WeightForms forms;
    forms.packed(w, Precision::Float32, 100000);
    const auto rounded = forms.packed(w, Precision::BFloat16, 1);
    CHECK((rounded || !hasBFloat16()));  // oneDNN rounds nothing for processors older than AVX-512
    const Tensor near = x.to(torch::kBFloat16), plain = w.to(torch::kBFloat16);
    const Tensor got =
        rounded ? product(near, *rounded, {.bias = bias}) : product(near, false, plain, true, {.bias = bias});
    requireClose("bfloat16", got, exact(near, plain.t()) + bias, 1e-5);
    CHECK(forms.bytes() == (rounded ? 2 * w.numel() : 0));
}

TEST_CASE("PackedWeight.InFloat32IsMadeWhereItPaysAlone") {
    const Tensor w = formula("w", {72, 80});
    WeightForms forms;
    CHECK_FALSE(forms.packed(w, Precision::Float32, 10));
    CHECK(forms.bytes() == 0);
    CHECK(forms.packed(w, Precision::Float32, 2000));
    CHECK(forms.bytes() >= 4 * w.numel());
}

TEST_CASE("PackedWeight.IsForgottenWhenTheWeightChanges") {
    const OneDnnGuard path;
    Dense dense(80, 72);
    const torch::NoGradGuard noGradients;
    const Tensor x = formula("x", {2000, 80});
    dense(x);
    REQUIRE(dense->forms.bytes() > 0);
    dense->weight.copy_(formula("other", {72, 80}));
    requireClose("after copy_", dense(x), exact(x, dense->weight.t()) + dense->bias, 1e-5);
}

TEST_CASE("PackedWeight.IsForgottenAfterAStepOfTheOptimiser") {
    const OneDnnGuard path;
    Dense dense(80, 72);
    const Tensor x = formula("x", {2000, 80});
    {
        const torch::NoGradGuard noGradients;
        dense(x);
        REQUIRE(dense->forms.bytes() > 0);
    }
    dense->weight.mutable_grad() = torch::ones({72, 80});
    Optimiser optimiser({{"all", {{"weight", dense->weight}}, 1e-1, 0}});
    optimiser.step();
    const torch::NoGradGuard noGradients;
    requireClose("after a step", dense(x), exact(x, dense->weight.t()) + dense->bias, 1e-5);
}

TEST_CASE("PackedWeight.IsDroppedByAStepOfTraining") {
    const OneDnnGuard path;
    Dense dense(80, 72);
    const Tensor x = formula("x", {2000, 80});
    {
        const torch::NoGradGuard noGradients;
        dense(x);
        CHECK(dense->forms.bytes() >= 4 * dense->weight.numel());
    }
    dense(x).sum().backward();
    CHECK(dense->forms.bytes() == 0);
}

TEST_CASE("WeightForms.KeepARoundedFormWhereAStepAsksMoreThanOnce") {
    const int64_t bytes = 2 * 72 * 80;
    WeightForms forms;
    Tensor weight = formula("w", {72, 80});
    const auto change = [&] { weight.mul_(0.5); };
    const Tensor first = forms.rounded(weight).values;
    CHECK(difference(first.to(torch::kFloat32), weight.to(torch::kBFloat16).to(torch::kFloat32)) == 0);
    CHECK(forms.bytes() == 0);
    change();
    CHECK(!forms.rounded(weight).stays);  // once a step
    CHECK(forms.rounded(weight).stays);
    CHECK(forms.bytes() == bytes);
    change();
    const WeightForms::Rounding kept = forms.rounded(weight);  // from now on at once
    CHECK(kept.stays);
    CHECK(difference(roundedAgain(savedForm(kept), weight).to(torch::kFloat32), kept.values.to(torch::kFloat32)) == 0);
    const Tensor before = kept.values.clone();
    change();
    CHECK(difference(forms.rounded(weight).values.to(torch::kFloat32), 0.5 * before.to(torch::kFloat32)) == 0);
    CHECK(difference(kept.values.to(torch::kFloat32), before.to(torch::kFloat32)) == 0);  // who has it keeps it
    forms.clear();
    CHECK(forms.bytes() == 0);
}

TEST_CASE("Precision.IsThatOfItsThreadAndScope") {
    const Precision inside = hasBFloat16() ? Precision::BFloat16 : Precision::Float32;
    CHECK(currentPrecision() == Precision::Float32);
    {
        const PrecisionScope scope(Precision::BFloat16);
        CHECK(currentPrecision() == inside);
        {
            const PrecisionScope again(Precision::Float32);
            CHECK(currentPrecision() == Precision::Float32);
        }
        CHECK(currentPrecision() == inside);
        Precision other = inside;
        std::thread([&] { other = currentPrecision(); }).join();
        CHECK(other == Precision::Float32);
    }
    CHECK(currentPrecision() == Precision::Float32);
    CHECK(std::string(precisionName(Precision::BFloat16)) == "bf16");
}

TEST_CASE("Product.OfBatchesTakesOperandsInAnyOrderOfMemory") {
    const Tensor a = formula("a", {2, 5, 3, 8}), b = formula("b", {2, 7, 3, 8});  // rows before heads
    const Tensor scores = torch::empty({2, 3, 5, 7});
    batchedProduct(a.transpose(1, 2), b.transpose(1, 2).transpose(2, 3), scores);
    requireClose("scores", scores, torch::matmul(a.transpose(1, 2), b.permute({0, 2, 3, 1})), 1e-5);
    const Tensor back = torch::empty({2, 5, 3, 8});
    batchedProduct(scores, b.transpose(1, 2), back.transpose(1, 2));
    requireClose("back", back.transpose(1, 2), torch::matmul(scores, b.transpose(1, 2)), 1e-5);
}
