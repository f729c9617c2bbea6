#include <catch2/catch.hpp>
#include <limits>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/printable.h"
#include "tests/support/data.h"

using namespace mnerva;

namespace {

std::string sentenceOf(const std::string& text, const JsonLimits& limits = {}) {
    try {
        parseJson(text, "f.json", limits);
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

std::string nested(int depth) {
    const auto levels = static_cast<std::size_t>(depth);
    return std::string(levels, '[') + std::string(levels, ']');
}

}  // namespace

TEST_CASE("Json.NestingIsBoundedBeforeAnythingIsBuilt") {
    CHECK(sentenceOf(nested(64)) == "no error");
    CHECK(sentenceOf(nested(65)) == "f.json is not usable: found JSON nested deeper than 64, wanted plain JSON.");
    CHECK(sentenceOf(nested(200000)) == sentenceOf(nested(65)));
    CHECK(sentenceOf(std::string(200000, '{')) == sentenceOf(nested(65)));
    CHECK(sentenceOf("{\"a\":\"" + std::string(100, '[') + "\\\"[\"}") == "no error");  // brackets in a text are text
    CHECK(tryParseJson(nested(200000)).is_discarded());
}
TEST_CASE("Json.ValuesAndBytesAreBounded") {
    JsonLimits limits;
    limits.maxValues = 4;
    CHECK(sentenceOf("[1,2,3]", limits) == "no error");
    CHECK(sentenceOf("[1,2,3,4,5]", limits) ==
          "f.json is not usable: found JSON of more than 4 values, wanted plain JSON.");
    limits.maxBytes = 3;
    CHECK(sentenceOf("[1,2]", limits) == "f.json has 5 bytes; Mnerva reads at most 3 of such a file.");
}
TEST_CASE("Json.BrokenTextIsToldWithItsLine") {
    CHECK(sentenceOf("{\n\"a\": 1,\n\"b\" 2}") == "f.json is not usable: found no valid JSON in line 3, wanted JSON.");
    CHECK(sentenceOf("  \n") == "f.json is not usable: found nothing, wanted JSON.");
    CHECK(sentenceOf("\"\xFF\"") == "f.json is not usable: found no valid JSON in line 1, wanted JSON.");
    CHECK(tryParseJson("{").is_discarded());
    CHECK(tryParseJson("\"open \\").is_discarded());
}
TEST_CASE("Json.NumberBeyondADoubleIsTold") {
    CHECK(sentenceOf("[1e999]") == "f.json is not usable: found a number that is too large, wanted JSON.");
    CHECK(tryParseJson("[1e999]").is_discarded());
}
TEST_CASE("Json.AWholeNumberIsTheOneThatWasWrittenOrNone") {
    const auto value = [](const char* text) { return parseJson(text, "x.json"); };
    CHECK(wholeNumber<int>(value("-7")) == -7);
    CHECK(wholeNumber<std::int64_t>(value("9223372036854775807")) == std::numeric_limits<std::int64_t>::max());
    CHECK(wholeNumber<std::uint64_t>(value("18446744073709551615")) == std::numeric_limits<std::uint64_t>::max());
    for (const char* text : {"2147483648", "-2147483649", "9223372036854775808", "9999999999999999999993", "1e22",
                             "3.0", "\"3\"", "true", "null", "[1]"}) {
        INFO(text);
        CHECK_FALSE(isWholeNumber<int>(value(text)));
        CHECK_THROWS_AS(wholeNumber<int>(value(text)), nlohmann::json::exception);
    }
    CHECK_THROWS_AS(wholeNumber<std::int64_t>(value("9223372036854775808")), nlohmann::json::exception);
    CHECK_THROWS_AS(wholeNumber<std::uint64_t>(value("-1")), nlohmann::json::exception);
    CHECK(wholeNumberOr(value("{\"a\": 4}"), "a", 9) == 4);
    CHECK(wholeNumberOr(value("{\"a\": 1e22}"), "a", 9) == 9);
    CHECK(wholeNumberOr(value("{}"), "a", 9) == 9);
    CHECK(wholeNumberOr(value("[4]"), "a", 9) == 9);
}

TEST_CASE("Json.FileIsReadOrNamed") {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "a.json", "{\"a\": [1, \"b\"]}");
    CHECK(readJson(folder / "a.json").at("a").at(1) == "b");
    CHECK_THROWS_AS(readJson(folder / "none.json"), Error);
}

TEST_CASE("Printable.NothingMovesTheCursor") {
    CHECK(printable("a\x1b[31mred\a\r") == "a\\x1B[31mred\\x07\\x0D");
    CHECK(printable("tab\tline\n") == "tab\\x09line\\x0A");
    CHECK(printable("tab\tline\n", true) == "tab\tline\n");
    CHECK(printable("\xC2\x9B"
                    "31m") == "\\u009B31m");
    CHECK(printable("\xE2\x80\xAE"
                    "txt") == "\\u202Etxt");
}
TEST_CASE("Printable.TextOfAllLanguagesStays") {
    const std::string text = "中文 שלום 😀 é";
    CHECK(printable(text) == text);
}
TEST_CASE("Printable.BytesThatAreNoUtf8AreShown") {
    CHECK(printable("a\xFFz\xC3") == "a\\xFFz\\xC3");
    CHECK(printable("\xED\xA0\x80") == "\\xED\\xA0\\x80");
    CHECK(printable("\xC0\xAF") == "\\xC0\\xAF");
}
