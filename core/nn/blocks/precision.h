#pragma once

namespace mnerva::nn {

/// Number type of the operands of matrix products. Sums are float32 in both, and so are weights, attention scores,
/// norms, CRF and losses.
enum class Precision { Float32, BFloat16 };

/// "fp32", "bf16".
const char* precisionName(Precision precision);

/// Whether this processor multiplies bfloat16 by instructions of its own (AVX-512 BF16 or AMX), as oneDNN sees it.
bool hasBFloat16();

/// Widest instructions that products use here: "SSE4.1", "AVX", "AVX2", "AVX-512", "AVX-512 BF16",
/// "AMX (beyond AVX-512)".
const char* instructionSet();

/// What products of this thread are computed in: Float32 outside of every PrecisionScope. What was computed forwards in
/// one precision goes backwards in it.
Precision currentPrecision();

/// Sets the precision of its thread while it lives. Where the processor has no bfloat16, asking for it leaves float32;
/// whoever asks says so to the user (hasBFloat16()).
class PrecisionScope {
public:
    explicit PrecisionScope(Precision wanted);
    ~PrecisionScope();
    PrecisionScope(const PrecisionScope&) = delete;
    PrecisionScope& operator=(const PrecisionScope&) = delete;

private:
    Precision m_before;
};

}  // namespace mnerva::nn
