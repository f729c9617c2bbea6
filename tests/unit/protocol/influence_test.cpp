#include "core/protocol/influence.h"

#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "tests/support/data.h"

using namespace mnerva;
using namespace mnerva::protocol;

TEST_CASE("Influence.IsReadAsItWasWritten") {
    const mnerva::test::TemporaryFolder folder;
    CHECK_FALSE(readInfluence(folder.path()));
    Influence written;
    written.run = "mpcfn";
    written.seed = 3;
    written.entities = {4, 3, 2, 1, 0.5};
    written.list = {{"7", 12, "helped", 0.25, {{"PER", 0, 1, "helped", "helped", "same-right", 0.25, -1}}}};
    writeFileAtomic(folder / kInfluenceFile, toJson(written).dump());
    const auto read = readInfluence(folder.path());
    REQUIRE(read);
    CHECK(toJson(*read) == toJson(written));
    CHECK(read->list.at(0).entities.at(0).swappedChange == -1);
    CHECK(read->entities.hurt == 3);
}

TEST_CASE("Influence.WhatIsNoneIsNone") {
    const mnerva::test::TemporaryFolder folder;
    for (const char* odd : {"", "[]", "{}", "{\"format\": 3}", "{\"format\": 1e30}", "{"}) {
        writeFileAtomic(folder / kInfluenceFile, odd);
        CHECK_FALSE(readInfluence(folder.path()));
    }
    writeFileAtomic(folder / kInfluenceFile, R"({"format": 1, "run": 3, "list": [{"id": 4}, 5]})");
    const auto read = readInfluence(folder.path());
    REQUIRE(read);
    CHECK(read->run.empty());
    CHECK(read->list.size() == 1);
}
