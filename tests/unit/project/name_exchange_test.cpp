#include "core/project/name_exchange.h"

#include "tests/support/project_fixture.h"

using namespace mnerva;
using namespace mnerva::test;

namespace {

std::vector<std::string> typesOf(const std::vector<WordExchange>& exchanges) {
    std::vector<std::string> out;
    for (const WordExchange& exchange : exchanges) out.push_back(exchange.type);
    return out;
}

const project::EntityNames kNames{{"LOC", {{"Paris"}, {"New", "York"}, {"Both"}}},
                                  {"PER", {{"Kevin"}, {"Ada", "Lovelace"}, {"\xe8\x89\xbe\xe7\x90\xb3"}, {"Both"}}}};

}  // namespace

TEST_CASE("NameExchange.OneOfTheSameTypeAndOneOfAnotherOfAsManyWords") {
    const auto one = project::exchangesFor(kNames, {"Kevin", "Durant"}, "PER");
    CHECK(typesOf(one) == std::vector<std::string>{"PER", "LOC"});
    REQUIRE(one.size() == 2);
    CHECK(one[0].words == std::vector<std::string>{"Ada", "Lovelace"});
    CHECK(one[1].words == std::vector<std::string>{"New", "York"});
    CHECK(one == project::exchangesFor(kNames, {"Kevin", "Durant"}, "PER"));
}

TEST_CASE("NameExchange.NeverItsOwnAndInLikeLettersWhereThereAreSuch") {
    for (const char* own : {"Kevin", "Both"}) {
        const auto found = project::exchangesFor(kNames, {own}, "PER");
        REQUIRE(found.size() == 2);
        CHECK(found[0].words != std::vector<std::string>{own});
        CHECK(found[0].words.front().size() < 6);                    // not the Chinese one
        CHECK(found[1].words == std::vector<std::string>{"Paris"});  // "Both" is a name of persons too
    }
    const auto chinese = project::exchangesFor(kNames, {"\xe6\x9f\xaf"}, "PER");
    REQUIRE_FALSE(chinese.empty());
    CHECK(chinese[0].words == kNames.at("PER")[2]);
}

TEST_CASE("NameExchange.FewerWhereTheProjectHasNone") {
    CHECK(project::exchangesFor({}, {"Kevin"}, "PER").empty());
    CHECK(typesOf(project::exchangesFor({{"PER", {{"Kevin"}}}}, {"Kevin"}, "PER")).empty());
    CHECK(typesOf(project::exchangesFor({{"PER", {{"Kevin"}}}}, {"Paris"}, "LOC")) == std::vector<std::string>{"PER"});
}

TEST_CASE("NameExchange.NamesAreThoseOfTheCorrectedLayerEachOnce") {
    struct : ProjectFixture {
    } f;
    const auto project = f.filled();
    const project::EntityNames names = project::entityNames(*project);
    std::size_t count = 0;
    for (const auto& [type, list] : names) count += list.size();
    CHECK(count > 0);
    label(*project, 0, 2, 2, "ORG");
    std::size_t more = 0;
    for (const auto& [type, list] : project::entityNames(*project)) more += list.size();
    CHECK(more == count + 1);
}
