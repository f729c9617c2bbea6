#include "core/formats/auxiliary_files.h"

#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/formats/mner_reader.h"
#include "core/formats/mner_writer.h"
#include "tests/support/data.h"

using namespace mnerva;

namespace {

struct Read {
    std::vector<std::pair<std::string, AuxiliaryText>> texts;
    std::vector<int> lines;
    Findings findings;
};

Read readText(const std::string& content) {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "texts", content);
    Read read;
    formats::readAuxiliary(
        folder / "texts",
        [&](const std::string& id, AuxiliaryText&& text, int line) {
            read.texts.emplace_back(id, std::move(text));
            read.lines.push_back(line);
        },
        read.findings);
    return read;
}

using Words = std::vector<std::string>;

const std::string kPgim =
    "IMGID:1\nKevin\tB-PER\nflies\tO\n<EOS>\tX\nKevin\tX\nis\tX\na\tX\nplayer\tX\n\n"
    "IMGID:2\nNo\tO\ntext\tO\n\n"
    "IMGID:3\nWow\tO\n<EOS>\tX\n\xe5\x8c\x97\xe4\xba\xac\tX\n<EOS>\tX\n\xf0\x9f\x98\x82\tX\n\n";

std::vector<Post> postsOf(const std::string& content, Findings& findings) {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "train.txt", content);
    return formats::readMnerPosts(folder / "train.txt", findings);
}

}  // namespace

TEST_CASE("AuxiliaryFiles.JsonLinesAreRead") {
    const Read read = readText(
        "{\"id\": \"7\", \"source\": \"caption v1\", \"text\": \"A  man\\nrides \xe5\x8c\x97\xe3\x80\x80\xe4\xba\xac "
        "\"}\n\n"
        "{\"id\": 8, \"text\": \"\xf0\x9f\x98\x82 wow\"}\n");
    REQUIRE(read.texts.size() == 2);
    CHECK(read.texts[0].first == "7");
    CHECK(read.texts[0].second == AuxiliaryText{"caption v1", {"A", "man", "rides", "\xe5\x8c\x97", "\xe4\xba\xac"}});
    CHECK(read.texts[1].first == "8");
    CHECK(read.texts[1].second == AuxiliaryText{"", {"\xf0\x9f\x98\x82", "wow"}});
    CHECK(read.lines == std::vector<int>{1, 3});
    CHECK(read.findings.isEmpty());
}

TEST_CASE("AuxiliaryFiles.TabLinesAreRead") {
    const Read read = readText(
        "\xEF\xBB\xBF"
        "O_1926\tocr\tNBA  finals\tgame 7\r\n16_05_23_627\tcaption\ta dog\n");
    REQUIRE(read.texts.size() == 2);
    CHECK(read.texts[0].first == "O_1926");
    CHECK(read.texts[0].second == AuxiliaryText{"ocr", {"NBA", "finals", "game", "7"}});
    CHECK(read.texts[1].second == AuxiliaryText{"caption", {"a", "dog"}});
    CHECK(read.findings.counts() == std::map<std::string, int>{{"bom", 1}});
}

TEST_CASE("AuxiliaryFiles.OddLinesAreFindingsWithTheirNumberAndAreLeftOut") {
    const Read json = readText(
        "{\"id\": \"1\", \"text\": \"good\"}\nno json\n{\"id\": \"2\"}\n{\"text\": \"x\"}\n{\"id\": \"\", \"text\": "
        "\"x\"}\n"
        "[1]\n{\"id\": \"3\", \"source\": 4.5, \"text\": \"x\"}\n{\"id\": \"4\", \"text\": \"  \"}\n"
        "{\"id\": \"a\\nb\", \"text\": \"x\"}\n");
    CHECK(json.texts.size() == 1);
    CHECK(json.findings.count("auxiliary-line-invalid") == 6 + 1);
    CHECK(json.findings.count("auxiliary-empty") == 1);
    CHECK(json.findings.list().front().line == 2);
    const Read tabs = readText("only one\nid\ttext\n\tsource\ttext\n5\tsource\t\n6\ts\tfine\xff\n");
    REQUIRE(tabs.texts.size() == 1);
    CHECK(tabs.texts[0].second.words == Words{"fine\xef\xbf\xbd"});
    CHECK(tabs.findings.count("auxiliary-line-invalid") == 3);
    CHECK(tabs.findings.count("auxiliary-empty") == 1);
    CHECK(tabs.findings.count("invalid-utf8") == 1);
}

TEST_CASE("AuxiliaryFiles.AnEmptyFileHasNothingAndAMissingOneIsAnError") {
    CHECK(readText("").texts.empty());
    CHECK(readText(" \n\t\n").findings.isEmpty());
    Findings findings;
    CHECK_THROWS_AS(formats::readAuxiliary("/no/such/file", {}, findings), Error);
}

TEST_CASE("AuxiliaryFiles.WhatIsWrittenReadsTheSame") {
    const std::vector<std::pair<std::string, AuxiliaryText>> texts{
        {"7", {"caption", {"a", "\"quoted\"", "\\", "\xf0\x9f\x98\x82"}}}, {"\xe5\x8c\x97", {"", {"x"}}}};
    std::string written;
    for (const auto& [id, text] : texts) formats::appendAuxiliary(written, id, text);
    CHECK(readText(written).texts == texts);
}

TEST_CASE("Pgim.WordsBehindTheMarkAreATextAboutThePost") {
    Findings findings;
    const std::vector<Post> posts = postsOf(kPgim, findings);
    REQUIRE(posts.size() == 3);
    CHECK(posts[0].words == Words{"Kevin", "flies"});
    CHECK(posts[0].sourceTags == Words{"B-PER", "O"});
    CHECK(posts[0].auxiliary == std::vector<AuxiliaryText>{{"pgim", {"Kevin", "is", "a", "player"}}});
    CHECK(posts[1].auxiliary.empty());
    CHECK(posts[2].words == Words{"Wow"});
    CHECK(posts[2].auxiliary.at(0).words == Words{"\xe5\x8c\x97\xe4\xba\xac", "<EOS>", "\xf0\x9f\x98\x82"});
    CHECK(findings.isEmpty());
}

TEST_CASE("Pgim.WrittenAgainTheBytesAreThoseRead") {
    Findings findings;
    std::string with, without;
    for (const Post& post : postsOf(kPgim, findings)) {
        formats::appendMnerPost(with, post, post.sourceTags, true);
        formats::appendMnerPost(without, post, post.sourceTags);
    }
    CHECK(with == kPgim);
    CHECK(without.find("<EOS>") == std::string::npos);
    CHECK(postsOf(without, findings).at(0).words == Words{"Kevin", "flies"});
}

TEST_CASE("Pgim.OtherTagsBehindTheMarkAreFindingsAndTheMarkWithAnotherTagIsAWord") {
    Findings findings;
    const std::vector<Post> posts =
        postsOf("IMGID:1\nA\tO\n<EOS>\tX\nb\tB-PER\n\nIMGID:2\n<EOS>\tO\nc\tO\n\n", findings);
    CHECK(posts.at(0).auxiliary.at(0).words == Words{"b"});
    CHECK(findings.count("auxiliary-tag") == 1);
    CHECK(posts.at(1).words == Words{"<EOS>", "c"});
    CHECK(posts.at(1).auxiliary.empty());
}
