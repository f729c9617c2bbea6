#include "core/text/mention_form.h"

#include <catch2/catch.hpp>

using namespace mnerva::text;

TEST_CASE("MentionForm.CaseWidthSpacesHashtagAndScriptDoNotCount") {
    const std::string key = mentionKey("Kevin Durant");
    for (const char* other : {"kevin durant", "KEVIN  DURANT", "#KevinDurant", "@kevin_durant", "Ｋｅｖｉｎ　Durant"})
        CHECK(mentionKey(other) == key);
    CHECK(mentionKey("Kevin Durants") != key);
    CHECK(mentionKey("臺灣大學") == mentionKey("台湾大学"));
    CHECK(mentionKey("蘋果") == mentionKey("苹果"));
    CHECK(mentionKey("#") == "");
    CHECK(mentionKey("") == "");
}

TEST_CASE("MentionForm.AMarkInsideIsPartOfTheName") {
    CHECK(mentionKey("C#") == "c#");
    CHECK(mentionForm("#york", false) == U"#york");
}

TEST_CASE("MentionForm.BrokenUtf8IsComparedAndLosesNothingElse") {
    CHECK(mentionKey("a\xff\xfe"
                     "b") ==
          "a\xEF\xBF\xBD\xEF\xBF\xBD"
          "b");
}

TEST_CASE("MentionForm.VariantsAreThoseOfOneSimplifiedCharacter") {
    const auto variants = variantsOf(U'发');
    CHECK(variants.front() == U'发');
    CHECK(std::find(variants.begin(), variants.end(), U'發') != variants.end());
    for (const char32_t one : variants) CHECK(simplifiedCodePoint(one) == U'发');
    CHECK(variantsOf(U'x').size() == 1);
}

TEST_CASE("OneEdit.PutInLeftOutOrAnother") {
    CHECK(isOneEdit(U"durant", U"duront"));
    CHECK(isOneEdit(U"durant", U"durants"));
    CHECK(isOneEdit(U"durants", U"durant"));
    CHECK(isOneEdit(U"durant", U"urant"));
    CHECK(isOneEdit(U"durant", U"durannt"));
    CHECK_FALSE(isOneEdit(U"durant", U"durant"));
    CHECK_FALSE(isOneEdit(U"durant", U"duratn"));
    CHECK_FALSE(isOneEdit(U"durant", U"durantss"));
    CHECK_FALSE(isOneEdit(U"", U"ab"));
    CHECK(isOneEdit(U"", U"a"));
}

TEST_CASE("Spellings.AHashtagIsCutAtItsCapitalsAndANameIsJoined") {
    CHECK(spellingsOf("#KevinDurant") == std::vector<std::u32string>{U"kevindurant", U"kevin durant"});
    CHECK(spellingsOf("Kevin Durant") == std::vector<std::u32string>{U"kevin durant", U"kevindurant"});
    CHECK(spellingsOf("new_york") == std::vector<std::u32string>{U"new york", U"newyork"});
    CHECK(spellingsOf("NBA") == std::vector<std::u32string>{U"nba"});
    CHECK(spellingsOf(" # ").empty());
}
