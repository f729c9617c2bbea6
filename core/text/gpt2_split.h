#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace mnerva::text {

/// Ends (in bytes) of the pieces that GPT-2's pattern cuts a text into, in order; `ends` is cleared first. The pattern
/// is
///     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
/// with the character classes of Unicode 14, which the tokenizers library has inside. The text must be valid UTF-8.
void gpt2Split(std::string_view text, std::vector<std::size_t>& ends);

/// What a character is to that pattern.
enum class Gpt2Class : unsigned char { Other, Letter, Number, Space };
Gpt2Class gpt2ClassOf(char32_t character);

}  // namespace mnerva::text
