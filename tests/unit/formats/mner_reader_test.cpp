#include "core/formats/mner_reader.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <numeric>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/domain/entity.h"
#include "core/formats/line_reader.h"
#include "core/formats/mner_writer.h"
#include "tests/support/data.h"

using namespace mnerva;

namespace {

struct Read {
    std::vector<Post> posts;
    std::vector<int> lines;
    Findings findings;
    formats::PostsSummary summary;
    Finding first(const std::string& code) const {
        for (const Finding& f : findings.list())
            if (f.code == code) return f;
        return {};
    }
};

Read readText(const std::string& content, const std::string& name = "some.txt") {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / name, content);
    Read read;
    read.summary = formats::readMner(
        folder / name,
        [&](Post&& post, int line) {
            read.posts.push_back(std::move(post));
            read.lines.push_back(line);
        },
        read.findings);
    return read;
}

ErrorCode errorOf(const std::filesystem::path& path) {
    Findings findings;
    try {
        formats::readMnerPosts(path, findings);
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::Internal;
}

using Words = std::vector<std::string>;
using Counts = std::map<std::string, int>;

const std::string kGood = "IMGID:1\nKevin\tB-PER\nDurant\tI-PER\nin\tO\n\nIMGID:2\nParis\tB-LOC\n\n";

}  // namespace

