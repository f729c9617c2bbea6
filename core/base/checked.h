#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

namespace mnerva {

/// Arithmetic with numbers that a file claims: nothing in place of a result that does not fit.

constexpr std::optional<std::uint64_t> checkedSum(std::uint64_t a, std::uint64_t b) {
    std::uint64_t out = 0;
    if (__builtin_add_overflow(a, b, &out)) return std::nullopt;
    return out;
}

constexpr std::optional<std::uint64_t> checkedProduct(std::uint64_t a, std::uint64_t b) {
    std::uint64_t out = 0;
    if (__builtin_mul_overflow(a, b, &out)) return std::nullopt;
    return out;
}

/// Values of a tensor with these sides. Nothing where a side is negative, and where the product of the sides that are
/// not 0 exceeds `most`: an empty tensor with huge other sides cannot be computed with either.
constexpr std::optional<std::uint64_t> checkedCount(std::span<const std::int64_t> sides, std::uint64_t most) {
    std::uint64_t count = 1;
    bool empty = false;
    for (const std::int64_t side : sides) {
        if (side < 0) return std::nullopt;
        empty |= side == 0;
        const auto next = checkedProduct(count, std::max<std::uint64_t>(1, static_cast<std::uint64_t>(side)));
        if (!next || *next > most) return std::nullopt;
        count = *next;
    }
    return empty ? 0 : count;
}

/// What a compressed member or a dictionary may unpack to: `most`, and for small files no more than `ratio` bytes for
/// each of theirs, which no honest file comes near.
constexpr std::uint64_t unpackedLimit(std::uint64_t fileBytes, std::uint64_t most, std::uint64_t ratio = 100) {
    constexpr std::uint64_t kAlwaysAllowed = std::uint64_t{64} << 10;
    const auto scaled = checkedProduct(fileBytes, ratio);
    return scaled ? std::min(most, *scaled + kAlwaysAllowed) : most;
}

}  // namespace mnerva
