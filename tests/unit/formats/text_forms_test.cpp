// Files of other tools and systems: recognised, or refused with what was found; never taken for words.
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/domain/entity.h"
#include "core/formats/all.h"
#include "core/formats/auxiliary_files.h"
#include "core/formats/mner_reader.h"
#include "core/formats/mner_writer.h"
#include "core/formats/prediction_files.h"
#include "core/formats/umgf_reader.h"
#include "core/formats/voc.h"
#include "tests/support/data.h"

namespace {
using namespace mnerva;
using namespace mnerva::formats;
using Words = std::vector<std::string>;

struct Read {
    std::vector<Post> posts;
    Findings findings;
    PostsSummary summary;
    std::string error;  ///< name of its code; empty: none
    std::vector<std::string> args;
    Finding first(const std::string& code) const {
        for (const Finding& f : findings.list())
            if (f.code == code) return f;
        return {};
    }
    std::vector<Entity> entities(std::size_t post) const { return entitiesFromTags(posts.at(post).sourceTags); }
};

Read readText(const std::string& content, const ReadOptions& options = {}) {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "train.txt", content);
    Read read;
    try {
        read.summary = readMner(
            folder / "train.txt", [&](Post&& post, int) { read.posts.push_back(std::move(post)); }, read.findings, {},
            {}, options);
    } catch (const Error& error) {
        read.error = errorName(error.code());
        read.args = error.args();
    }
    return read;
}

Read readIn(const std::string& content, const std::string& encoding) {
    ReadOptions options;
    options.encoding = encoding;
    return readText(content, options);
}

std::string replaced(std::string text, char from, const std::string& to) {
    std::string out;
    for (const char c : text) c == from ? out += to : out += c;
    return out;
}

const std::string kTabs =
    "IMGID:p000\nNorbix\tB-ORG\nopens\tO\na\tO\nNew\tB-LOC\nPellarno\tI-LOC\n\nIMGID:p001\nHappy\tO\nMira\tB-PER\n\n";
const std::string kGbk =
    "IMGID:p000\n\xCE\xD2\tO\n\xD4\xDA\tO\n\xB1\xB1\tB-LOC\n\xBE\xA9\tI-LOC\n\xBC\xFB\tO\n\xB5\xBD\tO\n"
    "\xC0\xEE\tB-PER\n\xC3\xF7\tI-PER\n\n";

void checkIsTheTabFile(const Read& read) {
    INFO(read.error);
    REQUIRE(read.posts.size() == 2);
    CHECK(read.posts[0].externalId == "p000");
    CHECK(read.posts[0].words == Words{"Norbix", "opens", "a", "New", "Pellarno"});
    CHECK(read.posts[0].sourceTags == Words{"B-ORG", "O", "O", "B-LOC", "I-LOC"});
    CHECK(read.posts[1].words == Words{"Happy", "Mira"});
}

std::string utf16(const std::string& ascii, bool isLittle, bool hasMark) {
    std::string out = hasMark ? (isLittle ? "\xFF\xFE" : "\xFE\xFF") : "";
    for (const char c : ascii) isLittle ? (out += c, out += '\0') : (out += '\0', out += c);
    return out;
}
}  // namespace

TEST_CASE("Separators.SpacesCommasAndSemicolonsAreRecognisedAndTold") {
    for (const char* separator : {" ", "     ", ",", ";"}) {
        INFO(separator);
        const Read read = readText(replaced(kTabs, '\t', separator));
        checkIsTheTabFile(read);
    }
    CHECK(readText(replaced(kTabs, '\t', ",")).first("separator-other").text == "comma");
    CHECK(readText(replaced(kTabs, '\t', "   ")).first("separator-other").text == "spaces");
    CHECK(readText(kTabs).findings.isEmpty());
}

TEST_CASE("Separators.AFileWithoutImgidIsReadToo") {
    const Read read = readText("Norbix B-ORG\nopens O\n\nHappy O\nMira B-PER\n\n");
    REQUIRE(read.posts.size() == 2);
    CHECK(read.entities(1) == std::vector<Entity>{{"PER", 1, 1, {}}});
}

