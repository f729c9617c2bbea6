#include "core/gazetteer/pattern.h"

#include <catch2/catch.hpp>
#include <chrono>

using namespace mnerva::gazetteer;

namespace {

std::string matches(const std::string& pattern, const std::string& words, bool hasSpaces = true,
                    Source::Kind kind = Source::Kind::TextPattern, PatternLosses* losses = nullptr) {
    Source source;
    source.kind = kind;
    source.pattern = pattern;
    source.caseSensitive = true;
    REQUIRE_FALSE(patternFault(pattern));
    CompiledPattern compiled(source);
    PatternText text;
    text.set(words, hasSpaces);
    std::string out;
    compiled.find(text, [&](PatternMatch match) {
        out += (out.empty() ? "" : " ") + std::to_string(match.first) + "-" + std::to_string(match.last);
    });
    if (losses) *losses = compiled.losses();
    return out;
}

}  // namespace

TEST_CASE("Pattern.IsFoundBetweenEndsOfWords") {
    CHECK(matches("Dr\\. [A-Z]\\w+", "Dr.\nSmith\nand\nDr.\nWho") == "0-1 3-4");
    CHECK(matches("[多伦]+", "去\n多\n伦\n多\n了", false) == "1-3");
    CHECK(matches("🔥+", "a\n🔥🔥\nb") == "1-1");
    PatternLosses losses;
    CHECK(matches("[A-Z][a-z]+", "Smith's\nSmith\nMcDonald", true, Source::Kind::TextPattern, &losses) == "1-1");
    CHECK(losses.offWords == 3);
}

TEST_CASE("Pattern.OfAWordMustMatchAllOfIt") {
    CHECK(matches("[A-Z]{2,4}", "NBA\nNBAx\nnba\nUN", true, Source::Kind::WordPattern) == "0-0 3-3");
    CHECK(matches("\\p{Han}+队", "勇士队\n勇士", false, Source::Kind::WordPattern) == "0-0");
}

TEST_CASE("Pattern.AMatchOfTooManyWordsIsLeftOutAndCounted") {
    std::string words = "w";
    for (int i = 0; i < 30; ++i) words += "\nw";
    PatternLosses losses;
    CHECK(matches(".+", words, true, Source::Kind::TextPattern, &losses).empty());
    CHECK(losses.tooLong == 1);
}

TEST_CASE("Pattern.OneThatMatchesAnEmptyTextIsRefused") {
    for (const char* pattern : {".*", "a*", "x?", "\\b", "^", "$", "(a|)", "(?i)q*", "[0-9]*"}) {
        INFO(pattern);
        const auto fault = patternFault(pattern);
        REQUIRE(fault);
        CHECK(fault->sentence.find("empty text") != std::string::npos);
    }
    CHECK_FALSE(patternFault("a+"));
}

TEST_CASE("Pattern.AnErrorNamesItsPlace") {
    struct Case {
        std::string pattern;
        std::size_t place, size;
    };
    for (const Case& one : {Case{"多伦(a", 2, 1}, Case{"a[(]b)c", 5, 1}, Case{"ab[cd", 2, 3}, Case{"a\\q", 1, 2},
                            Case{"(?=a)b", 0, 3}, Case{"x**", 1, 2}, Case{"*x", 0, 1}, Case{"[z-a]", 1, 3}}) {
        INFO(one.pattern);
        const auto fault = patternFault(one.pattern);
        REQUIRE(fault);
        CHECK(fault->place == one.place);
        CHECK(fault->size == one.size);
        CHECK(fault->sentence.size() > 10);
    }
    CHECK(patternFault("   ")->sentence == "The pattern is empty.");
    CHECK(patternFault(std::string(2000, 'a')));
    CHECK(patternFault("((((a{100}){100}){100}){100})"));
    CHECK(patternFault("a\xFFz"));
}

TEST_CASE("Pattern.WhatIsNotRefusedIsReadyWithAndWithoutCase") {
    for (int repeats = 100; repeats <= 1000; repeats += 100) {
        Source source;
        source.kind = Source::Kind::TextPattern;
        source.pattern = "[\\p{Lu}\\p{Ll}]{" + std::to_string(repeats) + "}";
        INFO(source.pattern);
        if (patternFault(source.pattern)) continue;
        for (source.caseSensitive = false;; source.caseSensitive = true) {
            CHECK(CompiledPattern(source).losses().tooLong == 0);
            if (source.caseSensitive) break;
        }
    }
    CHECK_FALSE(patternFault("[\\p{Lu}\\p{Ll}]{2}"));
}

TEST_CASE("Pattern.TakesTimeInProportionToTheTextWhateverItSays") {
    std::string words(20'000, 'a');
    words += "!";
    const auto start = std::chrono::steady_clock::now();
    CHECK(matches("(a+)+$", words).empty());
    CHECK(matches("(a|aa)+b", words).empty());
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}
