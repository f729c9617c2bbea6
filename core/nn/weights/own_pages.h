#pragma once

#include <torch/torch.h>

namespace mnerva::nn {

/// Zeros of this shape on the CPU, for what stays while activations come and go: what is large lies in pages of its own
/// and not in the heap, where it would cut the room of a step into pieces that the next one cannot use. Pages that
/// nothing is written to take no memory.
torch::Tensor zerosInOwnPages(at::IntArrayRef shape, torch::ScalarType type = torch::kFloat32);

}  // namespace mnerva::nn
