#include "core/text/word_alignment.h"

#include "core/text/utf8.h"

namespace mnerva::text {
namespace {

/// The visible code points of words, and the word that each belongs to.
struct Spread {
    std::u32string points;
    std::vector<int> wordOf;
};

Spread spreadOf(std::span<const std::string> words) {
    Spread out;
    for (std::size_t w = 0; w < words.size(); ++w)
        for (std::size_t at = 0; at < words[w].size();) {
            const char32_t point = nextCodePoint(words[w], at);
            if (isWhiteSpace(point)) continue;
            out.points += point;
            out.wordOf.push_back(static_cast<int>(w));
        }
    return out;
}

}  // namespace

std::optional<std::vector<WordRange>> alignWords(std::span<const std::string> from, std::span<const std::string> to) {
    const Spread left = spreadOf(from), right = spreadOf(to);
    if (left.points != right.points) return std::nullopt;
    std::vector<WordRange> ranges(from.size());
    const std::size_t count = left.points.size();
    for (std::size_t i = 0; i < count; ++i) {
        WordRange& range = ranges[static_cast<std::size_t>(left.wordOf[i])];
        const int word = right.wordOf[i];
        if (range.first < 0) {
            range.first = word;
            range.isWhole = i == 0 || right.wordOf[i - 1] != word;
        }
        range.last = word;
        const bool ends = i + 1 == count || left.wordOf[i + 1] != left.wordOf[i];
        if (ends && i + 1 < count && right.wordOf[i + 1] == word) range.isWhole = false;
    }
    return ranges;
}

}  // namespace mnerva::text