TEST_CASE("Mner.GoodFileHasNoFindings") {
    const Read read = readText(kGood);
    REQUIRE(read.posts.size() == 2);
    CHECK(read.findings.isEmpty());
    CHECK(read.posts[0].externalId == "1");
    CHECK(read.posts[0].words == Words{"Kevin", "Durant", "in"});
    CHECK(read.posts[0].sourceTags == Words{"B-PER", "I-PER", "O"});
    CHECK(read.posts[1].images == Words{"2.jpg"});
    CHECK(read.lines == std::vector<int>{1, 6});
}
TEST_CASE("Mner.SummaryCountsWhatWasRead") {
    const formats::PostsSummary summary = readText(kGood).summary;
    CHECK(summary.posts == 2);
    CHECK(summary.words == 4);
    CHECK(summary.lines == 8);
    CHECK(summary.distinctTags == Words{"B-LOC", "B-PER", "I-PER", "O"});
    CHECK(summary.scheme == text::TagScheme::Bio);
}
TEST_CASE("Mner.LastPostIsKeptWithoutItsEmptyLine") {
    const Read read = readText("IMGID:1\na\tO\n");
    CHECK(read.posts.size() == 1);
    CHECK(read.findings.counts() == Counts{{"missing-final-blank-line", 1}});
}
TEST_CASE("Mner.LastLineIsKeptWithoutItsLineFeed") {
    const Read read = readText("IMGID:1\na\tB-PER");
    REQUIRE(read.posts.size() == 1);
    CHECK(read.posts[0].sourceTags == Words{"B-PER"});
    CHECK(read.first("missing-final-blank-line").line == 2);
}
TEST_CASE("Mner.ByteOrderMarkIsStripped") {
    const Read read = readText("\xEF\xBB\xBF" + kGood);
    CHECK(read.posts[0].externalId == "1");
    CHECK(read.findings.counts() == Counts{{"bom", 1}});
    CHECK(read.first("bom").line == 1);
}
TEST_CASE("Mner.CarriageReturnsAreStrippedAndFoundOnce") {
    const Read read = readText("IMGID:1\r\na\tB-PER\r\n\r\nIMGID:2\r\nb\tO\r\n\r\n");
    REQUIRE(read.posts.size() == 2);
    CHECK(read.posts[0].sourceTags == Words{"B-PER"});
    CHECK(read.findings.counts() == Counts{{"crlf", 1}});
}
TEST_CASE("Mner.ImgidRightAfterAWordBeginsAPost") {
    const Read read = readText("IMGID:1\na\tO\nIMGID:2\nb\tO\n\n");
    CHECK(read.posts.size() == 2);
    CHECK(read.findings.counts() == Counts{{"missing-blank-line", 1}});
    CHECK(read.first("missing-blank-line").line == 3);
}
TEST_CASE("Mner.RunOfEmptyLinesIsOneFinding") {
    const Read read = readText("IMGID:1\na\tO\n\n\n\n\nIMGID:2\nb\tO\n\n");
    CHECK(read.posts.size() == 2);
    CHECK(read.findings.counts() == Counts{{"repeated-blank-lines", 1}});
    CHECK(read.first("repeated-blank-lines").line == 4);
}
TEST_CASE("Mner.LeadingEmptyLinesAreFound") {
    const Read read = readText("\n\n" + kGood);
    CHECK(read.posts.size() == 2);
    CHECK(read.findings.counts() == Counts{{"repeated-blank-lines", 1}});
}
TEST_CASE("Mner.TablessLineIsAWordTaggedO") {
    const Read read = readText("IMGID:1\nKevin B-PER\nb\tO\n\n");
    REQUIRE(read.posts.size() == 1);
    CHECK(read.posts[0].words == Words{"Kevin B-PER", "b"});
    CHECK(read.posts[0].sourceTags == Words{"O", "O"});
    CHECK(read.first("tabless-line").line == 2);
    CHECK(read.first("tabless-line").text == "Kevin B-PER");
}
TEST_CASE("Mner.ExtraTabsTakeFirstAndLastField") {
    const Read read = readText("IMGID:1\na\tNN\tx\tB-PER\nb\tO\nc\tO\n\n");
    CHECK(read.posts.at(0).words == Words{"a", "b", "c"});
    CHECK(read.posts.at(0).sourceTags == Words{"B-PER", "O", "O"});
    CHECK(read.findings.counts() == Counts{{"extra-tabs", 1}});
}
TEST_CASE("Mner.UnknownTagsAreKeptAndFound") {
    const Read read = readText("IMGID:1\na\tX\nb\tPER\nc\tQ-PER\nd\tB-\n\nIMGID:2\ne\tB-LOC\nf\tI-LOC\ng\tB-ORG\n\n");
    CHECK(read.posts.at(0).sourceTags == Words{"X", "PER", "Q-PER", "B-"});
    CHECK(read.findings.count("unknown-tag") == 4);
    CHECK(entitiesFromTags(read.posts[0].sourceTags).size() <= 1);
}
TEST_CASE("Mner.ABrokenByteAmongGoodOnesIsRepairedAndFound") {
    const Read read =
        readText("IMGID:1\ncaf\xE9\tO\n\u591a\u4f26\u591a\u5f88\u51b7\u591a\u4f26\u591a\u5f88\u51b7\tO\n\n");
    CHECK(read.posts.at(0).words.at(0) == "caf\uFFFD");
    CHECK(read.findings.counts() == Counts{{"invalid-utf8", 1}});
    CHECK(read.first("invalid-utf8").line == 2);
}
TEST_CASE("Mner.EmptyFileIsFound") {
    const Read read = readText("");
    CHECK(read.posts.empty());
    CHECK(read.findings.counts() == Counts{{"empty-file", 1}});
}
TEST_CASE("Mner.FileOfEmptyLinesHoldsNoPost") {
    CHECK(readText("\n\n\n").findings.count("empty-file") == 1);
}
TEST_CASE("Mner.WordsBeforeTheFirstImgidAreKept") {
    const Read read = readText("a\tB-PER\nb\tO\n\nIMGID:1\nc\tO\n\n");
    REQUIRE(read.posts.size() == 2);
    CHECK(read.posts[0].externalId == "post-1");
    CHECK(read.posts[0].images.empty());
    CHECK(read.findings.counts() == Counts{{"made-up-ids", 1}, {"words-before-imgid", 1}});
    CHECK(read.summary.postsWithImageId == 1);
}
TEST_CASE("Mner.PostWithoutImgidIsKeptWithAMadeId") {
    const Read read = readText("IMGID:1\na\tO\n\nb\tB-PER\n\n");
    REQUIRE(read.posts.size() == 2);
    CHECK(read.posts[1].externalId == "post-2");
    CHECK(read.first("missing-imgid").line == 4);
}
TEST_CASE("Mner.PostWithoutWordsIsLeftOutAndNamed") {
    const Read read = readText("IMGID:1\n\nIMGID:2\nIMGID:3\na\tO\n\n");
    REQUIRE(read.posts.size() == 1);
    CHECK(read.posts[0].externalId == "3");
    CHECK(read.findings.counts() == Counts{{"empty-post", 2}});
    CHECK(read.first("empty-post").text == "1");
}
TEST_CASE("Mner.EmptyWordIsKept") {
    const Read read = readText("IMGID:1\n\tO\n \tB-PER\n\n");
    CHECK(read.posts.at(0).words == Words{"", " "});
    CHECK(read.findings.counts() == Counts{{"empty-word", 2}});
}
TEST_CASE("Mner.EmptyTagReadsAsO") {
    const Read read = readText("IMGID:1\na\t\n\n");
    CHECK(read.posts.at(0).sourceTags == Words{"O"});
    CHECK(read.findings.counts() == Counts{{"empty-tag", 1}});
}
TEST_CASE("Mner.SpacesAroundATagAreDropped") {
    const Read read = readText("IMGID:1\na\tB-PER \n\n");
    CHECK(read.posts.at(0).sourceTags == Words{"B-PER"});
    CHECK(read.findings.counts() == Counts{{"padded-tag", 1}});
}
TEST_CASE("Mner.LineOfSpacesEndsAPost") {
    const Read read = readText("IMGID:1\na\tO\n  \nIMGID:2\nb\tO\n\n");
    CHECK(read.posts.size() == 2);
    CHECK(read.findings.counts() == Counts{{"white-space-line", 1}});
}
TEST_CASE("Mner.OrphanInsideTagsAreFoundNotRepaired") {
    const Read read = readText("IMGID:1\na\tI-PER\nb\tI-PER\nc\tB-LOC\nd\tI-PER\n\n");
    CHECK(read.posts.at(0).sourceTags == Words{"I-PER", "I-PER", "B-LOC", "I-PER"});
    CHECK(read.findings.counts() == Counts{{"orphan-inside-tag", 2}});
}
TEST_CASE("Mner.OrphansDoNotReachAcrossPosts") {
    CHECK(readText("IMGID:1\na\tB-PER\n\nIMGID:2\nb\tI-PER\n\n").findings.count("orphan-inside-tag") == 1);
}
TEST_CASE("Mner.WholeBmesEntitiesHaveNoOrphans") {
    CHECK(readText("IMGID:1\na\tB-PER\nb\tM-PER\nc\tE-PER\nd\tS-LOC\n\n").findings.isEmpty());
}
TEST_CASE("Mner.RepeatedImageIdIsLegalAndFound", "[invariant-12]") {
    const Read read = readText("IMGID:7\na\tO\n\nIMGID:7\nb\tO\n\n");
    CHECK(read.posts.size() == 2);
    CHECK(read.findings.counts() == Counts{{"repeated-image-id", 1}});
}
TEST_CASE("Mner.ImgidWithSpacesIsTrimmed") {
    const Read read = readText("IMGID: 12 \na\tO\n\n");
    CHECK(read.posts.at(0).externalId == "12");
    CHECK(read.findings.counts() == Counts{{"odd-imgid-line", 1}});
}
TEST_CASE("Mner.ImgidWithATabIsStillAnImgid") {
    const Read read = readText("IMGID:12\tO\na\tO\n\n");
    CHECK(read.posts.at(0).externalId == "12");
    CHECK(read.posts.at(0).words == Words{"a"});
}
TEST_CASE("Mner.EmptyImgidGetsAMadeId") {
    const Read read = readText("IMGID:\na\tO\n\n");
    CHECK(read.posts.at(0).externalId == "post-1");
    CHECK(read.findings.counts() == Counts{{"empty-imgid", 1}, {"made-up-ids", 1}});
}
TEST_CASE("Mner.ImgidThatLeavesTheFolderNamesNoPicture") {
    const Read read = readText("IMGID:../../etc/passwd\na\tO\n\n");
    CHECK(read.posts.at(0).images.empty());
    CHECK(read.findings.counts() == Counts{{"unsafe-path", 1}});
}
TEST_CASE("Mner.ImgidWithAnExtensionNamesThatFile") {
    CHECK(readText("IMGID:12.png\na\tO\n\n").posts.at(0).images == Words{"12.png"});
}
TEST_CASE("Mner.UnicodeLineSeparatorsStayInsideWords") {
    const Read read = readText("IMGID:1\na\u2028b\tO\nc\u0085d\tB-PER\nx\x0Bz\tO\n\n");
    CHECK(read.posts.at(0).words == Words{"a\u2028b", "c\u0085d", "x\x0Bz"});
    CHECK(read.findings.isEmpty());
}
TEST_CASE("Mner.EmojiAndSelectorsAreWords") {
    const Read read = readText("IMGID:1\n\U0001F469\u200D\U0001F467\tO\n\uFE0F\tO\n\uFFFD\tO\n\n");
    CHECK(read.posts.at(0).words.size() == 3);
    CHECK(read.posts.at(0).join == JoinRule::Space);
    CHECK(read.findings.isEmpty());
}
TEST_CASE("Mner.ChinesePostJoinsWithoutSpaces") {
    const Read read = readText("IMGID:1\n\u591a\tB-GPE\n\u4f26\tM-GPE\n\u591a\tE-GPE\n2\tO\n\n");
    CHECK(read.posts.at(0).join == JoinRule::Nothing);
    CHECK(read.summary.scheme == text::TagScheme::Bmes);
}
TEST_CASE("Mner.SplitComesFromTheFileName") {
    CHECK(readText(kGood, "train.txt").posts[0].split == Split::Train);
    CHECK(formats::splitOfFileName("a/dev.txt") == Split::Valid);
    CHECK(formats::splitOfFileName("a/twitter_valid.txt") == Split::Valid);
    CHECK(formats::splitOfFileName("Test.TXT") == Split::Test);
    CHECK_FALSE(formats::splitOfFileName("train/posts.txt"));
}
TEST_CASE("Mner.VeryLongLineIsCutAndFound") {
    const Read read = readText("IMGID:1\n" + std::string(3 << 20, 'x') + "\tO\nb\tB-PER\n\n");
    REQUIRE(read.posts.size() == 1);
    CHECK(read.posts[0].words.size() == 2);
    CHECK(read.posts[0].words[0].size() == formats::LineReader::kMaxLineBytes);
    CHECK(read.posts[0].sourceTags[1] == "B-PER");
    CHECK(read.findings.count("line-too-long") == 1);
}
TEST_CASE("Mner.FindingsNameTheFileAndCutTheText") {
    const Read read = readText("IMGID:1\n" + std::string(5000, 'y') + "\na\tO\n\n");
    const Finding finding = read.first("tabless-line");
    CHECK(finding.text.size() == 200 + std::string("…").size());
    CHECK(finding.file.find("some.txt") != std::string::npos);
}
TEST_CASE("Mner.StrayNulIsAWordLikeAnyOther") {
    const Read read = readText(std::string("IMGID:1\na\0b\tO\n\n", 15));
    CHECK(read.posts.at(0).words.at(0).size() == 3);
}

