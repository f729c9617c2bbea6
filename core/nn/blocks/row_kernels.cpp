#include "core/nn/blocks/row_kernels.h"

#include <algorithm>
#include <cmath>

#include "core/nn/blocks/row_kernels_internal.h"

namespace mnerva::nn {

MNERVA_PER_PROCESSOR
void softmaxRow(float* __restrict scores, const bool* __restrict used, std::int64_t keys, float scale) {
    constexpr float kNone = -3.0e38F;
    float most = kNone;
    if (used) {
        for (std::int64_t i = 0; i < keys; ++i) scores[i] = used[i] ? scores[i] * scale : kNone;
    } else {
        for (std::int64_t i = 0; i < keys; ++i) scores[i] *= scale;
    }
#pragma omp simd reduction(max : most)
    for (std::int64_t i = 0; i < keys; ++i) most = scores[i] > most ? scores[i] : most;
    if (most == kNone && used && std::find(used, used + keys, true) == used + keys) {
        std::fill(scores, scores + keys, 0.0F);
        return;
    }
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < keys; ++i) {
        const float e = exponential(scores[i] - most);
        scores[i] = e;
        sum += e;
    }
    const float share = 1.0F / sum;
    for (std::int64_t i = 0; i < keys; ++i) scores[i] *= share;
}

MNERVA_PER_PROCESSOR
void dropRow(const float* from, const float* base, float* to, std::int64_t count, std::uint64_t row, const Drop& drop) {
    const RowFactors factors(drop, row);
    if (base) {
#pragma omp simd
        for (std::int64_t i = 0; i < count; ++i) to[i] = base[i] + from[i] * factors.of(i);
        return;
    }
#pragma omp simd
    for (std::int64_t i = 0; i < count; ++i) to[i] = from[i] * factors.of(i);
}

MNERVA_PER_PROCESSOR
void dropRow(const Rounded* from, Rounded* to, std::int64_t count, std::uint64_t row, const Drop& drop) {
    const RowFactors factors(drop, row);
#pragma omp simd
    for (std::int64_t i = 0; i < count; ++i) store(exact(from[i]) * factors.of(i), to + i);
}

MNERVA_PER_PROCESSOR
void softmaxRowBackward(float* __restrict gradient, const float* __restrict weights, std::int64_t keys, float scale) {
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < keys; ++i) sum += gradient[i] * weights[i];
    for (std::int64_t i = 0; i < keys; ++i) gradient[i] = scale * weights[i] * (gradient[i] - sum);
}

MNERVA_PER_PROCESSOR
void softmaxRowBackward(float* __restrict gradient, const Rounded* __restrict weights, Rounded* __restrict out,
                        std::int64_t keys, float scale) {
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < keys; ++i) sum += gradient[i] * exact(weights[i]);
#pragma omp simd
    for (std::int64_t i = 0; i < keys; ++i) store(scale * exact(weights[i]) * (gradient[i] - sum), out + i);
}

namespace {

template <class Value>
MNERVA_IN_LOOPS float addedNorm(const float* base, const Value* x, Value* normalised, float* out, Rounded* rounded,
                                std::int64_t width, std::uint64_t row, const Drop& drop, const NormValues& norm) {
    const RowFactors factors(drop, row);
    const auto count = static_cast<float>(width);
    float sum = 0, squares = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < width; ++i) {
        out[i] = base[i] + exact(x[i]) * factors.of(i);
        sum += out[i];
    }
    const float mean = sum / count;
#pragma omp simd reduction(+ : squares)
    for (std::int64_t i = 0; i < width; ++i) squares += (out[i] - mean) * (out[i] - mean);
    const float share = 1.0F / std::sqrt(squares / count + norm.epsilon);
#pragma omp simd
    for (std::int64_t i = 0; i < width; ++i) {
        const float y = (out[i] - mean) * share;
        store(y, normalised + i);
        out[i] = y * norm.weight[i] + norm.bias[i];
    }
    if (rounded) {
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i) store(out[i], rounded + i);
    }
    return share;
}

