#include "core/protocol/dynamics.h"

#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "tests/support/data.h"

using namespace mnerva;
using namespace mnerva::protocol;

namespace {

Dynamics twoPosts() {
    Dynamics out{"r \"1\"", "gold", "abc", {}, {}};
    out.posts.push_back({"a", PostId{3}, 5, {{"PER", 0, 1, {}}, {"LOC", 4, 4, {}}}});
    out.posts.push_back({"帖子 🔥", PostId{9}, 2, {{"地名", 0, 1, {}}}});
    out.epochs.push_back({1, {-2.5f, -0.25f, 0.0f}, {0, 1, 1}, {{0, {"ORG", 1, 2, {}}}}});
    out.epochs.push_back({2, {-0.012345f, -1000.0f, -1.0f}, {1, 0, 0}, {}});
    return out;
}

std::string textOf(const Dynamics& dynamics) {
    std::string text = dynamicsStart(dynamics);
    for (const DynamicsEpoch& epoch : dynamics.epochs) text += dynamicsLine(epoch);
    return text;
}

Dynamics readBack(const std::string& text, Findings& odd) {
    return readDynamics(text, "dynamics.jsonl", odd);
}

}  // namespace

TEST_CASE("Dynamics.AreReadAsTheyWereWritten") {
    Findings odd;
    const std::string text = textOf(twoPosts());
    const Dynamics read = readBack(text, odd);
    CHECK(odd.isEmpty());
    CHECK(read.run == "r \"1\"");
    CHECK(read.layer == "gold");
    CHECK(read.inputs == "abc");
    REQUIRE(read.posts.size() == 2);
    CHECK(read.posts[1].id == "帖子 🔥");
    CHECK(read.posts[1].number == PostId{9});
    CHECK(read.posts[1].words == 2);
    CHECK((read.posts[0].entities == twoPosts().posts[0].entities));
    CHECK(read.entities() == 3);
    REQUIRE(read.epochs.size() == 2);
    CHECK(read.epochs[0].isRight == std::vector<char>{0, 1, 1});
    CHECK(read.epochs[0].logProbabilities == std::vector<float>{-2.5f, -0.25f, 0.0f});
    CHECK(read.epochs[1].logProbabilities[0] == Approx(-0.01235).margin(1e-6));
    REQUIRE(read.epochs[0].said.size() == 1);
    CHECK(read.epochs[0].said[0].place == 0);
    CHECK(read.epochs[0].said[0].entity == Entity{"ORG", 1, 2, {}});
    CHECK(textOf(read) == text);
}

TEST_CASE("Dynamics.OfACutFileTheWholeEpochsAreKept") {
    const std::string text = textOf(twoPosts());
    const std::size_t start = dynamicsStart(twoPosts()).size();
    const std::size_t first = start + dynamicsLine(twoPosts().epochs[0]).size();
    for (std::size_t size = 0; size < text.size(); ++size) {
        Findings odd;
        const std::string cut = text.substr(0, size);
        if (size + 1 < start) {  // the line feed alone may be missing
            CHECK_THROWS_AS(readBack(cut, odd), Error);
            continue;
        }
        const Dynamics read = readBack(cut, odd);
        CHECK(read.posts.size() == 2);
        CHECK(read.epochs.size() == (size + 1 < first ? 0u : size + 1 < text.size() ? 1u : 2u));
        const bool isTorn = size > start && size + 1 != first && size != first && size + 1 != text.size();
        CHECK(odd.count("dynamics-epoch-broken") == (isTorn ? 1 : 0));
    }
}

TEST_CASE("Dynamics.AnEpochThatCannotBeIsLeftOut") {
    const std::string start = dynamicsStart(twoPosts());
    const std::string good = R"({"epoch":1,"right":"010","said":[],"logp":[-1,-2,-3]})"
                             "\n";
    for (const char* line : {
             R"({"epoch":1,"right":"010","said":[],"logp":[-1,-2,-3]})",             // that epoch again
             R"({"epoch":0,"right":"010","said":[],"logp":[-1,-2,-3]})",             // none
             R"({"epoch":2,"right":"01","said":[],"logp":[-1,-2]})",                 // fewer entities
             R"({"epoch":2,"right":"012","said":[],"logp":[-1,-2,-3]})",             // not yes or no
             R"({"epoch":2,"right":"010","said":[],"logp":[-1,-2,0.5]})",            // above one
             R"({"epoch":2,"right":"010","said":[],"logp":[-1,-2,"x"]})",            // no number
             R"({"epoch":2,"right":"010","said":[[3,0,0,"X"]],"logp":[-1,-2,-3]})",  // no such entity
             R"({"epoch":2,"right":"010","said":[[1,0,0,"X"]],"logp":[-1,-2,-3]})",  // one that is right
             R"({"epoch":2,"right":"010","said":[[0,4,5,"X"]],"logp":[-1,-2,-3]})",  // beyond the post
             R"({"epoch":2,"right":"010","said":[[0,1]],"logp":[-1,-2,-3]})",        //
             R"({"epoch":2,"right":"010","logp":[-1,-2,-3]})",                       //
             R"([1])",                                                               //
             "\x01",                                                                 //
         }) {
        Findings odd;
        const std::string after = R"({"epoch":7,"right":"000","said":[],"logp":[-1,-2,-3]})"
                                  "\n";
        const Dynamics read = readBack(start + good + line + "\n" + after, odd);
        CAPTURE(line);
        CHECK(odd.count("dynamics-epoch-broken") == 1);
        CHECK(odd.list().at(0).line == 5);
        REQUIRE(read.epochs.size() == 2);
        CHECK(read.epochs[1].epoch == 7);
    }
}

TEST_CASE("Dynamics.WhatStandsBeforeTheEpochsMustBeWhole") {
    Findings odd;
    for (const char* text : {"", "x", "{}", R"({"format":2,"run":"r","layer":"gold","inputs_sha256":"a","posts":0})",
                             R"({"format":1,"run":"r","layer":"gold","inputs_sha256":"a","posts":-1})",
                             R"({"format":1,"run":"r","layer":"gold","inputs_sha256":"a","posts":1})",
                             "{\"format\":1,\"run\":\"r\",\"layer\":\"gold\",\"inputs_sha256\":\"a\",\"posts\":1}\n"
                             R"({"id":"a","number":1,"words":2,"entities":[[0,2,"PER"]]})",
                             "{\"format\":1,\"run\":\"r\",\"layer\":\"gold\",\"inputs_sha256\":\"a\",\"posts\":1}\n"
                             R"({"id":"a","number":1,"words":0,"entities":[]})"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(readBack(text, odd), Error);
    }
    CHECK(odd.isEmpty());
    const test::TemporaryFolder folder;
    CHECK_THROWS_AS(readDynamicsFile(folder.path(), odd), Error);
}