TEST_CASE("MnerError.FolderInsteadOfAFile") {
    const test::TemporaryFolder folder;
    CHECK(errorOf(folder.path()) == ErrorCode::FileIsDirectory);
}
TEST_CASE("MnerError.MissingFile") {
    CHECK(errorOf("/no/such/file.txt") == ErrorCode::FileMissing);
}
TEST_CASE("MnerError.UnreadableFile") {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "secret.txt", kGood);
    std::filesystem::permissions(folder / "secret.txt", std::filesystem::perms::none);
    if (::geteuid() == 0) return test::skip("the administrator reads everything");
    CHECK(errorOf(folder / "secret.txt") == ErrorCode::FileUnreadable);
}
TEST_CASE("MnerError.OtherKindsOfFilesAreRefused") {
    const test::TemporaryFolder folder;
    const std::vector<std::string> contents{std::string("PK\x03\x04 zip"),    "\x89PNG\r\n", "\xff\xd8\xff\xe0 jpeg",
                                            std::string("\xff\xfeI\0M\0", 6), "\x1f\x8b gz", std::string(64, '\0')};
    for (const std::string& content : contents) {
        writeFileAtomic(folder / "odd.txt", content);
        CHECK(errorOf(folder / "odd.txt") == ErrorCode::FormatInvalid);
    }
}
TEST_CASE("MnerError.StopIsCancelled") {
    const test::TemporaryFolder folder;
    std::string content;
    for (int i = 0; i < 3000; ++i) content += "IMGID:" + std::to_string(i) + "\na\tO\n\n";
    writeFileAtomic(folder / "a.txt", content);
    std::stop_source source;
    source.request_stop();
    Findings findings;
    CHECK_THROWS_AS(formats::readMner(
                        folder / "a.txt", [](Post&&, int) {}, findings, {}, source.get_token()),
                    Cancelled);
}