template <class Value>
MNERVA_IN_LOOPS void addedNormBackward(const NormRowGradients<Value>& row, std::int64_t width, std::uint64_t index,
                                       const Drop& drop, const float* weight) {
    const RowFactors factors(drop, index);
    float* __restrict const inner = row.ofBase;
    const float* __restrict const first = row.ofOut;
    const Rounded* __restrict const second = row.ofRounded;
    if (first && second) {
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i) inner[i] = first[i] + exact(second[i]);
    } else if (first) {
        std::copy(first, first + width, inner);
    } else {
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i) inner[i] = exact(second[i]);
    }
    const Value* __restrict const normalised = row.normalised;
    float* __restrict const ofWeight = row.ofWeight;
    float* __restrict const ofBias = row.ofBias;
    float sum = 0, along = 0;
#pragma omp simd reduction(+ : sum, along)
    for (std::int64_t i = 0; i < width; ++i) {
        const float y = exact(normalised[i]), g = inner[i];
        ofWeight[i] += g * y;
        ofBias[i] += g;
        sum += g * weight[i];
        along += g * weight[i] * y;
    }
    const float mean = sum / static_cast<float>(width), slope = along / static_cast<float>(width), share = row.share;
    Value* __restrict const ofX = row.ofX;
#pragma omp simd
    for (std::int64_t i = 0; i < width; ++i) {
        const float g = share * (inner[i] * weight[i] - mean - exact(normalised[i]) * slope);
        inner[i] = g;
        store(g * factors.of(i), ofX + i);
    }
}

/// The share of a standard normal below x, times 2 for x < 0 and what is missing to 2 for others: erfc(|x| / sqrt 2),
/// to 2e-7, given exp(-x^2 / 2).
MNERVA_IN_LOOPS float beyond(float size, float density) {
    const float t = 1.0F / (1.0F + 0.3275911F * 0.70710678F * size);
    return ((((1.061405429F * t - 1.453152027F) * t + 1.421413741F) * t - 0.284496736F) * t + 0.254829592F) * t *
           density;
}

struct Gelu {
    float value, slope;
};
MNERVA_IN_LOOPS Gelu geluOf(float x) {
    const float density = exponential(-0.5F * x * x), tail = 0.5F * beyond(std::fabs(x), density);
    const float below = x < 0 ? tail : 1.0F - tail;
    return {x * below, below + x * 0.39894228F * density};
}

}  // namespace

MNERVA_PER_PROCESSOR
float addedNormRow(const float* base, const float* x, float* normalised, float* out, std::int64_t width,
                   std::uint64_t row, const Drop& drop, const NormValues& norm) {
    return addedNorm(base, x, normalised, out, nullptr, width, row, drop, norm);
}

MNERVA_PER_PROCESSOR
float addedNormRow(const float* base, const Rounded* x, Rounded* normalised, float* out, Rounded* rounded,
                   std::int64_t width, std::uint64_t row, const Drop& drop, const NormValues& norm) {
    return addedNorm(base, x, normalised, out, rounded, width, row, drop, norm);
}

MNERVA_PER_PROCESSOR
void addedNormRowBackward(const NormRowGradients<float>& row, std::int64_t width, std::uint64_t index, const Drop& drop,
                          const float* weight) {
    addedNormBackward(row, width, index, drop, weight);
}

MNERVA_PER_PROCESSOR
void addedNormRowBackward(const NormRowGradients<Rounded>& row, std::int64_t width, std::uint64_t index,
                          const Drop& drop, const float* weight) {
    addedNormBackward(row, width, index, drop, weight);
}

MNERVA_PER_PROCESSOR
void geluRow(const Rounded* x, Rounded* out, std::int64_t count) {
#pragma omp simd
    for (std::int64_t i = 0; i < count; ++i) store(geluOf(exact(x[i])).value, out + i);
}

MNERVA_PER_PROCESSOR
void geluRowBackward(const Rounded* x, Rounded* gradient, Rounded* out, std::int64_t count) {
#pragma omp simd
    for (std::int64_t i = 0; i < count; ++i) {
        const Gelu gelu = geluOf(exact(x[i]));
        store(gelu.value, out + i);
        store(exact(gradient[i]) * gelu.slope, gradient + i);
    }
}

MNERVA_PER_PROCESSOR
void addColumns(const Rounded* values, std::int64_t rows, std::int64_t width, std::int64_t first, std::int64_t count,
                float* sums) {
    for (std::int64_t r = 0; r < rows; ++r) {
        const Rounded* __restrict const row = values + r * width + first;
        float* __restrict const to = sums;
#pragma omp simd
        for (std::int64_t i = 0; i < count; ++i) to[i] += exact(row[i]);
    }
}

}  // namespace mnerva::nn
