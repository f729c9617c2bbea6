#include <catch2/catch.hpp>

#include "core/protocol/messages.h"

using namespace mnerva;
using namespace mnerva::protocol;
using nlohmann::json;

namespace {

std::string refusal(const std::function<void()>& use) {
    try {
        use();
    } catch (const Error& error) {
        REQUIRE(error.code() == ErrorCode::ProtocolInvalid);
        return error.args().at(0);
    }
    return {};
}

ExplainRequest fullRequest() {
    ExplainRequest request;
    request.post.words = {"a", "长", "😂"};
    request.post.imageBytes = std::string("\0\xff", 2);
    request.query = {1, 2, "PER", {"occlusion", "attention"}, "zeros", 8, 1, 2, true, {{"LOC", {"New", "York"}, 0}}};
    return request;
}

}  // namespace

TEST_CASE("ExplainRequest.GoesThereAndBackThroughAFrame") {
    FrameDecoder decoder;
    decoder.feed(encodeFrame(toJson(fullRequest())));
    const ExplainRequest back = explainRequestFromJson(*decoder.next());
    CHECK(back.post.words == fullRequest().post.words);
    CHECK(back.post.imageBytes == fullRequest().post.imageBytes);
    CHECK(back.query == fullRequest().query);
    const ExplainRequest bare = explainRequestFromJson({{"words", {"a"}}});
    CHECK(bare.query == AttributionQuery{});
}

TEST_CASE("ExplainRequest.WhatNoMethodCanAnswerIsRefusedByName") {
    const auto with = [](const char* field, json value) {
        json request = toJson(fullRequest());
        request[field] = std::move(value);
        return refusal([&] { explainRequestFromJson(request); });
    };
    CHECK(with("methods", {"saliency"}).find("explain.methods has saliency, known are attention, rollout") == 0);
    CHECK(with("first", 3) == "explain.first is 3, wanted -1 to 2");
    CHECK(with("last", 0) == "explain.last is 0, wanted 1 to 2");
    CHECK(with("baseline", "black") == "baseline is black, wanted mean, zeros or grey");
    CHECK(with("steps", 0) == "explain.steps is 0, wanted 1 to 1024");
    CHECK(with("exchanges", {{{"words", 3}}}) == "explain.exchanges[0].words is number, wanted a list");
}

TEST_CASE("ExplainResult.GoesThereAndBackThroughAFrame") {
    ExplainResult result;
    result.target = {1, 2, "PER", -0.25, "span", {-3.5, -0.25}};
    Attribution map;
    map.method = "integrated-gradients";
    map.cells.assign(49, 0.5f);
    map.more = {std::vector<float>(49, -1.0f)};
    map.crops = {0.25f, 0};
    map.isSigned = true;
    map.seconds = 1.5;
    map.gap = 0.001;
    map.change = 2.5;
    map.baseline = "mean";
    Attribution words;
    words.method = "word-out";
    words.words = {0.5f, -0.5f, 0};
    words.exchanges = {{"LOC", {"New", "York"}, 1.25}};
    Attribution none;
    none.method = "attention";
    none.unavailable = "This system reads no picture.";
    result.attributions = {map, words, none};
    result.findings = {{"picture-missing", "a.jpg", 0, ""}};
    FrameDecoder decoder;
    decoder.feed(encodeFrame(partMessage(4, toJson(result))));
    const auto message = decoder.next();
    REQUIRE(message);
    const ExplainResult back = explainResultFromJson(message->at("part"));
    CHECK(back.target == result.target);
    CHECK(back.attributions == result.attributions);
    CHECK(back.findings.at(0).file == "a.jpg");
    CHECK_FALSE(back.attributions[2].isServed());
    result.target.byLayer = {};
    CHECK_FALSE(toJson(result).at("target").contains("byLayer"));
    CHECK(explainResultFromJson(toJson(result)).target == result.target);
}

TEST_CASE("PredictRequest.CoveredCellsGoThereAndBack") {
    PredictRequest request;
    request.post.words = {"a"};
    request.cover = {{0, 48}, "mean"};
    CHECK(predictRequestFromJson(toJson(request)).cover == request.cover);
    CHECK(predictRequestFromJson({{"words", {"a"}}}).cover.isNothing());
    request.cover.cells = {49};
    CHECK(refusal([&] { predictRequestFromJson(toJson(request)); }) == "cells has cell 49, wanted 0 to 48");
}