TEST_CASE("Separators.QuotedValuesAreUnquoted") {
    const Read read = readText("word,tag\n\"New, York\",B-LOC\n\"say \"\"hi\"\"\",O\n\",O\nplain,O\n\n");
    REQUIRE(read.posts.size() == 1);
    CHECK(read.posts[0].words == Words{"New, York", "say \"hi\"", "\"", "plain"});
    CHECK(read.findings.count("header-line") == 1);
}

TEST_CASE("Separators.AWordOfTwoColumnsMayHoldSpaces") {
    const Read read = readText("New York B-LOC\nis O\nnice O\nand O\nlarge O\nand O\nold O\n\n");
    CHECK(read.posts.at(0).words.at(0) == "New York");
}

TEST_CASE("Separators.OneLineWithoutATabIsStillAWordOfItsOwn") {
    const Read read = readText(kTabs + "IMGID:p002\nno tab\nMira\tB-PER\n\n");
    CHECK(read.posts.at(2).words == Words{"no tab", "Mira"});
    CHECK(read.findings.count("tabless-line") == 1);
}

TEST_CASE("Columns.TheLastColumnHoldsTheTagAndTheOthersAreTold") {
    for (const char* separator : {" ", "\t"}) {
        INFO(separator);
        const Read read = readText(replaced(
            "-DOCSTART-|-X-|-X-|O\n\nSaw|VBD|I-VP|O\nMira|NNP|I-NP|B-PER\n\n-DOCSTART-|-X-|-X-|O\n\nIn|IN|I-PP|O\n"
            "Karsund|NNP|I-NP|B-LOC\n\n",
            '|', separator));
        INFO(read.error);
        REQUIRE(read.posts.size() == 2);
        CHECK(read.posts[0].words == Words{"Saw", "Mira"});
        CHECK(read.posts[0].sourceTags == Words{"O", "B-PER"});
        CHECK(read.posts[1].words == Words{"In", "Karsund"});
        CHECK(read.findings.count("docstart-line") == 2);
        CHECK(read.findings.count("columns-left-out") == 1);
        CHECK(read.findings.count("repeated-blank-lines") == 0);
    }
}

TEST_CASE("Columns.TagsInAnotherColumnAreFound") {
    const Read second = readText("Mira\tB-PER\tNNP\nsaw\tO\tVBD\nKarsund\tB-LOC\tNNP\n\n");
    CHECK(second.posts.at(0).words == Words{"Mira", "saw", "Karsund"});
    CHECK(second.posts.at(0).sourceTags == Words{"B-PER", "O", "B-LOC"});
    CHECK(second.first("tag-column-other").text == "word 1, tag 2 of 3");
    const Read first = readText("B-PER\tMira\nO\tsaw\nB-LOC\tKarsund\n\nO\tin\nB-LOC\tBrelmo\n\n");
    CHECK(first.posts.at(0).words == Words{"Mira", "saw", "Karsund"});
    CHECK(first.posts.at(1).sourceTags == Words{"O", "B-LOC"});
}

