#pragma once

#include <torch/torch.h>

namespace mnerva::nn {

/// While it lives, what goes back through linear layers on its thread adds the gradients of weights to the `grad` of
/// the parameters itself and hands torch none: a weight that many products read then has one gradient in memory, and no
/// pass over it but that of the product. For backward() alone: torch::autograd::grad would not see them.
class GradientsInPlace {
public:
    GradientsInPlace();
    ~GradientsInPlace();
    GradientsInPlace(const GradientsInPlace&) = delete;
    GradientsInPlace& operator=(const GradientsInPlace&) = delete;

private:
    bool m_before;
};

/// Gradient [n, k] of a weight, float32, of products rows [m, k] -> [m, n] whose results have gradient `g`; both are
/// operands of one type. Undefined where it was added to the weight's own (GradientsInPlace).
torch::Tensor weightGradient(const torch::Tensor& g, const torch::Tensor& rows, const torch::Tensor& weight);

/// Gradient [n] of a bias, float32: sums over the rows of g [m, n].
torch::Tensor biasGradient(const torch::Tensor& g);

/// Rows `ids` (int64, any shape) of a table [V, H]: [.., H], as torch::embedding. The row `untrained` gets no gradient;
/// -1: each does. In a scope of GradientsInPlace the table's gradient takes memory for the rows alone that were read.
torch::Tensor tableRows(const torch::Tensor& table, const torch::Tensor& ids, int64_t untrained);

}  // namespace mnerva::nn
