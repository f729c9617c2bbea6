#pragma once

#include <torch/torch.h>

namespace mnerva::nn {

/// |L - b| + b of the batch loss (models.md 3); in training only. b = 0 is the identity. Errors: OptionInvalid for b <
/// 0.
torch::Tensor flood(const torch::Tensor& loss, double b);

}  // namespace mnerva::nn
