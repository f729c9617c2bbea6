#pragma once

#include <cstdint>

namespace mnerva::nn {

/// What one update of one parameter needs, in float as torch's own kernels use.
struct AdamWNumbers {
    float decay;           ///< 1 - rate * weight decay
    float beta1, keep1;    ///< and 1 - beta1
    float beta2, keep2;    ///< and 1 - beta2
    float stepSize;        ///< rate / (1 - beta1^t)
    float rootCorrection;  ///< sqrt(1 - beta2^t)
    float epsilon;
};

/// One AdamW update of `count` values, their gradient and both moments in one pass over memory. Equal results however
/// the range is cut.
void adamWUpdate(float* value, const float* gradient, float* average, float* square, int64_t count,
                 const AdamWNumbers& numbers);

}  // namespace mnerva::nn
