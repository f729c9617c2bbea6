#include "core/nn/blocks/precision.h"

#include <oneapi/dnnl/dnnl.hpp>

namespace mnerva::nn {
namespace {

thread_local Precision t_precision = Precision::Float32;

}  // namespace

const char* precisionName(Precision precision) {
    switch (precision) {
        case Precision::Float32:
            return "fp32";
        case Precision::BFloat16:
            return "bf16";
        case Precision::Float16:
            return "fp16";
    }
    return "fp32";
}

bool canCompute(Precision precision, const torch::Device& device) {
    if (precision == Precision::Float32 || !device.is_cpu()) return true;
    return precision == Precision::BFloat16 && hasBFloat16();
}

bool hasBFloat16() {
    static const bool has = [] {
        // A bit for each set of instructions; AMX has all of this one's.
        constexpr auto kWanted = static_cast<unsigned>(dnnl::cpu_isa::avx512_core_bf16);
        return (static_cast<unsigned>(dnnl::get_effective_cpu_isa()) & kWanted) == kWanted;
    }();
    return has;
}

const char* instructionSet() {
    const auto has = static_cast<unsigned>(dnnl::get_effective_cpu_isa());
    const auto all = [&](dnnl::cpu_isa isa) {
        return (has & static_cast<unsigned>(isa)) == static_cast<unsigned>(isa);
    };
    if (all(dnnl::cpu_isa::avx512_core_amx)) return "AMX (beyond AVX-512)";
    if (all(dnnl::cpu_isa::avx512_core_bf16)) return "AVX-512 BF16";
    if (all(dnnl::cpu_isa::avx512_core)) return "AVX-512";
    if (all(dnnl::cpu_isa::avx2)) return "AVX2";
    return all(dnnl::cpu_isa::avx) ? "AVX" : "SSE4.1";
}

Precision currentPrecision() {
    return t_precision;
}

PrecisionScope::PrecisionScope(Precision wanted, const torch::Device& device) : m_before(t_precision) {
    t_precision = canCompute(wanted, device) ? wanted : Precision::Float32;
    if (device.is_cpu()) return;
    // fp32 means 24 bits: convolutions on a card would round to TF32 otherwise (experiments.md 4).
    at::globalContext().setAllowTF32CuDNN(false);
    at::globalContext().setAllowTF32CuBLAS(false);
}

PrecisionScope::~PrecisionScope() {
    t_precision = m_before;
}

}  // namespace mnerva::nn
