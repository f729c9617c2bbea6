#include <algorithm>
#include <catch2/catch.hpp>

#include "core/domain/entity.h"

using namespace mnerva;

// Readers, statistics, the check before training and exports ask text::isOrphan; entities come from the lenient rule of
// scoring. Both must speak of the same words.
TEST_CASE("Orphan.IsWhereAnEntityBeginsWithoutItsBegin") {
    const std::vector<std::string> all{"O",     "X",     "B-PER", "I-PER", "M-PER", "E-PER",
                                       "S-PER", "B-LOC", "I-LOC", "E-LOC", "S-LOC"};
    const std::size_t length = 4;
    std::size_t combinations = 1;
    for (std::size_t i = 0; i < length; ++i) combinations *= all.size();
    for (std::size_t number = 0; number < combinations; ++number) {
        std::vector<std::string> tags;
        for (std::size_t i = 0, rest = number; i < length; ++i, rest /= all.size())
            tags.push_back(all[rest % all.size()]);
        std::vector<bool> begins(length, false), orphans(length, false);
        for (const Entity& entity : entitiesFromTags(tags)) {
            const std::string& tag = tags[static_cast<std::size_t>(entity.first)];
            begins[static_cast<std::size_t>(entity.first)] = tag[0] == 'I' || tag[0] == 'M' || tag[0] == 'E';
        }
        for (std::size_t i = 0; i < length; ++i) orphans[i] = text::isOrphan(i > 0 ? tags[i - 1] : "", tags[i]);
        INFO(tags[0] << " " << tags[1] << " " << tags[2] << " " << tags[3]);
        // The lenient rule forgets an M- before a B- of its type, as it is published: an orphan without an entity.
        const bool hasMiddle = std::find(tags.begin(), tags.end(), "M-PER") != tags.end();
        if (!hasMiddle) REQUIRE(orphans == begins);
        for (std::size_t i = 0; i < length; ++i)
            if (begins[i]) REQUIRE(orphans[i]);
    }
}