TEST_CASE("OtherFormats.AreRefusedWithWhatTheyAre") {
    const std::vector<std::pair<std::string, std::string>> files{
        {"{\"id\":1,\"text\":\"Saw Mira near Karsund\",\"label\":[[4,8,\"PER\"],[14,21,\"LOC\"]]}\n"
         "{\"id\":2,\"text\":\"Norbix opens\",\"label\":[[0,6,\"ORG\"]]}\n",
         "JSON lines"},
        {"[{\"data\":{\"text\":\"Saw Mira\"},\"annotations\":[{\"result\":[]}]}]\n", "JSON"},
        {"[\n  {\n    \"text\": \"Saw Mira\"\n  }\n]\n", "JSON"},
        {"T1\tPER 4 8\tMira\nT2\tLOC 14 21\tKarsund\n", "brat"},
        {"#FORMAT=WebAnno TSV 3.3\n#T_SP=ner|value\n\n\n#Text=Saw Mira\n1-1\t0-3\tSaw\t_\t\n1-2\t4-8\tMira\tPER\t\n",
         "WebAnno"},
        {"<?xml version=\"1.0\"?>\n<a/>\n", "XML"},
        {"<!DOCTYPE html>\n<html><body>404</body></html>\n", "HTML"},
        {"Saw Mira near it\nO B-PER O O\nO B-PER O O\n\nNorbix opens\nB-ORG O\nB-ORG O\n\n", "predictions"},
        {"Sentence #,Word,POS,Tag\nSentence: 1,Mira,NNP,B-PER\n,saw,VBD,O\n,Karsund,NNP,B-LOC\n", "4 columns"},
        {"Once upon a time there was text.\nIt had no tags at all.\n", "without a column of tags"},
        {"name\tage\nMira\t31\nUlf\t44\n", "none holds tags"},
        {"%PDF-1.4\n...", "PDF"},
    };
    for (const auto& [content, what] : files) {
        INFO(what);
        const Read read = readText(content);
        REQUIRE(read.error == "format-invalid");
        CHECK(read.args.at(1).find(what) != std::string::npos);
        CHECK(read.args.at(2).find("tag") != std::string::npos);
    }
}

TEST_CASE("OtherFormats.AreSeenInTheWholeFileNotOnlyInItsHead") {
    std::string content = kTabs;
    while (content.size() < (1 << 18)) content += "IMGID:1\na\tO\nb\tO\n\n";
    for (int i = 0; i < 100000; ++i) content += "just a line of text\n" + std::string(i % 50 == 0 ? "\n" : "");
    const Read read = readText(content);
    CHECK(read.error == "format-invalid");
    CHECK(read.args.at(1).find("100000 of ") != std::string::npos);
}

TEST_CASE("OtherFormats.OneLongLineOfJsonIsNoWord") {
    CHECK(readText("[{\"data\":\"" + std::string(1 << 19, 'x') + "\"}]\n").error == "format-invalid");
    CHECK(readText(std::string(1 << 19, 'x') + "\n").error == "format-invalid");
}

TEST_CASE("LineEnds.OfOldMacsAreReadAndTold") {
    const Read read = readText(replaced(kTabs, '\n', "\r"));
    checkIsTheTabFile(read);
    CHECK(read.findings.counts() == std::map<std::string, int>{{"cr-line-ends", 1}});
}

TEST_CASE("LineEnds.AReturnInsideALineIsALineEnd") {
    const Read read = readText("IMGID:1\na\tB-PER\rb\tO\nc\tO\r\n\n");
    CHECK(read.posts.at(0).words == Words{"a", "b", "c"});
    CHECK(read.posts.at(0).sourceTags == Words{"B-PER", "O", "O"});
    CHECK(read.findings.counts() == std::map<std::string, int>{{"cr-inside-line", 1}, {"crlf", 1}});
}

TEST_CASE("LineEnds.AReturnInsideAWordIsAPartOfIt") {
    const Read read = readText("IMGID:1\ncr\rin\tB-PER\nb\tO\n\n");
    CHECK(read.posts.at(0).words == Words{"cr\rin", "b"});
    CHECK(read.findings.isEmpty());
}

TEST_CASE("Marks.OfUtf8AreLeftOutWhereverALineBegins") {
    const Read inside = readText("\xEF\xBB\xBFIMGID:a\nNorbix\tB-ORG\n\n\xEF\xBB\xBFIMGID:b\nHappy\tO\n\n");
    REQUIRE(inside.posts.size() == 2);
    CHECK(inside.posts[0].externalId == "a");
    CHECK(inside.posts[1].externalId == "b");
    CHECK(inside.findings.count("bom") == 2);
    const Read word = readText("\xEF\xBB\xBFNorbix\tB-ORG\nopens\tO\n\n\xEF\xBB\xBFHappy\tO\n\n");
    CHECK(word.posts.at(0).words.at(0) == "Norbix");
    CHECK(word.posts.at(1).words.at(0) == "Happy");
    CHECK(readText("IMGID:1\n\xEF\xBB\xBF\tO\n\n").posts.at(0).words == Words{"\xEF\xBB\xBF"});
}

