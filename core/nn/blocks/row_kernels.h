#pragma once

#include <cstdint>

namespace mnerva::nn {

/// bfloat16 as it stands in memory: the upper half of a float.
using Rounded = std::uint16_t;

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
void dropRow(const Rounded* from, Rounded* to, std::int64_t count, std::uint64_t row, const Drop& drop);

/// In place: gradient of the weights (not dropped) of a row -> that of its scores.
void softmaxRowBackward(float* gradient, const float* weights, std::int64_t keys, float scale);
/// The same to another place. `gradient` is not what it was afterwards.
void softmaxRowBackward(float* gradient, const Rounded* weights, Rounded* out, std::int64_t keys, float scale);

/// What a norm multiplies by and adds: float32 of its width.
struct NormValues {
    const float* weight = nullptr;
    const float* bias = nullptr;
    float epsilon = 0;
};
/// One row of out = norm(base + kept of x): `normalised` gets what stands before weight and bias. Gives 1 / (standard
/// deviation).
float addedNormRow(const float* base, const float* x, float* normalised, float* out, std::int64_t width,
                   std::uint64_t row, const Drop& drop, const NormValues& norm);
/// The same with `rounded` as a second form of `out`.
float addedNormRow(const float* base, const Rounded* x, Rounded* normalised, float* out, Rounded* rounded,
                   std::int64_t width, std::uint64_t row, const Drop& drop, const NormValues& norm);

/// Of one row of addedNormRow(), what came and what goes back. Adds to `ofWeight` and `ofBias`, [width] each.
template <class Value>
struct NormRowGradients {
    const float* ofOut = nullptr;        ///< null: none
    const Rounded* ofRounded = nullptr;  ///< null: none
    const Value* normalised = nullptr;
    float share = 0;  ///< what addedNormRow() gave
    float* ofBase = nullptr;
    Value* ofX = nullptr;
    float* ofWeight = nullptr;
    float* ofBias = nullptr;
};
void addedNormRowBackward(const NormRowGradients<float>& row, std::int64_t width, std::uint64_t index, const Drop& drop,
                          const float* weight);
void addedNormRowBackward(const NormRowGradients<Rounded>& row, std::int64_t width, std::uint64_t index,
                          const Drop& drop, const float* weight);

/// out = GELU(x), the exact form.
void geluRow(const Rounded* x, Rounded* out, std::int64_t count);
/// In place: gradient of GELU(x) -> that of x; `out` gets GELU(x) again.
void geluRowBackward(const Rounded* x, Rounded* gradient, Rounded* out, std::int64_t count);

/// sums[i] += column `first` + i of [rows, width], for `count` columns.
void addColumns(const Rounded* values, std::int64_t rows, std::int64_t width, std::int64_t first, std::int64_t count,
                float* sums);

}  // namespace mnerva::nn
