#pragma once

#include <cstdint>

namespace mnerva::nn {

/// Which values a dropout keeps: the same for the same seed, row and column, so that nothing has to be kept for the way
/// back.
struct Drop {
    std::uint64_t seed = 0;
    double rate = 0;  ///< 0 <= rate < 1
};

/// One row of attention, in place: scores -> softmax(scale * scores) over the keys that `used` marks (null: all), 0 for
/// the others and, without any key, for all.
void softmaxRow(float* scores, const bool* used, std::int64_t keys, float scale);

/// to[i] = (base ? base[i] : 0) + (kept ? from[i] / (1 - rate) : 0). `to` may be `from` or `base`.
void dropRow(const float* from, const float* base, float* to, std::int64_t count, std::uint64_t row, const Drop& drop);

/// In place: gradient of the weights (not dropped) of a row -> that of its scores.
void softmaxRowBackward(float* gradient, const float* weights, std::int64_t keys, float scale);

}  // namespace mnerva::nn
