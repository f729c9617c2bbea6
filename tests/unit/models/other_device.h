#pragma once

#include <torch/torch.h>

namespace mnerva::test {

/// A device that is not the CPU for torch and computes as the CPU does: what a graphics card asks of a model, without
/// one. An operation that gets tensors of both devices fails, as it would there (a CPU tensor of no dimension may go
/// with others). A key of torch is used for it that neither of the supported libtorchs has kernels for.
/// Made once for the process; to be asked for before any tensor is put on it.
/// MNERVA_TEST_DEVICE names a real one in its place ("cuda:0"), which tests/device/check.sh does.
torch::Device otherDevice();
/// How far its numbers may be from the CPU's: 1e-3 of a real device, whose sums run in another order.
double otherDeviceTolerance();

}  // namespace mnerva::test
