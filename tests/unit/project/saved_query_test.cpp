#include "core/project/saved_query.h"

#include <catch2/catch.hpp>

namespace {
using namespace mnerva;
using namespace mnerva::project;

std::vector<std::string> namesIn(std::string_view text) {
    std::vector<std::string> names;
    for (const SavedQuery& one : savedQueriesFrom(text).list) names.push_back(one.name);
    return names;
}

}  // namespace

TEST_CASE("Saved queries come back as they were kept") {
    const std::vector<SavedQuery> queries{
        {"open ones", "status:open", {}},
        {"没把握的", "label:PER conf(run 1)<0.6", {OrderKey::LeastConfidence, true, "run 1"}},
        {"all, longest first", "", {OrderKey::Length, true}}};
    const SavedQueries read = savedQueriesFrom(toText(queries));
    CHECK(read.list == queries);
    CHECK(read.leftOut == 0);
    CHECK(savedQueriesFrom("").list.empty());
    CHECK(savedQueriesFrom("").leftOut == 0);
    CHECK(savedQueriesFrom(toText({})).leftOut == 0);
}

TEST_CASE("Of saved queries from a stranger what cannot be is left out and counted") {
    for (const char* odd : {"x", "null", "[]", "{}", R"({"views":{}})", "{\"views\":[", "\xff\xfe"}) {
        CHECK(savedQueriesFrom(odd).list.empty());
        CHECK(savedQueriesFrom(odd).leftOut == 1);
    }
    const auto read = savedQueriesFrom(
        R"({"views":[{"name":"good","query":"a"},{"name":"","query":"a"},{"name":"  ","query":"a"},{"name":"two\nlines","query":"a"},)"
        R"({"name":"GOOD","query":"b"},{"name":"no query"},{"name":1,"query":"a"},{"name":"turned\u202e","query":"a"},"x",null,)"
        R"({"name":"order","query":"a","order":"length"},{"name":"last","query":"(","order":{"key":"length"}}]})");
    REQUIRE(read.list.size() == 2);
    CHECK(read.leftOut == 10);
    CHECK(read.list[1] == SavedQuery{"last", "(", {OrderKey::Length}});
    std::string deep(100000, '[');
    CHECK(savedQueriesFrom(deep).leftOut == 1);
}

TEST_CASE("Saved queries are bounded in number and length") {
    std::vector<SavedQuery> many;
    for (std::size_t i = 0; i < kMostSavedQueries + 3; ++i) many.push_back({std::to_string(i), "a"});
    const auto read = savedQueriesFrom(toText(many));
    CHECK(read.list.size() == kMostSavedQueries);
    CHECK(read.leftOut == 3);
    CHECK(namesIn(toText({{"long", std::string(kLongestSavedQuery + 1, 'a')}})).empty());
    CHECK(namesIn(toText({{std::string(kLongestSavedName + 1, 'a'), "a"}})).empty());
    CHECK(namesIn(toText({{std::string(kLongestSavedName, 'a'), "a"}})).size() == 1);
}

TEST_CASE("A name of a saved query is refused with its reason") {
    const std::vector<SavedQuery> there{{"Open", "a"}, {"苹果", "b"}};
    CHECK(savedNameFault("open ones", there) == SavedNameFault::None);
    CHECK(savedNameFault("oPEN", there) == SavedNameFault::Taken);
    CHECK(savedNameFault("oPEN", there, 0) == SavedNameFault::None);  // its own
    CHECK(savedNameFault("", there) == SavedNameFault::Empty);
    CHECK(savedNameFault(" 　", there) == SavedNameFault::Empty);
    CHECK(savedNameFault("a\tb", there) == SavedNameFault::Characters);
    CHECK(savedNameFault("\xff", there) == SavedNameFault::Characters);
    std::string wide;
    for (std::size_t i = 0; i < kLongestSavedName; ++i) wide += "果";
    CHECK(savedNameFault(wide, there) == SavedNameFault::None);
    CHECK(savedNameFault(wide + "果", there) == SavedNameFault::TooLong);
}
