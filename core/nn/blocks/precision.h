#pragma once

#include <torch/types.h>

namespace mnerva::nn {

/// Number type of the operands of matrix products. Sums are float32 in both, and so are weights, attention scores,
/// norms, CRF and losses. Float16 is for graphics cards; its range is small, so who trains in it scales the loss.
enum class Precision { Float32, BFloat16, Float16 };

/// "fp32", "bf16", "fp16".
const char* precisionName(Precision precision);

/// Whether products on this device are computed so: float32 everywhere, bfloat16 on a CPU that has it and on any other
/// device, float16 on other devices only.
bool canCompute(Precision precision, const torch::Device& device);

/// Whether this processor multiplies bfloat16 by instructions of its own (AVX-512 BF16 or AMX), as oneDNN sees it.
bool hasBFloat16();

/// Widest instructions that products use here: "SSE4.1", "AVX", "AVX2", "AVX-512", "AVX-512 BF16",
/// "AMX (beyond AVX-512)".
const char* instructionSet();

/// What products of this thread are computed in: Float32 outside of every PrecisionScope. What was computed forwards in
/// one precision goes backwards in it.
Precision currentPrecision();

/// Sets the precision of its thread while it lives, for work on this device. Where the device cannot compute in it,
/// asking for it leaves float32; whoever asks says so to the user (canCompute()).
class PrecisionScope {
public:
    explicit PrecisionScope(Precision wanted, const torch::Device& device = torch::kCPU);
    ~PrecisionScope();
    PrecisionScope(const PrecisionScope&) = delete;
    PrecisionScope& operator=(const PrecisionScope&) = delete;

private:
    Precision m_before;
};

}  // namespace mnerva::nn
