#include "core/nn/optim/adamw_kernel.h"

#include <cmath>

// One copy of the loop per instruction set, chosen at run time: the plain one is three times slower. Sanitizers do not
// get along with that.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define MNERVA_PER_PROCESSOR __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define MNERVA_PER_PROCESSOR
#endif

namespace mnerva::nn {

MNERVA_PER_PROCESSOR
void adamWUpdate(float* __restrict value, const float* __restrict gradient, float* __restrict average,
                 float* __restrict square, int64_t count, const AdamWNumbers& numbers) {
    const AdamWNumbers s = numbers;
    for (int64_t i = 0; i < count; ++i) {
        const float g = gradient[i];
        const float m = s.beta1 * average[i] + s.keep1 * g;
        const float v = s.beta2 * square[i] + s.keep2 * g * g;
        average[i] = m;
        square[i] = v;
        value[i] = value[i] * s.decay - s.stepSize * m / (std::sqrt(v) / s.rootCorrection + s.epsilon);
    }
}

}  // namespace mnerva::nn