TEST_CASE("Encodings.Utf16IsReadByItsMark") {
    for (const bool isLittle : {true, false}) {
        const Read read = readText(utf16(kTabs, isLittle, true));
        checkIsTheTabFile(read);
        CHECK(read.findings.count("encoding-converted") == 1);
    }
    std::string large;
    for (int i = 0; i < 30000; ++i) large += "IMGID:" + std::to_string(i) + "\nMira\tB-PER\n\n";
    CHECK(readText(utf16(large, true, true)).posts.size() == 30000);
}

TEST_CASE("Encodings.Utf16WithoutAMarkIsNamed") {
    CHECK(readText(utf16(kTabs, true, false)).error == "encoding-unknown");
    CHECK(readText(utf16(kTabs, true, false)).args.at(1) == "UTF-16LE");
    CHECK(readText(utf16(kTabs, false, false)).args.at(1) == "UTF-16BE");
    checkIsTheTabFile(readIn(utf16(kTabs, true, false), "UTF-16LE"));
}

TEST_CASE("Encodings.AnotherOneIsRefusedWithAGuessAndReadWhenNamed") {
    std::string gbk;
    for (int i = 0; i < 20; ++i) gbk += kGbk;
    const Read refused = readText(gbk);
    CHECK(refused.error == "encoding-unknown");
    CHECK(refused.args.at(1) == "GB18030");
    CHECK(readText(kGbk).args.at(1) == "GB18030");
    const Read read = readIn(kGbk, "GBK");
    REQUIRE(read.posts.size() == 1);
    CHECK(read.posts[0].words == Words{"我", "在", "北", "京", "见", "到", "李", "明"});
    CHECK(read.posts[0].join == JoinRule::Nothing);
    const std::string latin = "IMGID:1\nLe\tO\ncaf\xE9\tO\nest\tO\nferm\xE9\tO\n\xE0\tO\nGen\xE8ve\tB-LOC\n\n";
    CHECK(readText(latin).error == "encoding-unknown");
    CHECK(readIn(latin, "latin1").posts.at(0).words.back() == "Genève");
}

TEST_CASE("Encodings.AnotherOneAfterTheFirstBlockIsRefusedToo") {
    std::string content;
    while (content.size() < (1 << 18)) content += "IMGID:1\nMira\tB-PER\n\n";
    CHECK(readText(content + kGbk).error == "encoding-unknown");
}

TEST_CASE("Encodings.Utf8ByNameKeepsWhatIsGoodAndMarksTheRest") {
    const Read read = readIn("IMGID:1\ncaf\xE9\tO\nb\tB-PER\n\n", "utf-8");
    CHECK(read.posts.at(0).words == Words{"caf\uFFFD", "b"});
    CHECK(read.findings.count("invalid-utf8") == 1);
}

TEST_CASE("Encodings.AWrongNameForUtf8IsTold") {
    CHECK(readIn("IMGID:1\n北京\tB-LOC\n\n", "GB18030").findings.count("encoding-doubtful") == 1);
    CHECK(readIn(kGbk, "GB18030").findings.count("encoding-doubtful") == 0);
    CHECK(readIn(kTabs, "no-such").error == "option-invalid");
}

TEST_CASE("Comments.AreNoWordsAndNoPosts") {
    const Read read = readText(
        "# global.columns = FORM NER\n# sent_id = 0\n# text = Saw somebody\nIMGID:c0\nNorbix\tB-ORG\n#tag\tO\n#\tO\n\n"
        "# end of post 0\n\nIMGID:c1\n# text = Mira\nMira\tB-PER\n\n");
    REQUIRE(read.posts.size() == 2);
    CHECK(read.posts[0].words == Words{"Norbix", "#tag", "#"});
    CHECK(read.posts[1].words == Words{"Mira"});
    CHECK(read.findings.counts() == std::map<std::string, int>{{"comment-line", 5}});
}

