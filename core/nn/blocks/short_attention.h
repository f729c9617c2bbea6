#pragma once

#include <torch/torch.h>

#include "core/nn/blocks/row_kernels.h"

namespace mnerva::nn {

/// A dropout with a new seed, out of torch's generator, so that a run that starts again draws the same. `rate` 0: none.
Drop dropOf(double rate);

/// Whether attend() can be asked: all float32 or all bfloat16 on a CPU, something in every axis.
bool canAttend(const torch::Tensor& queries, const torch::Tensor& keys, const torch::Tensor& values);

/// softmax(Q K^T / sqrt D) V of every head, with gradients, keeping no more than one map of weights. queries
/// [B, A, q, D], keys and values [B, A, s, D], stored in any order; keyMask bool [B, s] (true: use) or undefined. A
/// post without any key gets zeros. `dropout` acts on the weights; 0: none. Result [B, q, A * D], of the type of what
/// goes in; in bfloat16 the operands of its products and what is kept are rounded, scores and softmax are not.
/// `weights` gets the map [B, A, q, s] before dropout, through which gradients flow too; asking for it changes nothing
/// else. (The context does not hang on that tensor in torch's graph: AttentionTape needs one where it does.)
torch::Tensor attend(const torch::Tensor& queries, const torch::Tensor& keys, const torch::Tensor& values,
                     const torch::Tensor& keyMask, double dropout, torch::Tensor* weights = nullptr);

/// x with dropout, or residual + that: one pass, no mask is kept. As torch::dropout, from torch's generator, but
/// another choice of values. `rate` 0: nothing is dropped.
torch::Tensor dropped(const torch::Tensor& x, double rate);
torch::Tensor droppedOnto(const torch::Tensor& residual, const torch::Tensor& x, double rate);

}  // namespace mnerva::nn
