#pragma once

#include "core/nn/blocks/linear.h"

namespace mnerva::nn {

/// down(GELU(up(x))) with gradients, in bfloat16 throughout but for the sums within a product: x bfloat16 [.., in],
/// result bfloat16 [.., out]. Keeps x and what stands before the GELU; what stands behind it, the widest rows of a
/// block, is computed again on the way back.
torch::Tensor feedForward(const torch::Tensor& x, DenseImpl& up, DenseImpl& down);

}  // namespace mnerva::nn