TEST_CASE("Comments.AHashTagWithoutATabIsAWord") {
    const Read read = readText(kTabs + "IMGID:p002\n#Karsund\nMira\tB-PER\n\n");
    CHECK(read.posts.at(2).words == Words{"#Karsund", "Mira"});
    const Read spaces = readText("#Karsund B-LOC\n# O\n# a comment\nMira B-PER\nsaw O\n\n");
    CHECK(spaces.posts.at(0).words == Words{"#Karsund", "#", "Mira", "saw"});
}

TEST_CASE("Tags.BilouIsReadAndTold") {
    const Read read = readText(
        "IMGID:p000\nSaw\tU-LOC\nMira\tB-PER\nLund\tL-PER\ntoday\tU-LOC\n\nIMGID:p001\nUlf\tB-PER\nBerg\tL-PER\n\n");
    CHECK(read.summary.scheme == text::TagScheme::Bioes);
    CHECK(read.entities(0) == std::vector<Entity>{{"LOC", 0, 0, {}}, {"PER", 1, 2, {}}, {"LOC", 3, 3, {}}});
    CHECK(read.entities(1) == std::vector<Entity>{{"PER", 0, 1, {}}});
    CHECK(read.findings.count("scheme-bilou") == 1);
    CHECK(read.findings.count("unknown-tag") == 0);
}

TEST_CASE("Tags.Iob1IsRecognisedAndHasNoOrphans") {
    const Read read = readText(
        "IMGID:p000\nMira\tI-PER\nTobin\tB-PER\nand\tO\nUlf\tI-PER\nLund\tI-PER\nInge\tB-PER\nsaw\tO\nNorbix\tI-ORG\n"
        "Karsund\tI-LOC\n\n");
    CHECK(read.summary.scheme == text::TagScheme::Iob1);
    CHECK(read.findings.isEmpty());
    CHECK(read.entities(0).size() == 6 - 1 + 1);
    CHECK(read.entities(0).at(2) == Entity{"PER", 3, 4, {}});
}

TEST_CASE("Tags.OddSpellingsBecomeTagsAndAreTold") {
    const auto post = [](const char* o, const char* b, const char* i) {
        return "IMGID:p000\nSaw\t" + std::string(o) + "\nMira\t" + b + "\nLund\t" + i + "\ntoday\t" + o + "\n\n";
    };
    for (const std::string& content :
         {post("0", "B-PER", "I-PER"), post("O", "B- PER", "I- PER"), post("\uFF2F", "\uFF22-PER", "\uFF29-PER"),
          post("-", "B-PER", "I-PER"), post("O", "B_PER", "I_PER"), post("O", "B-PER\u200B", "I-PER\u00A0")}) {
        INFO(content);
        const Read read = readText(content);
        INFO(read.error);
        REQUIRE(read.posts.size() == 1);
        CHECK(read.posts[0].sourceTags == Words{"O", "B-PER", "I-PER", "O"});
        CHECK(read.findings.count("tag-cleaned") >= 2);
        CHECK(read.findings.counts().size() == 1);
    }
    const Read lower = readText(post("o", "b-per", "i-per"));
    CHECK(lower.posts.at(0).sourceTags == Words{"O", "B-per", "I-per", "O"});
}

TEST_CASE("Tags.WithoutATypeAreRefusedWithTheirLine") {
    for (const char* dash : {"", "-"}) {
        const Read read =
            readText("IMGID:p000\nSaw\tO\nMira\tB" + std::string(dash) + "\nLund\tI" + dash + "\ntoday\tO\n\n");
        CHECK(read.error == "line-invalid");
        CHECK(read.args.at(1) == "3");
        CHECK(read.args.at(2) == "the tag B" + std::string(dash));
    }
}

TEST_CASE("Literal.EveryTagComesBackAsItIs") {
    ReadOptions literal;
    literal.isLiteral = true;
    const std::string content = "IMGID:1\n# a = b\tb-per\n-DOCSTART-\tB- PER\n\xEF\xBB\xBFx\t0\n\n";
    const Read read = readText(content, literal);
    std::string again;
    for (const Post& post : read.posts) appendMnerPost(again, post, post.sourceTags);
    CHECK(again == content);
}

