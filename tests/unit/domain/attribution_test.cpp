#include "core/domain/attribution.h"

#include <catch2/catch.hpp>
#include <set>

using namespace mnerva;

TEST_CASE("AttributionMethods.EachHasAnIdATitleAndASentenceOfItsOwn") {
    std::set<std::string_view> ids, titles, sentences;
    bool slowSeen = false;
    for (const AttributionMethod& method : attributionMethods()) {
        CHECK(attributionMethod(method.id) == &method);
        ids.insert(method.id);
        titles.insert(method.title);
        sentences.insert(method.sentence);
        CHECK(method.sentence.back() == '.');
        CHECK_FALSE((method.isQuick && slowSeen));  // quick ones come first
        slowSeen |= !method.isQuick;
    }
    CHECK(ids.size() == 8);
    CHECK(titles.size() == 8);
    CHECK(sentences.size() == 8);
    CHECK(attributionMethod("saliency") == nullptr);
    CHECK(attributionMethodIds().find("attention, rollout") == 0);
}

TEST_CASE("Target.EachFormHasASentence") {
    for (const char* form : {"span", "tags", "answer"}) CHECK_FALSE(targetFormText(form).empty());
    CHECK(targetFormText("").empty());
}
