#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mnerva::text {

/// Words of another splitting of the same text, both ends included; an empty word has first -1.
struct WordRange {
    int first = -1, last = -1;
    bool isWhole = true;  ///< it begins and ends where those words do
    bool operator==(const WordRange&) const = default;
};

/// For each word of `from` the words of `to` that hold its code points, white space left out on both sides. Nothing
/// where the two are not the same text.
std::optional<std::vector<WordRange>> alignWords(std::span<const std::string> from, std::span<const std::string> to);

}  // namespace mnerva::text
