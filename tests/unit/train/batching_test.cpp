#include "core/train/batching.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <thread>

#include "core/train/control.h"

using namespace mnerva::train;

namespace {

std::vector<int> lengthsOf(int posts) {
    std::vector<int> lengths;
    for (int i = 0; i < posts; ++i) lengths.push_back(3 + i * 7 % 40);
    return lengths;
}

std::vector<int> flattened(const std::vector<std::vector<int>>& batches) {
    std::vector<int> all;
    for (const auto& batch : batches) all.insert(all.end(), batch.begin(), batch.end());
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

TEST_CASE("Batching: every post occurs once an epoch, only one batch is short") {
    const auto lengths = lengthsOf(101);
    const auto batches = epochBatches(lengths, 8, 1, 1);
    std::vector<int> wanted(101);
    std::iota(wanted.begin(), wanted.end(), 0);
    CHECK(flattened(batches) == wanted);
    CHECK(std::count_if(batches.begin(), batches.end(), [](const auto& b) { return b.size() != 8; }) == 1);
}

TEST_CASE("Batching: the order follows from seed and epoch alone") {
    const auto lengths = lengthsOf(64);
    CHECK(epochBatches(lengths, 8, 3, 2) == epochBatches(lengths, 8, 3, 2));
    CHECK(epochBatches(lengths, 8, 3, 2) != epochBatches(lengths, 8, 3, 3));
    CHECK(epochBatches(lengths, 8, 3, 2) != epochBatches(lengths, 8, 4, 2));
}

TEST_CASE("Batching: posts of like length share a batch") {
    const auto lengths = lengthsOf(256);
    int padded = 0;
    for (const auto& batch : epochBatches(lengths, 8, 1, 1)) {
        int longest = 0;
        for (int i : batch) longest = std::max(longest, lengths[static_cast<std::size_t>(i)]);
        for (int i : batch) padded += longest - lengths[static_cast<std::size_t>(i)];
    }
    CHECK(padded < 256 * 3);
}

TEST_CASE("Batching: plain batches take posts as the shuffle left them") {
    const auto lengths = lengthsOf(101);
    const auto batches = plainBatches(101, 8, 1, 1);
    CHECK(flattened(batches) == flattened(epochBatches(lengths, 8, 1, 1)));
    CHECK(batches == plainBatches(101, 8, 1, 1));
    CHECK(batches != plainBatches(101, 8, 1, 2));
    CHECK(std::count_if(batches.begin(), batches.end(), [](const auto& b) { return b.size() != 8; }) == 1);
}

TEST_CASE("Batching: the share of padding is counted by position") {
    CHECK(paddingShare({4, 2, 3, 3}, {{0, 1}, {2, 3}}) == Approx(2.0 / 14));
    CHECK(paddingShare({4, 4}, {{0, 1}}) == 0);
    CHECK(paddingShare({}, {}) == 0);
    const auto lengths = lengthsOf(256);
    const double plain = paddingShare(lengths, plainBatches(256, 8, 1, 1));
    CHECK(paddingShare(lengths, epochBatches(lengths, 8, 1, 1)) < plain / 4);
}

TEST_CASE("Batching: evaluation goes by length and repeats itself") {
    const auto lengths = lengthsOf(50);
    const auto batches = evaluationBatches(lengths, 16);
    CHECK(batches == evaluationBatches(lengths, 16));
    CHECK(flattened(batches).size() == 50);
    CHECK(lengths[static_cast<std::size_t>(batches.front().front())] ==
          *std::min_element(lengths.begin(), lengths.end()));
    CHECK(evaluationBatches({}, 16).empty());
}

TEST_CASE("Control: knows four words and no other") {
    Control control;
    CHECK(control.say("pause"));
    CHECK(control.paused());
    CHECK(control.say("resume"));
    CHECK_FALSE(control.paused());
    CHECK(control.say("finish"));
    CHECK(control.finishAsked());
    CHECK_FALSE(control.say("halt"));
    CHECK_FALSE(control.stopAsked());
    CHECK(control.say("stop"));
    CHECK(control.stopAsked());
}

TEST_CASE("Control: a pause ends by resume, by stop and by the token") {
    for (const char* word : {"resume", "stop", ""}) {
        Control control;
        std::stop_source source;
        control.say("pause");
        std::jthread other([&] { *word ? void(control.say(word)) : void(source.request_stop()); });
        control.waitWhilePaused(source.get_token());
        other.join();
        CHECK((!control.paused() || control.stopAsked() || source.stop_requested()));
    }
}
