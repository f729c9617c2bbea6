#include <algorithm>

#include "core/base/check.h"
#include "core/models/text/encoded_post_internal.h"

namespace mnerva::models {

bool GoldEntity::covered() const {
    return std::any_of(regions.begin(), regions.end(), [](float share) { return share > 0; });
}

int EncodedPost::usedWords() const {
    int used = static_cast<int>(words.size());
    while (used > 0 && words[static_cast<std::size_t>(used - 1)].pieces == 0) --used;
    return used;
}

UnitRange unitsOfWord(const EncodedPost& post, int w, UnitMode mode) {
    const auto begin = post.words.begin();
    MNERVA_CHECK(begin[w].pieces > 0);
    if (mode == UnitMode::Pieces) return {begin[w].first, begin[w].pieces};
    return {static_cast<int>(std::count_if(begin, begin + w, [](const auto& word) { return word.pieces > 0; })), 1};
}

}  // namespace mnerva::models
