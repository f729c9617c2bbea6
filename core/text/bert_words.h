#pragma once

#include <string>
#include <string_view>

namespace mnerva::text {

/// What BERT's basic tokenizer makes of a text (models.md 2.1), as in Hugging Face's BertNormalizer and
/// BertPreTokenizer: drops control, format and private-use characters, U+0000 and U+FFFD, sets CJK ideographs apart,
/// with `lowerCase` also strips accents (NFD without non-spacing marks) and lowers, then splits at white space and
/// around each punctuation mark. Character classes are those of Unicode 8, which the tokenizers library has inside;
/// newer characters belong to none.
class BertWords {
public:
    explicit BertWords(bool lowerCase) : m_lowerCase(lowerCase) {}

    /// Puts the words into `out` as UTF-8, each followed by a space, `out` being cleared first. Empty for a text that
    /// vanishes. Thread-safe; reuse `out` to save allocations.
    void split(std::string_view text, std::string& out) const;

private:
    bool m_lowerCase;
};

}  // namespace mnerva::text
