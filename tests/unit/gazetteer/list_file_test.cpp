#include "core/gazetteer/list_file.h"

#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/gazetteer/definition.h"
#include "tests/support/data.h"
#include "tests/support/errors.h"

using namespace mnerva;
using namespace mnerva::gazetteer;
using namespace mnerva::test;

namespace {

struct ListFixture {
    TemporaryFolder folder;
    ListContent read(const std::string& bytes, const std::string& encoding = {}) const {
        writeFileAtomic(folder / "list.txt", bytes);
        return readListFile(folder / "list.txt", encoding);
    }
};

}  // namespace

TEST_CASE("ListFile.NamesLabelsAndCountsAreRead") {
    const ListFixture f;
    const ListContent list = f.read(
        "\xEF\xBB\xBF# of places\nNew   York \r\n\n  \n##\n#nba\nKevin "
        "Durant\tPER\nBible\tOTHER\nParis\tLOC\t12\n多伦多\n");
    CHECK(list.text == "New York\n#nba\nKevin Durant\tPER\nBible\tMISC\nParis\tLOC\t12\n多伦多\n");
    CHECK(list.names == 6);
    CHECK(list.labels == std::map<std::string, std::int64_t>{{"LOC", 1}, {"MISC", 1}, {"PER", 1}});
    CHECK(list.emptyLines == 2);
    CHECK(list.comments == 2);
    CHECK(list.findings.isEmpty());
}

TEST_CASE("ListFile.WhatIsKeptReadsTheSame") {
    const ListFixture f;
    const ListContent list = f.read("Rome\nParis\tLOC\t12\nMilan\t\t3\n");
    std::vector<std::string> rows;
    eachListed(list.text, "here", [&](const ListedName& one) {
        rows.push_back(std::string(one.name) + "|" + std::string(one.label) + "|" + std::to_string(one.count));
    });
    CHECK(rows == std::vector<std::string>{"Rome||0", "Paris|LOC|12", "Milan||3"});
    CHECK(f.read(list.text).text == list.text);
    CHECK(errorOf([] { eachListed("Rome\n\tLOC\n", "here", [](const ListedName&) {}); }) == "format-invalid");
    CHECK(errorOf([] { eachListed("Rome\tLOC\tmany\n", "here", [](const ListedName&) {}); }) == "format-invalid");
}

TEST_CASE("ListFile.OddLinesAreFoundAndTheOthersCount") {
    const ListFixture f;
    const ListContent list =
        f.read("Rome\nRome\nbad\x1B[31m\nturned\xE2\x80\xAEname\nRo\xFFme\n...\nX\ta,b\nY\tLOC\tmany\n" +
               std::string(900, 'x') + "\n" + std::string(2 << 20, 'y') + "\nOslo\n");
    CHECK(list.text == "Rome\nOslo\n");
    CHECK(list.findings.count("name-repeated") == 1);
    CHECK(list.findings.count("name-with-controls") == 2);
    CHECK(list.findings.count("invalid-utf8") == 1);
    CHECK(list.findings.count("name-without-letters") == 1);
    CHECK(list.findings.count("name-label-invalid") == 2);
    CHECK(list.findings.count("name-too-long") == 1);
    CHECK(list.findings.count("line-too-long") == 1);
    CHECK(list.findings.list().front().line == 2);
}

TEST_CASE("ListFile.OtherEncodingsAreRead") {
    const ListFixture f;
    const std::string chinese = "\xB6\xE0\xC2\xD7\xB6\xE0\n\xB1\xB1\xBE\xA9\n\xC9\xCF\xBA\xA3\n\xD6\xD0\xB9\xFA\n";
    CHECK(f.read(chinese, "GB18030").text == "多伦多\n北京\n上海\n中国\n");
    const ListContent guessed = f.read(chinese);
    CHECK(guessed.text == "多伦多\n北京\n上海\n中国\n");
    CHECK(guessed.encoding == "GB18030");
    CHECK(guessed.findings.count("encoding-converted") == 1);
    const std::string utf16("\xFF\xFER\0o\0m\0e\0\n\0", 12);
    CHECK(f.read(utf16).text == "Rome\n");
    CHECK(errorOf([&] { f.read("Rome\n", "no-such"); }) == "option-invalid");
}

TEST_CASE("ListFile.WhatIsNoListIsRefused") {
    const ListFixture f;
    CHECK(errorOf([&] { f.read(std::string("\x89PNG\r\n\x1A\n\0\0\0\0", 12)); }) == "format-invalid");
    CHECK(errorOf([&] { readListFile(f.folder / "absent.txt"); }) == "file-missing");
    CHECK(errorOf([&] { readListFile(f.folder / "."); }) == "file-is-directory");
    CHECK(f.read("").names == 0);
    CHECK(f.read("\n\n\n").emptyLines == 3);
}

TEST_CASE("ListFile.CanBeStopped") {
    const ListFixture f;
    std::string many;
    for (int i = 0; i < 10'000; ++i) many += "name" + std::to_string(i) + "\n";
    writeFileAtomic(f.folder / "list.txt", many);
    std::stop_source stop;
    int told = 0;
    const auto sink = [&](const Progress&) {
        ++told;
        stop.request_stop();
    };
    CHECK_THROWS_AS(readListFile(f.folder / "list.txt", {}, sink, stop.get_token()), Cancelled);
    CHECK(told == 1);
}

TEST_CASE("Definition.ComesBackAsItWasAndIsChecked") {
    Source list, pattern;
    list.name = "城市";
    list.label = "LOC";
    list.digest = std::string(64, 'a');
    list.names = 12;
    list.origin = "cities.txt";
    list.holdsTest = true;
    pattern.kind = Source::Kind::WordPattern;
    pattern.name = "tickers";
    pattern.label = "ORG";
    pattern.pattern = "\\$[A-Z]+";
    pattern.priority = 3;
    const Definition definition{"lists", {list, pattern}};
    const std::string text = definitionToJson(definition);
    CHECK(definitionFromJson(text, "here") == definition);
    for (const auto& [from, to] :
         std::vector<std::pair<std::string, std::string>>{{"\"version\":1", "\"version\":2"},
                                                          {"\"priority\":3", "\"priority\":3000"},
                                                          {"\"priority\":3", "\"priority\":\"3\""},
                                                          {"\\\\$[A-Z]+", "[A-Z"},
                                                          {std::string(64, 'a'), "../../etc/passwd"},
                                                          {"\"word\"", "\"other\""},
                                                          {"tickers", "城市"},
                                                          {"\"layer\":\"lists\"", "\"layer\":\"gold\""},
                                                          {"\"label\":\"ORG\"", "\"label\":\"\""},
                                                          {"}", ""}}) {
        INFO(to);
        std::string changed = text;
        const auto at = changed.find(from);
        REQUIRE(at != std::string::npos);
        changed.replace(at, from.size(), to);
        CHECK(errorOf([&] { definitionFromJson(changed, "here"); }) == "format-invalid");
    }
    CHECK(definition.freeName("tickers") == "tickers 2");
}
