#include "core/train/ahead.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace mnerva::train;

TEST_CASE("Ahead.ItemsComeInOrderWhicheverThreadMakesThem") {
    for (const bool isAhead : {false, true}) {
        Ahead<int> items(
            100, [](std::size_t i, const std::stop_token&) { return static_cast<int>(i) * 3; }, isAhead);
        for (int i = 0; i < 100; ++i) REQUIRE(items.next() == i * 3);
    }
}

TEST_CASE("Ahead.AFailureComesWithItsItemAndNotBefore") {
    Ahead<int> items(4, [](std::size_t i, const std::stop_token&) {
        if (i == 2) throw std::runtime_error("the third");
        return static_cast<int>(i);
    });
    CHECK(items.next() == 0);
    CHECK(items.next() == 1);
    CHECK_THROWS_WITH(items.next(), "the third");
    CHECK(items.next() == 3);
}

TEST_CASE("Ahead.OnlyAFewAreMadeBeforeTheyAreAskedFor") {
    std::atomic<int> made = 0;
    {
        Ahead<int> items(1000, [&](std::size_t, const std::stop_token&) { return ++made; });
        CHECK(items.next() == 1);
    }
    CHECK(made <= 5);
}

TEST_CASE("Ahead.EndsWhileAnItemIsBeingMade") {
    std::promise<void> begun;
    bool wasAsked = false;
    {
        Ahead<int> items(2, [&](std::size_t i, const std::stop_token& stop) {
            if (i > 0) return 0;
            begun.set_value();
            while (!stop.stop_requested()) std::this_thread::yield();
            wasAsked = true;
            return 1;
        });
        begun.get_future().wait();
    }
    CHECK(wasAsked);
}
