#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "core/nn/blocks/row_kernels.h"

// One copy of each loop per instruction set, chosen at run time. Sanitizers do not get along with that.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define MNERVA_PER_PROCESSOR __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define MNERVA_PER_PROCESSOR
#endif
#define MNERVA_IN_LOOPS inline __attribute__((always_inline))

namespace mnerva::nn {

/// exp of x <= 0 to 2e-7 of itself, by a polynomial that compilers turn into vector instructions.
MNERVA_IN_LOOPS float exponential(float x) {
    constexpr float kLowest = -87.0F;  // below it exp is 0 in float32
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

/// What a Drop multiplies the values of one row by.
class RowFactors {
public:
    MNERVA_IN_LOOPS RowFactors(const Drop& drop, std::uint64_t row) {
        const std::uint64_t seed = mixed(drop.seed + 0x9E3779B97F4A7C15ULL * (row + 1));
        m_low = static_cast<std::uint32_t>(seed);
        m_high = static_cast<std::uint32_t>(seed >> 32);
        m_least = static_cast<std::uint32_t>(drop.rate * 4294967296.0);
        m_grown = static_cast<float>(1.0 / (1.0 - drop.rate));
    }
    MNERVA_IN_LOOPS float of(std::int64_t column) const {
        std::uint32_t h = static_cast<std::uint32_t>(column) * 0x9E3779B9U + m_low;
        h = (h ^ (h >> 16)) * 0x7FEB352DU;
        h = ((h ^ (h >> 15)) + m_high) * 0x846CA68BU;
        return (h ^ (h >> 16)) >= m_least ? m_grown : 0.0F;
    }

private:
    static MNERVA_IN_LOOPS std::uint64_t mixed(std::uint64_t z) {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    std::uint32_t m_low, m_high, m_least;
    float m_grown;
};

MNERVA_IN_LOOPS float exact(float x) {
    return x;
}
MNERVA_IN_LOOPS float exact(Rounded x) {
    const std::uint32_t bits = static_cast<std::uint32_t>(x) << 16;
    float out;
    std::memcpy(&out, &bits, sizeof out);
    return out;
}

MNERVA_IN_LOOPS void store(float value, float* to) {
    *to = value;
}
/// To the nearest, ties to even; what is no number stays none.
MNERVA_IN_LOOPS void store(float value, Rounded* to) {
    std::uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    const std::uint32_t nearest = (bits + 0x7FFFU + ((bits >> 16) & 1U)) >> 16;
    const bool isNumber = (bits & 0x7FFFFFFFU) <= 0x7F800000U;
    *to = static_cast<Rounded>(isNumber ? nearest : 0x7FC0U);
}

}  // namespace mnerva::nn