TEST_CASE("MnerWriter.GivesBackTheBytes") {
    std::string out;
    for (const Post& post : readText(kGood).posts) formats::appendMnerPost(out, post, post.sourceTags);
    CHECK(out == kGood);
}
TEST_CASE("MnerWriter.KeepsOtherAsTheFileHasIt") {
    const std::string content = "IMGID:1\na\tB-OTHER\nb\tI-OTHER\n\n";
    const Read read = readText(content);
    std::string out;
    formats::appendMnerPost(out, read.posts.at(0), read.posts.at(0).sourceTags);
    CHECK(out == content);
    CHECK(entitiesFromTags(read.posts[0].sourceTags).at(0).type == "MISC");
}
TEST_CASE("MnerWriter.WritesOtherTagsForTheSameWords") {
    const Post post = readText(kGood).posts.at(0);
    std::string out;
    formats::appendMnerPost(out, post, Words{"S-PER", "O", "O"});
    CHECK(out == "IMGID:1\nKevin\tS-PER\nDurant\tO\nin\tO\n\n");
}
TEST_CASE("MnerWriter.TagsMustFitTheWords") {
    const Post post = readText(kGood).posts.at(0);
    std::string out;
    CHECK_THROWS_AS(formats::appendMnerPost(out, post, Words{"O"}), Error);
}