TEST_CASE("MadeIds.HaveThePrefixThatIsAskedForOnce") {
    int asked = 0;
    ReadOptions options;
    options.madeIdPrefix = [&] { return ++asked, std::string("mine-"); };
    const Read read = readText("a\tB-PER\n\nb\tO\n\n", options);
    CHECK(read.posts.at(1).externalId == "mine-2");
    CHECK(asked == 1);
    CHECK(read.first("made-up-ids").text == "mine-1 ... mine-2");
    readText(kTabs, options);
    CHECK(asked == 1);
}

TEST_CASE("Bounds.APostOfTooManyWordsIsRefused") {
    std::string content = "IMGID:1\n";
    for (int i = 0; i <= kMaxWordsOfAPost; ++i) content += "a\tO\n";
    CHECK(readText(content).error == "bound-exceeded");
    std::string about = "IMGID:1\na\tO\n<EOS>\tX\n";
    for (int i = 0; i <= kMaxWordsOfAPost; ++i) about += "a\tX\n";
    CHECK(readText(about).error == "bound-exceeded");
}

TEST_CASE("Bounds.TooManyDifferentTagsAreRefused") {
    std::string content;
    for (int i = 0; i <= kMaxDistinctTags; ++i) content += "a\tB-T" + std::to_string(i) + "\n\n";
    CHECK(readText(content).error == "bound-exceeded");
}

TEST_CASE("Pipes.AreRefusedAtOnce") {
    const test::TemporaryFolder folder;
    REQUIRE(::mkfifo((folder / "train.txt").c_str(), 0600) == 0);
    Findings findings;
    const auto codeOf = [&](const auto& read) {
        try {
            read();
        } catch (const Error& error) {
            return error.code();
        }
        return ErrorCode::Internal;
    };
    CHECK(codeOf([&] { readMnerPosts(folder / "train.txt", findings); }) == ErrorCode::FileNotPlain);
    CHECK(codeOf([&] { readBlocks(folder / "train.txt", false); }) == ErrorCode::FileNotPlain);
    CHECK(codeOf([&] {
              readAuxiliary(
                  folder / "train.txt", [](const std::string&, AuxiliaryText&&, int) {}, findings);
          }) == ErrorCode::FileNotPlain);
}

TEST_CASE("Predictions.Utf16AndReturnsAreReadAndOtherFilesRefused") {
    const test::TemporaryFolder folder;
    const std::string content = "a b\nO B-PER\nO B-PER\n\n";
    writeFileAtomic(folder / "16.txt", utf16(content, true, true));
    CHECK(readBlocks(folder / "16.txt", false).blocks.size() == 1);
    writeFileAtomic(folder / "cr.txt", replaced(content, '\n', "\r"));
    CHECK(readBlocks(folder / "cr.txt", false).blocks.size() == 1);
    writeFileAtomic(folder / "x.zip", "PK\x03\x04 zip");
    CHECK_THROWS_AS(readBlocks(folder / "x.zip", false), Error);
}

TEST_CASE("Predictions.WhatWouldReadDifferentlyIsNotWritten") {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "out.txt", "old");
    PredictionBlock block;
    block.text = "a b";
    block.predicted = block.gold = {"O", "B- PER"};
    CHECK_THROWS_AS(writePredictions(folder / "out.txt", {block}, *find("pre")), Error);
    CHECK(readFile(folder / "out.txt") == "old");
}

TEST_CASE("Umgf.TagsAreCleanedAndSchemesSeen") {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "1_s.txt", "Mira\tLund\tsaw");
    writeFileAtomic(folder / "1_l.txt", "B-PER\u200B\tL-PER\tO");
    writeFileAtomic(folder / "1_p.txt", "7");
    Findings findings;
    std::vector<Post> posts;
    const PostsSummary summary = readUmgf(
        folder.path(), [&](Post&& post, int) { posts.push_back(std::move(post)); }, findings);
    CHECK(posts.at(0).sourceTags == Words{"B-PER", "E-PER", "O"});
    CHECK(summary.scheme == text::TagScheme::Bioes);
    CHECK(findings.count("tag-cleaned") == 1);
    CHECK(findings.count("scheme-bilou") == 1);
}
