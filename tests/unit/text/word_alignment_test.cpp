#include "core/text/word_alignment.h"

#include <catch2/catch.hpp>

namespace {
using mnerva::text::alignWords;
using mnerva::text::WordRange;
using Words = std::vector<std::string>;
using Ranges = std::vector<WordRange>;
}  // namespace

TEST_CASE("WordAlignment.EqualWordsAreThemselves") {
    CHECK(alignWords(Words{"a", "bc"}, Words{"a", "bc"}) == Ranges{{0, 0, true}, {1, 1, true}});
    CHECK(alignWords(Words{}, Words{}) == Ranges{});
}
TEST_CASE("WordAlignment.AWordOfSeveralHoldsThemAll") {
    CHECK(alignWords(Words{"don't", "go"}, Words{"don", "'", "t", "go"}) == Ranges{{0, 2, true}, {3, 3, true}});
}
TEST_CASE("WordAlignment.APartOfAWordIsNotWhole") {
    CHECK(alignWords(Words{"don", "'", "t", "go"}, Words{"don't", "go"}) ==
          Ranges{{0, 0, false}, {0, 0, false}, {0, 0, false}, {1, 1, true}});
}
TEST_CASE("WordAlignment.CountsCodePointsNotBytes") {
    CHECK(alignWords(Words{"多伦", "多🔥"}, Words{"多", "伦", "多", "🔥"}) == Ranges{{0, 1, true}, {2, 3, true}});
}
TEST_CASE("WordAlignment.WhiteSpaceAndEmptyWordsDoNotCount") {
    CHECK(alignWords(Words{"a", "\u00A0", "b"}, Words{"a", "b"}) == Ranges{{0, 0, true}, {-1, -1, true}, {1, 1, true}});
    CHECK(alignWords(Words{"a b"}, Words{"a", "", "b"}) == Ranges{{0, 2, true}});
}
TEST_CASE("WordAlignment.AnotherTextIsNotAligned") {
    CHECK_FALSE(alignWords(Words{"a"}, Words{"b"}));
    CHECK_FALSE(alignWords(Words{"a"}, Words{"a", "b"}));
    CHECK_FALSE(alignWords(Words{"a", "b"}, Words{"a"}));
}
