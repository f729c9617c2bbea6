#include "core/nn/blocks/row_kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>

// One copy of each loop per instruction set, chosen at run time. Sanitizers do not get along with that.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define MNERVA_PER_PROCESSOR __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define MNERVA_PER_PROCESSOR
#endif

namespace mnerva::nn {
namespace {

constexpr float kLowest = -87.0F;  // below it exp is 0 in float32

/// exp of x <= 0 to 2e-7 of itself, by a polynomial that compilers turn into vector instructions.
inline __attribute__((always_inline)) float exponential(float x) {
    const float clamped = x < kLowest ? kLowest : x;
    const float n = std::rint(clamped * 1.44269504F);
    const float r = (clamped - n * 0.693359375F) + n * 2.12194440e-4F;
    float p = 1.9875691500e-4F;
    p = p * r + 1.3981999507e-3F;
    p = p * r + 8.3334519073e-3F;
    p = p * r + 4.1665795894e-2F;
    p = p * r + 1.6666665459e-1F;
    p = p * r + 5.0000001201e-1F;
    p = p * r * r + r + 1.0F;
    const std::int32_t power = (static_cast<std::int32_t>(n) + 127) << 23;
    float two;
    std::memcpy(&two, &power, sizeof two);
    return x < kLowest ? 0.0F : p * two;
}

inline std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

inline __attribute__((always_inline)) std::uint32_t hashed(std::uint32_t column, std::uint32_t low,
                                                           std::uint32_t high) {
    std::uint32_t h = column * 0x9E3779B9U + low;
    h = (h ^ (h >> 16)) * 0x7FEB352DU;
    h = ((h ^ (h >> 15)) + high) * 0x846CA68BU;
    return h ^ (h >> 16);
}

}  // namespace

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
    const std::uint64_t seed = mixed(drop.seed + 0x9E3779B97F4A7C15ULL * (row + 1));
    const auto low = static_cast<std::uint32_t>(seed), high = static_cast<std::uint32_t>(seed >> 32);
    const auto least = static_cast<std::uint32_t>(drop.rate * 4294967296.0);
    const auto grown = static_cast<float>(1.0 / (1.0 - drop.rate));
    if (base) {
#pragma omp simd
        for (std::int64_t i = 0; i < count; ++i) {
            const float factor = hashed(static_cast<std::uint32_t>(i), low, high) >= least ? grown : 0.0F;
            to[i] = base[i] + from[i] * factor;
        }
        return;
    }
#pragma omp simd
    for (std::int64_t i = 0; i < count; ++i) {
        const float factor = hashed(static_cast<std::uint32_t>(i), low, high) >= least ? grown : 0.0F;
        to[i] = from[i] * factor;
    }
}

MNERVA_PER_PROCESSOR
void softmaxRowBackward(float* __restrict gradient, const float* __restrict weights, std::int64_t keys, float scale) {
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < keys; ++i) sum += gradient[i] * weights[i];
    for (std::int64_t i = 0; i < keys; ++i) gradient[i] = scale * weights[i] * (gradient[i] - sum);
}

}  // namespace mnerva::nn
