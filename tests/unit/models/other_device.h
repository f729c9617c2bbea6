#pragma once

#include <torch/torch.h>

namespace mnerva::test {

/// A device that is not the CPU for torch and computes as the CPU does: what a graphics card asks of a model, without
/// one. An operation that gets tensors of both devices fails, as it would there (a CPU tensor of no dimension may go
/// with others). torch's key XPU is used for it; neither of the supported libtorchs has kernels of its own for that.
/// Made once for the process; to be asked for before any tensor is put on it.
torch::Device otherDevice();

}  // namespace mnerva::test
