#include "core/base/checked.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/base/printable.h"

using namespace mnerva;

namespace {

constexpr std::uint64_t kLargest = ~std::uint64_t{0};

std::optional<std::uint64_t> count(const std::vector<std::int64_t>& sides, std::uint64_t most = 1000) {
    return checkedCount(sides, most);
}

}  // namespace

TEST_CASE("Checked.ResultsThatDoNotFitAreNone") {
    CHECK(checkedSum(kLargest, 0) == kLargest);
    CHECK_FALSE(checkedSum(kLargest, 1));
    CHECK(checkedProduct(std::uint64_t{1} << 32, (std::uint64_t{1} << 32) - 1));
    CHECK_FALSE(checkedProduct(std::uint64_t{1} << 62, 4));
    CHECK(checkedProduct(0, kLargest) == 0u);
}

TEST_CASE("Checked.CountOfATensorIsBounded") {
    CHECK(count({}) == 1u);
    CHECK(count({10, 100}) == 1000u);
    CHECK_FALSE(count({10, 101}));
    CHECK_FALSE(count({-1}));
    CHECK_FALSE(count({std::int64_t{1} << 62, 4, 4}, kLargest));
    CHECK(count({0, 5}) == 0u);
    CHECK_FALSE(count({0, 5000}));  // its strides could not be computed with
    CHECK_FALSE(count({5000, 0}));
}

TEST_CASE("Checked.SmallFilesMayUnpackToLittle") {
    CHECK(unpackedLimit(0, 1 << 30) == 64u << 10);
    CHECK(unpackedLimit(1000, 1 << 30) == 100'000u + (64u << 10));
    CHECK(unpackedLimit(1 << 30, 1 << 20) == 1u << 20);
    CHECK(unpackedLimit(kLargest, 1 << 20) == 1u << 20);
}

TEST_CASE("Excerpt.IsShortWholeInItsCharactersAndPrintable") {
    CHECK(excerpt("short") == "short");
    CHECK(excerpt(std::string(200, 'a')) == std::string(80, 'a') + "...");
    CHECK(excerpt("a\xE4\xB8\xAD", 3) == "a...");
    CHECK(excerpt("a\xE4\xB8\xAD", 4) == "a\xE4\xB8\xAD");
    CHECK(excerpt("a\x1B[2J") == "a\\x1B[2J");
    CHECK(excerpt(std::string(100, '\x80'), 10).ends_with("..."));
}
