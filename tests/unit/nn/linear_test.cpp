#include "core/nn/blocks/linear.h"

#include "tests/unit/nn/nn_test.h"

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