TEST_CASE("LineReader.LinesCrossBlocks") {
    const test::TemporaryFolder folder;
    std::string content;
    for (int i = 0; i < 60000; ++i) content += std::to_string(i) + "\n";
    writeFileAtomic(folder / "numbers", content);
    formats::LineReader reader(folder / "numbers");
    int expected = 0;
    bool all = true;
    while (const auto line = reader.next()) {
        all &= line->text == std::to_string(expected) && line->number == expected + 1;
        ++expected;
    }
    CHECK(all);
    CHECK(expected == 60000);
    CHECK(reader.bytesRead() == reader.fileBytes());
}

TEST_CASE("MnerFuzz.MutatedFilesNeverFailAndLoseNoWord") {
    const test::TemporaryFolder folder;
    const auto path = folder / "fuzz.txt";
    std::uint32_t state = 12345;
    const auto next = [&] { return (state = state * 1664525u + 1013904223u) >> 8; };
    for (int round = 0; round < 3000; ++round) {
        std::string content = kGood;
        for (std::uint32_t edits = 1 + next() % 6; edits > 0; --edits) {
            const std::size_t at = next() % content.size();
            const char byte = "\n\r\tIO:- \xFF\xE4\x00"[next() % 11];
            if (next() % 3 == 0)
                content.erase(at, 1 + next() % 4);
            else if (next() % 2 == 0)
                content.insert(at, 1, byte);
            else
                content[at] = byte;
            if (content.empty()) content = "\n";
        }
        std::filesystem::remove(path);  // writing over a file makes some file systems wait for the disk
        { std::ofstream(path, std::ios::binary) << content; }
        Findings findings;
        int words = 0;
        formats::PostsSummary summary;
        try {
            summary = formats::readMner(
                path,
                [&](Post&& post, int) {
                    checkPost(post);
                    words += static_cast<int>(post.words.size());
                },
                findings);
        } catch (const Error& error) {
            const ErrorCode code = error.code();
            REQUIRE((code == ErrorCode::FormatInvalid || code == ErrorCode::EncodingUnknown ||
                     code == ErrorCode::LineInvalid));
            continue;
        }
        REQUIRE(words == summary.words);
    }
}
