#include "core/text/tag_reading.h"

#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/text/encoding.h"
#include "core/text/utf8.h"

using namespace mnerva;
using namespace mnerva::text;

namespace {
TagScheme schemeOf(const std::vector<std::vector<std::string>>& posts) {
    SchemeEvidence evidence;
    for (const auto& tags : posts) evidence.add(tags);
    return evidence.scheme();
}
std::string decoded(const std::string& encoding, const std::string& bytes, std::size_t piece) {
    Decoder decoder(encoding);
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += piece) decoder.add(bytes.substr(at, piece), false, out);
    decoder.add({}, true, out);
    return out;
}
}  // namespace

TEST_CASE("CleanedTag.TagsOfPublishedFilesStayAsTheyAre") {
    for (const char* tag : {"O", "B-PER", "I-OTHER", "M-MOHULOC", "E-GPE", "S-PER", "B-event", "B-product_name",
                            "B-人名", "X", "[CLS]", "PAD", "Q-PER", "PER", "B-A-B"}) {
        INFO(tag);
        CHECK(cleanedTag(tag).text == tag);
        CHECK_FALSE(cleanedTag(tag).isChanged);
        CHECK_FALSE(cleanedTag(tag).isBilou);
    }
}

TEST_CASE("CleanedTag.CharactersNobodySeesGo") {
    for (const char* tag : {"B-PER\u200B", "\u200BB-PER",
                            "B-\u200DPER", "B-P\u00ADER",
                            "B-PER\uFEFF", "B\u2060-PER",
                            "B-PER\u00A0", "\u3000B-PER",
                            "B-\u202EPER", "B-PER\uFE0F",
                            "B-PER\x01",   "\uFF22-PER",
                            "B\uFF0DPER",  "B-\uFF30\uFF25\uFF32",
                            "B\u2013PER",  "B- PER",
                            "B -PER",      "B - PER",
                            "b-PER",       "B_PER"}) {
        INFO(tag);
        CHECK(cleanedTag(tag).text == "B-PER");
        CHECK(cleanedTag(tag).isChanged);
    }
    for (const char* tag : {"\uFF2F", "o", "0", "-", "_", "O\u200B", "\u2013"}) {
        INFO(tag);
        CHECK(cleanedTag(tag).text == "O");
        CHECK(cleanedTag(tag).isChanged);
    }
}

TEST_CASE("CleanedTag.SpacesAroundATagAreNoChangeOfTheTag") {
    CHECK(cleanedTag(" B-PER\t").text == "B-PER");
    CHECK_FALSE(cleanedTag(" B-PER ").isChanged);
}

TEST_CASE("CleanedTag.ATypeIsNeverInvented") {
    CHECK(cleanedTag("B").text == "B");
    CHECK(cleanedTag("B-").text == "B-");
    CHECK(cleanedTag("B- ").text == "B-");
    CHECK(cleanedTag("B-New York").text == "B-New York");
    CHECK(cleanedTag("b-per").text == "B-per");
    CHECK(cleanedTag("").text.empty());
    CHECK(cleanedTag("\u200B").text.empty());
}

TEST_CASE("CleanedTag.BilouIsReadAsBioes") {
    CHECK(cleanedTag("L-PER").text == "E-PER");
    CHECK(cleanedTag("U-LOC").text == "S-LOC");
    CHECK(cleanedTag("W-LOC").text == "S-LOC");
    CHECK(cleanedTag("U-LOC").isBilou);
    CHECK_FALSE(cleanedTag("B-LOC").isBilou);
    CHECK(cleanedTag("LOC").text == "LOC");
}

TEST_CASE("SchemeEvidence.EverySchemeIsRecognisedFromItsOwnTags") {
    CHECK(schemeOf({{"B-PER", "I-PER", "O", "B-LOC"}}) == TagScheme::Bio);
    CHECK(schemeOf({{"B-PER", "M-PER", "E-PER", "S-LOC"}}) == TagScheme::Bmes);
    CHECK(schemeOf({{"B-PER", "I-PER", "E-PER", "S-LOC"}}) == TagScheme::Bioes);
    CHECK(schemeOf({{"I-PER", "B-PER", "O", "I-PER", "I-PER", "B-PER", "O", "I-ORG", "I-LOC"}}) == TagScheme::Iob1);
    CHECK(schemeOf({{"I-PER"}, {"O"}}) == TagScheme::Iob1);
    CHECK(schemeOf({}) == TagScheme::Bio);
}

TEST_CASE("SchemeEvidence.OneBeginOutsideOfIob1SpeaksForBioWithOrphans") {
    // TWITTER-2015: I- opens now and then, B- stands where IOB1 has none.
    CHECK(schemeOf({{"I-PER", "I-PER", "O", "B-LOC"}}) == TagScheme::Bio);
    CHECK(schemeOf({{"I-PER", "B-LOC"}}) == TagScheme::Bio);
    CHECK(schemeOf({{"I-PER"}, {"B-PER"}}) == TagScheme::Bio);
}

TEST_CASE("SchemeEvidence.FilesAddUp") {
    SchemeEvidence first, second;
    first.add(std::vector<std::string>{"I-PER", "O"});
    second.add(std::vector<std::string>{"B-PER", "O"});
    CHECK(first.scheme() == TagScheme::Iob1);
    first.merge(second);
    CHECK(first.scheme() == TagScheme::Bio);
}

TEST_CASE("Decoder.PiecesMayCutCharacters") {
    for (const std::size_t piece : {1, 2, 3, 7, 100}) {
        CHECK(decoded("GB18030", "\xCE\xD2\xD4\xDA\xB1\xB1\xBE\xA9", piece) == "我在北京");
        CHECK(decoded("ISO-8859-1", "caf\xE9", piece) == "café");
        CHECK(decoded("UTF-16LE", std::string("\x3D\xD8\x00\xDE", 4), piece) == "😀");
    }
    std::string large;
    for (int i = 0; i < 50000; ++i) large += "\xB1\xB1";
    CHECK(codePointCount(decoded("GBK", large, 4097)) == 50000);
}

TEST_CASE("Decoder.WhatCannotBeDecodedIsMarked") {
    CHECK(decoded("UTF-16LE",
                  std::string("a\0\x00\xD8"
                              "b\0",
                              6),
                  100) == "a\uFFFDb");
}

TEST_CASE("Decoder.AnEncodingThatNobodyKnowsIsRefused") {
    CHECK_THROWS_AS(Decoder("no-such-encoding"), Error);
    CHECK_THROWS_AS(Decoder(""), Error);
    CHECK(isUtf8Name("utf8"));
    CHECK_FALSE(isUtf8Name("latin1"));
}

TEST_CASE("Utf8.CountsCharactersAndBrokenPieces") {
    CHECK(countUtf8("abc").characters == 0);
    CHECK(countUtf8("é北😀").characters == 3);
    CHECK(countUtf8("é\xFF\xE9z").broken == 2);
    CHECK(countUtf8("é\xFF\xE9z").characters == 1);
}
