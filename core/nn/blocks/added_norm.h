#pragma once

#include "core/nn/blocks/linear.h"

namespace mnerva::nn {

/// Rows as they run through blocks.
struct BlockRows {
    torch::Tensor exact;    ///< float32 [.., H]
    torch::Tensor rounded;  ///< the same in bfloat16, as operand of products, where these are; else undefined
};

/// Whether addedNorm() can be asked: on a CPU, residual float32, x of its size and float32 or bfloat16.
bool canAddNorm(const torch::Tensor& residual, const torch::Tensor& x);

/// norm(residual + dropout(x)) of [.., H] with gradients, in one pass over memory each way. Of x in bfloat16 the result
/// comes in both forms, and so does what is kept: half as much. `dropout` 0: none; else a seed is drawn of torch's
/// generator, and no mask is kept.
BlockRows addedNorm(const torch::Tensor& residual, const torch::Tensor& x, const NormImpl& norm, double dropout);

}  // namespace mnerva::nn
