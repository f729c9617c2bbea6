#pragma once

#include <cstdlib>
#include <string_view>

#include "core/text/tokenizer.h"

namespace mnerva::fuzz {

/// Cuts words that take all paths of a tokenizer: none, plain, with a space, Chinese, an emoji, no UTF-8, one that
/// becomes many characters.
inline void cutWords(const text::Tokenizer& tokenizer) {
    for (const std::string_view word : {"", "abc", "unaffable", " New", "\xE4\xB8\xAD\xE6\x96\x87", "\xF0\x9F\x98\x80!",
                                        "\xFF\xFE", "a\xCC\x81\xEF\xB7\xBA"})
        for (const int id : tokenizer.ids(word))
            if (id < 0 || id >= tokenizer.size()) std::abort();
}

}  // namespace mnerva::fuzz
