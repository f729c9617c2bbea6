#include "core/text/look_alike.h"

#include <catch2/catch.hpp>

using namespace mnerva::text;

TEST_CASE("LookAlike.CaseWidthAndInvisibleCharactersMakeNoDifference") {
    const std::string key = lookAlikeKey("PER");
    CHECK(lookAlikeKey("per") == key);
    CHECK(lookAlikeKey("Per") == key);
    CHECK(lookAlikeKey("\uFF30\uFF25\uFF32") == key);  // full width
    CHECK(lookAlikeKey("PER\u200B") == key);           // zero width space
    CHECK(lookAlikeKey("\uFEFFPER") == key);           // byte order mark
    CHECK(lookAlikeKey("P\u00ADER") == key);           // soft hyphen
    CHECK(lookAlikeKey("PER\uFE0F") == key);           // variation selector
    CHECK(lookAlikeKey("\u202EPER\u202C") == key);     // direction override
    CHECK(lookAlikeKey("PER\u00A0") == key);           // no-break space
}

TEST_CASE("LookAlike.OtherNamesStayOther") {
    CHECK(lookAlikeKey("PER") != lookAlikeKey("PERS"));
    CHECK(lookAlikeKey("\u4EBA\u540D") != lookAlikeKey("\u5730\u540D"));
    CHECK(lookAlikeKey("\u4EBA\u540D") == "\u4EBA\u540D");
    CHECK(lookAlikeKey("") == "");
}

TEST_CASE("LookAlike.TheFirstCharacterThatShowsNothingIsNamed") {
    CHECK(!firstInvisible("PER-x_1\u4EBA"));
    CHECK(firstInvisible("P\u200BE") == char32_t{0x200B});
    CHECK(firstInvisible("P E") == char32_t{' '});
    CHECK(firstInvisible("\u3164") == char32_t{0x3164});  // Hangul filler, a letter by its category
    CHECK(firstInvisible("a\tb") == char32_t{'\t'});
}
