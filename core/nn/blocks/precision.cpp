#include "core/nn/blocks/precision.h"

#include <oneapi/dnnl/dnnl.hpp>

namespace mnerva::nn {
namespace {

thread_local Precision t_precision = Precision::Float32;

}  // namespace

const char* precisionName(Precision precision) {
    return precision == Precision::BFloat16 ? "bf16" : "fp32";
}

bool hasBFloat16() {
    static const bool has = [] {
        // A bit for each set of instructions; AMX has all of this one's.
        constexpr auto kWanted = static_cast<unsigned>(dnnl::cpu_isa::avx512_core_bf16);
        return (static_cast<unsigned>(dnnl::get_effective_cpu_isa()) & kWanted) == kWanted;
    }();
    return has;
}

Precision currentPrecision() {
    return t_precision;
}

PrecisionScope::PrecisionScope(Precision wanted) : m_before(t_precision) {
    t_precision = wanted == Precision::BFloat16 && !hasBFloat16() ? Precision::Float32 : wanted;
}

PrecisionScope::~PrecisionScope() {
    t_precision = m_before;
}

}  // namespace mnerva::nn
