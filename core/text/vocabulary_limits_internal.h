#pragma once

#include <cstddef>
#include <cstdint>

namespace mnerva::text {

// What a tokenizer's file may hold: several times what the largest known ones do.
inline constexpr std::uint64_t kMostVocabularyBytes = std::uint64_t{64} << 20;
inline constexpr std::size_t kMostEntries = std::size_t{1} << 21;

}  // namespace mnerva::text
