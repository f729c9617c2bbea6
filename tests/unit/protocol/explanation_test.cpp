#include "core/protocol/explanation.h"

#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "tests/support/data.h"

using namespace mnerva;
using namespace mnerva::protocol;

TEST_CASE("Explanation.IsReadAsItWasWritten") {
    const mnerva::test::TemporaryFolder folder;
    CHECK_FALSE(readExplanation(folder.path()));
    Explanation written;
    written.run = "mpcfn";
    written.system = "mpcfn";
    written.baseline = "mean";
    written.orders = 10;
    written.chance = 0.125;
    written.randomisedLayers = {"crf", "emission"};
    MethodFigures figures;
    figures.method = "occlusion";
    figures.pointing = MapFigure{0.5, 0.25, 0.75, 8};
    figures.randomised = {{0.5, 0.25, 0.75, 8}, {}};
    MethodFigures none;
    none.method = "attention";
    none.unavailable = "Not served.";
    written.methods = {figures, none};
    written.list = {{"7", 12, "PER", 0, 1, -0.25, {{"occlusion", 48, true, {}, 0.5, -0.5}}}};
    writeFileAtomic(folder / kExplanationFile, toJson(written).dump());
    const auto read = readExplanation(folder.path());
    REQUIRE(read);
    CHECK(toJson(*read) == toJson(written));
    CHECK(read->methods.at(0).pointing->high == 0.75);
    CHECK_FALSE(read->methods.at(0).mass);
    CHECK(read->list.at(0).maps.at(0).points == true);
    CHECK_FALSE(read->list.at(0).maps.at(0).touches);
}

TEST_CASE("Explanation.WhatIsNoneIsNone") {
    const mnerva::test::TemporaryFolder folder;
    for (const char* odd : {"", "[]", "{}", "{\"format\": 2}", "{"}) {
        writeFileAtomic(folder / kExplanationFile, odd);
        CHECK_FALSE(readExplanation(folder.path()));
    }
    writeFileAtomic(folder / kExplanationFile,
                    R"({"format": 1, "run": 3, "methods": [{"pointing": 4}, 5], "chance": "x"})");
    const auto read = readExplanation(folder.path());
    REQUIRE(read);
    CHECK(read->run.empty());
    CHECK(read->methods.size() == 1);
    CHECK_FALSE(read->methods[0].pointing);
    CHECK_FALSE(read->chance);
}
