#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/eval/layers.h"

namespace mnerva::eval {

/// What is known of a word by its letters alone.
struct WordFacts {
    int folded = 0;  ///< number of the lower-cased word, in WordFactTable::folded()
    int codePoints = 0;
    bool hasLatin = false, hasHan = false, hasOtherLetter = false;
    bool isLower = false;  ///< no capital letter (signs, digits and Chinese are lower too)
    bool isUpper = false;  ///< no small letter
    bool startsUpper = false;
    bool isHashtag = false, isMention = false;  ///< begins with # or @, full-width ones too
    bool isHashSign = false, isAtSign = false;  ///< is nothing but that sign
    bool isEmoji = false;                       ///< holds a pictogram
};
WordFacts wordFactsOf(std::string_view word, NameTable& folded);

/// Facts of all words of a name table, each looked at once.
class WordFactTable {
public:
    explicit WordFactTable(const NameTable& words);
    const WordFacts& of(int word) const { return m_facts[static_cast<std::size_t>(word)]; }
    const NameTable& folded() const { return m_folded; }

private:
    NameTable m_folded;
    std::vector<WordFacts> m_facts;
};

}  // namespace mnerva::eval
